/* Crossing the plateau: the cells from the start to where k is some 1 / (left (L - 2)), the number of steps that this takes,
 * and the state after a whole number of them. theory/plateau.md */
#include "observe/plateau.h"
#include <math.h>

enum { WORD = 64, LEAST_LEFT = 1 << 10, MOST_LEFT = 1 << 18, MOST_CELLS = 20000 };
#define MOST_BITS 67108864.0

void ew_slow_init(ew_slow_t slow, const ew_mode_t mode, slong prec)
{
    slow->depth = mode->depth;
    slow->prec = prec;
    arb_init(slow->h);
    arb_init(slow->alpha);
    arb_init(slow->edge);
    ew_mode_s(slow->h, mode, prec);
    arb_div_si(slow->h, slow->h, mode->depth, prec);
    ew_mode_edge(slow->edge, mode, prec);
    arb_set_fmpq(slow->alpha, mode->alpha, prec);
    arb_div(slow->alpha, slow->alpha, slow->edge, prec);
}

void ew_slow_clear(ew_slow_t slow)
{
    arb_clear(slow->h);
    arb_clear(slow->alpha);
    arb_clear(slow->edge);
}

/* 1 / K0 at a complex point, for acb_calc_integrate: a quotient of entire functions, holomorphic where it is finite. */
static int reciprocal(acb_ptr value, const acb_t psi, void *param, slong order, slong prec)
{
    const ew_slow_struct *slow = param;
    acb_t s, c, w;
    acb_init(s);
    acb_init(c);
    acb_init(w);
    (void)order;
    acb_sinh_cosh(s, c, psi, prec);
    acb_mul_arb(c, c, slow->alpha, prec);
    acb_mul_arb(s, s, slow->alpha, prec);
    acb_pow_ui(w, c, (ulong)slow->depth - 2, prec);
    acb_mul(s, s, c, prec);
    acb_mul(s, s, w, prec);
    acb_sub_ui(s, s, 1, prec); /* p - 1 */
    acb_mul(w, w, s, prec);
    acb_mul_arb(w, w, slow->h, prec);
    acb_neg(w, w);
    acb_inv(value, w, prec);
    acb_clear(s);
    acb_clear(c);
    acb_clear(w);
    return 0;
}

/* log2 of K0 at the start, h alpha^(L-2); an infinity where there is no plateau. */
static double slowness(const ew_mode_t mode)
{
    if (mode->depth < 3 || fmpq_is_zero(mode->alpha) || fmpq_is_zero(mode->sigma))
        return INFINITY;
    ew_slow_t slow;
    arb_t t;
    arb_init(t);
    ew_slow_init(slow, mode, WORD);
    double log_h, log_alpha, depth = (double)mode->depth;
    arb_log(t, slow->h, WORD);
    log_h = arf_get_d(arb_midref(t), ARF_RND_NEAR) / log(2);
    arb_log(t, slow->alpha, WORD);
    log_alpha = arf_get_d(arb_midref(t), ARF_RND_NEAR) / log(2);
    arb_clear(t);
    ew_slow_clear(slow);
    return log_h + (depth - 2) * log_alpha;
}

double ew_plateau_length(const ew_mode_t mode)
{
    double start = slowness(mode), depth = (double)mode->depth;
    if (!isfinite(start))
        return 0;
    double sum = lgamma((depth - 2) / 2) - lgamma((depth - 1) / 2);
    return fmin(1e300, sqrt(acos(-1)) / 2 * exp2(fmin(1000, sum / log(2) - start)));
}

/* log2 of K0 where the cells are to end. */
static double last_slowness(slong depth, slong left)
{
    return -log2((double)left) - log2((double)depth - 2);
}

slong ew_plateau_left(const ew_mode_t mode, slong most)
{
    double start = slowness(mode);
    if (!isfinite(start))
        return 0;
    slong left = FLINT_MIN(most, MOST_LEFT);
    while (left >= LEAST_LEFT && start >= last_slowness(mode->depth, left) - 2)
        left /= 2;
    return left >= LEAST_LEFT ? left : 0;
}

