/* Trapping regions of balanced cycles. theory/trapping.md (4) .. (6) */
#include "observe/trap.h"
#include "model/domain.h"

#include "observe/cycle.h"
#include "observe/plane.h"
#include <math.h>

enum { LONGEST_PERIOD = 1024 }; /* that a trap is built around */

/* What the work on one trap needs: the cycle, and the matrix P that encloses the Jacobian of the
 * j-th iterate over the region N, for j growing from 0. */
typedef struct {
    slong n;
    ew_ball_mode_t ball;
    arb_ptr points;
    ew_slopes_t slopes;
    arb_t p11, p12, p21, p22;
    arb_t x, m; /* the hull of F^j(N) */
} workshop;

static void workshop_init(workshop *w, const ew_mode_t mode, slong n, slong prec)
{
    w->n = n;
    ew_ball_mode_init(w->ball, mode, prec);
    w->points = _arb_vec_init(n);
    ew_slopes_init(w->slopes);
    arb_init(w->p11);
    arb_init(w->p12);
    arb_init(w->p21);
    arb_init(w->p22);
    arb_init(w->x);
    arb_init(w->m);
}

static void workshop_clear(workshop *w)
{
    ew_ball_mode_clear(w->ball);
    _arb_vec_clear(w->points, w->n);
    ew_slopes_clear(w->slopes);
    arb_clear(w->p11);
    arb_clear(w->p12);
    arb_clear(w->p21);
    arb_clear(w->p22);
    arb_clear(w->x);
    arb_clear(w->m);
}

static void start(workshop *w)
{
    arb_one(w->p11);
    arb_zero(w->p12);
    arb_zero(w->p21);
    arb_one(w->p22);
}

/* The hull of F^j(N): the cycle's point +- |P| (r1, r2). theory/trapping.md (5) */
static void make_hull(workshop *w, slong j, const mag_t r1, const mag_t r2)
{
    mag_t bound;
    mag_init(bound);
    arb_set(w->x, w->points + j);
    ew_row_bound(bound, w->p11, w->p12, r1, r2);
    arb_add_error_mag(w->x, bound);
    arb_zero(w->m);
    ew_row_bound(bound, w->p21, w->p22, r1, r2);
    arb_add_error_mag(w->m, bound);
    mag_clear(bound);
}

/* P <- J P with the slopes J over the present hull. */
static void advance(workshop *w)
{
    slong prec = w->ball->prec;
    ew_slopes_struct *s = w->slopes;
    arb_t t, u;
    arb_init(t);
    arb_init(u);
    arb_mul(t, s->j11, w->p11, prec);
    arb_addmul(t, s->j12, w->p21, prec);
    arb_mul(u, s->j21, w->p11, prec);
    arb_addmul(u, s->j22, w->p21, prec);
    arb_swap(w->p11, t);
    arb_swap(w->p21, u);
    arb_mul(t, s->j11, w->p12, prec);
    arb_addmul(t, s->j12, w->p22, prec);
    arb_mul(u, s->j21, w->p12, prec);
    arb_addmul(u, s->j22, w->p22, prec);
    arb_swap(w->p12, t);
    arb_swap(w->p22, u);
    arb_clear(t);
    arb_clear(u);
}

/* P over the whole of N for the n-th iterate; false when it is not finite. */
static bool whole_round(workshop *w, const arf_t r1, const arf_t r2)
{
    mag_t m1, m2;
    mag_init(m1);
    mag_init(m2);
    arf_get_mag(m1, r1);
    arf_get_mag(m2, r2);
    start(w);
    bool finite = true;
    for (slong j = 0; j < w->n && finite; j++) {
        make_hull(w, j, m1, m2);
        ew_slopes_eval(w->slopes, w->x, w->m, w->ball);
        advance(w);
        finite = arb_is_finite(w->p11) && arb_is_finite(w->p22);
    }
    mag_clear(m1);
    mag_clear(m2);
    return finite;
}

/* |row1| r1 + |row2| r2 < bound, decided. */
static bool row_contracts(const arb_t row1, const arb_t row2, const arf_t r1, const arf_t r2,
                          const arf_t bound, slong prec)
{
    arb_t sum, t, limit;
    arb_init(sum);
    arb_init(t);
    arb_init(limit);
    arb_abs(sum, row1);
    arb_mul_arf(sum, sum, r1, prec);
    arb_abs(t, row2);
    arb_mul_arf(t, t, r2, prec);
    arb_add(sum, sum, t, prec);
    arb_set_arf(limit, bound);
    bool contracts = arb_lt(sum, limit);
    arb_clear(sum);
    arb_clear(t);
    arb_clear(limit);
    return contracts;
}

/* Does F^n contract N in the norm max(|x| / r1, |m| / r2)? theory/trapping.md (6) */
static bool contracts(workshop *w, const arf_t r1, const arf_t r2)
{
    slong prec = w->ball->prec;
    return whole_round(w, r1, r2) && row_contracts(w->p11, w->p12, r1, r2, r1, prec) &&
           row_contracts(w->p21, w->p22, r1, r2, r2, prec);
}

