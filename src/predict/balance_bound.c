/* The poster's bound on alpha, and the proof that X stays below 2. theory/balancing-gap.md
 *
 * In units of sigma (p for p / sigma, lengths over sigma^(1/L)), h = s / L and a gap of at most delta,
 * lemma B: with q = p^(2/L),
 *
 *     K(p) = h (q + delta)^((L-2)/2) (1 - p),
 *     P    = max over [0, 1] of (q + delta)(1 + K(p)^2) + 2 h p (1 - p),
 *     kappa = h (P + delta)^((L-2)/2) (P^(L/2) - 1),
 *
 * K < sqrt 2 on [0, 1] and kappa^2 < 1 - delta imply |k| < sqrt 2 along every trajectory from (0,
 * alpha), alpha^2 <= delta, for ever. */
#include "model/domain.h"
#include <edgewise/predict.h>

ew_status ew_balance_bound(arb_t alpha, const ew_mode_t mode, slong prec)
{
    if (alpha == NULL || !ew_mode_fits(mode) || !ew_prec_fits(prec))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    arb_zero(alpha);
    if (fmpq_is_zero(mode->sigma) || ew_mode_cmp_s_sqrt8(mode) >= 0)
        return EW_BAD_INPUT;
    slong L = mode->depth, wp = prec + 32;
    arb_t s, t, e;
    arb_init(s);
    arb_init(t);
    arb_init(e);
    do { /* near s = 2 sqrt 2 the logarithm cancels; it is positive, so this ends */
        wp *= 2;
        ew_mode_s(s, mode, wp);
        arb_sqrt_ui(t, 8, wp);
        arb_div(t, t, s, wp);
        arb_log(alpha, t, wp);
    } while (!arb_is_positive(alpha) || arb_rel_accuracy_bits(alpha) < prec + 8);
    ew_mode_edge(t, mode, wp); /* sigma^(4/L) / (L^2 2^((2L-3)/L)) */
    arb_pow_ui(t, t, 4, wp);
    arb_mul(alpha, alpha, t, wp);
    arb_set_si(t, 2 * L - 3);
    arb_div_si(t, t, L, wp);
    arb_set_ui(e, 2);
    arb_pow(t, e, t, wp);
    arb_mul_si(t, t, L, wp);
    arb_mul_si(t, t, L, wp);
    arb_div(alpha, alpha, t, wp);
    arb_root_ui(alpha, alpha, 4, prec);
    arb_clear(s);
    arb_clear(t);
    arb_clear(e);
    return EW_OK;
}

/* y = x^((L-2)/2) for x > 0. */
static void half_power(arb_t y, const arb_t x, slong L, slong prec)
{
    arb_t t;
    arb_init(t);
    arb_sqrt(t, x, prec);
    arb_pow_ui(y, t, (ulong)L - 2, prec);
    arb_clear(t);
}

/* Upper bounds of K^2 and of the bracket of P on the cell p in [i/n, (i+1)/n]. */
static void cell_bounds(arb_t K2, arb_t bracket, slong i, slong n, slong L, const arb_t h,
                        const arb_t delta, slong prec)
{
    arb_t p, q, t;
    arb_init(p);
    arb_init(q);
    arb_init(t);
    arb_set_si(q, i + 1); /* q + delta at the right end, 1 - p at the left end */
    arb_div_si(q, q, n, prec);
    arb_root_ui(q, q, (ulong)L, prec);
    arb_sqr(q, q, prec);
    arb_add(q, q, delta, prec);
    half_power(K2, q, L, prec);
    arb_mul(K2, K2, h, prec);
    arb_set_si(p, n - i);
    arb_div_si(p, p, n, prec);
    arb_mul(K2, K2, p, prec);
    arb_sqr(K2, K2, prec);
    arb_add_ui(bracket, K2, 1, prec);
    arb_mul(bracket, bracket, q, prec);
    /* 2 h p (1 - p), p (1 - p) at most (i+1)(n-i)/n^2 on the cell */
    arb_set_si(t, i + 1);
    arb_div_si(t, t, n, prec);
    arb_mul(t, t, p, prec);
    arb_mul(t, t, h, prec);
    arb_mul_2exp_si(t, t, 1);
    arb_add(bracket, bracket, t, prec);
    arb_clear(p);
    arb_clear(q);
    arb_clear(t);
}

