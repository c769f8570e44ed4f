/* One run in a format, watched as a script would watch it. theory/stress.md (1) - (4) */
#include "claims/stress/script.h"
#include <math.h>
#include <stdlib.h>

enum { LONGEST_PERIOD = 64, WINDOW = 2 * LONGEST_PERIOD };

/* |z| as a double, large and small ones cut off. */
static double magnitude(const ew_number *z, const ew_arith *A)
{
    arb_t x;
    arb_init(x);
    double value = INFINITY;
    if (A->ops->finite(z)) {
        A->ops->get_arb(x, z);
        value = fabs(arf_get_d(arb_midref(x), ARF_RND_NEAR));
    }
    arb_clear(x);
    return value;
}

/* How closely states must recur: four ulps, or 2^-20 where there are bits enough. */
static double tolerance(const ew_format *format)
{
    slong bits = format->kind == EW_EXACT ? 64 : format->bits;
    return ldexp(1, -(int)FLINT_MIN(bits - 2, 20));
}

/* The states of the last steps, b and a, as doubles. */
typedef struct {
    double a[WINDOW + LONGEST_PERIOD], b[WINDOW + LONGEST_PERIOD];
    slong count;
} history;

static bool recurs(const history *past, slong period, double tau)
{
    slong last = past->count - 1;
    for (slong k = 0; k < WINDOW - period && last - k - period >= 0; k++) {
        slong i = (last - k) % (WINDOW + LONGEST_PERIOD),
              j = (last - k - period) % (WINDOW + LONGEST_PERIOD);
        double size = fmax(past->a[i], past->b[i]);
        if (!(fabs(past->a[i] - past->a[j]) <= tau * size &&
              fabs(past->b[i] - past->b[j]) <= tau * size))
            return false;
    }
    return true;
}

static void remember(history *past, const ew_rounded *run, const ew_arith *A)
{
    slong at = past->count++ % (WINDOW + LONGEST_PERIOD);
    past->a[at] = magnitude(ew_rounded_state(run, 0), A);
    past->b[at] = magnitude(ew_rounded_state(run, 1), A);
}

/* The smallest period that shows over the window, and what is known of it. */
static void settle(ew_script_run *seen, const history *past, double residual, double sigma,
                   const ew_format *format)
{
    double tau = tolerance(format);
    slong bits = format->kind == EW_EXACT ? 64 : format->bits;
    for (slong n = 1; n <= LONGEST_PERIOD && seen->period == 0 && past->count > 2 * n; n++)
        if (recurs(past, n, tau))
            seen->period = n;
    seen->fitted = seen->period == 1 && residual <= ldexp(sigma, -(int)FLINT_MIN(bits / 2, 20));
    if (seen->period == 2) {
        slong even = past->count - 1 - (past->count - 1) % 2,
              odd = even == past->count - 1 ? even - 1 : even + 1;
        seen->low =
            past->b[even % (WINDOW + LONGEST_PERIOD)] < past->b[odd % (WINDOW + LONGEST_PERIOD)];
    }
}

/* |gap| in the format. */
static void gap_size(ew_number *z, ew_number *zero, ew_rounded *run)
{
    const ew_arith *A = ew_rounded_arith(run);
    ew_rounded_gap(z, run);
    if (A->ops->compare(z, zero) == -1)
        A->ops->neg(z, z);
}

/* What changes from one state to the next, compared in the format itself. */
static void watch_step(ew_script_run *seen, slong t, ew_number *gap, ew_number *next,
                       ew_number *zero, ew_rounded *run)
{
    const ew_arith *A = ew_rounded_arith(run);
    gap_size(next, zero, run);
    int order = A->ops->compare(next, gap);
    if (seen->stalls_at < 0 && (order == 0 || order == 1))
        seen->stalls_at = t;
    if (seen->grows_at < 0 && order == 1)
        seen->grows_at = t;
    seen->last_gap = magnitude(next, A);
    A->ops->set(gap, next);
}

ew_status ew_script_watch(ew_script_run *seen, const ew_format *format, ew_rounding rounding,
                          ew_order order, const ew_mode_t mode, slong steps, ulong seed)
{
    *seen = (ew_script_run){
        .steps = steps, .overflow_at = -1, .stuck_at = -1, .stalls_at = -1, .grows_at = -1};
    ew_rounded *run = ew_rounded_new(format, rounding, order, EW_PAIR, mode, seed);
    ew_rounded *before = ew_rounded_new(format, rounding, order, EW_PAIR, mode, seed);
    history *past = calloc(1, sizeof *past);
    if (run == NULL || before == NULL || past == NULL) {
        ew_rounded_free(run);
        ew_rounded_free(before);
        free(past);
        return EW_RESOURCES;
    }
    ew_arith *A = ew_rounded_arith(run);
    ew_number gap, next, zero;
    A->ops->init(&gap, A);
    A->ops->init(&next, A);
    A->ops->init(&zero, A);
    gap_size(&gap, &zero, run);
    seen->first_gap = seen->last_gap = magnitude(&gap, A);
    slong still_from = -1;
    remember(past, run, A);
    for (slong t = 0; t < steps; t++) {
        ew_rounded_copy(before, run);
        ew_rounded_step(run);
        if (!ew_rounded_finite(run)) {
            seen->overflow_at = t + 1;
            break;
        }
        remember(past, run, A);
        watch_step(seen, t, &gap, &next, &zero, run);
        if (!ew_rounded_same(run, before))
            still_from = -1;
        else if (still_from < 0)
            still_from = t;
        if (still_from >= 0 && t - still_from > WINDOW && rounding != EW_STOCHASTIC)
            break; /* for ever */
    }
    if (seen->overflow_at < 0) {
        ew_rounded_residual(&next, run);
        settle(seen, past, magnitude(&next, A), ew_rational_double(mode->sigma), format);
        if (still_from >= 0 && seen->period == 1 && !seen->fitted)
            seen->stuck_at = still_from;
        else if (seen->period == 1 && !seen->fitted)
            seen->period = 0; /* it creeps */
        seen->no_exit = seen->period == 0 &&
                        ew_rounded_no_exit(&seen->log2_steps, format, rounding, order, mode);
    }
    A->ops->clear(&gap);
    A->ops->clear(&next);
    A->ops->clear(&zero);
    ew_rounded_free(run);
    ew_rounded_free(before);
    free(past);
    return EW_OK;
}

