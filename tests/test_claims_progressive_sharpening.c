#include "check_claim.h"
#include <stdlib.h>

static void progressive_sharpening(void **state)
{
    (void)state;
    const char *id = "progressive-sharpening";
    expect_network(id, 3, "7/10", "1,19/20,9/10", 10, "1/10", EW_PROVED, "up to 25");
    /* two values in antiphase: never below 2/eta again */
    expect_network(id, 3, "4/5", "1,19/20,9/10", 10, "1/10", EW_REFUTED, "same side");
    /* a large start: the sharpness falls first */
    expect_network(id, 2, "23/20", "1", 1, "1/4", EW_REFUTED, "does not rise from step 0 to 1");
    expect_network(id, 3, "1/2", "1", 1, "1/10", EW_VACUOUS, NULL);
    expect_network(id, 3, "7/10", "1", 1, "0", EW_VACUOUS, "alpha");
    expect_network(id, 64, "23/640", "1", 2, "1/10", EW_UNDECIDED, "more than verify");
    /* the orbit is never reached: at rest at (0, 0), or between 1 and -1 */
    expect_network(id, 4, "3", "1/3", 1, "1", EW_REFUTED, "one limit");
    /* a cycle of period 4: no limit at even steps; and none where it diverges. In chaos nothing is known, or helps */
    expect_network(id, 3, "21/25", "1", 10, "1/10", EW_REFUTED, "ends on a longer cycle");
    expect_network(id, 2, "5/2", "1", 1, "1/10", EW_REFUTED, "some value diverges");
    expect_network(id, 4, "4/5", "1", 3, "1/10", EW_UNDECIDED, "in chaos no option helps");
    /* the limits of the antiphase example, as the doubles of a long run show them */
    ew_finding_t finding;
    ew_finding_init(finding);
    run_network_claim(finding, id, 3, "4/5", "1,19/20,9/10", 10, "1/10");
    double even = strtod(find_fact(finding, "limit_even")->text, NULL);
    double odd = strtod(find_fact(finding, "limit_odd")->text, NULL);
    assert_true(even > 4.504 && even < 4.5041 && odd > 4.0096 && odd < 4.0097);
    ew_finding_clear(finding);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(progressive_sharpening)};
EW_TESTS(tests)
