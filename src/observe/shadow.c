/* A quick look ahead in floating point. In MPFR with the precision of a double: small alpha and
 * large depth would underflow in a double. */
#include "observe/shadow.h"
#include "observe/sim.h"

enum { SHADOW_BITS = 53 };

void ew_shadow_init(ew_shadow_t shadow)
{
    shadow->fate = EW_NOT_YET;
    shadow->count = 0;
    arb_init(shadow->x);
}

void ew_shadow_clear(ew_shadow_t shadow)
{
    arb_clear(shadow->x);
}

static void mean(arb_t x, const ew_sim *sim)
{
    arb_t b;
    arb_init(b);
    ew_sim_get(x, sim, 0);
    ew_sim_get(b, sim, 1);
    arb_add(x, x, b, SHADOW_BITS);
    arb_mul_2exp_si(x, x, -1);
    mag_zero(arb_radref(x));
    arb_clear(b);
}

/* Where nothing has settled: the periods with which the state comes back to within a hundredth. A
 * cycle close to its flip is found so, long before the trajectory has settled on it. */
static void guess_periods(ew_shadow_t shadow, ew_sim *sim)
{
    arb_t x;
    arf_t far;
    arb_init(x);
    arf_init(far);
    for (slong n = 1; n <= 64; n++) {
        ew_sim_step(sim);
        mean(x, sim);
        arf_sub(far, arb_midref(x), arb_midref(shadow->x), SHADOW_BITS, ARF_RND_NEAR);
        arf_mul_ui(far, far, 100, SHADOW_BITS, ARF_RND_NEAR);
        if (n > 1 && arb_is_finite(x) && arf_cmpabs(far, arb_midref(shadow->x)) < 0)
            shadow->period[shadow->count++] = n;
    }
    arb_clear(x);
    arf_clear(far);
}

/* a = x + m, b = x - m, in the middle. */
static void place(ew_sim *sim, const ew_crossing_struct *from)
{
    arb_t a, b;
    arb_init(a);
    arb_init(b);
    arb_add(a, from->x, from->m, 2 * SHADOW_BITS);
    arb_sub(b, from->x, from->m, 2 * SHADOW_BITS);
    ew_sim_mpfr_place(sim, a, b);
    arb_clear(a);
    arb_clear(b);
}

ew_status ew_shadow_run(ew_shadow_t shadow, const ew_mode_t mode, const ew_crossing_struct *from,
                        slong max_steps, const ew_progress *progress)
{
    ew_sim *sim = ew_sim_new(EW_MPFR, EW_PAIR, mode, SHADOW_BITS);
    ew_watch *watch = ew_watch_new(2, SHADOW_BITS);
    ew_status status = sim == NULL || watch == NULL ? EW_RESOURCES : EW_OK;
    slong period = 0;
    if (status == EW_OK && from != NULL)
        place(sim, from);
    shadow->fate = EW_NOT_YET;
    shadow->count = 0;
    for (slong t = 0; status == EW_OK; t++) {
        if (t % 1024 == 0 &&
            !ew_progress_tick(progress, "looking ahead", (ulong)t, (ulong)max_steps))
            status = EW_STOPPED;
        shadow->fate = ew_watch_feed(&period, watch, sim);
        if (shadow->fate != EW_NOT_YET || t >= max_steps)
            break;
        ew_sim_step(sim);
    }
    if (status == EW_OK) {
        mean(shadow->x, sim);
        if (shadow->fate == EW_PERIODIC)
            shadow->period[shadow->count++] = period;
        if (shadow->fate == EW_NOT_YET)
            guess_periods(shadow, sim);
    }
    ew_sim_free(sim);
    ew_watch_free(watch);
    return status;
}