/* Phi(x) = 1 + u^(2L-1) - sigma eta x^(L-2) u^(L-1) (1 + u + .. + u^(L-1)), u = 1 + eta x^(L-2) (sigma - x^L), in the
 * format, powers from the left. */
typedef struct {
    ew_arith A;
    ew_number eta, sigma, one, x, u, w, s, t, value;
} evaluation;

static void power_from_left(ew_number *out, const ew_number *x, slong n, evaluation *e)
{
    e->A.ops->set(out, &e->one);
    for (slong i = 0; i < n; i++)
        e->A.ops->mul(out, out, x, &e->A);
}

static void phi(evaluation *e, slong depth)
{
    const ew_arith_ops *ops = e->A.ops;
    ew_arith *A = &e->A;
    power_from_left(&e->w, &e->x, depth - 2, e);
    ops->mul(&e->w, &e->eta, &e->w, A); /* eta x^(L-2) */
    power_from_left(&e->t, &e->x, depth, e);
    ops->sub(&e->t, &e->sigma, &e->t, A);
    ops->mul(&e->t, &e->w, &e->t, A);
    ops->add(&e->u, &e->one, &e->t, A);
    ops->set(&e->s, &e->one); /* Horner: 1 + u (1 + u (...)) */
    for (slong i = 1; i < depth; i++) {
        ops->mul(&e->s, &e->s, &e->u, A);
        ops->add(&e->s, &e->s, &e->one, A);
    }
    power_from_left(&e->t, &e->u, depth - 1, e);
    ops->mul(&e->w, &e->w, &e->sigma, A);
    ops->mul(&e->w, &e->w, &e->t, A);
    ops->mul(&e->w, &e->w, &e->s, A);
    power_from_left(&e->t, &e->u, 2 * depth - 1, e);
    ops->add(&e->t, &e->one, &e->t, A);
    ops->sub(&e->value, &e->t, &e->w, A);
}

slong ew_script_scan(const ew_format *format, ew_rounding rounding, ew_order order,
                     const ew_mode_t mode, const fmpq_t lo, const fmpq_t hi, slong points,
                     ulong seed)
{
    evaluation e;
    ew_format wider = *format;
    if (order == EW_WIDE)
        ew_format_wider(&wider, format);
    if (ew_arith_init(&e.A, &wider, rounding, seed) != EW_OK)
        return -1;
    ew_number *all[] = {&e.eta, &e.sigma, &e.one, &e.x, &e.u, &e.w, &e.s, &e.t, &e.value};
    for (int i = 0; i < 9; i++)
        e.A.ops->init(all[i], &e.A);
    fmpq_t q, step;
    fmpq_init(q);
    fmpq_init(step);
    fmpq_one(q);
    e.A.ops->set_fmpq(&e.one, q, &e.A);
    e.A.ops->set_fmpq(&e.eta, mode->eta, &e.A);
    e.A.ops->set_fmpq(&e.sigma, mode->sigma, &e.A);
    fmpq_sub(step, hi, lo);
    fmpq_div_fmpz(step, step, (fmpz[]){points + 1});
    slong changes = 0;
    int last = 0;
    ew_number zero;
    e.A.ops->init(&zero, &e.A);
    for (slong k = 1; k <= points && changes >= 0; k++) {
        fmpq_mul_si(q, step, k);
        fmpq_add(q, q, lo);
        e.A.ops->set_fmpq(&e.x, q, &e.A);
        phi(&e, mode->depth);
        if (!e.A.ops->finite(&e.value)) {
            changes = -1;
            break;
        }
        int sign = e.A.ops->compare(&e.value, &zero);
        if (sign == 2)
            changes = -1;
        else if (sign != 0) {
            changes += last != 0 && sign != last;
            last = sign;
        }
    }
    e.A.ops->clear(&zero);
    for (int i = 0; i < 9; i++)
        e.A.ops->clear(all[i]);
    fmpq_clear(q);
    fmpq_clear(step);
    return changes;
}
