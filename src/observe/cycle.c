/* Certified cycles of the balanced map, by interval Newton on g^n(x) - x. theory/trapping.md (4) */
#include "observe/cycle.h"

/* y = g^n(x) and dy its derivative, over the whole ball x. */
static void iterate(arb_t y, arb_t dy, const arb_t x, slong n, const ew_ball_mode_t ball)
{
    arb_t dg;
    arb_init(dg);
    arb_set(y, x);
    arb_one(dy);
    for (slong j = 0; j < n; j++) {
        ew_balanced_step_ball(y, dg, ball);
        arb_mul(dy, dy, dg, ball->prec);
    }
    arb_clear(dg);
}

/* image = c - (g^n(c) - c) / ((g^n)'(x) - 1) for the midpoint c of x: the interval Newton operator.
 * Not finite where the derivative may vanish. */
static void newton(arb_t image, const arb_t x, slong n, const ew_ball_mode_t ball)
{
    slong prec = ball->prec;
    arb_t c, y, dy, unused;
    arb_init(c);
    arb_init(y);
    arb_init(dy);
    arb_init(unused);
    arf_set(arb_midref(c), arb_midref(x));
    iterate(unused, dy, x, n, ball);
    iterate(y, unused, c, n, ball);
    arb_sub(y, y, c, prec);
    arb_sub_ui(dy, dy, 1, prec);
    arb_div(y, y, dy, prec);
    arb_sub(image, c, y, prec);
    arb_clear(c);
    arb_clear(y);
    arb_clear(dy);
    arb_clear(unused);
}

/* Newton iteration on midpoints until it stands still; false if it runs away from the start. */
static bool approach(arb_t x, const arb_t near, slong n, const ew_ball_mode_t ball)
{
    arf_t step, far;
    arb_t image;
    arf_init(step);
    arf_init(far);
    arb_init(image);
    arb_set(x, near);
    mag_zero(arb_radref(x));
    bool stays = true;
    for (int i = 0; i < 100 && stays; i++) {
        newton(image, x, n, ball);
        mag_zero(arb_radref(image));
        arf_sub(step, arb_midref(image), arb_midref(x), 64, ARF_RND_NEAR);
        arb_swap(x, image);
        arf_sub(far, arb_midref(x), arb_midref(near), 64, ARF_RND_NEAR);
        arf_mul_2exp_si(far, far, 2);
        stays = arb_is_finite(x) && arf_cmpabs(far, arb_midref(near)) <= 0;
        arf_mul_2exp_si(step, step, ball->prec / 2);
        if (arf_cmpabs(step, arb_midref(x)) < 0)
            break;
    }
    arf_clear(step);
    arf_clear(far);
    arb_clear(image);
    return stays;
}

/* Existence and uniqueness: a ball around x that the Newton operator maps into its interior; x
 * becomes the image, tightened once more. */
static bool certify(arb_t x, slong n, const ew_ball_mode_t ball)
{
    arb_t image, wide;
    mag_t size;
    arb_init(image);
    arb_init(wide);
    mag_init(size);
    newton(image, x, n, ball);
    arb_swap(x, image);
    mag_zero(arb_radref(x));
    bool proved = false;
    for (slong bits = ball->prec / 3; bits < ball->prec && !proved; bits += ball->prec / 8 + 1) {
        arf_get_mag(size, arb_midref(x));
        mag_mul_2exp_si(size, size, -bits);
        arb_set(wide, x);
        mag_set(arb_radref(wide), size);
        newton(image, wide, n, ball);
        proved = arb_is_finite(image) && arb_contains_interior(wide, image);
    }
    if (proved) {
        newton(wide, image, n, ball);
        if (!arb_intersection(x, wide, image, ball->prec))
            proved = false;
    }
    arb_clear(image);
    arb_clear(wide);
    mag_clear(size);
    return proved;
}

void ew_cycle_fill(arb_ptr points, slong n, const ew_ball_mode_t ball)
{
    for (slong j = 1; j < n; j++) {
        arb_set(points + j, points + j - 1);
        ew_balanced_step_ball(points + j, NULL, ball);
    }
}

bool ew_cycle_find(arb_ptr points, const arb_t near, slong n, const ew_ball_mode_t ball)
{
    if (!arb_is_finite(near) || arf_is_zero(arb_midref(near)) || !approach(points, near, n, ball) ||
        !certify(points, n, ball))
        return false;
    ew_cycle_fill(points, n, ball);
    /* the exact period divides n: it is n when no earlier point can be the first one */
    for (slong d = 1; d < n; d++)
        if (n % d == 0 && arb_overlaps(points, points + d))
            return false;
    return arb_is_finite(points + n - 1);
}
