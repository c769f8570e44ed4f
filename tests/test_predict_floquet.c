#include "predict/floquet.h"
#include "problems.h"
#include <complex.h>
#include <math.h>
/* LAPACKE's own complex type would come from <complex.h> too */
#include <lapacke.h>
#include <stdlib.h>
#include <string.h>

/* The multipliers of a problem, all decided. */
static void make(ew_floquet_t floquet, ew_problem_t problem, slong depth, const char *eta,
                 const char *sigma, slong dim, const char *alpha)
{
    ew_problem_init(problem);
    ew_floquet_init(floquet);
    ew_set_problem(problem, depth, eta, sigma, dim, alpha);
    assert_int_equal(ew_floquet(floquet, problem, 128, 1024, NULL), EW_OK);
}

static void clear(ew_floquet_t floquet, ew_problem_t problem)
{
    ew_floquet_clear(floquet);
    ew_problem_clear(problem);
}

static double largest(const ew_floquet_t floquet, const int *phase, slong count, slong *outside)
{
    arb_t modulus;
    slong undecided;
    arb_init(modulus);
    ew_floquet_count(outside, &undecided, modulus, floquet, phase, count);
    assert_int_equal(undecided, 0);
    double value = arf_get_d(arb_midref(modulus), ARF_RND_NEAR);
    arb_clear(modulus);
    return value;
}

/* The number of multipliers with that reason, in a pair's rows of one phase. */
static slong neutral(const ew_floquet_t floquet, slong i, slong j, bool anti, ew_neutral why)
{
    slong count = 0;
    for (slong k = 0; k < floquet->count; k++) {
        const ew_multiplier *row = floquet->list + k;
        if (row->i == i && row->j == j && row->anti == anti && row->neutral == why && !row->along)
            count += row->multiplicity;
    }
    return count;
}

static void floquet_known_answers(void **state)
{
    (void)state;
    ew_floquet_t floquet;
    ew_problem_t problem;
    slong outside;
    make(floquet, problem, 3, "23/30", "1,19/20", 2, "1/10");
    const int same[] = {0, 0}, other[] = {0, 1};
    assert_true(fabs(largest(floquet, NULL, 2, &outside) - 1.07860829757488) < 1e-13);
    assert_int_equal(outside, 2);
    assert_true(fabs(largest(floquet, same, 2, &outside) - 1.07860829757488) < 1e-13);
    assert_true(fabs(largest(floquet, other, 2, &outside) - 1.32512322) < 1e-8);
    assert_int_equal(outside, 2);
    arb_t modulus, steps;
    slong undecided;
    arb_init(modulus);
    arb_init(steps);
    ew_floquet_count(&outside, &undecided, modulus, floquet, NULL, 2);
    ew_departure_steps(steps, modulus, 53, 64);
    assert_true(fabs(arf_get_d(arb_midref(steps), ARF_RND_NEAR) - 970.953) < 1e-2);
    arb_one(modulus);
    ew_departure_steps(steps, modulus, 53, 64);
    assert_false(arb_is_finite(steps));
    arb_clear(modulus);
    arb_clear(steps);
    clear(floquet, problem);
}

/* One oscillates, one stands: unstable at s_2 = 1.8, stable at 1.7 (L = 3, 4, 8; s_1 = 2.3). */
static void one_stationary(void **state)
{
    (void)state;
    static const slong depths[] = {3, 4, 8};
    static const double at_18[] = {1.032, 1.021, 1.007};
    for (int k = 0; k < 3; k++)
        for (int stable = 0; stable < 2; stable++) {
            /* sigma_2 near (1.8 / 2.3)^(1/(2 - 2/L)) */
            char eta[32], sigma[64];
            double ratio = pow((stable ? 1.7 : 1.8) / 2.3, 1 / (2 - 2 / (double)depths[k]));
            snprintf(eta, sizeof eta, "23/%ld", 10 * depths[k]);
            snprintf(sigma, sizeof sigma, "1,%.6f", ratio);
            ew_floquet_t floquet;
            ew_problem_t problem;
            slong outside;
            make(floquet, problem, depths[k], eta, sigma, 2, "1/10");
            double top = largest(floquet, NULL, 2, &outside);
            assert_int_equal(outside, stable ? 0 : 2);
            assert_true(stable ? top < 1 : fabs(top - at_18[k]) < 6e-4);
            assert_int_equal(neutral(floquet, 1, 2, false, EW_GAUGE), depths[k] - 1);
            clear(floquet, problem);
        }
}

