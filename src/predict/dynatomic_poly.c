/* Phi_n expanded over the integers. theory/dynatomic.md (1) - (5)
 *
 * With eta = n/d, sigma = p/q and D = d q the iterates are g^k = G_k / E_k with integer G_k, E_k:
 *
 *     G <- D E^(2L-2) G + n p E^L G^(L-1) - n q G^(2L-1),   E <- D E^(2L-1),                    (3)
 *
 * and Phi_k is the quotient of two products of F_d = G_d - E_d x. FLINT's own choice of multiplication can return a
 * wrong product, so products go through Kronecker substitution, the quotient is multiplied back, and the result is
 * compared with the iterates modulo random primes. */
#include "model/domain.h"
#include "predict/word.h"
#include <edgewise/dynatomic.h>
#include <edgewise/predict.h>
#include <math.h>

void ew_dynatomic_degree(fmpz_t degree, slong depth, slong n)
{
    if (!ew_depth_fits(depth) || n < 1 || n > EW_PERIOD_MAX) {
        fmpz_zero(degree);
        return;
    }
    fmpz_t power;
    fmpz_init(power);
    fmpz_zero(degree);
    for (slong d = 1; d <= n; d++) {
        int sign = n % d == 0 ? n_moebius_mu((ulong)(n / d)) : 0;
        if (sign == 0)
            continue;
        fmpz_set_si(power, depth);
        fmpz_mul_2exp(power, power, 1);
        fmpz_sub_ui(power, power, 1);
        fmpz_pow_ui(power, power, (ulong)d);
        if (sign > 0)
            fmpz_add(degree, degree, power);
        else
            fmpz_sub(degree, degree, power);
    }
    fmpz_clear(power);
}

double ew_dynatomic_bytes(const ew_mode_t mode, slong n)
{
    if (!ew_mode_is_positive(mode) || n < 1 || n > EW_PERIOD_MAX)
        return D_INF;
    double m = 2 * (double)mode->depth - 1, length = 1, bits = 1;
    double step =
        (double)(fmpz_bits(fmpq_numref(mode->eta)) + fmpz_bits(fmpq_denref(mode->eta)) +
                 fmpz_bits(fmpq_numref(mode->sigma)) + fmpz_bits(fmpq_denref(mode->sigma)));
    for (slong k = 0; k < n; k++) { /* of the coefficients of (3) */
        bits = m * bits + step + (m - 1) * log2(length + 1) + 2;
        length *= m;
    }
    return 12 * length *
           (16 + bits / 8); /* some twelve such objects live during a Kronecker product */
}

/* The integers of (3). */
typedef struct {
    slong depth;
    fmpz_t D, np, nq;
} integers_t;

static void integers_init(integers_t *z, const ew_mode_t mode)
{
    z->depth = mode->depth;
    fmpz_init(z->D);
    fmpz_init(z->np);
    fmpz_init(z->nq);
    fmpz_mul(z->D, fmpq_denref(mode->eta), fmpq_denref(mode->sigma));
    fmpz_mul(z->np, fmpq_numref(mode->eta), fmpq_numref(mode->sigma));
    fmpz_mul(z->nq, fmpq_numref(mode->eta), fmpq_denref(mode->sigma));
}

static void integers_clear(integers_t *z)
{
    fmpz_clear(z->D);
    fmpz_clear(z->np);
    fmpz_clear(z->nq);
}

/* power = G^m by squaring, every product by Kronecker substitution. */
static void power_KS(fmpz_poly_t power, const fmpz_poly_t G, slong m)
{
    fmpz_poly_one(power);
    for (int bit = (int)FLINT_BIT_COUNT((ulong)m) - 1; bit >= 0; bit--) {
        fmpz_poly_mul_KS(power, power, power);
        if ((m >> bit) & 1)
            fmpz_poly_mul_KS(power, power, G);
    }
}

/* (G, E) of the next iterate in place: (3), less the factors that all of it has. */
static void next_iterate(fmpz_poly_t G, fmpz_t E, const integers_t *z)
{
    slong L = z->depth;
    fmpz_poly_t low, high;
    fmpz_t c, content;
    fmpz_poly_init(low);
    fmpz_poly_init(high);
    fmpz_init(c);
    fmpz_init(content);
    power_KS(low, G, L - 1);
    fmpz_poly_mul_KS(high, low, low);
    fmpz_poly_mul_KS(high, high, G);
    fmpz_poly_scalar_mul_fmpz(high, high, z->nq);
    fmpz_pow_ui(c, E, (ulong)L);
    fmpz_mul(c, c, z->np);
    fmpz_poly_scalar_mul_fmpz(low, low, c);
    fmpz_poly_sub(low, low, high);
    fmpz_pow_ui(c, E, 2 * (ulong)L - 2);
    fmpz_mul(c, c, z->D);
    fmpz_poly_scalar_mul_fmpz(G, G, c);
    fmpz_poly_add(G, G, low);
    fmpz_mul(E, E, c);
    fmpz_poly_content(content, G);
    fmpz_gcd(content, content, E);
    fmpz_poly_scalar_divexact_fmpz(G, G, content);
    fmpz_divexact(E, E, content);
    fmpz_poly_clear(low);
    fmpz_poly_clear(high);
    fmpz_clear(c);
    fmpz_clear(content);
}

/* Divides by the content, which is not negative, so that the sign stays. */
static void make_primitive(fmpz_poly_t poly)
{
    fmpz_t content;
    fmpz_init(content);
    fmpz_poly_content(content, poly);
    fmpz_poly_scalar_divexact_fmpz(poly, poly, content);
    fmpz_clear(content);
}

