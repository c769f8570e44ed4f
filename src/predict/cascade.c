/* Period doubling: where to look for the thresholds, in doubles; threshold.c proves what is found. theory/cascade.md */
#include "num/domain.h"
#include "predict/cycle_jet.h"
#include <edgewise/predict.h>
#include <math.h>

static double map(double x, double s, double depth)
{
    if (depth == 0)
        return x + s * exp(x) * (1 - exp(x));
    double w = pow(x, depth - 1);
    return x + s / depth * w * (1 - w * x);
}

/* The state after many steps from a start near the minimum, or NaN. */
static double settle(double s, double depth, slong steps)
{
    double x = depth == 0 ? -0.1 : pow(0.9, 1 / depth);
    for (slong i = 0; i < steps && isfinite(x); i++)
        x = map(x, s, depth);
    return x;
}

/* Does x come back after n steps, far closer than after any proper divisor of n? */
static bool recurs(double x, double s, double depth, slong n)
{
    double y = x, nearest = INFINITY;
    for (slong i = 1; i < n; i++) {
        y = map(y, s, depth);
        if (n % i == 0)
            nearest = fmin(nearest, fabs(y - x));
    }
    y = map(y, s, depth);
    return fabs(y - x) < 0.02 * nearest && nearest > 1e-12;
}

void ew_cascade_init(ew_cascade_t cascade)
{
    cascade->list = NULL;
    cascade->superstable = NULL;
    cascade->count = 0;
}

void ew_cascade_clear(ew_cascade_t cascade)
{
    for (slong i = 0; i < cascade->count; i++) {
        ew_threshold_clear(cascade->list + i);
        ew_threshold_clear(cascade->superstable + i);
    }
    flint_free(cascade->list);
    flint_free(cascade->superstable);
    ew_cascade_init(cascade);
}

/* The next threshold and the superstable step before it: a cycle of `period` at a step between the last threshold and where
 * Feigenbaum's ratio puts the next, and Newton from there. */
static ew_status next_threshold(ew_threshold_t doubles, ew_threshold_t superstable, slong depth,
                                slong period, double last, double before, slong prec)
{
    const double delta = 4.6692016091;
    double ahead = period == 2 ? 0.49 : (last - before) / delta;
    static const double parts[] = {0.6, 0.7, 0.5, 0.8, 0.4, 0.9, 0.3};
    for (int i = 0; i < 7; i++) {
        double s = last + parts[i] * ahead, x = settle(s, (double)depth, 400000);
        if (isfinite(x) && recurs(x, s, (double)depth, period) &&
            ew_threshold_certify(superstable, depth, period, 0, x, s, prec) == EW_OK &&
            ew_threshold_continue(doubles, superstable, depth, -1, prec) == EW_OK &&
            arb_lt(superstable->s, doubles->s))
            return EW_OK;
    }
    return EW_UNDECIDED_STATUS;
}

ew_status ew_cascade_run(ew_cascade_t cascade, slong depth, slong doublings, slong prec,
                         const ew_progress *progress)
{
    if (cascade == NULL || doublings < 0 || doublings > 20 || !ew_cycle_fits(depth, 1, 0, prec))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    ew_cascade_clear(cascade);
    cascade->list = flint_malloc((size_t)(doublings + 1) * sizeof(ew_threshold_struct));
    cascade->superstable = flint_malloc((size_t)(doublings + 1) * sizeof(ew_threshold_struct));
    double last = 2, before = 0;
    for (slong k = 0; k <= doublings; k++) {
        ew_threshold_struct *doubles = cascade->list + cascade->count;
        ew_threshold_struct *superstable = cascade->superstable + cascade->count++;
        ew_threshold_init(doubles);
        ew_threshold_init(superstable);
        ew_status status = EW_OK;
        if (k == 0) {
            ew_threshold_minimum(doubles, depth, -1);
            ew_threshold_minimum(superstable, depth, 0);
        } else
            status = next_threshold(doubles, superstable, depth, (slong)1 << k, last, before, prec);
        if (status != EW_OK)
            return status;
        before = last;
        last = arf_get_d(arb_midref(doubles->s), ARF_RND_NEAR);
        if (!ew_progress_tick(progress, "period doubling", (ulong)k, (ulong)doublings))
            return EW_STOPPED;
    }
    return EW_OK;
}

void ew_cascade_quotient(arb_t delta, const ew_cascade_t cascade, slong k, slong prec)
{
    if (k < 1 || k >= cascade->count - 1 || !ew_prec_fits(prec)) {
        arb_indeterminate(delta);
        return;
    }
    arb_t t;
    arb_init(t);
    arb_sub(t, cascade->list[k + 1].s, cascade->list[k].s, prec);
    arb_sub(delta, cascade->list[k].s, cascade->list[k - 1].s, prec);
    arb_div(delta, delta, t, prec);
    arb_clear(t);
}

ew_status ew_window_find(ew_threshold_struct window[3], slong depth, slong period, double from,
                         double to, slong prec)
{
    if (window == NULL || !ew_cycle_fits(depth, period, 0, prec) || !isfinite(from) ||
        !isfinite(to) || from >= to)
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    enum { TRIES = 4000 };
    for (int i = 0; i < TRIES;
         i++) { /* the first step size at which a cycle of that period attracts */
        double s = from + (to - from) * i / TRIES, x = settle(s, (double)depth, 4000);
        if (!isfinite(x) || !recurs(x, s, (double)depth, period))
            continue;
        if (ew_threshold_certify(window + 1, depth, period, 0, x, s, prec) == EW_OK &&
            ew_threshold_continue(window, window + 1, depth, 1, prec) == EW_OK &&
            ew_threshold_continue(window + 2, window + 1, depth, -1, prec) == EW_OK &&
            arb_lt(window[0].s, window[1].s) && arb_lt(window[1].s, window[2].s))
            return EW_OK;
    }
    return EW_UNDECIDED_STATUS;
}
