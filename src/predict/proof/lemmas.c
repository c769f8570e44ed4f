/* The forms. Each is written as in theory/proofs.md, whose numbers are cited; the checker of certificates has its own. */
#include "predict/proof/lemma.h"
#include "predict/proof/pair.h"

/* ---- the orbit's curve rises: (3), (4) ---- */

/* K(z) = (t coth t - 1)/t^2 = 2 S'/S and W(z) = tanh(t)/t = S/C. */
static jet coth_part(jet_pool *pool, jet z)
{
    return ew_jet_div(pool, ew_jet_mul(pool, ew_jet_ratio(pool, 2, 1), ew_jet_sinhc_slope(pool, z)),
                      ew_jet_sinhc(pool, z));
}

static jet tanh_part(jet_pool *pool, jet z)
{
    return ew_jet_div(pool, ew_jet_sinhc(pool, z), ew_jet_cosh(pool, z));
}

static bool slope_holds(jet_pool *pool, arb_srcptr box, int r)
{
    (void)r;
    ew_jet_pool_reset(pool, 0);
    jet e = ew_jet_variable(pool, box, 0), z = ew_jet_variable(pool, box + 1, 1);
    jet e2 = ew_jet_square(pool, e), p = ew_jet_square(pool, ew_jet_line(pool, 2, -1, e)),
        q = ew_jet_square(pool, ew_jet_line(pool, 1, -1, e));
    jet k = ew_jet_sub(pool, ew_jet_mul(pool, e2, coth_part(pool, ew_jet_mul(pool, e2, z))),
                       coth_part(pool, z));
    jet w = ew_jet_sub(
        pool,
        ew_jet_mul3(pool, ew_jet_line(pool, 2, -2, e), p, tanh_part(pool, ew_jet_mul(pool, p, z))),
        ew_jet_mul3(pool, ew_jet_line(pool, 1, -2, e), q, tanh_part(pool, ew_jet_mul(pool, q, z))));
    return ew_jet_is_above_zero(ew_jet_add(pool, k, w));
}

/* (1 + x)/(1 - x) with x = exp(-n): coth(n/2), and its inverse tanh(n/2). */
static jet coth_half(jet_pool *pool, slong n)
{
    jet x = ew_jet_exp(pool, ew_jet_ratio(pool, -n, 1));
    return ew_jet_div(pool, ew_jet_line(pool, 1, 1, x), ew_jet_line(pool, 1, -1, x));
}

static bool slope_tail_holds(jet_pool *pool, arb_srcptr box, int r)
{
    (void)r;
    ew_jet_pool_reset(pool, 0);
    jet e = ew_jet_variable(pool, box, 0);
    jet d =
        ew_jet_div(pool, ew_jet_mul(pool, ew_jet_line(pool, 2, -2, e), ew_jet_line(pool, 2, -1, e)),
                   coth_half(pool, 24));
    d = ew_jet_sub(pool, d,
                   ew_jet_mul(pool, ew_jet_line(pool, 1, -2, e), ew_jet_line(pool, 1, -1, e)));
    return ew_jet_is_above_zero(ew_jet_add(pool, d, ew_jet_sub(pool, e, coth_half(pool, 16))));
}

/* ---- the multiplier falls: (5) - (8) ---- */

/* m(e, z), the multiplier of the orbit. theory/proofs.md (5) */
static jet multiplier(jet_pool *pool, jet e, jet z)
{
    jet f = ew_jet_line(pool, 1, -1, e); /* 1 - e */
    jet se = ew_jet_sinhc(pool, ew_jet_mul3(pool, e, e, z)),
        sf = ew_jet_sinhc(pool, ew_jet_mul3(pool, f, f, z));
    jet g = ew_jet_line(pool, 2, -1, e);
    jet a = ew_jet_mul3(pool, ew_jet_ratio(pool, 4, 1), f, se);
    jet b = ew_jet_div(pool,
                       ew_jet_mul3(pool, ew_jet_ratio(pool, 2, 1),
                                   ew_jet_cosh(pool, ew_jet_mul3(pool, g, g, z)), se),
                       ew_jet_sinhc(pool, z));
    jet two_b = ew_jet_mul(pool, ew_jet_ratio(pool, 2, 1), b);
    /* z a (a + 2 e S(e^2 z) + 2 (1 - e) b S((1 - e)^2 z)) */
    jet inner = ew_jet_add(pool, a,
                           ew_jet_mul3(pool, ew_jet_mul(pool, ew_jet_ratio(pool, 2, 1), e), se,
                                       ew_jet_ratio(pool, 1, 1)));
    inner = ew_jet_add(pool, inner, ew_jet_mul3(pool, two_b, f, sf));
    jet m = ew_jet_sub(pool, ew_jet_square(pool, b), ew_jet_mul(pool, two_b, ew_jet_cosh(pool, z)));
    m = ew_jet_sub(pool, m, ew_jet_mul3(pool, z, a, inner));
    return ew_jet_add(pool, ew_jet_ratio(pool, 1, 1), m);
}

