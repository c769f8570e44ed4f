/* The forms of the lemmas on pairs, theory/rank-p-for-all-depths.md: their values, their derivatives, what they bound. */
#include "predict/proof/lemma.h"
#include "predict/proof/pair.h"
#include "problems.h"
#include <edgewise/proof.h>
#include <math.h>
#include <string.h>

enum { PREC = 400 };

/* ---- F again, in the layers' own numbers: (8), (9), (11) - (14) ---- */

typedef long double number;

/* x, u and r at a point, eta = 1; t > 0 at the low point. */
typedef struct {
    number x, u, r;
} spot;

static spot oscillating(slong depth, number t)
{
    number theta = t / depth;
    number square =
        t == 0 ? 2.0L / depth : 2 * sinhl(theta) * coshl((depth - 1) * theta) / sinhl(t);
    spot p = {.x = powl(square, 1.0L / (2 * depth - 2)) * expl(-theta), .u = expl(2 * theta)};
    p.r = -expm1l(2 * theta) * powl(p.x, 2 - depth);
    return p;
}

static spot stationary(slong depth, number s)
{
    return (spot){powl(s / depth, 1.0L / (2 * depth - 2)), 1, 0};
}

static number homogeneous(spot i, spot j, slong n)
{
    number sum = 0;
    for (slong m = 0; m < n; m++)
        sum += powl(i.x * i.x * i.u, n - 1 - m) * powl(j.x * j.x * j.u, m);
    return sum;
}

/* The determinant's part of one point, and the lower bound of it: of C_1 by (28), of the modes by (29), (30).
 * `sign` is that of h in the bound: 1. */
static void at_point(number *exact, number *bound, spot i, spot j, slong depth, int sign)
{
    number L = depth, x = i.x, y = j.x, X = x * i.u, Y = y * j.u, xL = powl(x, L), yL = powl(y, L);
    number alpha = 1 - i.u, beta = 1 - j.u, w = 1 - alpha * beta,
           sums = homogeneous(i, j, depth - 1);
    number f = xL * powl(i.u, L - 1) + yL * powl(j.u, L - 1) + sums * (y * y * i.r + x * x * j.r);
    f = f / (xL + yL) - homogeneous(i, j, depth) - i.r * j.r * sums;
    number K = (x - y) * (x - y) / (x * y), next = (X - Y) * (X - Y) / (X * Y);
    number turn = alpha * x - beta * y, om = (K - turn * turn / (x * y)) / w;
    number weight = (alpha - beta) * (alpha - beta) * (xL + yL - i.r - j.r) *
                    (powl(X, L) + powl(Y, L)) / (w * X * Y);
    number one = 0, modes = 1;
    for (slong k = 1; k < depth; k += 2) {
        number lambda = 2 - 2 * cosl(acosl(-1) * k / L), sine = sinl(acosl(-1) * k / L);
        one += 4 / L * sine * sine / ((om + lambda) * (K + lambda) * (next + lambda));
        modes *= w * (om + lambda) / (K + lambda);
    }
    *exact *= (f - weight * one) * modes;
    number v = 9.87L - 7.8L / (L * L);
    number kappa = v * (4 - v / (L * L)) / powl(v + 1.02L, 3), z = om * L * L;
    number c = z / 4 - 3 * z * z / (128 * L * L);
    c = 1 + c / 2 + c * c / 24 + c * c * c / 720;
    c *= 2 / (powl(x / y, L / 2) + powl(y / x, L / 2)) * expl(-L * alpha * beta / (2 * w));
    *bound *= (f - sign * weight * L * L * L * kappa) * c;
}

static void both_points(number *exact, number *bound, slong depth, double tau, double lambda,
                        bool is_beside, int sign)
{
    number e = 1 / (number)depth, t = tau;
    number psi = 2 * sinhl(e * t) / (e * sinhl(t)) * powl(coshl((2 - e) * t), 2 - 2 * e) /
                 powl(coshl((1 - e) * t), 1 - 2 * e);
    *exact = *bound = 1;
    for (int k = 1; k >= -1; k -= 2)
        at_point(exact, bound, oscillating(depth, k * t),
                 is_beside ? stationary(depth, 2 - 43 * lambda / 128 * (psi - 2))
                           : oscillating(depth, k * t * lambda),
                 depth, sign);
}

/* ---- the forms ---- */

