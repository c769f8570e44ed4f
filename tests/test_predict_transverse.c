/* The determinant of a pair's odd sector, theory/rank-p-for-all-depths.md (14), and the instability it proves. */
#include "predict/floquet.h"
#include "predict/proof/lemma.h"
#include "predict/proof/pair.h"
#include "problems.h"
#include <math.h>

enum { PREC = 256 };

/* x, u and r of a balanced orbit's point, eta = 1, u = exp(2 theta): theta > 0 at the low point. */
typedef struct {
    arb_t x, u, r;
} spot;

static void spot_init(spot *p, slong depth, const arb_t theta)
{
    arb_t s, t;
    arb_init(p->x);
    arb_init(p->u);
    arb_init(p->r);
    arb_init(s);
    arb_init(t);
    arb_mul_si(t, theta, depth - 1, PREC);
    arb_cosh(t, t, PREC);
    arb_sinh(s, theta, PREC);
    arb_mul(p->x, s, t, PREC);
    arb_mul_2exp_si(p->x, p->x, 1);
    arb_mul_si(t, theta, depth, PREC);
    arb_sinh(t, t, PREC);
    arb_div(p->x, p->x, t, PREC);
    arb_root_ui(p->x, p->x, 2 * (ulong)depth - 2, PREC);
    arb_exp(t, theta, PREC);
    arb_sqr(p->u, t, PREC);
    arb_div(p->x, p->x, t, PREC);
    arb_sub_ui(p->r, p->u, 1, PREC); /* r = (1 - u) x^(2 - L) */
    arb_neg(p->r, p->r);
    arb_pow_ui(t, p->x, (ulong)depth - 2, PREC);
    arb_div(p->r, p->r, t, PREC);
    arb_clear(s);
    arb_clear(t);
}

static void spot_clear(spot *p)
{
    arb_clear(p->x);
    arb_clear(p->u);
    arb_clear(p->r);
}

/* sum of (x u x)^(n - 1 - m) (y v y)^m over 0 <= m < n */
static void homogeneous(arb_t sum, const spot *i, const spot *j, slong n)
{
    arb_t a, b;
    arb_init(a);
    arb_init(b);
    arb_sqr(a, i->x, PREC);
    arb_mul(a, a, i->u, PREC);
    arb_sqr(b, j->x, PREC);
    arb_mul(b, b, j->u, PREC);
    arb_t power;
    arb_init(power);
    arb_one(power);
    arb_zero(sum);
    for (slong m = 0; m < n; m++) {
        arb_mul(sum, sum, a, PREC);
        arb_add(sum, sum, power, PREC);
        arb_mul(power, power, b, PREC);
    }
    arb_clear(power);
    arb_clear(a);
    arb_clear(b);
}

/* (p - q)^2 / (p q) */
static void squared_ratio(arb_t value, const arb_t p, const arb_t q)
{
    arb_t t;
    arb_init(t);
    arb_sub(value, p, q, PREC);
    arb_sqr(value, value, PREC);
    arb_mul(t, p, q, PREC);
    arb_div(value, value, t, PREC);
    arb_clear(t);
}

enum { X, Y, XL, YL, UP, VP, ALPHA, BETA, W, Z, H, F, G, A, B, C, S, T, NUMBERS };