/* -1 - m > 0 */
static bool is_below_minus_one(jet_pool *pool, jet m)
{
    return ew_jet_is_above_zero(ew_jet_sub(pool, ew_jet_ratio(pool, -1, 1), m));
}

static bool falls_holds(jet_pool *pool, arb_srcptr box, int r)
{
    ew_jet_pool_reset(pool, r == 0 ? 2 : 0);
    jet m = multiplier(pool, ew_jet_variable(pool, box, 0), ew_jet_variable(pool, box + 1, 1));
    if (r == 1)
        return is_below_minus_one(pool, m);
    arb_neg(pool->work[2], m + 2);
    return ew_jet_is_above_zero(pool->work[2]);
}

static bool falls_tail_holds(jet_pool *pool, arb_srcptr box, int r)
{
    (void)r;
    ew_jet_pool_reset(pool, 0);
    jet e = ew_jet_variable(pool, box, 0);
    jet q = ew_jet_exp(pool, ew_jet_ratio(pool, -4, 1));
    jet k = ew_jet_div(pool, ew_jet_line(pool, 1, 1, ew_jet_mul3(pool, q, q, q)),
                       ew_jet_line(pool, 1, -1, ew_jet_square(pool, q)));
    jet g = ew_jet_mul(pool, ew_jet_line(pool, 2, -2, e), ew_jet_line(pool, 1, -1, q));
    g = ew_jet_sub(pool, ew_jet_add(pool, g, e), k);
    return ew_jet_is_above_zero(ew_jet_line(pool, -1, 32, ew_jet_div(pool, g, q)));
}

static bool across_holds(jet_pool *pool, arb_srcptr box, int r)
{
    ew_jet_pool_reset(pool, 0);
    jet e = ew_jet_variable(pool, box, 0), z = ew_jet_variable(pool, box + 1, 1);
    if (r == 1)
        return is_below_minus_one(pool, multiplier(pool, e, z));
    jet c =
        ew_jet_cosh(pool, ew_jet_mul3(pool, ew_jet_ratio(pool, 4, 1), ew_jet_square(pool, e), z));
    return ew_jet_is_above_zero(ew_jet_line(pool, 3, -2, c));
}

/* ln(s/2) along the orbit. theory/proofs.md (2) */
static jet log_step(jet_pool *pool, jet e, jet z)
{
    jet f = ew_jet_line(pool, 1, -1, e), g = ew_jet_line(pool, 2, -1, e);
    jet q = ew_jet_sub(pool, ew_jet_log(pool, ew_jet_sinhc(pool, ew_jet_mul3(pool, e, e, z))),
                       ew_jet_log(pool, ew_jet_sinhc(pool, z)));
    q = ew_jet_add(pool, q,
                   ew_jet_mul(pool, ew_jet_line(pool, 2, -2, e),
                              ew_jet_log(pool, ew_jet_cosh(pool, ew_jet_mul3(pool, g, g, z)))));
    return ew_jet_sub(pool, q,
                      ew_jet_mul(pool, ew_jet_line(pool, 1, -2, e),
                                 ew_jet_log(pool, ew_jet_cosh(pool, ew_jet_mul3(pool, f, f, z)))));
}

static bool rises_holds(jet_pool *pool, arb_srcptr box, int r)
{
    ew_jet_pool_reset(pool, r == 0 ? 2 : 0);
    jet e = ew_jet_variable(pool, box, 0), z = ew_jet_variable(pool, box + 1, 1);
    jet m = multiplier(pool, e, z);
    if (r == 1)
        return is_below_minus_one(pool, m);
    if (r == 2)
        return ew_jet_is_above_zero(ew_jet_line(pool, 1, 1, m));
    jet q = log_step(pool, e, z);
    arb_mul(pool->work[0], q + 1, m + 2, pool->prec);
    arb_submul(pool->work[0], q + 2, m + 1, pool->prec);
    return ew_jet_is_above_zero(pool->work[0]);
}

