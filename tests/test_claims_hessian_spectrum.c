#include "check_claim.h"

static void hessian_spectrum(void **state)
{
    (void)state;
    const char *id = "hessian-spectrum";
    for (slong depth = 2; depth <= 6; depth++)
        expect_network(id, depth, "1/2", "3/2,1,1/2", 4, "1/10", EW_PROVED, "agree");
    expect_network(id, 3, "1/2", "1,1", 2, "1/10", EW_PROVED, "agree");
    expect_network(id, 1000000, "1/2", "1", 1, "1/10", EW_PROVED, NULL);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(hessian_spectrum)};
EW_TESTS(tests)
