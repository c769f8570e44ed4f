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
    /* exactly on a minimum, on a saddle beyond and below the edge, and between 1 and -1, where p = 1 */
    expect(id, 3, "1", "1", "1", EW_REFUTED, "converges to a minimum");
    expect(id, 4, "1", "1", "1", EW_REFUTED, "converges to a minimum");
    expect(id, 3, "1", "4/5", "1", EW_REFUTED, NULL);
    expect(id, 3, "2", "1/2", "1", EW_REFUTED, "comes to rest at a saddle from step 2 on");
    expect(id, 3, "41/16", "64/205", "1", EW_REFUTED, "comes to rest at a saddle");
    expect(id, 3, "5", "1/10", "1", EW_REFUTED, "comes to rest at a saddle");
    expect(id, 4, "3", "1/3", "1", EW_REFUTED, "between x and -x");
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(oscillation_threshold)};
EW_TESTS(tests)
