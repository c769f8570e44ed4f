/* The flip threshold s_2(L). theory/orbit-stability.md (4) - (7)
 *
 * Along the curve of 2-cycles, theta >= 0 and u = e^(2 theta), everything is a function of c =
 * cosh(2 theta) alone; with the logarithmic length t = L theta the multiplier is
 *
 *     m = g'(u) g'(1/u),   g'(u) = u + (u - 1)(2L - 2) - L (u - 1)(1 + u^(2L-1)) / (u^(L-1)(u^L - 1)).
 *
 * m(0) = 1 and m'(0) = 0 by evenness. A cover of [0, t_2] by balls proves m'' < 0 near 0 and m' < 0 on
 * the rest, so m falls strictly from 1 to -1 at t_2, once. */
#include "model/domain.h"
#include <edgewise/predict.h>

/* (u^L - 1) / (u - 1) as a power series, u = exp(v): a sum that does not vanish at v = 0; L may be
 * large, so by doubling. */
static void geometric_series(arb_poly_t sum, arb_poly_t power, const arb_poly_t u, ulong n,
                             slong len, slong prec)
{
    arb_poly_t t;
    arb_poly_init(t);
    arb_poly_one(power);
    arb_poly_zero(sum);
    for (int bit = (int)FLINT_BIT_COUNT(n) - 1; bit >= 0; bit--) {
        arb_poly_mullow(t, sum, power, len, prec);
        arb_poly_add(sum, sum, t, prec);
        arb_poly_mullow(power, power, power, len, prec);
        if ((n >> bit) & 1) {
            arb_poly_add(sum, sum, power, prec);
            arb_poly_mullow(power, power, u, len, prec);
        }
    }
    arb_poly_clear(t);
}

/* g' at the cycle point with factor u = exp(v): u + (2L-2)(u-1) - L (1 + u^(2L-1)) / (u^(L-1) G_L). */
static void slope_series(arb_poly_t slope, const arb_poly_t v, slong L, slong len, slong prec)
{
    arb_poly_t u, P, G, t, w;
    arb_poly_init(u);
    arb_poly_init(P);
    arb_poly_init(G);
    arb_poly_init(t);
    arb_poly_init(w);
    arb_poly_exp_series(u, v, len, prec);
    geometric_series(G, P, u, (ulong)L - 1, len, prec);
    arb_poly_add(G, G, P, prec); /* G_L, P = u^(L-1) */
    arb_poly_mullow(t, P, P, len, prec);
    arb_poly_mullow(t, t, u, len, prec);
    arb_poly_add_si(t, t, 1, prec);
    arb_poly_mullow(w, P, G, len, prec);
    arb_poly_div_series(t, t, w, len, prec);
    arb_t c;
    arb_init(c);
    arb_set_si(c, -L);
    arb_poly_scalar_mul(t, t, c, prec);
    arb_set_si(c, 2 * L - 1);
    arb_poly_scalar_mul(u, u, c, prec);
    arb_poly_add_si(u, u, 2 - 2 * L, prec);
    arb_poly_add(slope, t, u, prec);
    arb_clear(c);
    arb_poly_clear(u);
    arb_poly_clear(P);
    arb_poly_clear(G);
    arb_poly_clear(t);
    arb_poly_clear(w);
}

/* The multiplier and its derivatives (as Taylor coefficients, len <= 3) in t at the ball t. */
static void multiplier_series(arb_ptr m, const arb_t t, slong L, slong len, slong prec)
{
    arb_poly_t v, lower, upper;
    arb_t c;
    arb_poly_init(v);
    arb_poly_init(lower);
    arb_poly_init(upper);
    arb_init(c);
    /* v = 2 theta = 2 t / L */
    arb_mul_2exp_si(c, t, 1);
    arb_div_si(c, c, L, prec);
    arb_poly_set_coeff_arb(v, 0, c);
    arb_set_ui(c, 2);
    arb_div_si(c, c, L, prec);
    arb_poly_set_coeff_arb(v, 1, c);
    slope_series(lower, v, L, len, prec);
    arb_poly_neg(v, v);
    slope_series(upper, v, L, len, prec);
    arb_poly_mullow(lower, lower, upper, len, prec);
    for (slong i = 0; i < len; i++)
        arb_poly_get_coeff_arb(m + i, lower, i);
    arb_poly_clear(v);
    arb_poly_clear(lower);
    arb_poly_clear(upper);
    arb_clear(c);
}

