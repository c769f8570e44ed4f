/* The map in (x, m), its slopes, and the enclosure of a trajectory by the mean value form. */
#include "observe/plane.h"

void ew_slopes_init(ew_slopes_t slopes)
{
    arb_init(slopes->k);
    arb_init(slopes->r);
    arb_init(slopes->kx);
    arb_init(slopes->km);
    arb_init(slopes->rx);
    arb_init(slopes->rm);
    arb_init(slopes->j11);
    arb_init(slopes->j12);
    arb_init(slopes->j21);
    arb_init(slopes->j22);
    for (int i = 0; i < 6; i++)
        arb_init(slopes->scratch[i]);
}

void ew_slopes_clear(ew_slopes_t slopes)
{
    arb_clear(slopes->k);
    arb_clear(slopes->r);
    arb_clear(slopes->kx);
    arb_clear(slopes->km);
    arb_clear(slopes->rx);
    arb_clear(slopes->rm);
    arb_clear(slopes->j11);
    arb_clear(slopes->j12);
    arb_clear(slopes->j21);
    arb_clear(slopes->j22);
    for (int i = 0; i < 6; i++)
        arb_clear(slopes->scratch[i]);
}

/* sum = u + v and difference = u - v. */
static void sum_and_difference(arb_t sum, arb_t difference, const arb_t u, const arb_t v,
                               slong prec)
{
    arb_add(sum, u, v, prec);
    arb_sub(difference, u, v, prec);
}

/* k, r, and their derivatives by x and m: d/dx = d/da + d/db, d/dm = d/da - d/db with
 *     r_a = b^(L-1),                 r_b = (L-1) a b^(L-2),
 *     k_a = -eta b^(L-2) r_a,        k_b = -eta (b^(L-2) r_b + (L-2) r b^(L-3)). */
static void factor_slopes(ew_slopes_t s, const arb_t x, const arb_t m, const ew_ball_mode_t ball)
{
    slong prec = ball->prec, L = ball->depth;
    arb_ptr a = s->scratch[0], b = s->scratch[1], low = s->scratch[2], w = s->scratch[3];
    arb_ptr by_a = s->scratch[4], by_b = s->scratch[5];
    sum_and_difference(a, b, x, m, prec);
    if (L > 2) {
        arb_pow_ui(low, b, (ulong)L - 3, prec); /* b^(L-3) */
        arb_mul(w, low, b, prec);
    } else {
        arb_zero(low);
        arb_one(w);
    }
    arb_mul(by_a, w, b, prec);
    arb_mul(s->r, a, by_a, prec);
    arb_sub(s->r, s->r, ball->sigma, prec);
    arb_mul(by_b, a, w, prec);
    arb_mul_ui(by_b, by_b, (ulong)L - 1, prec);
    sum_and_difference(s->rx, s->rm, by_a, by_b, prec);

    arb_mul(low, low, s->r, prec);
    arb_mul_ui(low, low, (ulong)L - 2, prec);
    arb_mul(by_a, by_a, w, prec);
    arb_mul(by_b, by_b, w, prec);
    arb_add(by_b, by_b, low, prec);
    sum_and_difference(s->kx, s->km, by_a, by_b, prec);
    arb_mul(s->k, s->r, w, prec);
    arb_neg(w, ball->eta);
    arb_mul(s->k, s->k, w, prec);
    arb_mul(s->kx, s->kx, w, prec);
    arb_mul(s->km, s->km, w, prec);
}

void ew_slopes_eval(ew_slopes_t s, const arb_t x, const arb_t m, const ew_ball_mode_t ball)
{
    slong prec = ball->prec;
    factor_slopes(s, x, m, ball);
    arb_add_ui(s->j11, s->k, 1, prec);
    arb_addmul(s->j11, x, s->kx, prec);
    arb_mul(s->j12, x, s->km, prec);
    arb_mul(s->j21, m, s->kx, prec);
    arb_neg(s->j21, s->j21);
    arb_sub_ui(s->j22, s->k, 1, prec);
    arb_addmul(s->j22, m, s->km, prec);
    arb_neg(s->j22, s->j22);
}

void ew_row_bound(mag_t bound, const arb_t row1, const arb_t row2, const mag_t r1, const mag_t r2)
{
    mag_t t;
    mag_init(t);
    arb_get_mag(t, row1);
    mag_mul(bound, t, r1);
    arb_get_mag(t, row2);
    mag_addmul(bound, t, r2);
    mag_clear(t);
}

void ew_tube_init(ew_tube_t tube, const ew_mode_t mode, slong prec)
{
    ew_ball_mode_init(tube->fine, mode, prec);
    ew_ball_mode_init(tube->coarse, mode, 64);
    ew_slopes_init(tube->slopes);
    arb_init(tube->x);
    arb_init(tube->m);
    arb_init(tube->shear);
    mag_init(tube->along);
    mag_init(tube->across);
    arb_init(tube->k);
    arb_init(tube->centre_k);
    arb_init(tube->r);
    arb_init(tube->a);
    arb_init(tube->b);
    arb_set_fmpq(tube->a, mode->alpha, prec);
    arb_mul_2exp_si(tube->a, tube->a, -1);
    arb_neg(tube->b, tube->a);
    ew_tube_place(tube, tube->a, tube->b);
}

void ew_tube_clear(ew_tube_t tube)
{
    ew_ball_mode_clear(tube->fine);
    ew_ball_mode_clear(tube->coarse);
    ew_slopes_clear(tube->slopes);
    arb_clear(tube->x);
    arb_clear(tube->m);
    arb_clear(tube->shear);
    mag_clear(tube->along);
    mag_clear(tube->across);
    arb_clear(tube->k);
    arb_clear(tube->centre_k);
    arb_clear(tube->r);
    arb_clear(tube->a);
    arb_clear(tube->b);
}

