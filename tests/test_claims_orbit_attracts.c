#include "check_claim.h"

/* Below the flip threshold (2.4721 at L = 2) the start is trapped by the orbit, beyond it by a 4-cycle, far
 * beyond it escapes; in chaos nothing is claimed. */
static void orbit_attracts(void **state)
{
    (void)state;
    const char *id = "orbit-attracts";
    expect(id, 2, "23/20", "1", "1/4", EW_PROVED, "trapping region");
    expect(id, 3, "22/30", "1", "1/5", EW_PROVED, "trapping region");
    expect(id, 8, "23/80", "1", "3/10", EW_PROVED, "trapping region");
    /* plateaus of 10^6 steps, and shorter ones that are crossed as well */
    expect(id, 8, "11/40", "1", "1/10", EW_PROVED, "at step 1940709");
    expect(id, 8, "41/160", "1", "1/10", EW_PROVED, NULL);
    expect(id, 8, "3/10", "1", "1/10", EW_PROVED, NULL);
    expect(id, 8, "11/40", "1", "3/20", EW_PROVED, NULL);
    expect(id, 2, "253/200", "1", "1/5", EW_REFUTED, "period 4");
    expect(id, 2, "5/2", "1", "1/10", EW_REFUTED, "diverges");
    expect(id, 2, "7/5", "1", "1/10", EW_UNDECIDED, "repels");          /* s = 2.8: chaos */
    expect(id, 3, "1", "1", "1", EW_REFUTED, "converges to a minimum"); /* (1, 1) after a step */
    expect(id, 4, "1", "1", "1", EW_REFUTED, "converges to a minimum");
    expect(id, 3, "2", "1/2", "1", EW_REFUTED, "comes to rest at a saddle");
    expect(id, 4, "3", "1/3", "1", EW_REFUTED, "between x and -x");
    expect(id, 2, "1", "1", "1/10", EW_DEGENERATE, NULL);
    expect(id, 2, "9/10", "1", "1/10", EW_VACUOUS, NULL);
    expect(id, 2, "23/20", "1", "0", EW_VACUOUS, "alpha > 0");
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(orbit_attracts)};
EW_TESTS(tests)
