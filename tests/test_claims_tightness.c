/* The tightness of the bound: both sides hold on the trajectories themselves. */
#include "modes.h"
#include "test.h"
#include <edgewise/claims.h>
#include <math.h>

/* X of the exact trajectory from alpha at a step. */
static void exact_factor(fmpq_t X, const ew_mode_t mode, const fmpq_t alpha, slong step)
{
    fmpq_t a, b;
    fmpq_init(a), fmpq_init(b);
    fmpq_set(b, alpha);
    for (slong t = 0; t <= step; t++)
        ew_pair_step_exact(a, b, X, mode);
    fmpq_mul(X, X, X);
    fmpq_clear(a), fmpq_clear(b);
}

/* The largest X in the first steps from alpha, in doubles. */
static double largest_factor(const ew_mode_t mode, const fmpq_t alpha)
{
    double L = (double)mode->depth, eta = fmpq_get_d(mode->eta), sigma = fmpq_get_d(mode->sigma);
    double a = 0, b = fmpq_get_d(alpha), largest = 0;
    for (int t = 0; t < 2000; t++) {
        double k = -eta * (a * pow(b, L - 1) - sigma) * pow(b, L - 2), next = a + k * b;
        b += k * a;
        a = next;
        largest = fmax(largest, k * k);
    }
    return largest;
}

static void both_sides_hold(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        const char *eta, *sigma;
    } rows[] = {{2, "23/20", "1"},  {2, "7/5", "1"},    {3, "7/10", "1"},
                {3, "9/250", "10"}, {5, "1/2", "9/10"}, {8, "11/40", "1"}};
    ew_mode_t mode;
    fmpq_t contracts, grows, X, two;
    ew_effort effort = ew_effort_default();
    ew_mode_init(mode);
    fmpq_init(contracts), fmpq_init(grows), fmpq_init(X), fmpq_init(two);
    fmpq_set_si(two, 2, 1);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        slong step;
        mode->depth = rows[i].depth;
        fmpq_set_str(mode->eta, rows[i].eta, 10);
        fmpq_canonicalise(mode->eta);
        fmpq_set_str(mode->sigma, rows[i].sigma, 10);
        fmpq_canonicalise(mode->sigma);
        assert_int_equal(ew_balance_tightness(contracts, grows, &step, mode, &effort), EW_OK);
        assert_true(fmpq_sgn(contracts) > 0 && fmpq_cmp(contracts, grows) < 0);
        assert_true(step >= 0 && step < 8);
        exact_factor(X, mode, grows, step);
        assert_true(fmpq_cmp(X, two) > 0);
        for (slong t = 0; t < step; t++) { /* the first such step */
            exact_factor(X, mode, grows, t);
            assert_true(fmpq_cmp(X, two) < 0);
        }
        assert_true(largest_factor(mode, contracts) < 2);
    }
    /* L = 2, s >= 2 sqrt 2: X > 2 at the first step from every alpha */
    slong step;
    mode->depth = 2;
    fmpq_one(mode->sigma);
    fmpq_set_si(mode->eta, 3, 2);
    assert_int_equal(ew_balance_tightness(contracts, grows, &step, mode, &effort),
                     EW_UNDECIDED_STATUS);
    assert_true(fmpq_is_zero(contracts) && fmpq_sgn(grows) > 0 && step == 0);
    fmpq_clear(contracts), fmpq_clear(grows), fmpq_clear(X), fmpq_clear(two);
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(both_sides_hold)};
EW_TESTS(tests)