/* u = (t +- sqrt(t^2 - 4)) / 2, t = eta sigma + 1. */
static void factor_u(arb_t u, const ew_problem_t problem, slong i, bool high)
{
    fmpq_t t;
    arb_t root;
    fmpq_init(t);
    arb_init(root);
    fmpq_mul(t, problem->eta, problem->sigma + i);
    fmpq_add_si(t, t, 1);
    arb_set_fmpq(u, t, 512);
    arb_sqr(root, u, 512);
    arb_sub_ui(root, root, 4, 512);
    arb_sqrt(root, root, 512);
    if (high)
        arb_sub(u, u, root, 512);
    else
        arb_add(u, u, root, 512);
    arb_mul_2exp_si(u, u, -1);
    fmpq_clear(t);
    arb_clear(root);
}

/* Depth 2 in closed form, theory/floquet.md (7), (8): f = 2 - u_j - 1/u_i, g = 2 - u_i - 1/u_j, w = u_i u_j; the
 * multipliers besides the gauge are 5 - 2 (w + 1/w), and q + 1 +- sqrt(q (2 + w + 1/w)), q = f g. To 512 bits. */
static void closed_form(acb_t out[3], const arb_t ui, const arb_t uj)
{
    arb_t f, g, w, t;
    arb_init(f);
    arb_init(g);
    arb_init(w);
    arb_init(t);
    arb_inv(t, ui, 512);
    arb_add(t, t, uj, 512);
    arb_sub_ui(f, t, 2, 512);
    arb_inv(t, uj, 512);
    arb_add(t, t, ui, 512);
    arb_sub_ui(g, t, 2, 512);
    arb_mul(f, f, g, 512); /* q: two signs cancel */
    arb_mul(w, ui, uj, 512);
    arb_inv(t, w, 512);
    arb_add(w, w, t, 512);
    arb_mul_si(t, w, -2, 512);
    arb_add_ui(t, t, 5, 512);
    acb_set_arb(out[0], t);
    arb_add_ui(t, w, 2, 512);
    arb_mul(t, t, f, 512);
    acb_set_arb(out[1], t);
    acb_sqrt(out[1], out[1], 512);
    acb_neg(out[2], out[1]);
    arb_add_ui(f, f, 1, 512);
    for (int k = 1; k < 3; k++)
        acb_add_arb(out[k], out[k], f, 512);
    arb_clear(f);
    arb_clear(g);
    arb_clear(w);
    arb_clear(t);
}

/* Every enclosure holds one of the three, and each is held by one. */
static void depth_two_closed_form(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 4};
    arb_t ui, uj;
    acb_t expected[3];
    arb_init(ui);
    arb_init(uj);
    for (int e = 0; e < 3; e++)
        acb_init(expected[e]);
    for (int trial = 0; trial < 40; trial++) {
        char sigma[64];
        snprintf(sigma, sizeof sigma, "1,%lu/1000", 930 + ew_random_below(&random, 70));
        ew_floquet_t floquet;
        ew_problem_t problem;
        make(floquet, problem, 2, "109/100", sigma, 2, "1/10");
        for (int anti = 0; anti < 2; anti++) {
            factor_u(ui, problem, 0, false);
            factor_u(uj, problem, 1, anti);
            closed_form(expected, ui, uj);
            int found[3] = {0};
            for (slong k = 0; k < floquet->count; k++) {
                const ew_multiplier *row = floquet->list + k;
                if (row->along || row->anti != anti || row->neutral != EW_NOT_NEUTRAL)
                    continue;
                assert_true(acb_rel_accuracy_bits(row->value) > 60);
                for (int e = 0; e < 3; e++)
                    found[e] += acb_overlaps(row->value, expected[e]);
            }
            for (int e = 0; e < 3; e++)
                assert_int_equal(found[e], 1);
        }
        clear(floquet, problem);
    }
    arb_clear(ui);
    arb_clear(uj);
    for (int e = 0; e < 3; e++)
        acb_clear(expected[e]);
}

