/* The orbit polynomial by two routes, against its own definition, and the defect of the library below
 * that its making avoids. */
#include "modes.h"
#include "test.h"
#include <edgewise/predict.h>

/* Both expanded routes agree, the degree is right, and values agree with the unexpanded exact form up to
 * one positive constant. */
static void check_routes(const ew_mode_t mode)
{
    fmpz_poly_t one, two;
    fmpq_t x, value, scale, t;
    fmpz_poly_init(one);
    fmpz_poly_init(two);
    fmpq_init(x), fmpq_init(value), fmpq_init(scale), fmpq_init(t);
    assert_int_equal(ew_orbit_poly_build(one, mode), EW_OK);
    assert_int_equal(ew_orbit_poly_by_division(two, mode), EW_OK);
    assert_true(fmpz_poly_equal(one, two));
    slong L = mode->depth;
    assert_int_equal(fmpz_poly_degree(one), (2 * L - 1) * (2 * L - 2));
    for (slong i = 1; i <= 3; i++) {
        fmpq_set_si(x, 2 * i - 3, (ulong)(2 * i));
        fmpz_poly_evaluate_fmpq(t, one, x);
        ew_orbit_eval_exact(value, x, mode);
        fmpq_div(t, t, value);
        if (i == 1)
            fmpq_set(scale, t);
        assert_true(fmpq_equal(t, scale) && fmpq_sgn(t) > 0);
    }
    fmpz_poly_clear(one);
    fmpz_poly_clear(two);
    fmpq_clear(x), fmpq_clear(value), fmpq_clear(scale), fmpq_clear(t);
}

static void two_routes_agree(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed()};
    ew_mode_t mode;
    ew_mode_init(mode);
    for (slong L = 2; L <= 20; L++)
        for (int i = 0; i < (L <= 8 ? 6 : 1); i++) {
            ew_random_mode(mode, &random, L);
            check_routes(mode);
        }
    ew_mode_clear(mode);
}

/* The definition: Phi (g(x) - x) = g(g(x)) - x, in exact rationals. */
static void is_the_dynatomic_polynomial(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 1};
    ew_mode_t mode;
    fmpq_t x, a, b, k, first, second, phi;
    ew_mode_init(mode);
    fmpq_init(x), fmpq_init(a), fmpq_init(b), fmpq_init(k);
    fmpq_init(first), fmpq_init(second), fmpq_init(phi);
    for (slong L = 2; L <= 9; L++)
        for (int i = 0; i < 5; i++) {
            ew_random_mode(mode, &random, L);
            fmpq_set_si(x, (slong)ew_random_below(&random, 40) - 20, 17);
            fmpq_set(a, x);
            fmpq_set(b, x);
            ew_pair_step_exact(a, b, k, mode);
            fmpq_sub(first, a, x);
            ew_pair_step_exact(a, b, k, mode);
            fmpq_sub(second, a, x);
            ew_orbit_eval_exact(phi, x, mode);
            fmpq_mul(phi, phi, first);
            assert_true(fmpq_equal(phi, second));
        }
    fmpq_clear(x), fmpq_clear(a), fmpq_clear(b), fmpq_clear(k);
    fmpq_clear(first), fmpq_clear(second), fmpq_clear(phi);
    ew_mode_clear(mode);
}

/* Balls contain the exact value, their derivative the exact difference quotient's limit (by the expanded
 * polynomial), and MPFR is close. */
