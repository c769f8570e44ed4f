/* Where a format must lose sight of the exact trajectory: from 256 bits of it and the size of an ulp.
 * theory/stress.md (5) - (7) */
#include "claims/stress/script.h"
#include <math.h>
#include <stdlib.h>

enum { BITS = 256 };

/* log2 |x|, also beyond the range of doubles. */
static double log2_of(const arb_t x)
{
    if (arf_is_zero(arb_midref(x)) || !arf_is_finite(arb_midref(x)))
        return arf_is_zero(arb_midref(x)) ? -INFINITY : INFINITY;
    arf_t mantissa;
    fmpz_t exponent;
    arf_init(mantissa);
    fmpz_init(exponent);
    arf_frexp(mantissa, exponent, arb_midref(x));
    double value = log2(fabs(arf_get_d(mantissa, ARF_RND_NEAR))) + fmpz_get_d(exponent);
    arf_clear(mantissa);
    fmpz_clear(exponent);
    return value;
}

ew_status ew_script_truth_make(ew_script_truth *truth, const ew_mode_t mode, slong steps)
{
    *truth = (ew_script_truth){.steps = steps};
    size_t count = (size_t)FLINT_MAX(steps, 1);
    if (ew_memory_check(3.0 * (double)count * sizeof(double)) != EW_OK)
        return EW_RESOURCES;
    truth->gap_change = malloc(3 * count * sizeof(double));
    ew_sim *sim = ew_sim_new(EW_MPFR, EW_PAIR, mode, BITS);
    if (truth->gap_change == NULL || sim == NULL) {
        ew_script_truth_clear(truth);
        ew_sim_free(sim);
        return EW_RESOURCES;
    }
    truth->motion = truth->gap_change + count;
    truth->size = truth->motion + count;
    ew_record_t record;
    arb_t a, b, k;
    ew_record_init(record);
    arb_init(a);
    arb_init(b);
    arb_init(k);
    double start = 0;
    for (slong t = 0; t < steps; t++) {
        ew_sim_record(record, sim);
        if (t == 0)
            start = log2_of(record->gap_tracked);
        truth->shrinks = log2_of(record->gap_tracked) - start;
        ew_sim_get(a, sim, 0);
        ew_sim_get(b, sim, 1);
        double la = log2_of(a), lb = log2_of(b), size = fmax(la, lb);
        arb_mul(k, record->factor, record->gap_tracked, 64); /* gap(t+1) - gap(t) = -X gap */
        truth->gap_change[t] = log2_of(k) - 2 * size;
        double half = log2_of(record->factor) / 2; /* |k| */
        truth->motion[t] = fmax(half + lb - la, half + la - lb);
        truth->size[t] = size;
        ew_sim_step(sim);
    }
    ew_record_clear(record);
    arb_clear(a);
    arb_clear(b);
    arb_clear(k);
    ew_sim_free(sim);
    return EW_OK;
}

void ew_script_truth_clear(ew_script_truth *truth)
{
    free(truth->gap_change);
    *truth = (ew_script_truth){0};
}

/* The first step at which a series is below a bound (or, with `above`, above it). */
static slong first(const double *series, slong steps, double bound, bool above)
{
    for (slong t = 0; t < steps; t++)
        if (above ? series[t] > bound : series[t] < bound)
            return t;
    return -1;
}

slong ew_script_predict_stall(const ew_script_truth *truth, const ew_format *format)
{
    if (format->kind == EW_EXACT || format->kind == EW_BALLS)
        return -1;
    return first(truth->gap_change, truth->steps, -(double)format->bits, false);
}

slong ew_script_predict_stuck(const ew_script_truth *truth, const ew_format *format)
{
    if (format->kind == EW_EXACT || format->kind == EW_BALLS)
        return -1;
    return first(truth->motion, truth->steps, -(double)format->bits - 1, false);
}

slong ew_script_predict_overflow(const ew_script_truth *truth, const ew_format *format)
{
    if (format->kind != EW_FLOATING && format->kind != EW_PAIRED)
        return -1;
    return first(truth->size, truth->steps, (double)format->greatest + 1, true);
}