/* (f + h) times the product of d_k at one point, (8) - (13). */
static void one_point(arb_t value, const spot *i, const spot *j, slong depth)
{
    arb_ptr n = _arb_vec_init(NUMBERS);
    arb_mul(n + X, i->x, i->u, PREC); /* x', y' */
    arb_mul(n + Y, j->x, j->u, PREC);
    arb_pow_ui(n + XL, i->x, (ulong)depth, PREC);
    arb_pow_ui(n + YL, j->x, (ulong)depth, PREC);
    arb_pow_ui(n + UP, i->u, (ulong)depth - 1, PREC);
    arb_pow_ui(n + VP, j->u, (ulong)depth - 1, PREC);
    arb_sub_ui(n + ALPHA, i->u, 1, PREC);
    arb_neg(n + ALPHA, n + ALPHA);
    arb_sub_ui(n + BETA, j->u, 1, PREC);
    arb_neg(n + BETA, n + BETA);
    arb_mul(n + W, n + ALPHA, n + BETA, PREC);
    arb_sub_ui(n + W, n + W, 1, PREC);
    arb_neg(n + W, n + W);
    homogeneous(n + Z, i, j, depth);
    homogeneous(n + H, i, j, depth - 1);
    /* f */
    arb_sqr(n + S, j->x, PREC);
    arb_mul(n + F, n + S, i->r, PREC);
    arb_sqr(n + S, i->x, PREC);
    arb_addmul(n + F, n + S, j->r, PREC);
    arb_mul(n + F, n + F, n + H, PREC);
    arb_addmul(n + F, n + XL, n + UP, PREC);
    arb_addmul(n + F, n + YL, n + VP, PREC);
    arb_add(n + S, n + XL, n + YL, PREC);
    arb_div(n + F, n + F, n + S, PREC);
    arb_sub(n + F, n + F, n + Z, PREC);
    arb_mul(n + T, i->r, j->r, PREC);
    arb_submul(n + F, n + T, n + H, PREC);
    /* the three arguments: Om, K, K' */
    squared_ratio(n + B, i->x, j->x);
    squared_ratio(n + C, n + X, n + Y);
    arb_mul(n + A, n + ALPHA, i->x, PREC);
    arb_submul(n + A, n + BETA, j->x, PREC);
    arb_sqr(n + A, n + A, PREC);
    arb_mul(n + T, i->x, j->x, PREC);
    arb_div(n + A, n + A, n + T, PREC);
    arb_sub(n + A, n + B, n + A, PREC);
    arb_div(n + A, n + A, n + W, PREC);
    /* the modes: value = prod d_k, G = C_1[Om, K, K'] */
    arb_one(value);
    for (slong k = 1; k < depth; k += 2) {
        arb_t lambda, sine;
        arb_init(lambda);
        arb_init(sine);
        arb_set_si(lambda, k);
        arb_div_si(lambda, lambda, depth, PREC);
        arb_sin_cos_pi(sine, lambda, lambda, PREC);
        arb_mul_si(lambda, lambda, -2, PREC);
        arb_add_ui(lambda, lambda, 2, PREC);
        arb_sqr(sine, sine, PREC);
        arb_add(n + S, n + A, lambda, PREC);
        arb_mul(value, value, n + S, PREC);
        arb_div(sine, sine, n + S, PREC);
        arb_add(n + S, n + B, lambda, PREC);
        arb_div(value, value, n + S, PREC);
        arb_div(sine, sine, n + S, PREC);
        arb_add(n + S, n + C, lambda, PREC);
        arb_div(sine, sine, n + S, PREC);
        arb_mul(value, value, n + W, PREC);
        arb_add(n + G, n + G, sine, PREC);
        arb_clear(lambda);
        arb_clear(sine);
    }
    arb_mul_ui(n + G, n + G, 4, PREC);
    arb_div_si(n + G, n + G, depth, PREC);
    /* h, with sigma_i + sigma_j = x^L + y^L - r_i - r_j */
    arb_add(n + S, n + XL, n + YL, PREC);
    arb_sub(n + S, n + S, i->r, PREC);
    arb_sub(n + S, n + S, j->r, PREC);
    arb_mul(n + G, n + G, n + S, PREC);
    arb_sub(n + S, n + ALPHA, n + BETA, PREC);
    arb_sqr(n + S, n + S, PREC);
    arb_mul(n + G, n + G, n + S, PREC);
    arb_mul(n + S, n + XL, n + UP, PREC); /* x'^L = x^L u^(L-1) u */
    arb_mul(n + S, n + S, i->u, PREC);
    arb_mul(n + T, n + YL, n + VP, PREC);
    arb_addmul(n + S, n + T, j->u, PREC);
    arb_mul(n + G, n + G, n + S, PREC);
    arb_mul(n + S, n + X, n + Y, PREC);
    arb_mul(n + S, n + S, n + W, PREC);
    arb_div(n + G, n + G, n + S, PREC);
    arb_sub(n + F, n + F, n + G, PREC);
    arb_mul(value, value, n + F, PREC);
    _arb_vec_clear(n, NUMBERS);
}

