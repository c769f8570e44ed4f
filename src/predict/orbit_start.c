/* First approximations of the real roots. theory/orbit-roots.md (3), (8), (10)
 *
 * Each 2-cycle is a point on a curve s = Psi(theta) given in closed form, with Psi increasing; in
 * doubles and logarithms this is solved for theta by bisection, and x follows in balls, as the
 * difference from sigma^(1/L) may be tiny. Very close to the ends of the parameter range the leading
 * term of the curve is more accurate than doubles are. */
#include "predict/orbit_start.h"
#include <math.h>

static const double ln2 = 0.693147180559945309417;

static double ln_cosh(double x)
{
    return x + log1p(exp(-2 * x)) - ln2;
}

static double ln_sinh(double x)
{
    return x < 1e-5 ? log(x) + x * x / 6 : x + log(-expm1(-2 * x)) - ln2;
}

/* ln Psi(theta) of the orbit {rho_1, rho_2}: (3). */
static double ln_psi_orbit(double L, double t)
{
    return log(2 * L) + ln_sinh(t) - ln_sinh(L * t) + (2 - 2 / L) * ln_cosh((2 * L - 1) * t) -
           (1 - 2 / L) * ln_cosh((L - 1) * t);
}

/* ln Psi(theta) of the second cycle for odd L: (10), with ln T = -L t + ln cosh - ln sinh. */
static double ln_psi_odd(double L, double t)
{
    double lnT = -L * t + ln_cosh((L - 1) * t) - ln_sinh((2 * L - 1) * t);
    double ln1pT = lnT > 0 ? lnT + log1p(exp(-lnT)) : log1p(exp(lnT));
    return log(L) + ln2 + t + ln_cosh(t) - (1 - 2 / L) * lnT - ln1pT;
}

/* ln s for even L at y = ln T: s = 2 L / (T^(1-2/L) (T - 1)), falling in y: (8); the sign is turned so
 * that it rises in t = 1/y. */
static double ln_psi_even(double L, double t)
{
    double y = 1 / t;
    double lnTm1 = y > 30 ? y : log(expm1(y));
    return log(2 * L) - (1 - 2 / L) * y - lnTm1;
}

/* Solves f(L, t) = target for t > 0, f increasing, by bisection on ln t. */
static double solve_rising(double (*f)(double, double), double L, double target)
{
    double lo = -650, hi = 650;
    for (int i = 0; i < 90; i++) {
        double mid = (lo + hi) / 2;
        if (f(L, exp(mid)) < target)
            lo = mid;
        else
            hi = mid;
    }
    return exp((lo + hi) / 2);
}

/* theta of the orbit: sqrt((s - 2) / C) near the edge, where s = 2 + C theta^2 + ...: (6). */
static void orbit_theta(arb_t theta, slong depth, const arb_t s)
{
    slong prec = 64;
    double L = (double)depth;
    double C =
        (2 - 2 / L) * (2 * L - 1) * (2 * L - 1) - (1 - 2 / L) * (L - 1) * (L - 1) - (L * L - 1) / 3;
    arb_t d;
    arb_init(d);
    arb_sub_ui(d, s, 2, prec);
    if (arf_cmpabs_2exp_si(arb_midref(d), -22) < 0) {
        arb_set_d(theta, C);
        arb_div(theta, d, theta, prec);
        arb_sqrt(theta, theta, prec);
    } else {
        arb_log(d, s, prec);
        arb_set_d(theta, solve_rising(ln_psi_orbit, L, arf_get_d(arb_midref(d), ARF_RND_NEAR)));
    }
    arb_get_mid_arb(theta, theta);
    arb_clear(d);
}

/* theta of the second cycle for odd L. */
static void odd_theta(arb_t theta, slong depth, const arb_t s)
{
    arb_t d;
    arb_init(d);
    arb_log(d, s, 64);
    double target = arf_get_d(arb_midref(d), ARF_RND_NEAR);
    arb_set_d(theta, solve_rising(ln_psi_odd, (double)depth, target));
    arb_clear(d);
}

