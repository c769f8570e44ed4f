#include "check_claim.h"

static void rank_p_decomposition_literal(void **state)
{
    (void)state;
    const char *id = "rank-p-decomposition-literal";
    expect_network(id, 3, "4/5", "1,19/20,9/10", 10, "1/10", EW_REFUTED,
                   "sigma_2 is not stationary");
    expect_network(id, 3, "7/10", "1,19/20,9/10", 10, "1/10", EW_PROVED, "the others converge");
    expect_network(id, 2, "13/10", "1", 1, "1/10", EW_REFUTED, "s_1 < s_2(L) is missing");
    expect_network(id, 4, "5/4", "1,1/8", 3, "1/10", EW_REFUTED, "s_1 < s_2(L) is missing");
    expect_network(id, 2, "23/20", "1", 1, "5", EW_REFUTED, "(proved at step 1)");
    expect_network(id, 3, "1", "1", 1, "1", EW_REFUTED, "does not end on the 2-cycle");
    expect_network(id, 4, "1", "1", 1, "1", EW_REFUTED, "does not end on the 2-cycle");
    expect_network(id, 3, "1", "1,1", 2, "1", EW_REFUTED, "both cannot be");
    expect_network(id, 3, "1/2", "1", 1, "1/10", EW_VACUOUS, NULL);
    expect_network(id, 32, "23/320", "1", 1, "2/25", EW_PROVED, NULL);
    expect_network(id, 3, "66666667/100000000", "1", 1, "2/25", EW_UNDECIDED, "no fate");
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(rank_p_decomposition_literal)};
EW_TESTS(tests)