void ew_crossing_init(ew_crossing_t crossing)
{
    fmpz_init(crossing->steps);
    arb_init(crossing->x);
    arb_init(crossing->m);
    arb_init(crossing->k);
}

void ew_crossing_clear(ew_crossing_t crossing)
{
    fmpz_clear(crossing->steps);
    arb_clear(crossing->x);
    arb_clear(crossing->m);
    arb_clear(crossing->k);
}

/* Cells of about a quarter in ln K0, up to `end`. */
static ew_status sweep_to(ew_sweep_t sweep, double end, const ew_progress *progress)
{
    arb_t psi;
    arb_init(psi);
    ew_status status = EW_OK;
    double at = 0, depth = (double)sweep->slow->depth;
    for (slong cell = 0; at < end && status == EW_OK; cell++) {
        at = fmin(end, at + 0.25 / (sqrt(depth) + (depth - 2) * tanh(at)));
        arb_set_d(psi, at);
        if (cell >= MOST_CELLS || !ew_sweep_advance(sweep, psi))
            status = EW_UNDECIDED_STATUS;
        else if (!ew_progress_tick(progress, "crossing the plateau", (ulong)(1e6 * at),
                                   (ulong)(1e6 * end)))
            status = EW_STOPPED;
    }
    arb_clear(psi);
    return status;
}

/* F at the sweep's end: the integral of 1/K0, ln(K0(psi)/K0(0))/2, and N. */
static bool clock_value(arb_t f, const ew_sweep_t sweep, const ew_slow_t slow)
{
    acb_t from, to, integral;
    mag_t tolerance;
    arb_poly_t p, log;
    arb_t first, last;
    acb_init(from);
    acb_init(to);
    acb_init(integral);
    mag_init(tolerance);
    arb_poly_init(p);
    arb_poly_init(log);
    arb_init(first);
    arb_init(last);
    mag_set_ui_2exp_si(tolerance, 1, -30);
    arb_set(acb_realref(to), sweep->psi);
    acb_calc_integrate(integral, reciprocal, (void *)slow, from, to, slow->prec, tolerance, NULL,
                       slow->prec);
    ew_slow_series(last, log, p, sweep->psi, 1, slow);
    ew_slow_series(first, log, p, first, 1, slow);
    arb_div(last, last, first, WORD);
    arb_log(last, last, WORD);
    arb_mul_2exp_si(last, last, -1);
    arb_add(f, acb_realref(integral), last, slow->prec);
    arb_add(f, f, sweep->n, slow->prec);
    acb_clear(from);
    acb_clear(to);
    acb_clear(integral);
    mag_clear(tolerance);
    arb_poly_clear(p);
    arb_poly_clear(log);
    arb_clear(first);
    arb_clear(last);
    return mag_cmp_2exp_si(arb_radref(f), -10) < 0;
}

/* How far before the sweep's end the angle is when F is smaller by `back`, 0 <= back <= 2: the mean value theorem with
 * F' = (1 + q M) / K0 + ell' / 2 over the last few steps. K0 there is left in k. */
static void angle_before(arb_t distance, arb_t k, const arb_t back, const ew_sweep_t sweep,
                         const ew_slow_t slow)
{
    arb_poly_t p, q, log;
    arb_t base, t;
    arb_poly_init(p);
    arb_poly_init(q);
    arb_poly_init(log);
    arb_init(base);
    arb_init(t);
    ew_slow_series(t, log, p, sweep->psi, 1, slow);
    arb_mul_ui(t, t, 4, WORD);
    arb_sub(base, sweep->psi, t, WORD);
    arb_union(base, base, sweep->psi, WORD);
    ew_slow_series(k, log, p, base, 2, slow);
    ew_slow_coupling(q, p, 1, slow);
    arb_poly_get_coeff_arb(t, log, 1);
    arb_mul(t, t, k, WORD);
    arb_mul_2exp_si(t, t, -1);
    arb_poly_get_coeff_arb(base, q, 0);
    arb_addmul(t, base, sweep->m, WORD);
    arb_add_ui(t, t, 1, WORD); /* K0 F' */
    arb_div(t, k, t, WORD);
    arb_mul(distance, back, t, WORD);
    arb_poly_clear(p);
    arb_poly_clear(q);
    arb_poly_clear(log);
    arb_clear(base);
    arb_clear(t);
}