/* Does Taylor coefficient `order` of m certainly stay negative on [lo, hi]? By bisection. */
static bool falls(double lo, double hi, slong order, slong L, int levels, slong prec)
{
    arb_t t;
    arb_struct m[3];
    arb_init(t);
    for (int i = 0; i < 3; i++)
        arb_init(m + i);
    arf_t lower, upper;
    arf_init(lower);
    arf_init(upper);
    arf_set_d(lower, lo);
    arf_set_d(upper, hi);
    arb_set_interval_arf(t, lower, upper, prec);
    multiplier_series(m, t, L, order + 1, prec);
    bool sure = arb_is_negative(m + order);
    arf_clear(lower);
    arf_clear(upper);
    arb_clear(t);
    for (int i = 0; i < 3; i++)
        arb_clear(m + i);
    if (sure || levels == 0)
        return sure;
    double mid = lo + (hi - lo) / 2;
    return falls(lo, mid, order, L, levels - 1, prec) && falls(mid, hi, order, L, levels - 1, prec);
}

/* t_2 with m = -1, by interval Newton from a double bisection; `proved` that it is the first. */
static bool flip_length(arb_t t, slong L, slong prec)
{
    arb_struct m[2];
    arb_t mid, image;
    arb_init(mid);
    arb_init(image);
    arb_init(m);
    arb_init(m + 1);
    double lo = 0.0, hi = 2.0;
    for (int i = 0; i < 50; i++) {
        double half = (lo + hi) / 2;
        arb_set_d(mid, half);
        multiplier_series(m, mid, L, 1, 128);
        if (arf_cmp_si(arb_midref(m), -1) > 0)
            lo = half;
        else
            hi = half;
    }
    const double near = 0.125;
    bool proved = hi > near && falls(0, near, 2, L, 12, 128) && falls(near, hi, 1, L, 12, 128);

    arb_set_d(t, hi);
    mag_set_ui_2exp_si(arb_radref(t), 1, -40);
    bool certified = false;
    for (slong wp = 160, tries = 0; proved && tries < 200; tries++) {
        slong had = arb_rel_accuracy_bits(t);
        if (certified && had > prec)
            break;
        wp = FLINT_MIN(2 * had, prec + 16) + 96;
        multiplier_series(m, t, L, 2, wp);
        arb_get_mid_arb(mid, t);
        arb_swap(m, m + 1); /* the slope over the box, kept while the value at the middle is made */
        multiplier_series(m + 1, mid, L, 1, wp);
        arb_add_ui(m + 1, m + 1, 1, wp);
        arb_div(image, m + 1, m, wp);
        arb_sub(image, mid, image, wp);
        if (!certified && !arb_contains_interior(t, image))
            break;
        certified = true;
        arb_intersection(t, t, image, wp);
    }
    proved = proved && certified && arb_rel_accuracy_bits(t) > prec;
    arb_clear(mid);
    arb_clear(image);
    arb_clear(m);
    arb_clear(m + 1);
    return proved;
}

/* s = Psi(theta) = 2 L sinh(theta) / sinh(L theta) cosh((2L-1) theta)^(2-2/L) / cosh((L-1)
 * theta)^(1-2/L) at theta = t / L > 0: theory/orbit-roots.md (3). */
static void step_at(arb_t s, const arb_t t, slong L, slong prec)
{
    arb_t theta, f, e;
    arb_init(theta);
    arb_init(f);
    arb_init(e);
    arb_div_si(theta, t, L, prec);
    arb_sinh(s, theta, prec);
    arb_sinh(f, t, prec);
    arb_div(s, s, f, prec);
    arb_mul_si(s, s, 2 * L, prec);
    arb_mul_si(f, theta, 2 * L - 1, prec);
    arb_cosh(f, f, prec);
    arb_set_si(e, 2 * L - 2);
    arb_div_si(e, e, L, prec);
    arb_pow(f, f, e, prec);
    arb_mul(s, s, f, prec);
    arb_mul_si(f, theta, L - 1, prec);
    arb_cosh(f, f, prec);
    arb_set_si(e, 2 - L);
    arb_div_si(e, e, L, prec);
    arb_pow(f, f, e, prec);
    arb_mul(s, s, f, prec);
    arb_clear(theta);
    arb_clear(f);
    arb_clear(e);
}

ew_status ew_flip_threshold(arb_t s2, slong depth, slong prec)
{
    if (s2 == NULL || !ew_depth_fits(depth) || !ew_prec_fits(prec))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    arb_t t;
    arb_init(t);
    ew_status status = EW_UNDECIDED_STATUS;
    slong extra = 2 * (slong)FLINT_BIT_COUNT((ulong)depth);
    if (flip_length(t, depth, prec + 8)) {
        step_at(s2, t, depth, prec + 32 + extra);
        if (arb_rel_accuracy_bits(s2) >= prec)
            status = EW_OK;
    }
    arb_clear(t);
    return status;
}