static void set_point(ew_point_t point, const ew_problem_t problem, const spot *i, const spot *j)
{
    slong depth = problem->depth;
    ew_point_init(point, problem, PREC);
    for (slong k = 0; k < 2; k++) {
        const spot *p = k == 0 ? i : j;
        for (slong l = 0; l < depth; l++)
            arb_set(point->scalars + k * depth + l, p->x);
        arb_pow_ui(point->sigma + k, p->x, (ulong)depth, PREC);
        arb_sub(point->sigma + k, point->sigma + k, p->r, PREC);
    }
}

/* A stationary value's: x = (s/depth)^(1/(2 depth - 2)). */
static void spot_init_minimum(spot *p, slong depth, const arb_t s)
{
    arb_init(p->x);
    arb_init(p->u);
    arb_init(p->r);
    arb_one(p->u);
    arb_div_si(p->x, s, depth, PREC);
    arb_root_ui(p->x, p->x, 2 * (ulong)depth - 2, PREC);
}

/* The closed form for i, j at the first point, then at the second, holds the determinant of the sector of
 * ew_floquet_pair's ball matrix; and is certainly larger than `least`. */
static void compare(const spot p[4], slong depth, double least)
{
    arb_t one, closed, dense;
    arb_init(one);
    arb_init(closed);
    arb_init(dense);
    one_point(closed, p, p + 1, depth);
    one_point(dense, p + 2, p + 3, depth);
    arb_mul(closed, closed, dense, PREC);
    ew_problem_t problem;
    ew_point_t first, second;
    ew_problem_init(problem);
    ew_set_problem(problem, depth, "1", "1,1/2", 2, "1/10");
    set_point(first, problem, p, p + 1);
    set_point(second, problem, p + 2, p + 3);
    arb_mat_t m, sector;
    arb_mat_init(m, 2 * depth, 2 * depth);
    arb_mat_init(sector, depth, depth);
    arb_one(one);
    ew_floquet_pair(m, first, second, 0, 1, one, PREC);
    for (slong l = 0; l < depth; l++)
        for (slong k = 0; k < depth; k++)
            arb_sub(arb_mat_entry(sector, l, k), arb_mat_entry(m, l, k),
                    arb_mat_entry(m, l, 2 * depth - 1 - k), PREC);
    arb_mat_det(dense, sector, PREC);
    assert_true(arb_rel_accuracy_bits(closed) > 100 && arb_rel_accuracy_bits(dense) > 100);
    assert_true(arb_overlaps(closed, dense));
    arb_set_d(one, least);
    assert_true(arb_gt(closed, one));
    arb_mat_clear(m);
    arb_mat_clear(sector);
    ew_point_clear(first);
    ew_point_clear(second);
    ew_problem_clear(problem);
    arb_clear(one);
    arb_clear(closed);
    arb_clear(dense);
}

/* The bound from which the theorems follow, F of (21) or (27), a little less; it is above 1. */
static double bound(slong depth, double tau, double lambda, bool is_beside)
{
    jet_pool pool;
    arb_ptr box = _arb_vec_init(JET_VARIABLES);
    ew_jet_pool_init(&pool, LEMMA_JETS, PREC);
    ew_jet_pool_reset(&pool, 0);
    arb_set_si(box, depth);
    arb_inv(box, box, PREC);
    arb_set_d(box + 1, tau);
    arb_set_d(box + 2, lambda);
    jet f = is_beside ? ew_pair_beside(&pool, box) : ew_pair_both(&pool, box);
    double value = arf_get_d(arb_midref(f), ARF_RND_DOWN);
    assert_true(arb_rel_accuracy_bits(f) > PREC / 2 && (value > 1 || tau < 1e-9));
    ew_jet_pool_clear(&pool);
    _arb_vec_clear(box, JET_VARIABLES);
    return value - 1e-14;
}