/* Depth 2, one stationary: stable exactly for s_j < 4 - s_i; a hair on either side. */
static void depth_two_stationary(void **state)
{
    (void)state;
    /* s_i = 23/10: the boundary is at sigma_2 = 17/23 */
    static const char *const sigmas[] = {"1,1699999999/2300000000", "1,1700000001/2300000000"};
    for (int k = 0; k < 2; k++) {
        ew_floquet_t floquet;
        ew_problem_t problem;
        slong outside;
        make(floquet, problem, 2, "23/20", sigmas[k], 2, "1/10");
        largest(floquet, NULL, 2, &outside);
        assert_int_equal(outside, k == 0 ? 0 : 2);
        clear(floquet, problem);
    }
}

static void resonances(void **state)
{
    (void)state;
    ew_floquet_t floquet;
    ew_problem_t problem;
    slong outside;
    make(floquet, problem, 2, "21/20", "1,62/63", 2, "1/10");
    assert_int_equal(neutral(floquet, 1, 2, false, EW_RESONANCE), 2);
    assert_int_equal(neutral(floquet, 1, 2, false, EW_GAUGE), 1);
    assert_int_equal(neutral(floquet, 1, 2, true, EW_RESONANCE), 0);
    largest(floquet, NULL, 2, &outside);
    assert_int_equal(outside, 0);
    bool two_thirds = false;
    fmpq_t exact;
    fmpq_init(exact);
    fmpq_set_si(exact, 2, 3);
    for (slong k = 0; k < floquet->count; k++)
        two_thirds = two_thirds || (!floquet->list[k].along && !floquet->list[k].anti &&
                                    arb_contains_fmpq(floquet->list[k].modulus, exact));
    assert_true(two_thirds);
    fmpq_clear(exact);
    clear(floquet, problem);
    /* a relative 10^-30 off the curve it is unstable, on both sides */
    for (int side = -1; side <= 1; side += 2) {
        char sigma[128];
        snprintf(sigma, sizeof sigma, "1,%s/63000000000000000000000000000000",
                 side < 0 ? "61999999999999999999999999999999"
                          : "62000000000000000000000000000001");
        make(floquet, problem, 2, "21/20", sigma, 2, "1/10");
        largest(floquet, NULL, 2, &outside);
        assert_int_equal(neutral(floquet, 1, 2, false, EW_RESONANCE), 0);
        assert_true(outside > 0);
        clear(floquet, problem);
    }
    /* more points of the curve: u_j = 2 - 1/u_i for rational u_i */
    ew_mode_t a, b;
    ew_mode_init(a);
    ew_mode_init(b);
    for (ulong n = 5; n < 40; n++) { /* u_i = 1 + 1/n, u_j = 2 - n/(n+1) = (n+2)/(n+1) */
        fmpq_t u, v;
        fmpq_init(u);
        fmpq_init(v);
        ew_mode_struct *modes[] = {a, b};
        for (int k = 0; k < 2; k++) { /* eta = 1, sigma = u + 1/u - 1 */
            fmpq_set_si(u, (slong)n + 1 + k, n + (ulong)k);
            fmpq_inv(v, u);
            fmpq_add(v, v, u);
            fmpq_sub_si(modes[k]->sigma, v, 1);
        }
        assert_true(ew_floquet_resonant(a, b));
        assert_true(ew_floquet_resonant(b, a));
        fmpq_mul_si(a->sigma, a->sigma, 1000001);
        fmpq_div_fmpz(a->sigma, a->sigma, (fmpz[]){1000000});
        assert_false(ew_floquet_resonant(a, b));
        fmpq_clear(u);
        fmpq_clear(v);
    }
    ew_mode_clear(a);
    ew_mode_clear(b);
}

/* Equal values: in antiphase the target's rotation is one more neutral direction; three of them, and the pair of
 * stationary ones at the edge. */
