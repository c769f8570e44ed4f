/* The phase that a value takes, found behind a plateau that was crossed at once, against plain iteration. */
#include "claims/shared/case.h"
#include "modes.h"
#include "test.h"

/* Is the pair near the low point of its orbit after `steps` (even) steps? */
static bool low_after(const ew_mode_t mode, slong steps)
{
    ew_sim *sim = ew_sim_new(EW_MPFR, EW_PAIR, mode, 200);
    for (slong t = 0; t < steps; t++)
        ew_sim_step(sim);
    arb_t b, edge;
    arb_init(b);
    arb_init(edge);
    ew_sim_get(b, sim, 1);
    ew_mode_edge(edge, mode, 64);
    bool low = arb_lt(b, edge);
    arb_clear(b);
    arb_clear(edge);
    ew_sim_free(sim);
    return low;
}

static void phases_behind_plateaus(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_mode_init(mode);
    ew_effort effort = ew_effort_default();
    effort.max_steps = 6000;
    int odd = 0, high = 0, seen = 0;
    for (slong n = 90; n < 102; n++) { /* some 50000 steps of plateau */
        ew_set_mode(mode, 4, "23/40", "1", "1/10");
        fmpq_set_si(mode->alpha, 1, (ulong)(2 * n + 1));
        ew_case about;
        ew_case_init(&about, mode, &effort);
        int phase;
        if (ew_case_on_orbit(&about, &phase) && !fmpz_is_zero(about.follow->skipped)) {
            slong steps = fmpz_get_si(about.follow->skipped) + about.follow->step + 100;
            assert_int_equal(phase, !low_after(mode, steps + steps % 2));
            odd += fmpz_is_odd(about.follow->skipped);
            high += phase;
            seen++;
        }
        ew_case_clear(&about);
    }
    assert_true(seen >= 8 && odd > 0 && odd < seen && high > 0 && high < seen);
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(phases_behind_plateaus)};
EW_TESTS(tests)
