#include "check_claim.h"

static void loss_decouples(void **state)
{
    (void)state;
    const char *id = "loss-decouples";
    for (slong depth = 2; depth <= 5; depth++)
        expect_network(id, depth, "23/30", "1,19/20", 4, "1/10", EW_PROVED, "exact rationals");
    expect_network(id, 2, "3", "2", 2, "3/2", EW_PROVED,
                   "exact rationals"); /* p_i turns negative */
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(loss_decouples)};
EW_TESTS(tests)