/* Where t = (6 + 5e)/20, m < -1 and s < 2 sqrt 2. theory/rank-p-for-all-depths.md (31) */
static bool pair_range_holds(jet_pool *pool, arb_srcptr box, int r)
{
    (void)r;
    ew_jet_pool_reset(pool, 0);
    jet e = ew_jet_variable(pool, box, 0);
    jet z = ew_jet_square(pool,
                          ew_jet_div(pool, ew_jet_line(pool, 6, 5, e), ew_jet_ratio(pool, 20, 1)));
    jet top = ew_jet_log(pool, ew_jet_ratio(pool, 2, 1));
    return is_below_minus_one(pool, multiplier(pool, e, z)) &&
           ew_jet_is_above_zero(
               ew_jet_sub(pool, top, ew_jet_line(pool, 0, 2, log_step(pool, e, z))));
}

/* ---- the gap's factor stays in (-1, 1]: (9) - (12) ---- */

/* What the trap holds for: s up to (17 - 12 e)/4, and p up to 2 - 6 e/5. */
static jet trap_step(jet_pool *pool, jet e)
{
    return ew_jet_div(pool, ew_jet_line(pool, 17, -12, e), ew_jet_ratio(pool, 4, 1));
}

static jet trap_top(jet_pool *pool, jet e)
{
    return ew_jet_div(pool, ew_jet_line(pool, 10, -6, e), ew_jet_ratio(pool, 5, 1));
}

static bool trap_holds(jet_pool *pool, arb_srcptr box, int r)
{
    ew_jet_pool_reset(pool, 0);
    jet e = ew_jet_variable(pool, box, 0), y = ew_jet_variable(pool, box + 1, 1),
        gap = ew_jet_variable(pool, box + 2, 2);
    jet ey = ew_jet_mul(pool, e, y), b = ew_jet_exp(pool, ey), f = ew_jet_line(pool, 1, -1, e);
    jet a = ew_jet_root(pool, ew_jet_add(pool, ew_jet_square(pool, b), ew_jet_mul(pool, e, gap)));
    jet p = ew_jet_mul(pool, a, ew_jet_exp(pool, ew_jet_mul(pool, f, y))), top = trap_top(pool, e);
    if (r == 0)
        return ew_jet_is_above_zero(ew_jet_sub(pool, p, top));
    jet below = ew_jet_line(pool, 1, -1, p); /* 1 - p */
    /* k/e, and the factor of b less one, q = k a/b */
    jet rate =
        ew_jet_mul3(pool, trap_step(pool, e),
                    ew_jet_exp(pool, ew_jet_mul(pool, ew_jet_line(pool, 1, -2, e), y)), below);
    jet k = ew_jet_mul(pool, e, rate), pull = ew_jet_div(pool, ew_jet_mul(pool, rate, a), b);
    jet q = ew_jet_mul(pool, e, pull);
    jet next = ew_jet_add(pool, a, ew_jet_mul(pool, k, b));
    if (!ew_jet_is_above_zero(ew_jet_line(pool, 2, -1, ew_jet_square(pool, k))) ||
        !ew_jet_is_above_zero(ew_jet_line(pool, 1, 1, q)) || !ew_jet_is_above_zero(next))
        return false;
    if (r == 1)
        return ew_jet_is_above_zero(ew_jet_line(pool, -1, 1, p));
    jet grown = ew_jet_add(pool, y, ew_jet_mul(pool, pull, ew_jet_log_ratio(pool, q)));
    jet product = ew_jet_mul(pool, next, ew_jet_exp(pool, ew_jet_mul(pool, f, grown)));
    return ew_jet_is_above_zero(ew_jet_sub(pool, top, product));
}