/* F over e = 1/depth, the ball tau, and lambda; r[0 .. 2] when it is a series. */
static void form_over(arb_ptr r, jet_pool *pool, slong depth, const arb_t tau, double lambda,
                      bool is_beside)
{
    arb_ptr box = _arb_vec_init(JET_VARIABLES);
    arb_set_si(box, depth);
    arb_inv(box, box, pool->prec);
    arb_set(box + 1, tau);
    arb_set_d(box + 2, lambda);
    ew_jet_pool_reset_to_series(pool);
    _arb_vec_set(r, is_beside ? ew_pair_beside(pool, box) : ew_pair_both(pool, box), 3);
    _arb_vec_clear(box, JET_VARIABLES);
}

static void compare_value(jet_pool *pool, slong depth, double tau, double lambda, bool is_beside)
{
    number exact, bound;
    arb_ptr r = _arb_vec_init(4);
    arb_set_d(r + 3, tau);
    form_over(r, pool, depth, r + 3, lambda, is_beside);
    both_points(&exact, &bound, depth, tau, lambda, is_beside, 1);
    double value = arf_get_d(arb_midref(r), ARF_RND_NEAR);
    assert_true(arb_rel_accuracy_bits(r) > PREC / 2);
    assert_true(fabsl(value - bound) < 1e-13L * value);
    assert_true(value > 1 && exact > bound * (1 - 1e-16L) && exact < 1.8L * bound);
    _arb_vec_clear(r, 4);
}

static void value_is_a_bound_of_the_determinant(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 23};
    jet_pool pool;
    ew_jet_pool_init(&pool, LEMMA_JETS, PREC);
    for (slong depth = 3; depth <= 16; depth++)
        for (int trial = 0; trial < 20; trial++) {
            double tau = 0.26 + 0.23 * ew_random_unit(&random), lambda = ew_random_unit(&random);
            compare_value(&pool, depth, tau, lambda, false);
            compare_value(&pool, depth, tau, fabs(lambda), true);
        }
    ew_jet_pool_clear(&pool);
}

/* The derivatives by tau against differences of values half the precision apart. */
static void compare_derivatives(jet_pool *pool, slong depth, double tau, double lambda,
                                bool is_beside)
{
    arb_ptr middle = _arb_vec_init(3), left = _arb_vec_init(3), right = _arb_vec_init(3);
    arb_ptr t = _arb_vec_init(2);
    arb_set_d(t, tau);
    arb_set_si(t + 1, 1);
    arb_mul_2exp_si(t + 1, t + 1, -60);
    form_over(middle, pool, depth, t, lambda, is_beside);
    arb_add(t, t, t + 1, PREC);
    form_over(right, pool, depth, t, lambda, is_beside);
    arb_submul_ui(t, t + 1, 2, PREC);
    form_over(left, pool, depth, t, lambda, is_beside);
    arb_sub(t, right, left, PREC); /* the first, then half the second */
    arb_mul_2exp_si(t, t, 59);
    arb_sub(t, t, middle + 1, PREC);
    arb_add(t + 1, right, left, PREC);
    arb_submul_ui(t + 1, middle, 2, PREC);
    arb_mul_2exp_si(t + 1, t + 1, 119);
    arb_sub(t + 1, t + 1, middle + 2, PREC);
    for (int k = 0; k < 2; k++) {
        assert_true(arb_rel_accuracy_bits(middle + 1 + k) > PREC / 2);
        arb_mul_2exp_si(t + k, t + k, 100);
        arb_abs(t + k, t + k);
        arb_sub_ui(t + k, t + k, 1, PREC);
        assert_true(arb_is_negative(t + k));
    }
    _arb_vec_clear(middle, 3);
    _arb_vec_clear(left, 3);
    _arb_vec_clear(right, 3);
    _arb_vec_clear(t, 2);
}

static void derivatives_are_those_of_the_value(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 24};
    jet_pool pool;
    ew_jet_pool_init(&pool, LEMMA_JETS, PREC);
    for (int trial = 0; trial < 20; trial++) {
        double tau = 0.26 + 0.23 * ew_random_unit(&random), lambda = ew_random_unit(&random);
        compare_derivatives(&pool, 3 + trial, tau, lambda, false);
        compare_derivatives(&pool, 3 + trial, tau, fabs(lambda), true);
    }
    compare_derivatives(&pool, 3, 0x1p-40, 0.75, false);
    compare_derivatives(&pool, 5, 0.25, 1, false); /* equal values */
    compare_derivatives(&pool, 5, 0.25, -1, false);
    compare_derivatives(&pool, 5, 0.25, 0, true);
    ew_jet_pool_clear(&pool);
}

