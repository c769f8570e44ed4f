#include "check_claim.h"

static void balancing_beyond_edge(void **state)
{
    (void)state;
    const char *id = "balancing-beyond-edge";
    expect(id, 2, "23/20", "1", "1/4", EW_PROVED, "lemma");
    expect(id, 12, "22/120", "1", "1/10", EW_PROVED, "lemma");
    expect(id, 2, "7/5", "1", "1/10", EW_PROVED, "lemma"); /* chaos */
    expect(id, 2, "4", "1", "1/2", EW_REFUTED, "at rest"); /* lands exactly on (2, 1/2) */
    expect(id, 2, "5/2", "1", "1/10", EW_REFUTED, "diverges");
    expect(id, 2, "1", "1", "1/10", EW_VACUOUS, NULL);
    expect(id, 2, "23/20", "1", "0", EW_VACUOUS, NULL);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(balancing_beyond_edge)};
EW_TESTS(tests)
