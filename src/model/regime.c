/* The step in units where 2 is the edge, s = eta L sigma^(2-2/L), and its exact comparisons.
 *
 * s is algebraic. Against a number whose square is rational it is compared by balls first, and when
 * they cannot tell by rational arithmetic. theory/model.md (4) */
#include "model/domain.h"
#include <edgewise/model.h>

const char *ew_regime_text(ew_regime regime)
{
    static const char *const text[] = {"below", "edge", "beyond"};
    return EW_WORD_OF(text, regime);
}

void ew_mode_s(arb_t s, const ew_mode_t mode, slong prec)
{
    if (!ew_mode_fits(mode) || !ew_prec_fits(prec)) {
        arb_indeterminate(s);
        return;
    }
    slong L = mode->depth, wp = prec + 32;
    arb_t t;
    arb_init(t);
    fmpq_t etaL;
    fmpq_init(etaL);
    /* sigma^(2-2/L) = sigma^2 / (sigma^(1/L))^2 */
    ew_mode_edge(t, mode, wp);
    arb_sqr(t, t, wp);
    fmpq_mul_si(etaL, mode->eta, L);
    fmpq_mul(etaL, etaL, mode->sigma);
    fmpq_mul(etaL, etaL, mode->sigma);
    arb_set_fmpq(s, etaL, wp);
    if (fmpq_is_zero(mode->sigma))
        arb_zero(s);
    else
        arb_div(s, s, t, prec);
    fmpq_clear(etaL);
    arb_clear(t);
}

void ew_mode_edge(arb_t x, const ew_mode_t mode, slong prec)
{
    if (!ew_mode_fits(mode) || !ew_prec_fits(prec)) {
        arb_indeterminate(x);
        return;
    }
    arb_set_fmpq(x, mode->sigma, prec + 8);
    arb_root_ui(x, x, (ulong)mode->depth, prec);
}

/* The exact n-th root of a non-negative integer, if it has one. */
static bool exact_root(fmpz_t root, const fmpz_t x, slong n)
{
    fmpz_t power;
    fmpz_init(power);
    bool exact = true;
    if (fmpz_cmp_ui(x, 1) <= 0)
        fmpz_set(root, x);
    else if ((slong)fmpz_bits(x) <= n) /* 1 < x < 2^n has no integer n-th root */
        exact = false;
    else {
        fmpz_root(root, x, n);
        fmpz_pow_ui(power, root, (ulong)n);
        exact = fmpz_equal(power, x);
    }
    fmpz_clear(power);
    return exact;
}

/* The exact n-th root of a non-negative rational, if it has one. */
static bool exact_rational_root(fmpq_t root, const fmpq_t x, slong n)
{
    return exact_root(fmpq_numref(root), fmpq_numref(x), n) &&
           exact_root(fmpq_denref(root), fmpq_denref(x), n);
}

void ew_square_s(arb_t s, slong depth, const fmpq_t eta, const fmpq_t square, slong prec)
{
    if (!ew_depth_fits(depth) || !ew_rational_fits(eta) || !ew_rational_fits(square) ||
        !ew_prec_fits(prec)) {
        arb_indeterminate(s);
        return;
    }
    slong wp = prec + 32;
    arb_t root;
    fmpq_t scale;
    arb_init(root);
    fmpq_init(scale);
    arb_set_fmpq(root, square, wp + 8);
    arb_root_ui(root, root, (ulong)depth, wp);
    fmpq_mul_si(scale, eta, depth);
    fmpq_mul(scale, scale, square);
    arb_set_fmpq(s, scale, wp);
    if (!fmpq_is_zero(square))
        arb_div(s, s, root, prec);
    fmpq_clear(scale);
    arb_clear(root);
}

/* A comparison of s with the root of c2, both in their squares. */
typedef struct {
    slong depth;
    const fmpq *eta, *square; /* of sigma */
    const fmpq *c2;
} comparison_t;

/* The sign of s^2 - c2 by balls of precision prec, 0 when they do not tell. */
static int compare_balls(const comparison_t *of, slong prec)
{
    arb_t s, c;
    arb_init(s);
    arb_init(c);
    ew_square_s(s, of->depth, of->eta, of->square, prec);
    arb_sqr(s, s, prec);
    arb_set_fmpq(c, of->c2, prec);
    int sign = arb_gt(s, c) ? 1 : arb_lt(s, c) ? -1 : 0;
    arb_clear(s);
    arb_clear(c);
    return sign;
}

/* The sign of s^2 - c2 for a rational c2 > 0, exactly. With A = (eta L sigma^2)^2 / c2 it is the sign
 * of A - sigma^(4/L). If sigma^(4/L) is rational, rationals are compared; if not, the two differ and
 * balls of growing precision must tell. */
