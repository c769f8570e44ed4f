#include "check_claim.h"

static void orbit_low_root(void **state)
{
    (void)state;
    const char *id = "orbit-low-root";
    expect(id, 2, "23/20", "1", "1/10", EW_PROVED, NULL);
    expect(id, 3, "22/30", "1", "1/10", EW_PROVED, NULL);
    expect(id, 9, "1000", "5", "1/10", EW_PROVED, NULL); /* every s > 2 */
    expect(id, 64, "21/640", "1", "1/10", EW_PROVED, NULL);
    expect(id, 2, "1", "1", "1/10", EW_DEGENERATE, "s = 2 exactly");
    expect(id, 4, "1/16", "4", "1/10", EW_DEGENERATE, "s = 2 exactly");
    expect(id, 2, "9/10", "1", "1/10", EW_VACUOUS, "s < 2");
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(orbit_low_root)};
EW_TESTS(tests)