/* The shape of N: log2 of r2 / r1 so that |J12| r2 <= (1 - |J11|) r1 / 2 at the cycle itself, at
 * most 0. False when the cycle is not certainly attracting. */
static bool shape(slong *log2_ratio, workshop *w)
{
    arf_t zero;
    arb_t one, room, across;
    arf_init(zero);
    arb_init(one);
    arb_init(room);
    arb_init(across);
    arb_one(one);
    bool attracts = whole_round(w, zero, zero);
    arb_abs(room, w->p11);
    arb_abs(across, w->p22);
    attracts = attracts && arb_lt(room, one) && arb_lt(across, one);
    if (attracts) {
        arb_sub(room, one, room, 64);
        arb_abs(across, w->p12);
        *log2_ratio = 0;
        if (!arf_is_zero(arb_midref(across))) {
            slong exponent = arf_abs_bound_lt_2exp_si(arb_midref(room)) - 2 -
                             arf_abs_bound_lt_2exp_si(arb_midref(across));
            *log2_ratio = FLINT_MIN(exponent, 0);
        }
    }
    arf_clear(zero);
    arb_clear(one);
    arb_clear(room);
    arb_clear(across);
    return attracts;
}

void ew_trap_init(ew_trap_t trap)
{
    trap->period = 0;
    arb_init(trap->x);
    arf_init(trap->radius_along);
    arf_init(trap->radius_across);
    trap->prec = 0;
}

void ew_trap_clear(ew_trap_t trap)
{
    arb_clear(trap->x);
    arf_clear(trap->radius_along);
    arf_clear(trap->radius_across);
}

void ew_trap_set(ew_trap_t out, const ew_trap_t in)
{
    out->period = in->period;
    arb_set(out->x, in->x);
    arf_set(out->radius_along, in->radius_along);
    arf_set(out->radius_across, in->radius_across);
    out->prec = in->prec;
}

ew_status ew_trap_build(ew_trap_t trap, const ew_mode_t mode, const arb_t x, slong period,
                        slong prec)
{
    if (trap == NULL || x == NULL || !ew_mode_is_positive(mode) || period < 1 ||
        period > LONGEST_PERIOD || !ew_prec_fits(prec))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    workshop w;
    slong log2_ratio = 0;
    workshop_init(&w, mode, period, prec);
    bool proved = false;
    if (ew_cycle_find(w.points, x, period, w.ball) && shape(&log2_ratio, &w)) {
        arf_one(trap->radius_along);
        slong exponent = arf_abs_bound_lt_2exp_si(arb_midref(w.points));
        arf_mul_2exp_si(trap->radius_along, trap->radius_along, exponent - 3);
        arf_mul_2exp_si(trap->radius_across, trap->radius_along, log2_ratio);
        for (slong bits = 3; bits <= prec / 2 && !proved; bits++) {
            proved = contracts(&w, trap->radius_along, trap->radius_across);
            if (!proved)
                ew_trap_halve(trap);
        }
    }
    if (proved) {
        trap->period = period;
        trap->prec = prec;
        arb_set(trap->x, w.points);
    }
    workshop_clear(&w);
    return proved ? EW_OK : EW_UNDECIDED_STATUS;
}

void ew_trap_halve(ew_trap_t trap)
{
    arf_mul_2exp_si(trap->radius_along, trap->radius_along, -1);
    arf_mul_2exp_si(trap->radius_across, trap->radius_across, -1);
}

bool ew_trap_contains(const ew_trap_t trap, const arb_t a, const arb_t b)
{
    arb_t t;
    arf_t far;
    arb_init(t);
    arf_init(far);
    slong prec = FLINT_MAX(trap->prec, 64);
    arb_add(t, a, b, prec);
    arb_mul_2exp_si(t, t, -1);
    arb_sub(t, t, trap->x, prec);
    arb_get_abs_ubound_arf(far, t, prec);
    bool inside = arb_is_finite(t) && arf_cmp(far, trap->radius_along) <= 0;
    arb_sub(t, a, b, prec);
    arb_mul_2exp_si(t, t, -1);
    arb_get_abs_ubound_arf(far, t, prec);
    inside = inside && arb_is_finite(t) && arf_cmp(far, trap->radius_across) <= 0;
    arb_clear(t);
    arf_clear(far);
    return inside;
}

/* y over the present hull by the mean value form around the cycle's point `centre`. */
static void mean_value(arb_t y, const arb_t at_centre, const arb_t slope_x, const arb_t slope_m,
                       const workshop *w, slong j)
{
    arb_t t;
    arb_init(t);
    arb_sub(t, w->x, w->points + j, w->ball->prec);
    arb_mul(t, t, slope_x, w->ball->prec);
    arb_add(y, at_centre, t, w->ball->prec);
    arb_mul(t, w->m, slope_m, w->ball->prec);
    arb_add(y, y, t, w->ball->prec);
    arb_clear(t);
}

