#include "check_claim.h"
#include <stdlib.h>

static void balancing_below_edge(void **state)
{
    (void)state;
    const char *id = "balancing-below-edge";
    expect(id, 2, "9/10", "1", "1/10", EW_PROVED, NULL);
    expect(id, 3, "1/2", "1", "1/5", EW_PROVED, NULL);
    expect(id, 3, "1/2", "0", "1/5", EW_DEGENERATE, "for ever");
    expect(id, 2, "1", "1", "1/10", EW_VACUOUS, NULL);
    expect(id, 2, "23/20", "1", "1/10", EW_VACUOUS, NULL);
    expect(id, 3, "1/2", "1", "0", EW_VACUOUS, NULL);
    expect(id, 2, "9/10", "1", "5", EW_REFUTED, "X > 2");           /* a large start */
    expect(id, 3, "5", "1/10", "1", EW_REFUTED, "X > 2 at step 1"); /* gaps -1, -3/4, 9/4 */
    /* exactly balanced from step 2 on: X > 2 later moves a gap that is zero */
    expect(id, 2, "11", "1/110", "1", EW_PROVED, "stands still");
    /* s = 2 - 2 * 10^-60: the exponent needs more bits than the claim starts with */
    ew_finding_t finding;
    ew_finding_init(finding);
    run_claim(finding, id, 2,
              "999999999999999999999999999999999999999999999999999999999999/"
              "1000000000000000000000000000000000000000000000000000000000000",
              "1", "1/10");
    assert_int_equal(finding->verdict, EW_PROVED);
    assert_true(strtod(find_fact(finding, "exponent")->text, NULL) > 200); /* 1 + 60 ln 10 / ln 2 */
    ew_finding_clear(finding);
}

/* The order at L = 2: halving alpha divides the limit by 2^gamma. */
static void order_at_depth_two(void **state)
{
    (void)state;
    double limit[2], exponent = 0;
    const char *const alphas[] = {"1/100000", "1/200000"};
    ew_finding_t finding;
    ew_finding_init(finding);
    for (int i = 0; i < 2; i++) {
        run_claim(finding, "balancing-below-edge", 2, "1/2", "1", alphas[i]);
        assert_int_equal(finding->verdict, EW_PROVED);
        assert_non_null(find_fact(finding, "gap_limit"));
        limit[i] = strtod(find_fact(finding, "gap_limit")->text, NULL);
        exponent = strtod(find_fact(finding, "exponent")->text, NULL);
    }
    assert_true(exponent > 2.70951 && exponent < 2.70952); /* 1 - ln(1/2)/ln(3/2) */
    /* to leading order, with an oscillation in log alpha of less than a fifth */
    double ratio = limit[0] / limit[1], expected = 1;
    for (int i = 0; i < 271; i++)
        expected *= 1.006955550056719; /* 2^0.01 */
    assert_true(ratio > 0.8 * expected && ratio < 1.25 * expected);
    ew_finding_clear(finding);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(balancing_below_edge),
                                          cmocka_unit_test(order_at_depth_two)};
EW_TESTS(tests)