/* The state from psi and e = M + [-delta, delta]: x, m = +-(alpha/2) exp(-e/2 +- psi). */
static void state(ew_crossing_t out, const ew_sweep_t sweep, const arb_t distance,
                  const ew_slow_t slow)
{
    arb_t e, psi, t;
    arb_init(e);
    arb_init(psi);
    arb_init(t);
    arb_mul(e, out->k, distance, WORD); /* M there: less by the integral of K0 */
    arb_sub(e, sweep->m, e, WORD);
    arb_add_error(e, sweep->delta);
    arb_mul_2exp_si(e, e, -1);
    arb_sub(psi, sweep->psi, distance, slow->prec);
    arb_mul(t, slow->alpha, slow->edge, slow->prec);
    arb_mul_2exp_si(t, t, -1);
    arb_sub(out->x, psi, e, slow->prec);
    arb_exp(out->x, out->x, slow->prec);
    arb_mul(out->x, out->x, t, slow->prec);
    arb_add(out->m, psi, e, slow->prec);
    arb_neg(out->m, out->m);
    arb_exp(out->m, out->m, slow->prec);
    arb_mul(out->m, out->m, t, slow->prec);
    arb_neg(out->m, out->m);
    arb_clear(e);
    arb_clear(psi);
    arb_clear(t);
}

/* The last whole number of steps before F's value, and the state after it. */
static bool finish(ew_crossing_t out, const ew_sweep_t sweep, const ew_slow_t slow)
{
    arb_t f, back, distance, t;
    arf_t floor;
    arb_init(f);
    arb_init(back);
    arb_init(distance);
    arb_init(t);
    arf_init(floor);
    bool fine = clock_value(f, sweep, slow);
    if (fine) {
        arb_add_error(f, sweep->error);
        arb_get_lbound_arf(floor, f, slow->prec);
        arf_floor(floor, floor);
        arf_get_fmpz(out->steps, floor, ARF_RND_DOWN);
        arb_sub_fmpz(back, f, out->steps, slow->prec);
        arb_set_ui(t, 2);
        fine = fmpz_sgn(out->steps) > 0 && arb_lt(back, t);
    }
    if (fine) {
        angle_before(distance, out->k, back, sweep, slow);
        state(out, sweep, distance, slow);
    }
    arb_clear(f);
    arb_clear(back);
    arb_clear(distance);
    arb_clear(t);
    arf_clear(floor);
    return fine;
}

ew_status ew_plateau_cross(ew_crossing_t out, const ew_mode_t mode, slong left,
                           const ew_progress *progress)
{
    if (left < LEAST_LEFT || ew_plateau_left(mode, left) != FLINT_MIN(left, MOST_LEFT))
        return EW_BAD_INPUT;
    double start = slowness(mode), end = last_slowness(mode->depth, FLINT_MIN(left, MOST_LEFT));
    double bits = 2 * WORD - start + 2 * log2((double)mode->depth);
    if (bits > MOST_BITS)
        return EW_UNDECIDED_STATUS;
    slong prec = (slong)bits;
    double angle = acosh(exp2(fmin(1000, (end - start) / ((double)mode->depth - 2))));
    ew_slow_t slow;
    ew_sweep_t sweep;
    ew_slow_init(slow, mode, prec);
    ew_sweep_init(sweep, slow);
    ew_status status = sweep_to(sweep, angle, progress);
    if (status == EW_OK && !finish(out, sweep, slow))
        status = EW_UNDECIDED_STATUS;
    ew_sweep_clear(sweep);
    ew_slow_clear(slow);
    return status;
}
