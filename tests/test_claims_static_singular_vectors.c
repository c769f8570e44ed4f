#include "check_claim.h"

static void static_singular_vectors(void **state)
{
    (void)state;
    const char *id = "static-singular-vectors";
    for (slong depth = 2; depth <= 5; depth++)
        expect_network(id, depth, "23/30", "1,19/20", 4, "1/10", EW_PROVED, "exact rationals");
    expect_network(id, 2, "1", "1", 1, "0", EW_PROVED, "exact rationals");
    expect_network(id, 3, "7/5", "3,3,1/2,1/7", 5, "2", EW_PROVED, "exact rationals");
    ew_finding_t finding;
    ew_finding_init(finding);
    run_network_claim(finding, id, 3, "23/30", "1,19/20", 4, "1/10");
    assert_int_equal(find_fact(finding, "exact_dim")->integer, 3);
    assert_int_equal(find_fact(finding, "exact_steps")->integer, 2);
    ew_finding_clear(finding);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(static_singular_vectors)};
EW_TESTS(tests)