/* Two orbits, at (t_i, t_j)/depth. */
static void two_oscillating(slong depth, double ti, double tj)
{
    arb_t theta;
    spot p[4];
    arb_init(theta);
    for (int k = 0; k < 4; k++) {
        arb_set_d(theta, (k & 1 ? tj : ti) * (k & 2 ? -1 : 1));
        arb_div_si(theta, theta, depth, PREC);
        spot_init(p + k, depth, theta);
    }
    double tau = fmax(fabs(ti), fabs(tj)), lambda = (fabs(ti) < fabs(tj) ? ti : tj) / tau;
    if (depth >= 3 && tau <= 0.5) /* Theorem A */
        compare(p, depth, bound(depth, tau, ti * tj < 0 ? -fabs(lambda) : fabs(lambda), false));
    else
        compare(p, depth, -1e9);
    for (int k = 0; k < 4; k++)
        spot_clear(p + k);
    arb_clear(theta);
}

/* One orbit at t/depth, and a stationary value with s = 2 - part (s_i - 2)/3. */
static void one_stationary(slong depth, double t, double part)
{
    double e = 1 / (double)depth;
    double psi = 2 * depth * sinh(e * t) / sinh(t) * pow(cosh((2 - e) * t), 2 - 2 * e) /
                 pow(cosh((1 - e) * t), 1 - 2 * e);
    arb_t theta, s;
    spot p[4];
    arb_init(theta);
    arb_init(s);
    arb_set_d(s, 2 - part * (psi - 2) / 3);
    for (int k = 0; k < 4; k += 2) {
        arb_set_d(theta, k ? -t : t);
        arb_div_si(theta, theta, depth, PREC);
        spot_init(p + k, depth, theta);
        spot_init_minimum(p + k + 1, depth, s);
    }
    /* Theorem D */
    compare(p, depth,
            depth >= 3 && part <= 1 ? bound(depth, fabs(t), part * 128 / 129, true) : -1e9);
    for (int k = 0; k < 4; k++)
        spot_clear(p + k);
    arb_clear(theta);
    arb_clear(s);
}

static void closed_form_of_the_sector(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 17};
    for (slong depth = 2; depth <= 9; depth++) {
        for (int trial = 0; trial < 30; trial++) {
            two_oscillating(depth, 0.5 * ew_random_unit(&random) + 0x1p-40,
                            0.5 * ew_random_unit(&random) + 0x1p-41);
            one_stationary(depth, 0.27 + 0.2 * ew_random_unit(&random),
                           1 + ew_random_unit(&random));
        }
        two_oscillating(depth, 0.25, 0.25); /* equal values */
        two_oscillating(depth, 0.25, -0.25);
        two_oscillating(depth, 0.5, -0.5);
        two_oscillating(depth, 0.5, 0x1p-30);
        two_oscillating(depth, 1.5, -0.75); /* beyond Theorem A the formula goes on */
    }
    two_oscillating(33, 0.375, 0.3125);
    two_oscillating(33, 0.375, -0.3125);
}

/* Equal values in antiphase: besides the gauge and the rotation, the even sector has d_k^2 and no 1 is left,
 * Theorem C and (25). */
