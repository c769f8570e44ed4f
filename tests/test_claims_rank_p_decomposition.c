#include "check_claim.h"

static void rank_p_decomposition(void **state)
{
    (void)state;
    const char *id = "rank-p-decomposition";
    expect_network(id, 3, "4/5", "1,19/20,9/10", 10, "1/10", EW_PROVED, "the phases differ");
    expect_network(id, 3, "23/30", "1,19/20", 2, "1/20", EW_PROVED, "happen to agree");
    expect_network(id, 3, "7/10", "1,19/20,9/10", 10, "1/10", EW_PROVED, "2 converge");
    expect_network(id, 2, "13/10", "1", 1, "1/10", EW_VACUOUS, "s_2(L)");
    expect_network(id, 3, "1/2", "1", 1, "1/10", EW_VACUOUS, "does not hold");
    expect_network(id, 2, "23/20", "1", 1, "0", EW_VACUOUS, "alpha");
    expect_network(id, 2, "1", "11/10,1", 2, "1/10", EW_DEGENERATE, "s_2 = 2 exactly");
    expect_network(id, 2, "23/20", "1", 1, "5", EW_REFUTED, "sigma_1: its trajectory diverges");
    expect_network(id, 2, "23/20", "1,1/50", 2, "1/4", EW_PROVED, "1 converge");
    expect_network(id, 3, "2", "1/2", 1, "1", EW_REFUTED, "comes to rest at a saddle");
    expect_network(id, 32, "23/320", "1", 1, "2/25", EW_PROVED, NULL);
    expect_network(id, 3, "66666667/100000000", "1", 1, "2/25", EW_UNDECIDED, "no fate");
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(rank_p_decomposition)};
EW_TESTS(tests)
