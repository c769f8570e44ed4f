#include "check_claim.h"

/* True up to s_outer, false just beyond it; at equality (L = 2, s = 4) the second root is on the end. */
static void orbit_high_root(void **state)
{
    (void)state;
    const char *id = "orbit-high-root";
    expect(id, 2, "23/20", "1", "1/10", EW_PROVED, NULL);
    expect(id, 2, "2", "1", "1/10", EW_PROVED, NULL);
    expect(id, 2, "200000001/100000000", "1", "1/10", EW_REFUTED, "2 certified roots");
    expect(id, 3, "1382/1000", "1", "1/10", EW_PROVED, NULL);
    expect(id, 3, "1383/1000", "1", "1/10", EW_REFUTED, "2 certified roots");
    expect(id, 8, "95/80", "1", "1/10", EW_PROVED, NULL);
    expect(id, 8, "96/80", "1", "1/10", EW_REFUTED, NULL);
    expect(id, 5, "2/5", "1", "1/10", EW_DEGENERATE, NULL);
    expect(id, 5, "1/5", "1", "1/10", EW_VACUOUS, NULL);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(orbit_high_root)};
EW_TESTS(tests)