static void equal_values(void **state)
{
    (void)state;
    ew_floquet_t floquet;
    ew_problem_t problem;
    make(floquet, problem, 4, "23/40", "1,1", 3, "0");
    assert_int_equal(neutral(floquet, 1, 2, false, EW_GAUGE), 3);
    assert_int_equal(neutral(floquet, 1, 2, false, EW_ROTATION), 0);
    assert_int_equal(neutral(floquet, 1, 2, true, EW_GAUGE), 3);
    assert_int_equal(neutral(floquet, 1, 2, true, EW_ROTATION), 1);
    clear(floquet, problem);
    make(floquet, problem, 2, "1", "1,1", 2, "1/10"); /* s = 2 exactly */
    assert_int_equal(neutral(floquet, 1, 2, false, EW_CRITICAL), 2);
    assert_int_equal(neutral(floquet, 1, 2, false, EW_MINIMA), 2);
    clear(floquet, problem);
}

/* Past the rank at alpha = 0: L - 1 gauge, prod(1 + eta r x^(L-2)) = across L - 1 times, prod(1 - eta x^(2L-2))
 * twice. */
static void past_the_rank(void **state)
{
    (void)state;
    for (slong depth = 2; depth <= 5; depth++) {
        char eta[32];
        snprintf(eta, sizeof eta, "23/%ld", 10 * depth);
        ew_floquet_t floquet;
        ew_problem_t problem;
        make(floquet, problem, depth, eta, "1", 3, "0");
        assert_int_equal(neutral(floquet, 1, 2, false, EW_GAUGE), 2 * (depth - 1));
        assert_int_equal(neutral(floquet, 2, 2, false, EW_MINIMA), 2 * depth);
        slong same = 0, rest = 0;
        double across = 0;
        for (slong k = 0; k < floquet->count; k++)
            if (across == 0 && floquet->list[k].along && floquet->list[k].i == 1 &&
                floquet->list[k].multiplicity == depth - 1)
                across = arf_get_d(arb_midref(acb_realref(floquet->list[k].value)), ARF_RND_NEAR);
        for (slong k = 0; k < floquet->count; k++) {
            const ew_multiplier *row = floquet->list + k;
            if (row->along || row->i != 1 || row->neutral != EW_NOT_NEUTRAL)
                continue;
            double value = arf_get_d(arb_midref(acb_realref(row->value)), ARF_RND_NEAR);
            same += fabs(value - across) < 1e-8 ? row->multiplicity : 0;
            rest += row->multiplicity;
            assert_true(row->inside == EW_YES);
        }
        assert_true(same >= 2 * (depth - 1)); /* in each of two copies */
        assert_int_equal(rest, 2 * (depth + 1));
        clear(floquet, problem);
    }
}

/* Two steps of gradient descent on W_2 W_1 against diag(sigma), eta = 1; all in one array, row by row. */
static void two_steps(double w[8], const double sigma[2])
{
    for (int step = 0; step < 2; step++) {
        double next[8], e[4];
        const double *a = w, *b = w + 4; /* W_1, W_2 */
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++)
                e[2 * i + j] = b[2 * i] * a[j] + b[2 * i + 1] * a[2 + j] - (i == j ? sigma[i] : 0);
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++) {
                next[2 * i + j] = a[2 * i + j] - b[i] * e[j] - b[2 + i] * e[2 + j];
                next[4 + 2 * i + j] =
                    b[2 * i + j] - e[2 * i] * a[2 * j] - e[2 * i + 1] * a[2 * j + 1];
            }
        memcpy(w, next, sizeof next);
    }
}

/* The eigenvalues of the derivative of two steps, by central differences and LAPACK. */
static void raw_multipliers(double complex out[8], const double at[8], const double sigma[2])
{
    enum { N = 8 };
    const double h = 1e-6;
    double a[N * N], re[N], im[N];
    for (int k = 0; k < N; k++) {
        double more[N], less[N];
        memcpy(more, at, sizeof more);
        memcpy(less, at, sizeof less);
        more[k] += h;
        less[k] -= h;
        two_steps(more, sigma);
        two_steps(less, sigma);
        for (int i = 0; i < N; i++)
            a[i * N + k] = (more[i] - less[i]) / (2 * h);
    }
    assert_int_equal(LAPACKE_dgeev(LAPACK_ROW_MAJOR, 'N', 'N', N, a, N, re, im, NULL, 1, NULL, 1),
                     0);
    for (int k = 0; k < N; k++)
        out[k] = re[k] + im[k] * I;
}