static void equal_in_antiphase(slong depth, double t)
{
    slong even = (depth - 1) / 2;
    arb_t theta, one, k, lambda, d;
    acb_t square;
    spot p[2];
    arb_init(theta);
    arb_init(one);
    arb_init(k);
    arb_init(lambda);
    arb_init(d);
    acb_init(square);
    for (int i = 0; i < 2; i++) {
        arb_set_d(theta, i == 0 ? t : -t);
        arb_div_si(theta, theta, depth, PREC);
        spot_init(p + i, depth, theta);
    }
    squared_ratio(k, p[0].x, p[1].x);
    ew_problem_t problem;
    ew_point_t first, second;
    ew_problem_init(problem);
    ew_set_problem(problem, depth, "1", "1,1", 2, "1/10");
    set_point(first, problem, p, p + 1);
    set_point(second, problem, p + 1, p);
    arb_mat_t m, g, n;
    arb_mat_init(m, 2 * depth, 2 * depth);
    arb_mat_init(g, 2 * depth, depth);
    arb_mat_init(n, depth, depth);
    acb_ptr value = _acb_vec_init(depth);
    arb_one(one);
    ew_floquet_pair(m, first, second, 0, 1, one, PREC);
    ew_floquet_neutral(g, first, 0, 1, true);
    assert_true(ew_floquet_deflate(n, m, g, PREC));
    assert_true(ew_floquet_eigenvalues(value, n, PREC));
    acb_set_arb(square, one);
    for (slong v = 0; v < depth; v++)
        assert_false(acb_overlaps(value + v, square));
    for (slong mode = 1; mode <= even; mode++) {
        arb_set_si(lambda, 2 * mode);
        arb_div_si(lambda, lambda, depth, PREC);
        arb_cos_pi(lambda, lambda, PREC);
        arb_mul_si(lambda, lambda, -2, PREC);
        arb_add_ui(lambda, lambda, 2, PREC);
        arb_sub_ui(d, lambda, 4, PREC); /* d = 1 + K (lambda - 4)/(K + lambda) */
        arb_mul(d, d, k, PREC);
        arb_add(lambda, lambda, k, PREC);
        arb_div(d, d, lambda, PREC);
        arb_add_ui(d, d, 1, PREC);
        arb_sqr(d, d, PREC);
        acb_set_arb(square, d);
        slong found = 0;
        for (slong v = 0; v < depth; v++)
            found += acb_overlaps(value + v, square);
        assert_int_equal(found, 1);
    }
    _acb_vec_clear(value, depth);
    arb_mat_clear(m);
    arb_mat_clear(g);
    arb_mat_clear(n);
    ew_point_clear(first);
    ew_point_clear(second);
    ew_problem_clear(problem);
    spot_clear(p);
    spot_clear(p + 1);
    acb_clear(square);
    arb_clear(theta);
    arb_clear(one);
    arb_clear(k);
    arb_clear(lambda);
    arb_clear(d);
}

static void even_sector_of_equal_values(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 19};
    for (slong depth = 2; depth <= 9; depth++)
        for (int trial = 0; trial < 6; trial++)
            equal_in_antiphase(depth, 0.3 + 0.2 * ew_random_unit(&random));
}

/* Theorem A against the certified multipliers of exact problems with two values beyond the edge. */
static void always_one_outside(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 18};
    static const int phases[2][2] = {{0, 0}, {0, 1}};
    for (slong depth = 3; depth <= 7; depth++)
        for (int trial = 0; trial < 3; trial++) {
            char eta[32], sigma[64];
            /* s_1 in (2.3, 2.46), s_2/s_1 = ratio^(2-2/L) with s_2 > 2 */
            ulong s = 2300 + ew_random_below(&random, 160);
            double least = pow(2000.0 / (double)s, (double)depth / (2 * (double)depth - 2));
            snprintf(eta, sizeof eta, "%lu/%ld", s, 1000 * depth);
            snprintf(sigma, sizeof sigma, "1,%.4f",
                     1 - (1 - least) * 0.97 * (0.5 + 0.5 * ew_random_unit(&random)));
            ew_floquet_t floquet;
            ew_problem_t problem;
            ew_problem_init(problem);
            ew_floquet_init(floquet);
            ew_set_problem(problem, depth, eta, sigma, 2, "1/10");
            assert_int_equal(ew_floquet(floquet, problem, 128, 1024, NULL), EW_OK);
            arb_t modulus;
            arb_init(modulus);
            for (int k = 0; k < 2; k++) {
                slong outside, undecided;
                ew_floquet_count(&outside, &undecided, modulus, floquet, phases[k], 2);
                assert_true(outside > 0);
            }
            arb_clear(modulus);
            ew_floquet_clear(floquet);
            ew_problem_clear(problem);
        }
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(closed_form_of_the_sector),
                                          cmocka_unit_test(even_sector_of_equal_values),
                                          cmocka_unit_test(always_one_outside)};
EW_TESTS(tests)