static void arithmetics_agree(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 2};
    ew_mode_t mode;
    ew_ball_mode_t ball;
    fmpz_poly_t poly, slope;
    fmpq_t x, value, scale, t;
    arb_t X, V, D, E;
    mpfr_t m, v;
    ew_mode_init(mode);
    fmpz_poly_init(poly);
    fmpz_poly_init(slope);
    fmpq_init(x), fmpq_init(value), fmpq_init(scale), fmpq_init(t);
    arb_init(X), arb_init(V), arb_init(D), arb_init(E);
    mpfr_init2(m, 300);
    mpfr_init2(v, 300);
    for (slong L = 2; L <= 10; L++) {
        ew_random_mode(mode, &random, L);
        ew_ball_mode_init(ball, mode, 200);
        assert_int_equal(ew_orbit_poly_build(poly, mode), EW_OK);
        fmpz_poly_derivative(slope, poly);
        fmpq_set_si(x, 1 + (slong)ew_random_below(&random, 30), 23);
        ew_orbit_eval_exact(value, x, mode);
        arb_set_fmpq(X, x, 200);
        ew_orbit_eval_ball(V, D, X, ball);
        assert_true(arb_contains_fmpq(V, value) && arb_rel_accuracy_bits(V) > 100);
        fmpz_poly_evaluate_fmpq(scale, poly, x);
        fmpq_div(scale, scale, value);
        fmpz_poly_evaluate_fmpq(t, slope, x);
        fmpq_div(t, t, scale);
        assert_true(arb_contains_fmpq(D, t) && arb_rel_accuracy_bits(D) > 90);
        ew_orbit_eval_ball(E, NULL, X, ball);
        assert_true(arb_equal(E, V));
        fmpq_get_mpfr(m, x, MPFR_RNDN);
        ew_orbit_eval_mpfr(v, m, mode);
        arf_t f;
        arf_init(f);
        arf_set_mpfr(f, v);
        arb_set_arf(E, f);
        arf_clear(f);
        arb_sub(E, E, V, 200);
        assert_true(mag_cmp_2exp_si(arb_radref(V), -80) < 0);
        mag_t size;
        mag_init(size);
        arb_get_mag(size, E);
        assert_true(mag_cmp_2exp_si(size, -80) < 0);
        mag_clear(size);

        /* a wide ball holds the values at points inside it */
        mag_set_ui_2exp_si(arb_radref(X), 1, -6);
        ew_orbit_eval_ball(V, D, X, ball);
        fmpq_set_si(t, 1, 100);
        fmpq_add(x, x, t);
        ew_orbit_eval_exact(value, x, mode);
        assert_true(arb_contains_fmpq(V, value));
        ew_ball_mode_clear(ball);
    }
    mpfr_clear(m);
    mpfr_clear(v);
    arb_clear(X), arb_clear(V), arb_clear(D), arb_clear(E);
    fmpq_clear(x), fmpq_clear(value), fmpq_clear(scale), fmpq_clear(t);
    fmpz_poly_clear(poly);
    fmpz_poly_clear(slope);
    ew_mode_clear(mode);
}

/* The known trigger of the wrong product: (2^286 - 1)(1 + x + ... + x^7) times its negative. Whatever
 * fmpz_poly_mul answers here, the check says yes to the right product and no to a wrong one. */
static void wrong_products_are_caught(void **state)
{
    (void)state;
    fmpz_poly_t a, b, right, library;
    fmpz_t c;
    fmpz_poly_init(a), fmpz_poly_init(b), fmpz_poly_init(right), fmpz_poly_init(library);
    fmpz_init(c);
    fmpz_one(c);
    fmpz_mul_2exp(c, c, 286);
    fmpz_sub_ui(c, c, 1);
    for (slong i = 0; i < 8; i++)
        fmpz_poly_set_coeff_fmpz(a, i, c);
    fmpz_poly_neg(b, a);
    fmpz_poly_mul_KS(right, a, b);
    fmpz_poly_mul(library, a, b);
    print_message("fmpz_poly_mul is %s on its known trigger\n",
                  fmpz_poly_equal(library, right) ? "right" : "WRONG");
    assert_true(ew_poly_product_stands(right, a, b));
    assert_int_equal(ew_poly_product_stands(library, a, b), fmpz_poly_equal(library, right));
    fmpz_poly_neg(library, right); /* the defect itself: a sign lost */
    assert_false(ew_poly_product_stands(library, a, b));
    fmpz_poly_set(library, right);
    fmpz_poly_get_coeff_fmpz(c, library, 5);
    fmpz_add_ui(c, c, 1);
    fmpz_poly_set_coeff_fmpz(library, 5, c);
    assert_false(ew_poly_product_stands(library, a, b));
    fmpz_clear(c);
    fmpz_poly_clear(a), fmpz_poly_clear(b), fmpz_poly_clear(right), fmpz_poly_clear(library);
}

/* Absurd depths are refused before anything is allocated. */
static void absurd_depths_are_refused(void **state)
{
    (void)state;
    ew_mode_t mode;
    fmpz_poly_t poly;
    ew_mode_init(mode);
    fmpz_poly_init(poly);
    mode->depth = 1000000000;
    assert_int_equal(ew_orbit_poly_build(poly, mode), EW_RESOURCES);
    mode->depth = 50000;
    assert_int_equal(ew_orbit_poly_build(poly, mode), EW_RESOURCES);
    assert_int_equal(ew_orbit_poly_by_division(poly, mode), EW_RESOURCES);
    mode->depth = 64;
    fmpq_set_si(mode->eta, 11, 320);
    assert_int_equal(ew_orbit_poly_build(poly, mode), EW_OK);
    assert_int_equal(fmpz_poly_degree(poly), 127 * 126);
    fmpz_poly_clear(poly);
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(two_routes_agree),          cmocka_unit_test(is_the_dynatomic_polynomial),
    cmocka_unit_test(arithmetics_agree),         cmocka_unit_test(wrong_products_are_caught),
    cmocka_unit_test(absurd_depths_are_refused),
};
EW_TESTS(tests)