/* Depth 2 with s_1 + s_2 = 4 exactly: a pair is on the unit circle itself, which no ball decides. All multipliers of the pair are eigenvalues of the raw derivative. */
static void depth_two_on_the_boundary(void **state)
{
    (void)state;
    const double sigma[2] = {1.15, 0.85}, t = 2.15;
    ew_floquet_t floquet;
    ew_problem_t problem;
    slong outside, boundary = 0;
    make(floquet, problem, 2, "1", "23/20,17/20", 2, "1/10");
    double u = (t - sqrt(t * t - 4)) / 2, x = sqrt(sigma[0] + 1 - u), y = sqrt(sigma[1]);
    double complex raw[8];
    raw_multipliers(raw, (const double[8]){x, 0, 0, y, x, 0, 0, y}, sigma);
    for (slong k = 0; k < floquet->count; k++) {
        const ew_multiplier *row = floquet->list + k;
        double complex value = arf_get_d(arb_midref(acb_realref(row->value)), ARF_RND_NEAR) +
                               arf_get_d(arb_midref(acb_imagref(row->value)), ARF_RND_NEAR) * I;
        double nearest = 1;
        for (int n = 0; n < 8; n++)
            nearest = fmin(nearest, cabs(raw[n] - value));
        assert_true(nearest < 1e-4);
        if (row->neutral != EW_BOUNDARY || row->i == row->j)
            continue;
        assert_true(arb_is_one(row->modulus));
        assert_true(row->inside == EW_NO && row->outside == EW_NO);
        assert_true(fabs(creal(value) - (5 - 2 * t)) < 1e-12 && fabs(cabs(value) - 1) < 1e-12);
        boundary += row->multiplicity;
    }
    assert_int_equal(boundary, 2);
    largest(floquet, NULL, 2, &outside);
    assert_int_equal(outside, 0);
    clear(floquet, problem);
}

/* The eigenvalues of the whole two-step matrix, by LAPACK, are the deflated ones and the ones. */
static void deflation_keeps_the_rest(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 5};
    for (slong depth = 2; depth <= 6; depth++) {
        slong n = 2 * depth;
        ew_problem_t problem;
        ew_point_t one, two;
        arb_mat_t m, g, q;
        arb_t eta;
        acb_ptr value = _acb_vec_init(n);
        ew_problem_init(problem);
        ew_set_problem(problem, depth, "1/2", "1,1/2", 2, "1/10");
        /* a gauge-compatible orbit is needed: two fixed minima, unbalanced, at which g stays put */
        ew_point_init(one, problem, 128);
        for (slong i = 0; i < 2; i++) {
            arb_ptr d = one->scalars + i * depth;
            arb_set(d + depth - 1, one->sigma + i);
            for (slong l = 0; l < depth - 1; l++) {
                arb_set_d(d + l, 1 + 0.25 * ew_random_unit(&random));
                arb_div(d + depth - 1, d + depth - 1, d + l, 128);
            }
        }
        ew_point_init(two, problem, 128);
        _arb_vec_set(two->scalars, one->scalars, n);
        arb_init(eta);
        arb_set_d(eta, 0.25);
        arb_mat_init(m, n, n);
        arb_mat_init(g, n, depth - 1);
        arb_mat_init(q, depth + 1, depth + 1);
        ew_floquet_pair(m, one, two, 0, 1, eta, 128);
        ew_floquet_neutral(g, one, 0, 1, false);
        assert_true(ew_floquet_deflate(q, m, g, 128));
        assert_true(ew_floquet_eigenvalues(value, q, 128));
        double a[144], re[12], im[12];
        for (slong k = 0; k < n * n; k++)
            a[k] = arf_get_d(arb_midref(m->entries + k), ARF_RND_NEAR);
        assert_int_equal(LAPACKE_dgeev(LAPACK_ROW_MAJOR, 'N', 'N', (lapack_int)n, a, (lapack_int)n,
                                       re, im, NULL, 1, NULL, 1),
                         0);
        double sum = (double)depth - 1, dense = 0, product = 1, dense_product = 1;
        for (slong k = 0; k < depth + 1; k++) { /* trace; determinant of what is not 1 */
            sum += arf_get_d(arb_midref(acb_realref(value + k)), ARF_RND_NEAR);
            product *= arf_get_d(arb_midref(acb_realref(value + k)), ARF_RND_NEAR);
        }
        for (slong k = 0; k < n; k++) {
            dense += re[k];
            dense_product *= re[k];
        }
        assert_true(fabs(sum - dense) < 1e-9);
        assert_true(fabs(product - dense_product) < 1e-9);
        arb_clear(eta);
        arb_mat_clear(m);
        arb_mat_clear(g);
        arb_mat_clear(q);
        _acb_vec_clear(value, n);
        ew_point_clear(one);
        ew_point_clear(two);
        ew_problem_clear(problem);
    }
}

