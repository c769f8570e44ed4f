#include "check_claim.h"

static void balancing_gap_almost_every_alpha(void **state)
{
    (void)state;
    const char *id = "balancing-gap-almost-every-alpha";
    expect(id, 2, "23/20", "1", "1/10", EW_PROVED, "lemma B");
    expect(id, 2, "14142/10000", "1", "1/10", EW_PROVED, "lemma B"); /* s = 2.8284 */
    expect(id, 3, "1/12", "5", "1/10", EW_PROVED, NULL);
    expect(id, 64, "21/640", "1", "1/10", EW_PROVED, NULL);
    expect(id, 2, "14143/10000", "1", "1/10", EW_VACUOUS, "2 sqrt 2");
    expect(id, 2, "1", "1", "1/10", EW_VACUOUS, NULL);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(balancing_gap_almost_every_alpha)};
EW_TESTS(tests)