static int compare(const comparison_t *of)
{
    if (fmpq_is_zero(of->square))
        return -1;
    int sign = compare_balls(of, 64);
    if (sign != 0)
        return sign;

    fmpq_t left, right, sigma4;
    fmpq_init(left);
    fmpq_init(right);
    fmpq_init(sigma4);
    fmpq_mul(sigma4, of->square, of->square);
    if (exact_rational_root(right, sigma4, of->depth)) {
        fmpq_mul_si(left, of->eta, of->depth);
        fmpq_mul(left, left, left);
        fmpq_mul(left, left, sigma4);
        fmpq_div(left, left, of->c2);
        sign = fmpq_cmp(left, right);
        sign = (sign > 0) - (sign < 0);
    } else
        for (slong prec = 128; sign == 0; prec *= 2)
            sign = compare_balls(of, prec);
    fmpq_clear(left);
    fmpq_clear(right);
    fmpq_clear(sigma4);
    return sign;
}

int ew_square_cmp_s(slong depth, const fmpq_t eta, const fmpq_t square, const fmpq_t q)
{
    if (!ew_depth_fits(depth) || !ew_rational_fits(eta) || !ew_rational_fits(square) ||
        !ew_rational_fits(q))
        return 0;
    fmpq_t q2;
    fmpq_init(q2);
    fmpq_mul(q2, q, q);
    int sign = compare(&(comparison_t){depth, eta, square, q2});
    fmpq_clear(q2);
    return sign;
}

int ew_mode_cmp_s(const ew_mode_t mode, const fmpq_t q)
{
    if (!ew_mode_fits(mode))
        return 0;
    fmpq_t square;
    fmpq_init(square);
    fmpq_mul(square, mode->sigma, mode->sigma);
    int sign = ew_square_cmp_s(mode->depth, mode->eta, square, q);
    fmpq_clear(square);
    return sign;
}

int ew_mode_cmp_s_sqrt8(const ew_mode_t mode)
{
    if (!ew_mode_fits(mode))
        return 0;
    fmpq_t eight, square;
    fmpq_init(eight);
    fmpq_init(square);
    fmpq_set_si(eight, 8, 1);
    fmpq_mul(square, mode->sigma, mode->sigma);
    int sign = compare(&(comparison_t){mode->depth, mode->eta, square, eight});
    fmpq_clear(eight);
    fmpq_clear(square);
    return sign;
}

ew_regime ew_mode_regime(const ew_mode_t mode)
{
    fmpq_t two;
    fmpq_init(two);
    fmpq_set_si(two, 2, 1);
    int sign = ew_mode_cmp_s(mode, two);
    fmpq_clear(two);
    return sign < 0 ? EW_BELOW : sign == 0 ? EW_EDGE : EW_BEYOND;
}

/* The decimal of 15 significant digits (or 16) nearest to the midpoint of a positive ball. */
static void nearest_decimal(fmpq_t q, const arb_t x)
{
    fmpq_t scale;
    fmpq_init(scale);
    slong digits = 15 - (slong)(0.30103 * (double)arf_abs_bound_lt_2exp_si(arb_midref(x)));
    fmpq_set_si(scale, 10, 1);
    fmpq_pow_si(scale, scale, digits);
    arf_get_fmpq(q, arb_midref(x));
    fmpq_mul(q, q, scale);
    fmpz_t n;
    fmpz_init(n);
    fmpz_mul_2exp(n, fmpq_numref(q), 1); /* floor((2 num + den) / (2 den)) rounds to nearest */
    fmpz_add(n, n, fmpq_denref(q));
    fmpz_fdiv_q(n, n, fmpq_denref(q));
    fmpz_fdiv_q_2exp(n, n, 1);
    fmpq_set_fmpz(q, n);
    fmpq_div(q, q, scale);
    fmpz_clear(n);
    fmpq_clear(scale);
}

ew_status ew_eta_from_s(fmpq_t eta, slong depth, const fmpq_t s, const fmpq_t sigma)
{
    if (eta == NULL || !ew_depth_fits(depth) || !ew_rational_fits(s) || !ew_rational_fits(sigma) ||
        fmpq_sgn(s) <= 0 || fmpq_sgn(sigma) <= 0)
        return EW_BAD_INPUT;
    fmpq_t sigma2, root;
    fmpq_init(sigma2);
    fmpq_init(root);
    fmpq_mul(sigma2, sigma, sigma);
    bool exact = exact_rational_root(root, sigma2, depth);
    if (exact) { /* eta = s sigma^(2/L) / (L sigma^2) */
        fmpq_mul(eta, s, root);
        fmpq_div(eta, eta, sigma2);
        fmpz_t L;
        fmpz_init_set_ui(L, (ulong)depth);
        fmpq_div_fmpz(eta, eta, L);
        fmpz_clear(L);
    } else {
        ew_mode_t unit; /* the mode of eta = 1, whose s is S */
        ew_mode_init(unit);
        unit->depth = depth;
        fmpq_set(unit->sigma, sigma);
        arb_t S, q;
        arb_init(S);
        arb_init(q);
        ew_mode_s(S, unit, 256);
        arb_set_fmpq(q, s, 256);
        arb_div(q, q, S, 256);
        nearest_decimal(eta, q);
        arb_clear(S);
        arb_clear(q);
        ew_mode_clear(unit);
    }
    fmpq_clear(sigma2);
    fmpq_clear(root);
    return exact ? EW_OK : EW_BAD_INPUT;
}