/* F = 1 and F' = 0 at tau = 0, for every e and lambda; a wide box's jet holds those of its points. */
static void boxes_hold_their_points(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 25};
    jet_pool pool;
    arb_ptr wide = _arb_vec_init(3), narrow = _arb_vec_init(3), tau = _arb_vec_init(1);
    ew_jet_pool_init(&pool, LEMMA_JETS, 64);
    for (int trial = 0; trial < 40; trial++) {
        bool is_beside = trial % 2 == 1;
        double lambda = fabs(ew_random_unit(&random)), x = 0.25 + 0.2 * ew_random_unit(&random);
        slong depth = 3 + trial % 7;
        arb_zero(tau);
        form_over(wide, &pool, depth, tau, lambda, is_beside);
        arb_sub_ui(narrow, wide, 1, 64);
        assert_true(arb_contains_zero(narrow) && arb_contains_zero(wide + 1));
        assert_true(arb_is_positive(wide + 2) && arb_rel_accuracy_bits(wide + 2) > 30);
        arb_set_d(tau, x);
        form_over(narrow, &pool, depth, tau, lambda, is_beside);
        mag_set_d(arb_radref(tau), 0x1p-10);
        form_over(wide, &pool, depth, tau, lambda, is_beside);
        for (int k = 0; k < 3; k++)
            assert_true(arb_contains(wide + k, narrow + k));
    }
    ew_jet_pool_clear(&pool);
    _arb_vec_clear(wide, 3);
    _arb_vec_clear(narrow, 3);
    _arb_vec_clear(tau, 1);
}

/* With the other sign of h the bound is below 1: the lemma would be false. */
static void the_sign_of_h_matters(void **state)
{
    (void)state;
    number exact, bound;
    both_points(&exact, &bound, 3, 0.3, -0.5, false, -1);
    assert_true(bound < 1 && exact > 1);
    both_points(&exact, &bound, 8, 0.3, -1, false, -1);
    assert_true(bound < 1 && exact > 1);
}

static void small_regions_are_proved(void **state)
{
    (void)state;
    ew_proof_t proof;
    ew_proof_init(proof);
    assert_int_equal(ew_prove(proof, "rank-p-unstable", 8, 12, 64, NULL, NULL), EW_OK);
    assert_true(ew_proof_is_complete(proof) && proof->count == 3);
    ew_proof_clear(proof);
    ew_proof_init(proof);
    assert_int_equal(ew_prove(proof, "stationary-unstable", 20, 0, 64, NULL, NULL), EW_OK);
    assert_true(ew_proof_is_complete(proof) && proof->count == 2);
    ew_proof_clear(proof);
}

/* They speak of depth 3 and more. */
static void depths_below_the_least(void **state)
{
    (void)state;
    ew_proof_t proof;
    ew_proof_init(proof);
    assert_int_equal(ew_theorem_least("rank-p-unstable"), 3);
    assert_int_equal(ew_theorem_least("balancing-gap"), 2);
    assert_int_equal(ew_prove(proof, "rank-p-unstable", 2, 2, 64, NULL, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_prove(proof, "stationary-unstable", 2, 3, 64, NULL, NULL), EW_OK);
    assert_int_equal(proof->first, 3);
    assert_true(ew_proof_is_complete(proof));
    ew_proof_clear(proof);
    ew_run run = ew_run_shell(EW_PROGRAM " prove rank-p-unstable --region 2");
    assert_int_equal(run.code, 2);
    assert_string_equal(run.err, "edgewise: --region: rank-p-unstable needs depth 3 or more\n");
    assert_string_equal(run.out, "");
    ew_run_free(&run);
    run = ew_run_shell(EW_PROGRAM " prove --region 2");
    assert_int_equal(run.code, 0);
    assert_non_null(strstr(run.err, "stationary-unstable needs depth 3 or more and is left out\n"));
    assert_null(strstr(run.out, "unstable"));
    ew_run_free(&run);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(value_is_a_bound_of_the_determinant),
    cmocka_unit_test(derivatives_are_those_of_the_value),
    cmocka_unit_test(boxes_hold_their_points),
    cmocka_unit_test(the_sign_of_h_matters),
    cmocka_unit_test(small_regions_are_proved),
    cmocka_unit_test(depths_below_the_least),
};
EW_TESTS(tests)
