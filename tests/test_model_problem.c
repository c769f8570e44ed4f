/* The model: exact regimes, exact steps from s, and the maps against each other. */
#include "modes.h"
#include "test.h"

/* s against 2 and 2 sqrt 2 where it is equal, rational or not, and next to it. */
static void regime_is_exact(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        const char *eta, *sigma;
        ew_regime regime;
    } rows[] = {
        {2, "1", "1", EW_EDGE},
        {2, "1/2", "2", EW_EDGE},
        {4, "1/16", "4", EW_EDGE}, /* sigma^(1/4) = sqrt 2 */
        {3, "2/3", "1", EW_EDGE},
        {3, "1/24", "8", EW_EDGE}, /* S = 3 * 8^(4/3) = 48 */
        {3, "2/3", "2", EW_BEYOND},
        {2,
         "100000000000000000000000000000000000000000000000001/"
         "100000000000000000000000000000000000000000000000000",
         "1", EW_BEYOND},
        {2,
         "99999999999999999999999999999999999999999999999999/"
         "100000000000000000000000000000000000000000000000000",
         "1", EW_BELOW},
        {1000000, "1/500000", "1", EW_EDGE},
        {5, "1", "1/1000", EW_BELOW},
    };
    ew_mode_t mode;
    ew_mode_init(mode);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ew_set_mode(mode, rows[i].depth, rows[i].eta, rows[i].sigma, "1/10");
        assert_int_equal(ew_mode_regime(mode), rows[i].regime);
    }
    fmpq_zero(mode->sigma);
    assert_int_equal(ew_mode_regime(mode), EW_BELOW);

    /* s = 2 sqrt 2 exactly: L = 4, sigma = 2, s = 4 eta 2^(3/2) = 8 sqrt 2 eta, eta = 1/4 */
    ew_set_mode(mode, 4, "1/4", "2", "1/10");
    assert_int_equal(ew_mode_cmp_s_sqrt8(mode), 0);
    ew_set_mode(mode, 4, "1000001/4000000", "2", "1/10");
    assert_int_equal(ew_mode_cmp_s_sqrt8(mode), 1);
    ew_set_mode(mode, 2, "141421356/100000000", "1", "1/10");
    assert_int_equal(ew_mode_cmp_s_sqrt8(mode), -1);
    ew_mode_clear(mode);
}

/* eta from s is exact when rational (s returns), and a close decimal when not. */
static void eta_from_s(void **state)
{
    (void)state;
    ew_mode_t mode;
    fmpq_t s;
    arb_t ball;
    ew_mode_init(mode);
    fmpq_init(s);
    arb_init(ball);
    fmpq_set_str(s, "11/5", 10);
    ew_set_mode(mode, 3, "1", "8", "1/10");
    assert_int_equal(ew_eta_from_s(mode->eta, 3, s, mode->sigma), EW_OK);
    assert_int_equal(ew_mode_cmp_s(mode, s), 0);
    ew_set_mode(mode, 2, "1", "7/3", "1/10"); /* every sigma at L = 2 */
    assert_int_equal(ew_eta_from_s(mode->eta, 2, s, mode->sigma), EW_OK);
    assert_int_equal(ew_mode_cmp_s(mode, s), 0);
    static const char *const sigmas[] = {"10", "1/999999", "123456789"};
    for (int i = 0; i < 3; i++) {
        ew_set_mode(mode, 3, "1", sigmas[i], "1/10");
        assert_int_equal(ew_eta_from_s(mode->eta, 3, s, mode->sigma), EW_BAD_INPUT);
        ew_mode_s(ball, mode, 128);
        double found = arf_get_d(arb_midref(ball), ARF_RND_NEAR);
        assert_true(found > 2.2 - 1e-13 && found < 2.2 + 1e-13);
    }
    arb_clear(ball);
    fmpq_clear(s);
    ew_mode_clear(mode);
}

/* A few random steps: the ball contains the exact state, the gap has its factor, and a = b follows
 * the balanced map. */
static void maps_agree(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed()};
    ew_mode_t mode;
    ew_ball_mode_t ball;
    fmpq_t a, b, k, gap, next, t;
    arb_t A, B, K, R, x;
    ew_mode_init(mode);
    fmpq_init(a), fmpq_init(b), fmpq_init(k), fmpq_init(gap), fmpq_init(next), fmpq_init(t);
    arb_init(A), arb_init(B), arb_init(K), arb_init(R), arb_init(x);
    for (int i = 0; i < 200; i++) {
        mode->depth = 2 + (slong)ew_random_below(&random, 7);
        fmpq_set_si(mode->eta, 1 + (slong)ew_random_below(&random, 50), 40);
        fmpq_set_si(mode->sigma, 1 + (slong)ew_random_below(&random, 50),
                    1 + ew_random_below(&random, 30));
        fmpq_set_si(a, (slong)ew_random_below(&random, 60) - 20, 30);
        fmpq_set_si(b, 1 + (slong)ew_random_below(&random, 60), 40);
        ew_ball_mode_init(ball, mode, 64);
        arb_set_fmpq(A, a, 64);
        arb_set_fmpq(B, b, 64);
        fmpq_mul(gap, a, a);
        fmpq_submul(gap, b, b);
        ew_pair_step_exact(a, b, k, mode);
        ew_pair_step_ball(A, B, K, R, ball);
        assert_true(arb_contains_fmpq(A, a) && arb_contains_fmpq(B, b) && arb_contains_fmpq(K, k));
        fmpq_mul(next, a, a);
        fmpq_submul(next, b, b);
        fmpq_mul(t, k, k);
        fmpq_mul(t, t, gap);
        fmpq_sub(gap, gap, t); /* (1 - k^2) gap */
        assert_true(fmpq_equal(next, gap));

        fmpq_set(a, b);
        arb_set_fmpq(x, a, 64);
        ew_pair_step_exact(a, b, k, mode);
        ew_balanced_step_ball(x, NULL, ball);
        assert_true(fmpq_equal(a, b));
        assert_true(arb_contains_fmpq(x, a));
        ew_ball_mode_clear(ball);
    }
    fmpq_clear(a), fmpq_clear(b), fmpq_clear(k), fmpq_clear(gap), fmpq_clear(next), fmpq_clear(t);
    arb_clear(A), arb_clear(B), arb_clear(K), arb_clear(R), arb_clear(x);
    ew_mode_clear(mode);
}

static void singular_values_are_sorted(void **state)
{
    (void)state;
    ew_problem_t problem;
    ew_mode_t mode;
    ew_problem_init(problem);
    ew_mode_init(mode);
    fmpq *sigma = _fmpq_vec_init(3);
    fmpq_set_si(sigma, 1, 2);
    fmpq_set_si(sigma + 1, 3, 1);
    fmpq_set_si(sigma + 2, 1, 2);
    ew_problem_set_sigma(problem, sigma, 3);
    ew_problem_set_sigma(problem, sigma, 3); /* replaces, does not leak */
    ew_problem_mode(mode, problem, 0);
    assert_true(fmpq_equal_si(mode->sigma, 3));
    ew_problem_mode(mode, problem, 2);
    assert_true(fmpq_equal(mode->sigma, sigma));
    ew_problem_mode(mode, problem, 3);
    assert_true(fmpq_is_zero(mode->sigma));
    _fmpq_vec_clear(sigma, 3);
    ew_mode_clear(mode);
    ew_problem_clear(problem);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(regime_is_exact),
    cmocka_unit_test(eta_from_s),
    cmocka_unit_test(maps_agree),
    cmocka_unit_test(singular_values_are_sorted),
};
EW_TESTS(tests)