/* y = ln T of the second cycle for even L: 2 L / s for large s. */
static void even_log(arb_t y, slong depth, const arb_t s)
{
    arb_t d;
    arb_init(d);
    arb_set_si(d, 2 * depth);
    arb_div(d, d, s, 64);
    if (arf_cmpabs_2exp_si(arb_midref(d), -22) < 0)
        arb_get_mid_arb(y, d);
    else {
        arb_log(d, s, 64);
        double target = arf_get_d(arb_midref(d), ARF_RND_NEAR);
        arb_set_d(y, 1 / solve_rising(ln_psi_even, (double)depth, target));
    }
    arb_clear(d);
}

/* y = ln T of the negative root for tiny s: s = 2 L / T^(2-2/L) up to a factor 1 + O(1/T), from (10). */
static void small_step_log(arb_t y, slong L, const arb_t s)
{
    slong prec = 128;
    arb_t t;
    arb_init(t);
    arb_set_si(t, 2 * L);
    arb_div(t, t, s, prec);
    arb_log(y, t, prec);
    arb_mul_si(y, y, L, prec);
    arb_div_si(y, y, 2 * L - 2, prec);
    arb_get_mid_arb(y, y);
    arb_clear(t);
}

/* y = ln T of the cycle's lower point, ln (1 + w^(L-1)) - ln (1 + c w^(2L-1)) - 2 L theta with w =
 * e^(-2 theta), c = 1 for the orbit and -1 for the second cycle: (4), (10). */
static void log_from_theta(arb_t y, const arb_t theta, slong L, bool on_orbit, slong prec)
{
    arb_t w, t;
    arb_init(w);
    arb_init(t);
    arb_mul_si(w, theta, -2 * (L - 1), prec);
    arb_exp(w, w, prec);
    arb_log1p(y, w, prec);
    arb_mul_si(w, theta, -2 * (2 * L - 1), prec);
    arb_exp(w, w, prec);
    if (!on_orbit)
        arb_neg(w, w);
    arb_log1p(t, w, prec);
    arb_sub(y, y, t, prec);
    arb_mul_si(t, theta, 2 * L, prec);
    arb_sub(y, y, t, prec);
    arb_clear(w);
    arb_clear(t);
}

/* x = e exp(y / L) and distance = min(|x - e|, x). */
static void point_from_log(arb_t x, arb_t distance, const arb_t y, const ew_mode_t mode, slong prec)
{
    arb_t e, t;
    arb_init(e);
    arb_init(t);
    arb_div_si(t, y, mode->depth, prec);
    slong close = arf_abs_bound_lt_2exp_si(arb_midref(t));
    if (close < 0)
        prec += -close;
    ew_mode_edge(e, mode, prec);
    arb_exp(x, t, prec);
    arb_mul(x, x, e, prec);
    arb_expm1(distance, t, prec);
    arb_mul(distance, distance, e, prec);
    arb_abs(distance, distance);
    arb_min(distance, distance, x, prec);
    arb_get_mid_arb(x, x);
    arb_get_mid_arb(distance, distance);
    arb_clear(e);
    arb_clear(t);
}

void ew_orbit_start(arb_t x, arb_t distance, ew_which_root which, const ew_mode_t mode,
                    const arb_t s)
{
    slong L = mode->depth, prec = 96;
    arb_t y, theta;
    arb_init(y);
    arb_init(theta);
    if (which == EW_RHO_OUTER)
        even_log(y, L, s);
    else if (which == EW_RHO_NEGATIVE && arf_cmp_2exp_si(arb_midref(s), -300) < 0)
        small_step_log(y, L, s);
    else {
        if (which == EW_RHO_LOW)
            orbit_theta(theta, L, s);
        else
            odd_theta(theta, L, s);
        slong exponent = arf_abs_bound_lt_2exp_si(arb_midref(theta));
        if (exponent < 0) /* y is of the order of theta, or 1 - w of it */
            prec += -2 * exponent;
        log_from_theta(y, theta, L, which == EW_RHO_LOW, prec);
    }
    point_from_log(x, distance, y, mode, prec);
    if (which == EW_RHO_NEGATIVE)
        arb_neg(x, x);
    arb_clear(y);
    arb_clear(theta);
}