/* Where b^L <= exp(-4). theory/proofs.md (11) */
static bool trap_start_holds(jet_pool *pool, arb_srcptr box, int r)
{
    (void)r;
    ew_jet_pool_reset(pool, 0);
    jet e = ew_jet_variable(pool, box, 0), s = trap_step(pool, e), f = ew_jet_line(pool, 1, -1, e);
    jet root = ew_jet_root(pool, e);
    jet v = ew_jet_exp(pool, ew_jet_line(pool, -4, 8, e)),
        w = ew_jet_exp(pool, ew_jet_line(pool, -4, 12, e));
    jet k = ew_jet_mul3(pool, s, e, v);
    jet log_b = ew_jet_line(pool, -4, 1,
                            ew_jet_mul(pool, s, ew_jet_add(pool, v, ew_jet_mul(pool, root, w))));
    jet next = ew_jet_add(pool, ew_jet_exp(pool, log_b),
                          ew_jet_mul(pool, root, ew_jet_exp(pool, ew_jet_mul(pool, f, log_b))));
    jet p = ew_jet_add(pool, ew_jet_exp(pool, ew_jet_ratio(pool, -4, 1)),
                       ew_jet_mul(pool, root, ew_jet_exp(pool, ew_jet_line(pool, -4, 4, e))));
    return ew_jet_is_above_zero(ew_jet_line(pool, 2, -1, ew_jet_square(pool, k))) &&
           ew_jet_is_above_zero(ew_jet_line(pool, 1, -1, p)) &&
           ew_jet_is_above_zero(ew_jet_sub(pool, trap_top(pool, e), next));
}

/* Depth 2, in the variables p = a b and c = |a^2 - b^2|, s = 2 sqrt 2. theory/proofs.md (12) */
static bool trap_two_holds(jet_pool *pool, arb_srcptr box, int r)
{
    ew_jet_pool_reset(pool, 0);
    jet p = ew_jet_variable(pool, box, 0), c = ew_jet_variable(pool, box + 1, 1);
    jet below = ew_jet_line(pool, 1, -1, p);
    jet k = ew_jet_mul(pool, ew_jet_root(pool, ew_jet_ratio(pool, 2, 1)), below);
    jet norm = ew_jet_root(
        pool, ew_jet_add(pool, ew_jet_square(pool, c),
                         ew_jet_mul(pool, ew_jet_ratio(pool, 4, 1), ew_jet_square(pool, p))));
    jet next =
        ew_jet_add(pool, ew_jet_mul(pool, p, ew_jet_line(pool, 1, 1, ew_jet_square(pool, k))),
                   ew_jet_mul(pool, k, norm));
    if (!ew_jet_is_above_zero(ew_jet_line(pool, 99, -64, next)))
        return false;
    if (r == 1)
        return ew_jet_is_above_zero(below);
    return ew_jet_is_above_zero(next) && ew_jet_is_above_zero(ew_jet_line(pool, 1, 1, k));
}

