/* Multipliers and flip thresholds: closed forms, published digits, a second way. */
#include "modes.h"
#include "test.h"
#include <edgewise/predict.h>

/* s_2(2) = 2 (sqrt 5 - 1), and the known digits at depths 3, 4 and near the limit. */
static void known_thresholds(void **state)
{
    (void)state;
    arb_t s, t;
    arb_init(s);
    arb_init(t);
    assert_int_equal(ew_flip_threshold(s, 2, 300), EW_OK);
    arb_sqrt_ui(t, 5, 400);
    arb_sub_ui(t, t, 1, 400);
    arb_mul_2exp_si(t, t, 1);
    assert_true(arb_overlaps(s, t) && arb_rel_accuracy_bits(s) >= 300);
    static const struct {
        slong depth;
        double s;
    } rows[] = {
        {3, 2.4892147856786}, {4, 2.4943385448727}, {8, 2.4996954716257}, {1000000, 2.50329121848}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(ew_flip_threshold(s, rows[i].depth, 100), EW_OK);
        double found = arf_get_d(arb_midref(s), ARF_RND_NEAR);
        assert_true(found > rows[i].s - 1e-10 && found < rows[i].s + 1e-10);
    }
    arb_clear(s);
    arb_clear(t);
}

/* At rational s just below and above the threshold the multiplier made from the roots is on the right side
 * of -1: the two routes to s_2 share only the roots' theorem. */
static void threshold_separates(void **state)
{
    (void)state;
    arb_t s;
    arb_init(s);
    ew_mode_t mode;
    ew_roots_t roots;
    ew_stability_t stability;
    ew_mode_init(mode);
    ew_roots_init(roots);
    ew_stability_init(stability);
    for (slong L = 2; L <= 33; L += L < 8 ? 1 : 5) {
        mode->depth = L;
        assert_int_equal(ew_flip_threshold(s, L, 100), EW_OK);
        for (int side = -1; side <= 1; side += 2) {
            arf_get_fmpq(mode->eta, arb_midref(s));
            fmpq_t t;
            fmpq_init(t);
            fmpq_set_si(t, side, 1000000000000);
            fmpq_add(mode->eta, mode->eta, t);
            fmpq_div_fmpz(mode->eta, mode->eta, (fmpz[]){L});
            fmpq_clear(t);
            assert_int_equal(ew_orbit_roots(roots, mode, 128, 4096, NULL), EW_OK);
            ew_orbit_stability(stability, roots, mode, 128);
            assert_int_equal(stability->attracts, side < 0 ? EW_YES : EW_NO);
        }
    }
    ew_stability_clear(stability);
    ew_roots_clear(roots);
    ew_mode_clear(mode);
    arb_clear(s);
}

/* Depth 2 in closed form: along 9 - 2 c^2, across 5 - 2 c, c = 1 + s/2; and across = 1 + 2 k_1 k_2 at any
 * depth, with along < 1 for every s > 2. */
static void multipliers_in_closed_form(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed()};
    ew_mode_t mode;
    ew_roots_t roots;
    ew_stability_t stability;
    ew_ball_mode_t ball;
    arb_t c, t, k;
    ew_mode_init(mode);
    ew_roots_init(roots);
    ew_stability_init(stability);
    arb_init(c), arb_init(t), arb_init(k);
    for (int i = 0; i < 40; i++) {
        ew_random_mode(mode, &random, 2 + i % 5);
        if (ew_mode_regime(mode) != EW_BEYOND)
            continue;
        assert_int_equal(ew_orbit_roots(roots, mode, 128, 4096, NULL), EW_OK);
        ew_orbit_stability(stability, roots, mode, 128);
        arb_one(t);
        assert_true(arb_lt(stability->along, t));
        ew_ball_mode_init(ball, mode, 200);
        ew_pair_factor_ball(k, t, roots->roots[roots->low].x, roots->roots[roots->low].x, ball);
        ew_pair_factor_ball(c, t, roots->roots[roots->high].x, roots->roots[roots->high].x, ball);
        arb_mul(t, k, c, 200);
        arb_mul_2exp_si(t, t, 1);
        arb_add_ui(t, t, 1, 200);
        assert_true(arb_overlaps(t, stability->across));
        if (mode->depth == 2) {
            ew_mode_s(c, mode, 200);
            arb_mul_2exp_si(c, c, -1);
            arb_add_ui(c, c, 1, 200);
            arb_mul_2exp_si(t, c, 1);
            arb_sub_ui(t, t, 5, 200);
            arb_neg(t, t);
            assert_true(arb_overlaps(t, stability->across));
            arb_sqr(t, c, 200);
            arb_mul_2exp_si(t, t, 1);
            arb_sub_ui(t, t, 9, 200);
            arb_neg(t, t);
            assert_true(arb_overlaps(t, stability->along) &&
                        arb_rel_accuracy_bits(stability->along) > 80);
        }
        ew_ball_mode_clear(ball);
    }
    arb_clear(c), arb_clear(t), arb_clear(k);
    ew_stability_clear(stability);
    ew_roots_clear(roots);
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(known_thresholds),
    cmocka_unit_test(threshold_separates),
    cmocka_unit_test(multipliers_in_closed_form),
};
EW_TESTS(tests)
