/* Where the image of the critical point meets 0, or the second cycle: step sizes at which the balanced map's attractor ends.
 * theory/cascade.md (7) - (9)
 *
 * The critical point z of f is the parameter: f'(z) = 0 says s = L / ((2L-1) z^(2L-2) - (L-1) z^(L-2)). With y = f(z) and
 * u = f(y) / y, the attractor meets 0 where u = 0, and the second cycle where y is its upper point:
 * F = y^L (1 + u^(2L-1)) - (1 + u^(L-1)) = 0 with u < 0. Both are negative beyond the crisis. */
#include "model/domain.h"
#include <edgewise/predict.h>
#include <math.h>

/* In doubles: the sign of what vanishes at the crisis. */
static bool is_before(double z, double L, ew_crisis crisis)
{
    double w = pow(z, L - 2), t = ((2 * L - 1) * pow(z, L) - (L - 1)) * w;
    double y = z + w * z * (1 - w * z * z) / t, T = pow(y, L);
    double u = 1 + pow(y, L - 2) * (1 - T) / t;
    if (crisis == EW_MEETS_ZERO || u >= 0)
        return u > 0;
    return u > -1 && (fmod(L, 2) == 0 || T * (1 - pow(-u, 2 * L - 1)) > 1 + pow(-u, L - 1));
}

/* What vanishes, s, and u, for a critical point z. */
static void equation(arb_t F, arb_t s, arb_t u, const arb_t z, slong L, ew_crisis crisis,
                     slong prec)
{
    arb_t w, y, T, t;
    arb_init(w);
    arb_init(y);
    arb_init(T);
    arb_init(t);
    arb_pow_ui(w, z, (ulong)L - 2, prec);
    arb_pow_ui(T, z, (ulong)L, prec);
    arb_mul_ui(t, T, 2 * (ulong)L - 1, prec);
    arb_sub_ui(t, t, (ulong)L - 1, prec);
    arb_mul(t, t, w, prec); /* L / s */
    arb_ui_div(s, (ulong)L, t, prec);
    arb_mul(w, w, z, prec); /* y = z + z^(L-1) (1 - z^L) s/L */
    arb_sub_ui(T, T, 1, prec);
    arb_mul(w, w, T, prec);
    arb_div(w, w, t, prec);
    arb_sub(y, z, w, prec);
    arb_pow_ui(w, y, (ulong)L - 2, prec); /* u = 1 - y^(L-2) (y^L - 1) s/L */
    arb_pow_ui(T, y, (ulong)L, prec);
    arb_sub_ui(u, T, 1, prec);
    arb_mul(u, u, w, prec);
    arb_div(u, u, t, prec);
    arb_sub_ui(u, u, 1, prec);
    arb_neg(u, u);
    if (crisis == EW_MEETS_ZERO)
        arb_set(F, u);
    else {
        arb_pow_ui(t, u, (ulong)L - 1, prec);
        arb_sqr(w, t, prec);
        arb_mul(w, w, u, prec);
        arb_add_ui(w, w, 1, prec);
        arb_mul(F, T, w, prec);
        arb_sub_ui(F, F, 1, prec);
        arb_sub(F, F, t, prec);
    }
    arb_clear(w);
    arb_clear(y);
    arb_clear(T);
    arb_clear(t);
}

/* The secant method on midpoints, from two points either side. */
static void polish(arb_t z, arb_t other, slong L, ew_crisis crisis, slong prec)
{
    arb_t F, G, s, u;
    arb_init(F);
    arb_init(G);
    arb_init(s);
    arb_init(u);
    equation(G, s, u, other, L, crisis, prec);
    for (int i = 0; i < 100; i++) {
        equation(F, s, u, z, L, crisis, prec);
        arb_sub(u, F, G, prec);
        mag_zero(arb_radref(u));
        if (arb_is_zero(u) || arb_contains_zero(F))
            break;
        arb_sub(s, z, other, prec);
        arb_mul(s, s, F, prec);
        arb_div(s, s, u, prec);
        arb_swap(other, z);
        arb_swap(G, F);
        arb_sub(z, other, s, prec);
        mag_zero(arb_radref(z));
        if (!arb_is_finite(z))
            break;
    }
    arb_clear(F);
    arb_clear(G);
    arb_clear(s);
    arb_clear(u);
}

ew_status ew_crisis_threshold(arb_t s, slong depth, ew_crisis crisis, slong prec)
{
    if (s == NULL || !ew_depth_fits(depth) || (unsigned)crisis > EW_MEETS_SECOND_CYCLE ||
        !ew_prec_fits(prec))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    slong wp = 2 * prec + 64 + 4 * (slong)FLINT_BIT_COUNT((ulong)depth);
    double L = (double)depth, lo = pow((L - 1) / (2 * L - 1), 1 / L), hi = 1;
    for (int i = 0; i < 60; i++) { /* s falls in z: before the crisis near z = 1 */
        double middle = 0.5 * (lo + hi);
        if (is_before(middle, L, crisis))
            hi = middle;
        else
            lo = middle;
    }
    arb_t z, z_lo, z_hi, F, u, t;
    arb_init(z);
    arb_init(z_lo);
    arb_init(z_hi);
    arb_init(F);
    arb_init(u);
    arb_init(t);
    arb_set_d(z, hi);
    arb_set_d(t, lo - 1e-13);
    polish(z, t, depth, crisis, wp);
    /* opposite signs at either end, and u < 0 between: y is the upper point of the second cycle somewhere there, once (9) */
    ew_status status = EW_UNDECIDED_STATUS;
    for (slong bits = wp - wp / 8; bits > wp / 2 && status != EW_OK; bits -= wp / 8) {
        arb_one(t);
        arb_mul_2exp_si(t, t, -bits);
        arb_sub(z_lo, z, t, ARF_PREC_EXACT);
        arb_add(z_hi, z, t, ARF_PREC_EXACT);
        equation(F, s, u, z_lo, depth, crisis, wp);
        bool after = arb_is_negative(F);
        equation(F, s, u, z_hi, depth, crisis, wp);
        bool before = arb_is_positive(F);
        arb_add_error_2exp_si(z, -bits);
        equation(F, s, u, z, depth, crisis, wp);
        if (after && before && (crisis == EW_MEETS_ZERO || arb_is_negative(u)))
            status = EW_OK;
        mag_zero(arb_radref(z));
    }
    arb_clear(z);
    arb_clear(z_lo);
    arb_clear(z_hi);
    arb_clear(F);
    arb_clear(u);
    arb_clear(t);
    return status;
}