const theorem ew_theorem_list[THEOREM_COUNT + 1] = {
    {"orbit-roots",
     "For every integer L >= 2 in the range of depths, all eta, sigma > 0 with s > 2: the orbit "
     "polynomial has exactly one root in (0, sigma^(1/L)) and exactly one root x > sigma^(1/L) "
     "with u(x) > 0, both simple, the second below (2 sigma)^(1/L); it is the only root in "
     "(sigma^(1/L), (2 sigma)^(1/L)) for s <= s_outer(L), where s_outer(L) > 2 sqrt 2, and not "
     "for s > s_outer(L). If the range goes to infinity, then also in the limit, for s > 2: "
     "(G(G(y)) - y)/(G(y) - y) has exactly two real zeros, one below 0 and one in (0, ln 2), both "
     "simple.",
     "s = eta L sigma^(2-2/L); the orbit polynomial is (g(g(x)) - x)/(g(x) - x), g(x) = x u(x), "
     "u(x) = 1 + eta x^(L-2) (sigma - x^L) being a step of gradient descent on L equal layers x "
     "whose product x^L is to be sigma; s_outer(L) = L (1 + v) 2^(2/L-1), v = 1 for even L and "
     "the zero of 1 - v^(L-1) - 2 v^(2L-1) in (0, 1) for odd L; a range of depths to infinity "
     "holds every integer from its first on, and the limit is that of g for L to infinity at a "
     "fixed s, with x = sigma^(1/L) exp(y/L): G(y) = y + s exp(y) (1 - exp(y))."},
    {"orbit-attracts",
     "For every integer L >= 2 in the range of depths, and in the limit if the range goes to "
     "infinity: along s > 2 the multiplier m of the balanced 2-cycle falls strictly from 1 at s = "
     "2 to -1 at s = s_2(L) and is below -1 for every s > s_2(L); for finite L both eigenvalues "
     "of the derivative of two steps at the cycle lie in (-1, 1) for 2 < s < s_2(L), and one is "
     "below -1 for s > s_2(L); s_2 rises strictly with L.",
     "s = eta L sigma^(2-2/L), eta, sigma > 0; a step of gradient descent takes (a, b) to (a - "
     "eta r b^(L-1), b - eta r a b^(L-2)), r = a b^(L-1) - sigma: a is the value of one singular "
     "value sigma in the last layer, b in each other one; the balanced 2-cycle is the two points "
     "a = b = x with g(g(x)) = x, g(x) not x, u(x) > 0, where g(x) = x u(x), u(x) = 1 + eta "
     "x^(L-2) (sigma - x^L) (for even L those with u(x) = -1 are another cycle, not meant here); "
     "m is the derivative of g(g(x)) there, and s_2(L) is where it is -1; a range of depths to "
     "infinity holds every integer from its first on, and the limit is that of g for L to "
     "infinity at a fixed s, with x = sigma^(1/L) exp(y/L): G(y) = y + s exp(y) (1 - exp(y)), "
     "whose only 2-cycle is meant."},
    {"balancing-gap",
     "For every integer L >= 2 in the range of depths, all eta, sigma > 0 with s < 2 sqrt 2 if L "
     "= 2, s <= 17/4 - 3/L if L >= 3, and all 0 < alpha <= sigma^(1/L)/sqrt(L): gradient descent "
     "from (a, b) = (0, alpha) has (eta r)^2 b^(2L-4) < 2 at every step, so |a^2 - b^2| never "
     "grows; for s > 2 it tends to 0 unless a step lands exactly on r = 0 with a^2 not b^2, which "
     "only countably many alpha do.",
     "s = eta L sigma^(2-2/L); a step of gradient descent takes (a, b) to (a - eta r b^(L-1), b - "
     "eta r a b^(L-2)), r = a b^(L-1) - sigma: a is the value of one singular value sigma in the "
     "last layer, b in each other one; a range of depths to infinity holds every integer from its "
     "first on."},
    {"rank-p-unstable",
     "For every integer L >= 3 in the range of depths, all eta > 0 and all sigma_i, sigma_j > 0 "
     "(equal or not) with 2 < s_i, s_j <= 2 sqrt 2, each on its balanced 2-cycle, in phase or in "
     "antiphase: the two-step matrix of the pair has an eigenvalue of modulus greater than 1; and "
     "s_2(L) < 2 sqrt 2.",
     "s_k = eta L sigma_k^(2-2/L); gradient descent of step eta is on |W_L .. W_1 - M|^2/2 "
     "(Frobenius), sigma_i and sigma_j are singular values of M, and all W_l are diagonal in the "
     "singular vectors of M, their entry (k,k) being one x_k for all l; on its balanced 2-cycle "
     "x_k takes turns between the two x > 0 with g(g(x)) = x, g(x) not x and u(x) > 0, g(x) = x "
     "u(x), u(x) = 1 + eta x^(L-2) (sigma_k - x^L), of which one, the low one, is below "
     "sigma_k^(1/L) and one above; in phase: x_i and x_j are low at the same steps; in antiphase: "
     "at different ones; the two-step matrix (2L x 2L) is the derivative of two steps by the "
     "entries (i,j) and (j,i) of all W_l in these vectors; s_2(L) > 2 is the s at which the "
     "derivative of g(g(x)) on the cycle is -1; a range of depths to infinity holds every integer "
     "from its first on."},
    {"stationary-unstable",
     "For every integer L >= 3 in the range of depths, all eta > 0 and all sigma_i, sigma_j > 0 "
     "with 2 < s_i <= 2 sqrt 2 and 2 - (s_i - 2)/3 <= s_j <= 2, i on its balanced 2-cycle and j "
     "at its balanced minimum: the two-step matrix of the pair has an eigenvalue of modulus "
     "greater than 1.",
     "s_k = eta L sigma_k^(2-2/L); gradient descent of step eta is on |W_L .. W_1 - M|^2/2 "
     "(Frobenius), sigma_i and sigma_j are singular values of M, and all W_l are diagonal in the "
     "singular vectors of M, their entry (k,k) being one x_k for all l; on its balanced 2-cycle "
     "x_k takes turns between the two x > 0 with g(g(x)) = x, g(x) not x and u(x) > 0, g(x) = x "
     "u(x), u(x) = 1 + eta x^(L-2) (sigma_k - x^L), of which one, the low one, is below "
     "sigma_k^(1/L) and one above; at its balanced minimum x_j is sigma_j^(1/L); the two-step "
     "matrix (2L x 2L) is the derivative of two steps by the entries (i,j) and (j,i) of all W_l "
     "in these vectors; a range of depths to infinity holds every integer from its first on."},
    {NULL, NULL, NULL},
};

