/* g^n(x) - x, (g^n(x) - x) / (g(x) - x) and Phi_n over balls, by n steps of the map. theory/dynatomic.md (6), (7)
 *
 * With x_k = g^k(x) and w_k = Phi_2(x_k) - 1 = (g(x_(k+1)) - x_(k+1)) / (g(x_k) - x_k),
 *
 *     h_n = (g^n(x) - x) / (g(x) - x) = 1 + w_0 + w_0 w_1 + ... + w_0 .. w_(n-2):
 *
 * no division, and Phi_2 has none either (orbit_eval.c). */
#include "model/domain.h"
#include "predict/period.h"

/* Where the image y is, against R. */
static walk_answer place(const arb_t y, const arb_t bound)
{
    if (!arb_is_finite(y))
        return WALK_WIDE;
    arb_t size;
    arf_t radius;
    arb_init(size);
    arf_init(radius);
    arb_abs(size, y);
    arf_set_mag(radius, arb_radref(y));
    walk_answer answer = arb_gt(size, bound)                      ? WALK_ESCAPES
                         : arf_cmp(radius, arb_midref(bound)) > 0 ? WALK_WIDE
                                                                  : WALK_STAYS;
    arb_clear(size);
    arf_clear(radius);
    return answer;
}

/* f(x) over x as f(m) + f'(x) (x - m), m the midpoint of x, where that is narrower than `value`: over small balls it grows
 * with the slope only, so that the errors of many steps do not multiply up. `at_m` is f(m). */
static void centre(arb_t value, const arb_t at_m, const arb_t slope, const arb_t x, slong prec)
{
    arb_t centred;
    arb_init(centred);
    arb_get_mid_arb(centred, x);
    arb_sub(centred, x, centred, prec);
    arb_mul(centred, centred, slope, prec);
    arb_add(centred, centred, at_m, prec);
    if (mag_cmp(arb_radref(centred), arb_radref(value)) < 0)
        arb_swap(value, centred);
    arb_clear(centred);
}

/* y <- g(y) and its slope, w = Phi_2(y) - 1 and its slope, at the old y: the values alone where `slopes` is false. */
static void walk_step(arb_t y, arb_t dy, arb_t w, arb_t dw, bool slopes, const ew_ball_mode_t ball)
{
    slong prec = ball->prec;
    if (slopes) {
        arb_t m, old;
        arb_init(m);
        arb_init(old);
        arb_set(old, y);
        arb_get_mid_arb(m, y);
        ew_orbit_eval_ball(w, dw, y, ball);
        ew_balanced_step_ball(y, dy, ball);
        arb_t at_m;
        arb_init(at_m);
        ew_orbit_eval_ball(at_m, NULL, m, ball);
        centre(w, at_m, dw, old, prec);
        ew_balanced_step_ball(m, NULL, ball);
        centre(y, m, dy, old, prec);
        arb_clear(at_m);
        arb_clear(m);
        arb_clear(old);
    } else {
        ew_orbit_eval_ball(w, NULL, y, ball);
        ew_balanced_step_ball(y, NULL, ball);
    }
    arb_sub_ui(w, w, 1, prec);
}

