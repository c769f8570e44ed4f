#include "check_claim.h"

static void orbit_only_two(void **state)
{
    (void)state;
    const char *id = "orbit-only-two";
    expect(id, 2, "23/20", "1", "1/10", EW_REFUTED, "6 certified real roots");
    expect(id, 3, "22/30", "1", "1/10", EW_REFUTED, "4 certified real roots");
    expect(id, 3, "2/3", "1", "1/10", EW_DEGENERATE, NULL);
    expect(id, 3, "1/3", "1", "1/10", EW_VACUOUS, NULL);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(orbit_only_two)};
EW_TESTS(tests)
