#include "check_claim.h"

static void static_singular_vectors_stable(void **state)
{
    (void)state;
    const char *id = "static-singular-vectors-stable";
    expect_network(id, 3, "23/30", "1,19/20", 2, "1/10", EW_REFUTED, "1.32512");
    expect_network(id, 3, "23/30", "1,39/50", 2, "1/10", EW_PROVED, NULL);
    expect_network(id, 3, "1/2", "1,1/2", 4, "1/10", EW_PROVED, NULL); /* a minimum */
    expect_network(id, 3, "23/30", "1", 1, "1/10", EW_DEGENERATE, "no directions");
    expect_network(id, 2, "1", "1", 2, "1/10", EW_DEGENERATE, "s_1 = 2");
    expect_network(id, 2, "21/20", "1,62/63", 2, "1/10", EW_REFUTED, "Jordan block");
    /* the orbit of the value itself repels, but not across */
    expect_network(id, 2, "13/10", "1", 2, "0", EW_PROVED, NULL);
    /* beside a zero at (0, alpha): (1 - 2)^2 = 1 exactly, and on either side of it */
    expect_network(id, 2, "4/3", "1/2", 2, "1", EW_REFUTED, "modulus exactly 1");
    expect_network(id, 2, "4/3", "1/2", 2, "999999999/1000000000", EW_PROVED, NULL);
    expect_network(id, 2, "4/3", "1/2", 2, "1000000001/1000000000", EW_REFUTED, "modulus 1.0000");
    expect_network(id, 3, "2/21", "1", 2, "2", EW_REFUTED, "modulus exactly 1");
    expect_network(id, 3, "2/21", "1", 3, "1999999/1000000", EW_PROVED, NULL);
    /* sigma^(1/4) is not rational, but its square is: 2^3 + 2^2 4 + 2 4^2 + 4^3 = 120 = 2/eta */
    expect_network(id, 4, "1/60", "4", 2, "2", EW_REFUTED, "modulus exactly 1");
    expect_network(id, 4, "1/61", "4", 2, "2", EW_PROVED, NULL);
    expect_network(id, 4, "1/59", "4", 2, "2", EW_REFUTED, "modulus 1.0");
    expect_network(id, 200, "23/2000", "1,9/10,4/5,7/10", 9, "1/10", EW_UNDECIDED,
                   "more than verify");
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(static_singular_vectors_stable)};
EW_TESTS(tests)
