#include "check_claim.h"

static void rank_p_attracts(void **state)
{
    (void)state;
    const char *id = "rank-p-attracts";
    expect_network(id, 3, "23/30", "1,19/20", 2, "1/10", EW_REFUTED, "1.32512");
    expect_network(id, 3, "23/30", "1,19/20", 2, "1/20", EW_REFUTED,
                   "1.07860"); /* the other phase */
    expect_network(id, 3, "23/30", "1,1", 2, "1/10", EW_REFUTED, "the pair 1, 2");
    expect_network(id, 3, "23/30", "1,39/50", 4, "1/10", EW_PROVED, NULL);
    expect_network(id, 2, "13/10", "1", 1, "1/10", EW_REFUTED, "the orbit of value 1");
    expect_network(id, 3, "1/2", "1", 2, "1/10", EW_VACUOUS, "does not hold");
    expect_network(id, 2, "23/20", "1,20/23", 2, "1/10", EW_DEGENERATE, "s_2 = 2 exactly");
    /* depth 2: exactly on the resonance, and 10^-30 beside it */
    expect_network(id, 2, "21/20", "1,62/63", 2, "1/10", EW_REFUTED, "Jordan block");
    expect_network(id, 2, "21/20",
                   "1,62000000000000000000000000000001/63000000000000000000000000000000", 2, "1/10",
                   EW_REFUTED, "modulus 1.0000");
    /* depth 2, one stationary: s_2 on either side of 4 - s_1 = 1.7, and on it */
    expect_network(id, 2, "23/20", "1,169/230", 2, "1/10", EW_PROVED, NULL);
    expect_network(id, 2, "23/20", "1,171/230", 2, "1/10", EW_REFUTED, "the pair 1, 2");
    expect_network(id, 2, "23/20", "1,17/23", 2, "1/10", EW_REFUTED, "modulus exactly 1");
    /* across a plateau of 10^10 steps; and from alpha = 0, where the phases are not known but every choice is unstable */
    expect_network(id, 12, "23/120", "1,99/100", 2, "1/10", EW_REFUTED,
                   "that gradient descent takes");
    expect_network(id, 12, "23/120", "1,99/100", 2, "0", EW_REFUTED, "whatever the phases");
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(rank_p_attracts)};
EW_TESTS(tests)