/* A Jordan block, where two eigenvectors coincide: its eigenvalue moves by the square root of a perturbation, and still two balls
 * hold it, narrow ones, and each other eigenvalue is in one. */
static void defective_matrices(void **state)
{
    (void)state;
    enum { N = 5 };
    static const double diagonal[N] = {2, 2, -0.5, 3, 0.25};
    arb_mat_t n;
    acb_t x;
    acb_ptr value = _acb_vec_init(N);
    arb_mat_init(n, N, N);
    acb_init(x);
    for (slong i = 0; i < N; i++)
        for (slong j = i; j < N; j++)
            arb_set_d(arb_mat_entry(n, i, j), i == j ? diagonal[i] : 1);
    assert_true(ew_floquet_eigenvalues(value, n, 512));
    for (slong i = 0; i < N; i++) {
        slong held = 0;
        acb_set_d(x, diagonal[i]);
        for (slong k = 0; k < N; k++)
            held += acb_contains(value + k, x);
        assert_int_equal(held, i < 2 ? 2 : 1);
    }
    for (slong k = 0; k < N; k++)
        assert_true(acb_rel_accuracy_bits(value + k) > 30);
    acb_clear(x);
    arb_mat_clear(n);
    _acb_vec_clear(value, N);
}

/* (12): exactly 1 across the zeros, at depths whose powers nobody could write out, too. */
static void boundaries_of_zeros_are_exact(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        const char *eta, *sigma, *alpha;
        bool yes;
    } rows[] = {
        {2, "4/3", "1/2", "1", true},
        {2, "4/3", "1/2", "1/2", false},
        {2, "8/5", "1", "1/2", true},
        {2, "8/5", "1", "1/3", false},
        {2, "4", "1/4", "1/2", true},
        {2, "3", "1/4", "1/2", false},
        {3, "32/3", "1/8", "1/2", true},
        {3, "32", "0", "1/2", true},
        {3, "31", "0", "1/2", false},
        {1000000000, "2", "0", "1", true},
        {1000000000, "2", "0", "2", false},
        {1000000000, "1/500000000", "1", "1", true},
        {1000000000, "1", "1", "1", false},
        {1000000000, "1", "1", "1/10", false},
        {1000000000, "1", "3/7", "1/10", false},
        {5, "2", "1", "0", true},
        {1000000000, "2", "1", "0", true},
    };
    ew_mode_t mode;
    ew_mode_init(mode);
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        mode->depth = rows[k].depth;
        fmpq_set_str(mode->eta, rows[k].eta, 10);
        fmpq_canonicalise(mode->eta);
        fmpq_set_str(mode->sigma, rows[k].sigma, 10);
        fmpq_canonicalise(mode->sigma);
        fmpq_set_str(mode->alpha, rows[k].alpha, 10);
        fmpq_canonicalise(mode->alpha);
        if (ew_floquet_null_boundary(mode) != rows[k].yes)
            fail_msg("depth %ld, eta %s, sigma %s, alpha %s", rows[k].depth, rows[k].eta,
                     rows[k].sigma, rows[k].alpha);
    }
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(floquet_known_answers),
                                          cmocka_unit_test(boundaries_of_zeros_are_exact),
                                          cmocka_unit_test(one_stationary),
                                          cmocka_unit_test(depth_two_closed_form),
                                          cmocka_unit_test(depth_two_stationary),
                                          cmocka_unit_test(resonances),
                                          cmocka_unit_test(equal_values),
                                          cmocka_unit_test(past_the_rank),
                                          cmocka_unit_test(depth_two_on_the_boundary),
                                          cmocka_unit_test(defective_matrices),
                                          cmocka_unit_test(deflation_keeps_the_rest)};
EW_TESTS(tests)
