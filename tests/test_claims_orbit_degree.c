#include "check_claim.h"

static void orbit_degree(void **state)
{
    (void)state;
    expect("orbit-degree", 2, "23/20", "1", "1/10", EW_PROVED, "expansion agrees");
    expect("orbit-degree", 3, "1/10", "7/3", "1/10", EW_PROVED, "expansion agrees");
    expect("orbit-degree", 40, "1/10", "7/3", "1/10", EW_PROVED, "leading coefficient");
    ew_finding_t finding;
    ew_finding_init(finding);
    run_claim(finding, "orbit-degree", 1000, "1/10", "1", "1/10");
    assert_int_equal(find_fact(finding, "degree")->integer, 1999 * 1998);
    ew_finding_clear(finding);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(orbit_degree)};
EW_TESTS(tests)
