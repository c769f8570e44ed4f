#include "check_claim.h"

static void oscillation_threshold(void **state)
{
    (void)state;
    const char *id = "oscillation-threshold";
    expect(id, 3, "23/30", "1", "1/10", EW_PROVED, "exact period 2");
    expect(id, 2, "13/10", "1", "1/10", EW_PROVED, "exact period 16");
    expect(id, 3, "1/2", "1", "1/10", EW_PROVED, "region of convergence");
    expect(id, 2, "1", "1", "1/10", EW_DEGENERATE, "exactly");
    expect(id, 2, "23/20", "1", "0", EW_VACUOUS, "alpha > 0");
    expect(id, 4, "5/4", "1", "1/10", EW_REFUTED, "diverges");
    /* across a plateau of 10^33 steps: onto the orbit, and into chaos */
    expect(id, 32, "23/320", "1", "2/25", EW_PROVED,
           "exact period 2 at step 2593225569020737973712063340");
    expect(id, 32, "7/80", "1", "2/25", EW_PROVED, "lemma C");
    expect(id, 2, "9/10", "1", "5", EW_REFUTED, "diverges"); /* a large start below the edge */
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(oscillation_threshold)};
EW_TESTS(tests)