void ew_tube_place(ew_tube_t tube, const arb_t x, const arb_t m)
{
    arb_set(tube->x, x);
    arb_set(tube->m, m);
    arb_zero(tube->shear);
    mag_set(tube->along, arb_radref(x));
    mag_set(tube->across, arb_radref(m));
}

/* Widens y by |slope_x| along + |slope_x shear + slope_m| across: what y does over the parallelogram. */
static void widen(arb_t y, const arb_t slope_x, const arb_t slope_m, const ew_tube_t tube)
{
    mag_t bound;
    arb_t t;
    mag_init(bound);
    arb_init(t);
    arb_set(t, slope_m);
    arb_addmul(t, slope_x, tube->shear, 64);
    ew_row_bound(bound, slope_x, t, tube->along, tube->across);
    arb_add_error_mag(y, bound);
    mag_clear(bound);
    arb_clear(t);
}

void ew_tube_look(ew_tube_t tube)
{
    slong prec = tube->fine->prec;
    arb_set_round(tube->a, tube->x, 64);
    arb_set_round(tube->b, tube->m, 64);
    ew_slopes_eval(tube->slopes, tube->a, tube->b, tube->coarse);

    arb_t x, m;
    arb_init(x);
    arb_init(m);
    arf_set(arb_midref(x), arb_midref(tube->x));
    arf_set(arb_midref(m), arb_midref(tube->m));
    sum_and_difference(tube->a, tube->b, x, m, prec);
    ew_pair_factor_ball(tube->k, tube->r, tube->a, tube->b, tube->fine);
    arb_set(tube->centre_k, tube->k);
    widen(tube->k, tube->slopes->kx, tube->slopes->km, tube);
    widen(tube->r, tube->slopes->rx, tube->slopes->rm, tube);
    arb_clear(x);
    arb_clear(m);
}

/* The parallelogram of the images: with (p, q; r, s) = J (1, shear; 0, 1) the new shear t is about q / s, and in the new
 * coordinates (1, t; 0, 1)^-1 the spread is (p - t r, q - t s; r, s). x and m are balls of the image of the centre. */
static void move_shape(ew_tube_t tube, arb_t x, arb_t m)
{
    const ew_slopes_struct *s = tube->slopes;
    arb_t q, w, t, u;
    mag_t along, across, far;
    arb_init(q);
    arb_init(w);
    arb_init(t);
    arb_init(u);
    mag_init(along);
    mag_init(across);
    mag_init(far);
    arb_set(q, s->j12);
    arb_addmul(q, s->j11, tube->shear, 64);
    arb_set(w, s->j22);
    arb_addmul(w, s->j21, tube->shear, 64);
    arb_get_mag(far, q); /* a shear only where what it takes out counts: theory/trapping.md (3') */
    mag_mul(far, far, tube->across);
    mag_mul_2exp_si(far, far, 5);
    arb_get_mag_lower(along, s->j11);
    mag_mul(along, along, tube->along);
    if (mag_cmp(far, along) > 0)
        arb_div(t, q, w, 64);
    mag_zero(arb_radref(t));
    if (!arb_is_finite(t))
        arb_zero(t);
    ew_row_bound(across, s->j21, w, tube->along, tube->across);
    mag_add(across, across, arb_radref(m));
    arb_submul(q, t, w, 64);
    arb_set(u, s->j11);
    arb_submul(u, t, s->j21, 64);
    ew_row_bound(along, u, q, tube->along, tube->across);
    mag_add(along, along, arb_radref(x));
    arb_get_mag(far, t);
    mag_addmul(along, far, arb_radref(m));
    mag_mul(far, far, across);
    mag_add(far, far, along);
    mag_set(arb_radref(x), far);
    mag_set(arb_radref(m), across);
    arb_swap(tube->shear, t);
    mag_swap(tube->along, along);
    mag_swap(tube->across, across);
    arb_clear(q);
    arb_clear(w);
    arb_clear(t);
    arb_clear(u);
    mag_clear(along);
    mag_clear(across);
    mag_clear(far);
}

void ew_tube_step(ew_tube_t tube)
{
    slong prec = tube->fine->prec;
    arb_t x, m, u;
    arb_init(x);
    arb_init(m);
    arb_init(u);
    arf_set(arb_midref(x), arb_midref(tube->x));
    arf_set(arb_midref(m), arb_midref(tube->m));
    arb_add_ui(u, tube->centre_k, 1, prec);
    arb_mul(x, x, u, prec);
    arb_sub_ui(u, tube->centre_k, 1, prec);
    arb_neg(u, u);
    arb_mul(m, m, u, prec);
    move_shape(tube, x, m);
    arb_swap(tube->x, x);
    arb_swap(tube->m, m);
    arb_clear(x);
    arb_clear(m);
    arb_clear(u);
}

void ew_tube_pair(ew_tube_t tube)
{
    sum_and_difference(tube->a, tube->b, tube->x, tube->m, tube->fine->prec);
}

bool ew_tube_is_wide(const ew_tube_t tube, slong bits)
{
    if (!arb_is_finite(tube->x) || !arb_is_finite(tube->m))
        return true;
    mag_t size, t;
    mag_init(size);
    mag_init(t);
    arf_get_mag_lower(size, arb_midref(tube->x));
    arf_get_mag_lower(t, arb_midref(tube->m));
    mag_max(size, size, t);
    mag_mul_2exp_si(size, size, -bits);
    mag_max(t, arb_radref(tube->x), arb_radref(tube->m));
    bool wide = mag_cmp(t, size) > 0;
    mag_clear(size);
    mag_clear(t);
    return wide;
}