/* The products of the primitive parts of F_d = G_d - E_d x over the d | n with mu(n/d) = 1, and = -1: (2). */
static void products(fmpz_poly_t above, fmpz_poly_t below, const integers_t *z, slong n)
{
    fmpz_poly_t G, F, x;
    fmpz_t E;
    fmpz_poly_init(G);
    fmpz_poly_init(F);
    fmpz_poly_init(x);
    fmpz_init_set_ui(E, 1);
    fmpz_poly_set_coeff_ui(G, 1, 1);
    fmpz_poly_set_coeff_ui(x, 1, 1);
    fmpz_poly_one(above);
    fmpz_poly_one(below);
    for (slong d = 1; d <= n; d++) {
        next_iterate(G, E, z);
        int sign = n % d == 0 ? n_moebius_mu((ulong)(n / d)) : 0;
        if (sign == 0)
            continue;
        fmpz_poly_scalar_mul_fmpz(F, x, E);
        fmpz_poly_sub(F, G, F);
        make_primitive(F);
        if (sign > 0)
            fmpz_poly_mul_KS(above, above, F);
        else
            fmpz_poly_mul_KS(below, below, F);
    }
    fmpz_poly_clear(G);
    fmpz_poly_clear(F);
    fmpz_poly_clear(x);
    fmpz_clear(E);
}

/* Phi_n at the word's point from the map itself, as a fraction over / under modulo the prime; false when the prime divides
 * D, or the point is one of lower period modulo it. */
static bool iterates_mod(ulong *over, ulong *under, const ew_word_t word, const integers_t *z,
                         slong n)
{
    nmod_t mod = word->mod;
    ulong D = ew_word_reduce(word, z->D), np = ew_word_reduce(word, z->np);
    ulong nq = ew_word_reduce(word, z->nq), y = word->point;
    if (D == 0)
        return false;
    ulong per_D = n_invmod(D, mod.n);
    *over = *under = 1;
    for (slong d = 1; d <= n; d++) { /* y <- y + y^(L-1) (np - nq y^L) / D */
        ulong low = nmod_pow_ui(y, (ulong)z->depth - 1, mod);
        ulong r = nmod_sub(np, nmod_mul(nq, nmod_mul(low, y, mod), mod), mod);
        y = nmod_add(y, nmod_mul(nmod_mul(low, r, mod), per_D, mod), mod);
        int sign = n % d == 0 ? n_moebius_mu((ulong)(n / d)) : 0;
        ulong f = nmod_sub(y, word->point, mod);
        if (sign > 0)
            *over = nmod_mul(*over, f, mod);
        else if (sign < 0)
            *under = nmod_mul(*under, f, mod);
    }
    return *over != 0 && *under != 0;
}

/* The sign of the leading coefficient of Phi_n: that of F_d is (-1)^d, (4). */
static int leading_sign(slong n)
{
    int sign = 1;
    for (slong d = 1; d <= n; d += 2)
        if (n % d == 0 && n_moebius_mu((ulong)(n / d)) != 0)
            sign = -sign;
    return sign;
}

/* True when phi has the degree and the sign (4) and is Phi_n up to a constant at random points modulo primes: (5). Two
 * points to a prime, as phi is known up to a constant only. */
static bool poly_stands(const fmpz_poly_t phi, const integers_t *z, slong n)
{
    fmpz_t degree;
    fmpz_init(degree);
    ew_dynatomic_degree(degree, z->depth, n);
    bool stands = fmpz_equal_si(degree, fmpz_poly_degree(phi)) &&
                  fmpz_sgn(fmpz_poly_lead(phi)) == leading_sign(n);
    fmpz_clear(degree);
    ew_word_t word;
    ew_word_init(word, phi, phi, phi);
    for (int checked = 0, i = 0; checked < 3 && i < 30 && stands; i++) {
        ulong a, b, c, d;
        ew_word_next(word);
        nmod_t mod = word->mod;
        ulong here = ew_word_eval(word, phi);
        if (!iterates_mod(&a, &b, word, z, n))
            continue;
        word->point = nmod_add(nmod_mul(word->point, word->point, mod), 1, mod);
        ulong there = ew_word_eval(word, phi);
        if (!iterates_mod(&c, &d, word, z, n))
            continue;
        /* phi(x) : phi(y) = a/b : c/d */
        stands =
            nmod_mul(nmod_mul(here, b, mod), c, mod) == nmod_mul(nmod_mul(there, d, mod), a, mod) &&
            here != 0;
        checked++;
    }
    return stands;
}

ew_status ew_dynatomic_build(fmpz_poly_t phi, const ew_mode_t mode, slong n)
{
    if (phi == NULL || !ew_mode_is_positive(mode) || n < 1 || n > EW_PERIOD_MAX)
        return EW_BAD_INPUT;
    if (n < 1 || n > EW_PERIOD_MAX)
        return EW_BAD_INPUT;
    ew_status status = ew_memory_check(ew_dynatomic_bytes(mode, n));
    if (status != EW_OK)
        return status;
    integers_t z;
    integers_init(&z, mode);
    fmpz_poly_t above, below;
    fmpz_poly_init(above);
    fmpz_poly_init(below);
    products(above, below, &z, n);
    bool divides =
        fmpz_poly_divides(phi, above, below) && ew_poly_product_stands(above, phi, below);
    if (divides && poly_stands(phi, &z, n))
        make_primitive(phi);
    else
        status = EW_UNDECIDED_STATUS; /* the library below returned a wrong product */
    fmpz_poly_clear(above);
    fmpz_poly_clear(below);
    integers_clear(&z);
    return status;
}
