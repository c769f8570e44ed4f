#include "check_claim.h"

/* The residual r_t of the exact rational trajectory. */
static int exact_sign(slong depth, const char *eta, const char *alpha, slong t)
{
    ew_mode_t mode;
    fmpq_t a, b, k, r;
    ew_mode_init(mode);
    fmpq_init(a), fmpq_init(b), fmpq_init(k), fmpq_init(r);
    mode->depth = depth;
    fmpq_set_str(mode->eta, eta, 10);
    fmpq_canonicalise(mode->eta);
    fmpq_set_str(b, alpha, 10);
    fmpq_canonicalise(b);
    for (slong i = 0; i < t; i++)
        ew_pair_step_exact(a, b, k, mode);
    fmpq_pow_si(r, b, depth - 1);
    fmpq_mul(r, r, a);
    fmpq_sub(r, r, mode->sigma);
    int sign = fmpq_sgn(r);
    fmpq_clear(a), fmpq_clear(b), fmpq_clear(k), fmpq_clear(r);
    ew_mode_clear(mode);
    return sign;
}

/* The counterexample's data hold in exact arithmetic: r_t has opposite signs at the two rationals, which lie
 * below the bound and close together. */
static void counterexample_is_exact(void **state)
{
    (void)state;
    ew_finding_t finding;
    ew_finding_init(finding);
    run_claim(finding, "balancing-gap-every-alpha", 2, "23/20", "1", "1/10");
    assert_int_equal(finding->verdict, EW_REFUTED);
    const char *lo = find_fact(finding, "alpha_lo")->text,
               *hi = find_fact(finding, "alpha_hi")->text;
    slong t = find_fact(finding, "step")->integer;
    assert_true(t > 0 && t < 12);
    assert_int_equal(exact_sign(2, "23/20", lo, t), -1);
    assert_int_equal(exact_sign(2, "23/20", hi, t), 1);
    fmpq_t x, y;
    fmpq_init(x), fmpq_init(y);
    fmpq_set_str(x, lo, 10);
    fmpq_canonicalise(x);
    fmpq_set_str(y, hi, 10);
    fmpq_canonicalise(y);
    assert_true(fmpq_sgn(x) > 0 && fmpq_cmp(x, y) < 0);
    assert_true(fmpq_get_d(y) < 0.43727);
    assert_true(fmpq_get_d(y) - fmpq_get_d(x) < 1e-11);
    fmpq_clear(x), fmpq_clear(y);
    ew_finding_clear(finding);
}

static void balancing_gap_every_alpha(void **state)
{
    (void)state;
    const char *id = "balancing-gap-every-alpha";
    expect(id, 3, "22/30", "1", "1/10", EW_REFUTED, "lands on a minimum at step");
    expect(id, 3, "1/12", "5", "1/10", EW_REFUTED, "lands on a minimum at step");
    expect(id, 32, "23/320", "1", "1/10", EW_REFUTED, "not bracketed");
    expect(id, 2, "3/2", "1", "1/10", EW_VACUOUS, NULL);
    expect(id, 2, "1", "1", "1/10", EW_VACUOUS, NULL);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(counterexample_is_exact),
                                          cmocka_unit_test(balancing_gap_every_alpha)};
EW_TESTS(tests)
