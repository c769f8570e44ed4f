#include "check_claim.h"

static void balanced_flattest(void **state)
{
    (void)state;
    const char *id = "balanced-flattest";
    for (slong depth = 2; depth <= 9; depth++)
        expect_network(id, depth, "1/2", "3/2,1", 3, "1/10", EW_PROVED, "AM-GM");
    ew_finding_t finding;
    ew_finding_init(finding);
    run_network_claim(finding, id, 3, "1/2", "3/2,1", 3, "1/10");
    assert_int_equal(find_fact(finding, "exact_minima")->integer, 8);
    ew_finding_clear(finding);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(balanced_flattest)};
EW_TESTS(tests)
