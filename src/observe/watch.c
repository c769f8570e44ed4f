/* What a trajectory settles on, by recurrence to within a tolerance: an observation, never a proof.
 *
 * For each period n the watcher counts for how many feeds in a row the state was that of n feeds
 * before. A count of max(64, 2 n) makes n a candidate; it is believed only if the states d feeds
 * apart, for every proper divisor d, are clearly different: close to a flip the even multiples of a
 * period recur earlier than the period itself. */
#include "num/domain.h"
#include "observe/sim.h"

#include <math.h>
#include <stdlib.h>

enum { LONGEST_PERIOD = 64, RING = LONGEST_PERIOD + 1, WINDOW = 64 };

static const double too_large = 1e100;

struct ew_watch {
    slong size;
    slong prec;
    slong fed;     /* states fed so far; the newest is number fed - 1 */
    arf_ptr state; /* RING states of `size` numbers */
    double *rough; /* the same, rounded: a cheap first comparison */
    double tolerance;
    slong run[LONGEST_PERIOD + 1];
};

ew_watch *ew_watch_new(slong size, slong prec)
{
    if (size < 1 || !ew_prec_fits(prec) ||
        ew_memory_check(RING * (double)size *
                        ((double)sizeof(arf_struct) + 8 + (double)prec / 8)) != EW_OK)
        return NULL;
    ew_watch *watch = calloc(1, sizeof *watch);
    size_t count = (size_t)size * RING;
    if (watch == NULL)
        return NULL;
    watch->size = size;
    watch->prec = prec;
    watch->state = calloc(count, sizeof *watch->state);
    watch->rough = calloc(count, sizeof *watch->rough);
    if (watch->state == NULL || watch->rough == NULL) {
        free(watch->state);
        free(watch->rough);
        free(watch);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        arf_init(watch->state + i);
    /* 2^-1000 is beyond what a double can tell and is only used for the rough comparison then */
    watch->tolerance = ldexp(1, -(int)fmin(0.6 * (double)prec, 1000));
    return watch;
}

void ew_watch_free(ew_watch *watch)
{
    if (watch == NULL)
        return;
    for (slong i = 0; i < watch->size * RING; i++)
        arf_clear(watch->state + i);
    free(watch->state);
    free(watch->rough);
    free(watch);
}

/* Where the state of n feeds before the newest is kept. */
static slong slot(const ew_watch *watch, slong n)
{
    return (watch->fed - 1 - n) % RING * watch->size;
}

/* Is |newest - the one n feeds before| <= 2^bits scale in every scalar? */
static bool agree(const ew_watch *watch, slong n, const arf_t scale, slong bits)
{
    slong now = slot(watch, 0), then = slot(watch, n);
    bool close = true;
    arf_t difference, allowed;
    arf_init(difference);
    arf_init(allowed);
    arf_mul_2exp_si(allowed, scale, bits);
    for (slong j = 0; j < watch->size && close; j++) {
        arf_sub(difference, watch->state + now + j, watch->state + then + j, 64, ARF_RND_NEAR);
        close = arf_cmpabs(difference, allowed) <= 0;
    }
    arf_clear(difference);
    arf_clear(allowed);
    return close;
}

/* A quick no to agree(). */
static bool roughly_differ(const ew_watch *watch, slong n, double scale)
{
    slong now = slot(watch, 0), then = slot(watch, n);
    double allowed = fmax(2 * watch->tolerance, 0x1p-50) * scale;
    for (slong j = 0; j < watch->size; j++)
        if (fabs(watch->rough[now + j] - watch->rough[then + j]) > allowed)
            return true;
    return false;
}

/* The newest state and its largest modulus. False when it is not a state to compare: not finite, or
 * a ball wider than the tolerance. */
static bool take(arf_t scale, ew_watch *watch, const ew_sim *sim)
{
    arb_t x;
    mag_t widest;
    arb_init(x);
    mag_init(widest);
    bool finite = true;
    slong at = slot(watch, 0);
    arf_zero(scale);
    for (slong j = 0; j < watch->size; j++) {
        ew_sim_get(x, sim, j);
        finite = finite && arb_is_finite(x);
        arf_set(watch->state + at + j, arb_midref(x));
        watch->rough[at + j] = arf_get_d(arb_midref(x), ARF_RND_NEAR);
        if (arf_cmpabs(arb_midref(x), scale) > 0)
            arf_abs(scale, arb_midref(x));
        mag_max(widest, widest, arb_radref(x));
    }
    bool usable = finite;
    if (finite && !mag_is_zero(widest)) {
        arf_t allowed;
        arf_init(allowed);
        arf_mul_2exp_si(allowed, scale, -(slong)(0.6 * (double)watch->prec));
        usable = arf_cmpabs_mag(allowed, widest) >= 0;
        arf_clear(allowed);
    }
    arb_clear(x);
    mag_clear(widest);
    return usable;
}

/* Is |p - sigma| small against sigma? Where nothing moves it may still be large: a plateau. */
static bool fitted(const ew_watch *watch, const ew_sim *sim)
{
    ew_record_t record;
    arf_t allowed;
    ew_record_init(record);
    arf_init(allowed);
    ew_sim_record(record, sim);
    arf_mul_2exp_si(allowed, arb_midref(sim->sigma), -(slong)(0.3 * (double)watch->prec));
    bool small =
        arb_is_finite(record->residual) && arf_cmpabs(arb_midref(record->residual), allowed) <= 0;
    ew_record_clear(record);
    arf_clear(allowed);
    return small;
}

/* Are the states d feeds apart clearly different for every proper divisor d of n? */
static bool exact_period(const ew_watch *watch, slong n, const arf_t scale)
{
    for (slong d = 1; d < n; d++)
        if (n % d == 0 && agree(watch, d, scale, -(slong)(0.3 * (double)watch->prec)))
            return false;
    return true;
}

/* Counts recurrences of the newest state. */
static void count_runs(ew_watch *watch, const arf_t scale)
{
    double rough_scale = arf_get_d(scale, ARF_RND_UP);
    slong bits = -(slong)(0.6 * (double)watch->prec);
    for (slong n = 1; n <= LONGEST_PERIOD; n++) {
        bool recurs = n < watch->fed && !roughly_differ(watch, n, rough_scale) &&
                      agree(watch, n, scale, bits);
        watch->run[n] = recurs ? watch->run[n] + 1 : 0;
    }
}

ew_fate ew_watch_feed(slong *period, ew_watch *watch, const ew_sim *sim)
{
    ew_fate fate = EW_NOT_YET;
    arf_t scale;
    arf_init(scale);
    *period = 0;
    watch->fed++;
    bool usable = take(scale, watch, sim);
    if (!usable || arf_cmp_d(scale, too_large) > 0) {
        /* a ball that has grown too wide says nothing about the trajectory */
        if (usable || sim->arithmetic != EW_BALL)
            fate = EW_DIVERGES;
        for (slong n = 1; n <= LONGEST_PERIOD; n++)
            watch->run[n] = 0;
    } else {
        count_runs(watch, scale);
        for (slong n = 1; n <= LONGEST_PERIOD && fate == EW_NOT_YET; n++)
            if (watch->run[n] >= FLINT_MAX(WINDOW, 2 * n) &&
                (n == 1 ? fitted(watch, sim) : exact_period(watch, n, scale))) {
                fate = n == 1 ? EW_CONVERGES : EW_PERIODIC;
                *period = n;
            }
    }
    arf_clear(scale);
    return fate;
}