/* Lemma B with n cells, for h = s / L and delta in units of sigma. */
static bool lemma_holds(const arb_t h, const arb_t delta, slong L, slong n, slong prec)
{
    arb_t K2, bracket, P, t, two, one;
    arb_init(K2);
    arb_init(bracket);
    arb_init(P);
    arb_init(t);
    arb_init(two);
    arb_init(one);
    arb_set_ui(two, 2);
    arb_one(one);
    bool holds = true;
    for (slong i = 0; i < n && holds; i++) {
        cell_bounds(K2, bracket, i, n, L, h, delta, prec);
        holds = arb_lt(K2, two);
        arb_max(P, P, bracket, prec);
    }
    if (holds) { /* kappa^2 < 1 - delta */
        arb_add(t, P, delta, prec);
        half_power(t, t, L, prec);
        arb_sqrt(bracket, P, prec);
        arb_pow_ui(bracket, bracket, (ulong)L, prec);
        arb_sub_ui(bracket, bracket, 1, prec);
        arb_mul(t, t, bracket, prec);
        arb_mul(t, t, h, prec);
        arb_sqr(t, t, prec);
        arb_add(t, t, delta, prec);
        holds = arb_lt(t, one);
    }
    arb_clear(K2);
    arb_clear(bracket);
    arb_clear(P);
    arb_clear(t);
    arb_clear(two);
    arb_clear(one);
    return holds;
}

ew_answer ew_balance_region(const ew_mode_t mode, const arb_t gap, slong prec)
{
    if (!ew_mode_is_positive(mode) || !ew_prec_fits(prec))
        return EW_UNKNOWN;
    if (fmpq_is_zero(mode->sigma))
        return EW_UNKNOWN;
    arb_t h, delta;
    arb_init(h);
    arb_init(delta);
    ew_mode_s(h, mode, prec);
    arb_div_si(h, h, mode->depth, prec);
    ew_mode_edge(delta, mode, prec);
    arb_sqr(delta, delta, prec);
    arb_div(delta, gap, delta, prec);
    bool holds = false;
    for (slong n = 64; n <= 1024 && !holds; n *= 4)
        holds = lemma_holds(h, delta, mode->depth, n, prec);
    arb_clear(h);
    arb_clear(delta);
    return holds ? EW_YES : EW_UNKNOWN;
}

/* Does the lemma hold from alpha = j 10^e? */
static bool holds_at(fmpq_t alpha, slong j, const fmpq_t unit, const ew_mode_t mode, slong prec)
{
    arb_t gap;
    arb_init(gap);
    fmpq_mul_si(alpha, unit, j);
    arb_set_fmpq(gap, alpha, prec);
    arb_sqr(gap, gap, prec);
    bool holds = ew_balance_region(mode, gap, prec) == EW_YES;
    arb_clear(gap);
    return holds;
}

void ew_balance_better_bound(fmpq_t alpha, const ew_mode_t mode, slong prec)
{
    if (!ew_mode_is_positive(mode) || !ew_prec_fits(prec)) {
        fmpq_zero(alpha);
        return;
    }
    fmpq_zero(alpha);
    if (fmpq_is_zero(mode->sigma))
        return;
    /* decimals of four digits or so, in units of the edge */
    arb_t edge;
    arb_init(edge);
    ew_mode_edge(edge, mode, 64);
    slong exponent = (slong)(0.30103 * (double)arf_abs_bound_lt_2exp_si(arb_midref(edge))) - 4;
    arb_clear(edge);
    fmpq_t unit, trial;
    fmpq_init(unit);
    fmpq_init(trial);
    fmpq_set_si(unit, 10, 1);
    fmpq_pow_si(unit, unit, exponent);
    slong lo = 0, hi = 1 << 18; /* above sigma^(1/L), where delta >= 1 and the lemma fails */
    while (hi - lo > 1) {
        slong mid = lo + (hi - lo) / 2;
        if (holds_at(trial, mid, unit, mode, prec)) {
            lo = mid;
            fmpq_set(alpha, trial);
        } else
            hi = mid;
    }
    fmpq_clear(unit);
    fmpq_clear(trial);
}