/* What holds over the hull of F^j(N), whose slopes are in w->slopes. */
static ew_trap_facts hull_facts(workshop *w, slong j)
{
    ew_trap_facts facts = {true, true};
    arb_t k, r, two;
    arb_init(k);
    arb_init(r);
    arb_init(two);
    ew_pair_factor_ball(k, r, w->points + j, w->points + j, w->ball);
    mean_value(k, k, w->slopes->kx, w->slopes->km, w, j);
    mean_value(r, r, w->slopes->rx, w->slopes->rm, w, j);
    arb_set_ui(two, 2);
    arb_sqr(k, k, w->ball->prec);
    facts.contracts = arb_lt(k, two);
    facts.never_lands = arb_is_finite(r) && arb_is_finite(k) && !arb_contains_zero(r) &&
                        !arb_contains_zero(k) && !arb_contains_si(k, 1); /* k is X by now */
    arb_clear(k);
    arb_clear(r);
    arb_clear(two);
    return facts;
}

ew_trap_facts ew_trap_examine(const ew_trap_t trap, const ew_mode_t mode)
{
    ew_trap_facts facts = {true, true};
    workshop w;
    mag_t r1, r2;
    workshop_init(&w, mode, trap->period, trap->prec);
    mag_init(r1);
    mag_init(r2);
    arf_get_mag(r1, trap->radius_along);
    arf_get_mag(r2, trap->radius_across);
    arb_set(w.points, trap->x);
    ew_cycle_fill(w.points, trap->period, w.ball);
    start(&w);
    for (slong j = 0; j < trap->period; j++) {
        make_hull(&w, j, r1, r2);
        ew_slopes_eval(w.slopes, w.x, w.m, w.ball);
        ew_trap_facts here = hull_facts(&w, j);
        facts.never_lands = facts.never_lands && here.never_lands;
        facts.contracts = facts.contracts && here.contracts;
        advance(&w);
    }
    mag_clear(r1);
    mag_clear(r2);
    workshop_clear(&w);
    return facts;
}

bool ew_trap_never_lands(const ew_trap_t trap, const ew_mode_t mode)
{
    if (!ew_mode_is_positive(mode))
        return false;
    return ew_trap_examine(trap, mode).never_lands;
}

/* ln of |y|, of its middle; the exponent apart, as it may be beyond a double's. */
static double log_size(const arb_t y)
{
    arf_t mantissa;
    fmpz_t exponent;
    arf_init(mantissa);
    fmpz_init(exponent);
    arf_frexp(mantissa, exponent, arb_midref(y));
    double ln = log(fabs(arf_get_d(mantissa, ARF_RND_NEAR))) + fmpz_get_d(exponent) * log(2);
    arf_clear(mantissa);
    fmpz_clear(exponent);
    return ln;
}

/* Steps that a factor of exp(rate) in n steps takes for exp(way). */
static double wait(double way, double rate, slong n)
{
    return way <= 0 ? 0 : rate < 0 ? (double)n * way / -rate : INFINITY;
}

/* Steps from x, near the minimum sigma^(1/L), until it is as far from it as a point p of the cycle; 0 where it is already. */
static double wait_to_leave(const arb_t x, const arb_t p, const ew_ball_mode_t ball)
{
    arb_t edge, slope, t;
    arb_init(edge);
    arb_init(slope);
    arb_init(t);
    arb_root_ui(edge, ball->sigma, (ulong)ball->depth, ball->prec);
    arb_sub(t, x, edge, ball->prec);
    double way = -log_size(t);
    arb_sub(t, p, edge, ball->prec);
    way += log_size(t);
    ew_balanced_step_ball(edge, slope, ball);
    double rate = -log_size(slope); /* the minimum repels, or nothing is known */
    double steps = rate < 0 ? wait(way, rate, 1) : 0;
    arb_clear(edge);
    arb_clear(slope);
    arb_clear(t);
    return steps;
}

double ew_trap_wait(const ew_trap_t trap, const arb_t x, const arb_t m, const ew_ball_mode_t ball)
{
    slong n = trap->period, prec = ball->prec;
    arb_t point, next, slope, t;
    arb_init(point);
    arb_init(next);
    arb_init(slope);
    arb_init(t);
    arb_set_round(point, trap->x, prec);
    double along = 0, across = 0, far = -INFINITY;
    for (slong j = 0; j < n; j++) {
        arb_set(next, point);
        ew_balanced_step_ball(next, slope, ball);
        along += log_size(slope);
        arb_div(t, next, point, prec); /* 1 + k, and 1 - k is the factor of m */
        arb_sub_ui(t, t, 2, prec);
        across += log_size(t);
        arb_sub(t, x, point, prec);
        far = fmax(far, log_size(t));
        arb_swap(point, next);
    }
    arb_set_arf(t, trap->radius_along);
    double wait_along = wait(far - log_size(t), along, n);
    wait_along += wait_to_leave(x, trap->x, ball);
    arb_set_arf(t, trap->radius_across);
    double wait_across = wait(log_size(m) - log_size(t), across, n);
    arb_clear(point);
    arb_clear(next);
    arb_clear(slope);
    arb_clear(t);
    return fmax(wait_along, wait_across);
}
