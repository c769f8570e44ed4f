/* Where the second cycle's upper root meets (2 sigma)^(1/L). theory/orbit-roots.md (12)
 *
 * At x^L = 2 sigma: Phi = 1 + 2 u^(2L-1) - u^(L-1) with u = 1 - (s/L) 2^(1-2/L). For even L it vanishes
 * for u = -1 only; for odd L for u = -v, 2 v^(2L-1) + v^(L-1) = 1, v in (0, 1). */
#include "model/domain.h"
#include <edgewise/predict.h>

/* f = 2 v^(2L-1) + v^(L-1) - 1. */
static void equation(arb_t f, const arb_t v, slong L, slong prec)
{
    arb_t p;
    arb_init(p);
    arb_pow_ui(p, v, (ulong)L - 1, prec);
    arb_sqr(f, p, prec);
    arb_mul(f, f, v, prec);
    arb_mul_2exp_si(f, f, 1);
    arb_add(f, f, p, prec);
    arb_sub_ui(f, f, 1, prec);
    arb_clear(p);
}

/* The root v in (0, 1) of the rising f: bisection to an enclosure, each sign by a ball. */
static void solve_odd(arb_t v, slong L, slong prec)
{
    arb_t lo, hi, mid, f;
    arb_init(lo);
    arb_init(hi);
    arb_init(mid);
    arb_init(f);
    arb_one(hi);
    for (slong i = 0; i < prec + 8; i++) {
        arb_add(mid, lo, hi, ARF_PREC_EXACT);
        arb_mul_2exp_si(mid, mid, -1);
        equation(f, mid, L, 2 * prec + 64);
        if (arb_is_negative(f))
            arb_swap(lo, mid);
        else if (arb_is_positive(f))
            arb_swap(hi, mid);
        else
            break;
    }
    arb_union(v, lo, hi, prec + 16);
    arb_clear(lo);
    arb_clear(hi);
    arb_clear(mid);
    arb_clear(f);
}

void ew_orbit_outer_threshold(arb_t s, slong depth, slong prec)
{
    if (!ew_depth_fits(depth) || !ew_prec_fits(prec)) {
        arb_indeterminate(s);
        return;
    }
    slong wp = prec + 2 * (slong)FLINT_BIT_COUNT((ulong)depth) + 32;
    arb_t e, two, v;
    arb_init(e);
    arb_init(two);
    arb_init(v);
    arb_one(v);
    if (depth % 2 == 1)
        solve_odd(v, depth, wp);
    arb_add_ui(v, v, 1, wp); /* s = L (1 + v) 2^(2/L - 1); v = 1 gives L 4^(1/L) */
    arb_set_si(e, 2 - depth);
    arb_div_si(e, e, depth, wp);
    arb_set_ui(two, 2);
    arb_pow(two, two, e, wp);
    arb_mul(s, v, two, wp);
    arb_mul_si(s, s, depth, wp);
    arb_clear(e);
    arb_clear(two);
    arb_clear(v);
}
