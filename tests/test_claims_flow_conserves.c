#include "check_claim.h"
#include <stdlib.h>

static void flow_conserves(void **state)
{
    (void)state;
    const char *id = "flow-conserves";
    for (slong depth = 2; depth <= 5; depth++)
        expect_network(id, depth, "1/2", "3/2,1", 3, "1/10", EW_PROVED, "on and off");
    ew_finding_t finding;
    ew_finding_init(finding);
    run_network_claim(finding, id, 3, "1/2", "3/2,1", 3, "1/10");
    double drift = strtod(find_fact(finding, "drift_observed")->text, NULL);
    assert_true(drift >= 0 && drift < 1e-9);
    ew_finding_clear(finding);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(flow_conserves)};
EW_TESTS(tests)