walk_answer ew_period_walk(arb_t value, arb_ptr slope, arb_t image, const arb_t x, slong n,
                           arb_srcptr bound, const ew_ball_mode_t ball)
{
    enum { Y, DY, V, DV, D, W, DW, H, DH, T, COUNT };
    slong prec = ball->prec;
    arb_ptr v = _arb_vec_init(COUNT);
    walk_answer answer = WALK_STAYS;
    arb_set(v + Y, x);
    arb_one(v + D); /* the slope of x_k, and the product w_0 .. w_(k-1) with its slope */
    arb_one(v + W);
    for (slong k = 0; k < n && answer == WALK_STAYS; k++) {
        arb_add(v + H, v + H, v + W, prec);
        arb_add(v + DH, v + DH, v + DW, prec);
        walk_step(v + Y, v + DY, v + V, v + DV, slope != NULL, ball);
        if (slope != NULL) {
            arb_mul(v + T, v + DV, v + D, prec);
            arb_mul(v + T, v + T, v + W, prec);
            arb_mul(v + DW, v + DW, v + V, prec);
            arb_add(v + DW, v + DW, v + T, prec);
            arb_mul(v + D, v + D, v + DY, prec);
        }
        arb_mul(v + W, v + W, v + V, prec);
        if (bound != NULL)
            answer = place(v + Y, bound);
    }
    if (answer == WALK_STAYS) {
        arb_swap(value, v + H);
        if (slope != NULL)
            arb_swap(slope, v + DH);
        arb_swap(image, v + Y);
    }
    _arb_vec_clear(v, COUNT);
    return answer;
}

/* May the values be taken like that? If not, they are no numbers. */
static bool can_walk(arb_t value, arb_ptr slope, const arb_t x, slong n, const ew_ball_mode_t ball)
{
    if (ew_ball_mode_fits(ball) && n >= 1 && n <= EW_PERIOD_MAX && value != x && slope != x &&
        value != slope)
        return true;
    arb_indeterminate(value);
    if (slope != NULL)
        arb_indeterminate(slope);
    return false;
}

void ew_period_eval_ball(arb_t value, arb_t slope, const arb_t x, slong n,
                         const ew_ball_mode_t ball)
{
    if (!can_walk(value, slope, x, n, ball))
        return;
    arb_t y, dg, product;
    arb_init(y);
    arb_init(dg);
    arb_init(product);
    arb_set(y, x);
    arb_one(product);
    for (slong k = 0; k < n; k++) {
        ew_balanced_step_ball(y, slope != NULL ? dg : NULL, ball);
        if (slope != NULL)
            arb_mul(product, product, dg, ball->prec);
    }
    arb_sub(value, y, x, ball->prec);
    if (slope != NULL)
        arb_sub_ui(slope, product, 1, ball->prec);
    arb_clear(y);
    arb_clear(dg);
    arb_clear(product);
}

void ew_period_quotient_ball(arb_t value, arb_t slope, const arb_t x, slong n,
                             const ew_ball_mode_t ball)
{
    if (!can_walk(value, slope, x, n, ball))
        return;
    arb_t image;
    arb_init(image);
    ew_period_walk(value, slope, image, x, n, NULL, ball);
    arb_clear(image);
}

/* Phi_n, n > 1, is the product of the h_d^mu(n/d): (7). The factors below the line are multiplied up on their own. */
void ew_dynatomic_eval_ball(arb_t value, arb_t slope, const arb_t x, slong n,
                            const ew_ball_mode_t ball)
{
    if (!can_walk(value, slope, x, n, ball))
        return;
    if (n == 1) {
        ew_period_eval_ball(value, slope, x, 1, ball);
        return;
    }
    slong prec = ball->prec;
    arb_ptr v = _arb_vec_init(8);
    arb_one(v); /* the product above the line and its slope, and those below it */
    arb_one(v + 2);
    for (slong d = 2; d <= n; d++) {
        int sign = n % d == 0 ? n_moebius_mu((ulong)(n / d)) : 0;
        if (sign == 0)
            continue;
        arb_ptr product = sign > 0 ? v : v + 2, h = v + 4, dh = v + 5;
        ew_period_walk(h, dh, v + 6, x, d, NULL, ball);
        arb_mul(v + 7, product + 1, h, prec);
        arb_addmul(v + 7, product, dh, prec);
        arb_swap(product + 1, v + 7);
        arb_mul(product, product, h, prec);
    }
    arb_div(value, v, v + 2, prec);
    if (slope != NULL) { /* (a/b)' = (a' - (a/b) b') / b */
        arb_submul(v + 1, value, v + 3, prec);
        arb_div(slope, v + 1, v + 2, prec);
    }
    _arb_vec_clear(v, 8);
}
