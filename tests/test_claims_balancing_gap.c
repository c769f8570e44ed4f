#include "check_claim.h"

/* L = 12, s = 2.2: the case where plain doubles call the claim wrong. L = 32: a plateau of 10^33 steps. */
static void balancing_gap(void **state)
{
    (void)state;
    const char *id = "balancing-gap";
    expect(id, 2, "23/20", "1", "1/4", EW_PROVED, "lemma C");
    expect(id, 12, "22/120", "1", "1/10", EW_PROVED, "lemma B");
    expect(id, 32, "23/320", "1", "2/25", EW_PROVED, NULL);
    expect(id, 2, "7/5", "1", "1/10", EW_PROVED, NULL); /* in chaos too */
    expect(id, 3, "1/12", "5", "1/10", EW_PROVED, NULL);
    expect(id, 32, "23/320", "1", "1/10", EW_VACUOUS, "above the bound");
    expect(id, 2, "23/20", "1", "1/2", EW_VACUOUS, "above the bound");
    expect(id, 2, "3/2", "1", "1/10", EW_VACUOUS, "2 sqrt 2");
    expect(id, 2, "1", "1", "1/10", EW_VACUOUS, NULL);
    expect(id, 2, "9/10", "1", "1/10", EW_VACUOUS, NULL);
    expect(id, 2, "23/20", "1", "0", EW_VACUOUS, NULL);
}

/* A double script sees the gap of L = 12 stand still: the factor is within 2^-53 of 1. */
static void doubles_lie_at_depth_12(void **state)
{
    (void)state;
    double a = 0, b = 0.1, eta = 22.0 / 120, power = 1;
    for (int i = 0; i < 10; i++)
        power *= b;
    double k = eta * power; /* r = -1 at the start */
    double next = a + k * b;
    double after = next * next - (b + k * a) * (b + k * a);
    assert_true(after == a * a - b * b);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(balancing_gap),
                                          cmocka_unit_test(doubles_lie_at_depth_12)};
EW_TESTS(tests)
