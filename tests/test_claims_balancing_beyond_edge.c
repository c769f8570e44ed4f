#include "check_claim.h"

static void balancing_beyond_edge(void **state)
{
    (void)state;
    const char *id = "balancing-beyond-edge";
    expect(id, 2, "23/20", "1", "1/4", EW_PROVED, "lemma");
    expect(id, 12, "22/120", "1", "1/10", EW_PROVED, "lemma");
    expect(id, 2, "7/5", "1", "1/10", EW_PROVED, "lemma");         /* chaos */
    expect(id, 2, "4", "1", "1/2", EW_REFUTED, "at rest");         /* lands exactly on (2, 1/2) */
    expect(id, 3, "2", "1/2", "1", EW_PROVED, "exactly balanced"); /* reaches (0, 0) */
    expect(id, 2, "5/2", "1", "1/10", EW_REFUTED, "diverges");
    /* depth 2 through b = 0 exactly, which is no rest there */
    expect(id, 2, "61", "6/305", "1/6", EW_PROVED, NULL);
    expect(id, 2, "5", "2/5", "1/2", EW_REFUTED, "diverges");
    /* denominators in which lemma C finds no prime: the trajectory itself decides */
    expect(id, 2, "4939513859/4295229443", "1", "1073807361/4295229443", EW_PROVED, "trapped");
    /* k_0 = 1: exactly balanced from step 1, then divergent along the balanced line */
    fmpq_t eta;
    fmpq_init(eta);
    fmpq_set_str(eta, "4295229443/4682195291", 10);
    fmpq_canonicalise(eta);
    fmpq_pow_si(eta, eta, 18);
    char *text = fmpq_get_str(NULL, 10, eta);
    expect(id, 20, text, "1", "4682195291/4295229443", EW_PROVED, "exactly balanced");
    flint_free(text);
    fmpq_clear(eta);
    expect(id, 2, "1", "1", "1/10", EW_VACUOUS, NULL);
    expect(id, 2, "23/20", "1", "0", EW_VACUOUS, NULL);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(balancing_beyond_edge)};
EW_TESTS(tests)