const theorem ew_theorem_of_gap = {
    "balancing-gap-of-problem",
    "For the depth L, eta and sigma named and every alpha named: gradient descent from (a, b) = "
    "(0, alpha) has (eta r)^2 b^(2L-4) < 2 at every step, so |a^2 - b^2| never grows; if s > 2, "
    "then it tends to 0 unless a step lands exactly on r = 0 with a^2 not b^2.",
    "s = eta L sigma^(2-2/L); a step of gradient descent takes (a, b) to (a - eta r b^(L-1), b - "
    "eta r a b^(L-2)), r = a b^(L-1) - sigma: a is the value of one singular value sigma in the "
    "last layer, b in each other one."};

const theorem ew_theorem_of_roots = {
    "real-roots",
    "For the depth L, eta and sigma named the orbit polynomial has exactly the real roots that "
    "the tree shows, each alone in its interval; a double one has multiplicity exactly 2.",
    "the orbit polynomial is (g(g(x)) - x)/(g(x) - x), g(x) = x + eta x^(L-1) (sigma - x^L) "
    "being a step of gradient descent on L equal layers x whose product x^L is to be sigma."};

const lemma ew_lemma_table[LEMMA_COUNT] = {
    {"orbit-roots",
     "slope",
     "d(e, z) = e^2 K(e^2 z) - K(z) + (2-2e)(2-e)^2 W((2-e)^2 z) - (1-2e)(1-e)^2 W((1-e)^2 z), "
     "K(t^2) = (t coth t - 1)/t^2, W(t^2) = tanh(t)/t",
     {"sign d > 0"},
     2,
     {"e", "z"},
     {0, 0},
     {256, 32768},
     2,
     0,
     slope_holds},
    {"orbit-roots",
     "slope-tail",
     "d(e) = e - coth 8 + (2-2e)(2-e) tanh 12 - (1-2e)(1-e)",
     {"sign d > 0"},
     1,
     {"e"},
     {0},
     {256},
     2,
     0,
     slope_tail_holds},
    {"orbit-attracts",
     "falls",
     "m(e, z) = 1 + B^2 - 2 B C(z) - z A (A + 2 e S(e^2 z) + 2 (1-e) B S((1-e)^2 z)), A = 4 (1-e) "
     "S(e^2 z), "
     "B = 2 C((2-e)^2 z) S(e^2 z)/S(z), C(t^2) = cosh t, S(t^2) = sinh(t)/t",
     {"monotone m_z < 0", "sign m < -1"},
     2,
     {"e", "z"},
     {0, 0},
     {256, 8192},
     2,
     0,
     falls_holds},
    {"orbit-attracts",
     "falls-tail",
     "h(e) = 32 e^4 (2 (1-e) (1 - e^-4) + e - (1 + e^-12)/(1 - e^-8)) - 1, where e^4, e^-4, e^-8, "
     "e^-12 are exp(4), ..",
     {"sign h > 0"},
     1,
     {"e"},
     {0},
     {256},
     2,
     0,
     falls_tail_holds},
    {"orbit-attracts",
     "across",
     "c(e, z) = 3 - 2 C(4 e^2 z), m as in falls",
     {"sign c > 0", "sign m < -1"},
     2,
     {"e", "z"},
     {0, 0},
     {256, 8192},
     2,
     0,
     across_holds},
    {"orbit-attracts",
     "rises",
     "n(e, z) = Q_e m_z - Q_z m_e, Q = ln S(e^2 z) - ln S(z) + (2-2e) ln C((2-e)^2 z) - (1-2e) ln "
     "C((1-e)^2 z), m as in falls",
     {"monotone n > 0", "exclusion m < -1", "exclusion m > -1"},
     2,
     {"e", "z"},
     {0, 0},
     {256, 8192},
     2,
     0,
     rises_holds},
    {"balancing-gap",
     "trap",
     "b = exp(e y), a = sqrt(b^2 + e c), p = a exp((1-e) y), k = e s exp((1-2e) y) (1-p), s = (17 "
     "- 12e)/4, "
     "P = (10 - 6e)/5, a' = a + k b, b' = b + k a, p' = a' b'^(1/e - 1)",
     {"exclusion p > P", "sign p > 1, k^2 < 2, a' > 0, b' > 0",
      "sign p' < P, k^2 < 2, a' > 0, b' > 0"},
     3,
     {"e", "y", "c"},
     {0, -2048, -512},
     {171, 512, 512},
     3,
     0,
     trap_holds},
    {"balancing-gap",
     "trap-start",
     "v = exp(-4 + 8e), w = exp(-4 + 12e), q = -4 + s (v + sqrt(e) w), s and P as in trap",
     {"sign s e v < sqrt 2, exp(-4) + sqrt(e) exp(-4 + 4e) < 1, exp(q) + sqrt(e) exp((1-e) q) < P"},
     1,
     {"e"},
     {0},
     {171},
     3,
     0,
     trap_start_holds},
    {"balancing-gap",
     "trap-two",
     "k = sqrt(2) (1-p), p' = p (1 + k^2) + k sqrt(c^2 + 4 p^2)",
     {"sign 0 < p' < 99/64, k > -1", "sign p < 1, p' < 99/64"},
     2,
     {"p", "c"},
     {0, 0},
     {792, 256},
     2,
     2,
     trap_two_holds},
    {"rank-p-unstable",
     "pair",
     "F(e, tau, lambda) = product over (p, q) = (t, u) and (-t, -u), t = tau, u = lambda tau, of "
     "(Z + e (1-e) S a b "
     "exp(g (p+q)) - (exp(d + g p) + exp(g q - d) - (1-e) S (a exp(g p - d - 2e q) + b exp(g q + d "
     "- 2e p)))/(exp(d-p) "
     "+ exp(-d-q)) + k (a-b)^2 (c(t) exp(-g d) + c(u) exp(g d)) (exp(d+p) + exp(q-d)) exp(-e "
     "(p+q))/w) (1 + y/2 + "
     "y^2/24 + y^3/720) exp(-e a b/(2w))/cosh(r/2), H(x) = sinh(x)/x, A(x) = 2 cosh((1-e) x) H(e "
     "x)/H(x), c(x) = "
     "2 cosh((2-e) x) H(e x)/H(x), g = 1 - 2e, E = ln(A(t)/A(u))/(2-2e), d = E/2, S = H((1-e) "
     "E)/H(e E), Z = "
     "sqrt(A(t) A(u)) H(E)/H(e E), a = 2 p exp(e p) H(e p), b = 2 q exp(e q) H(e q), w = 1 - e^2 a "
     "b, r = E - p + q, "
     "z = ((r H(e r/2))^2 - (a exp(e r/2) - b exp(-e r/2))^2)/w, y = z (32 - 3 e^2 z)/128, v = "
     "(987 - 780 e^2)/100, "
     "k = v (4 - e^2 v)/(v + 51/50)^3",
     {"convex d^2 F/d tau^2 > 0"},
     3,
     {"e", "tau", "lambda"},
     {0, 0, -512},
     {171, 154, 512},
     3,
     0,
     ew_pair_holds},
    {"rank-p-unstable",
     "pair-far",
     "F as in pair",
     {"sign F > 1"},
     3,
     {"e", "tau", "lambda"},
     {0, 153, -512},
     {171, 256, 512},
     3,
     0,
     ew_pair_far_holds},
    {"rank-p-unstable",
     "pair-range",
     "t = (6 + 5e)/20, m(e, t^2) as in falls, Q(e, t^2) as in rises",
     {"sign m < -1, 2 Q < ln 2"},
     1,
     {"e"},
     {0},
     {171},
     3,
     0,
     pair_range_holds},
    {"stationary-unstable",
     "beside",
     "F as in pair, but u = 0 and A(u) = c(u) = 2 - (43/128) lambda (P - 2), P = 2 (H(e t)/H(t)) "
     "cosh((2-e) "
     "t)^(2-2e)/cosh((1-e) t)^(1-2e)",
     {"convex d^2 F/d tau^2 > 0"},
     3,
     {"e", "tau", "lambda"},
     {0, 0, 0},
     {171, 77, 512},
     3,
     0,
     ew_beside_holds},
    {"stationary-unstable",
     "beside-far",
     "F as in beside",
     {"sign F > 1"},
     3,
     {"e", "tau", "lambda"},
     {0, 76, 0},
     {171, 256, 512},
     3,
     0,
     ew_beside_far_holds},
};
