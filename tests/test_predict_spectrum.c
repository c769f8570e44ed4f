#include "num/mat.h"
#include "problems.h"
#include <edgewise/predict.h>
#include <lapacke.h>
#include <math.h>
#include <stdlib.h>

/* The dense Hessian, from the definition: D^2 f [E, F] = <dP E, dP F> + <P - M, d^2 P [E, F]>, E and F running over
 * the unit matrices of all layers; every product formed as a dense product, in balls. W_l = D_l here: the frame
 * U = V = 1. */
typedef struct {
    slong depth, dim;
    arb_mat_t *layers;
    arb_mat_t residual;
} dense_t;

static void dense_make(dense_t *dense, const ew_problem_t problem, const ew_point_t point,
                       slong prec)
{
    slong depth = problem->depth, dim = problem->dim;
    dense->depth = depth;
    dense->dim = dim;
    dense->layers = malloc((size_t)depth * sizeof(arb_mat_t));
    arb_mat_init(dense->residual, dim, dim);
    arb_mat_one(dense->residual);
    for (slong l = 0; l < depth; l++) {
        arb_mat_init(dense->layers[l], dim, dim);
        for (slong i = 0; i < dim; i++)
            arb_set(arb_mat_entry(dense->layers[l], i, i),
                    point->scalars + FLINT_MIN(i, point->modes - 1) * depth + l);
        arb_mat_mul(dense->residual, dense->layers[l], dense->residual, prec);
    }
    for (slong i = 0; i < problem->count; i++)
        arb_sub(arb_mat_entry(dense->residual, i, i), arb_mat_entry(dense->residual, i, i),
                point->sigma + i, prec);
}

static void dense_clear(dense_t *dense)
{
    for (slong l = 0; l < dense->depth; l++)
        arb_mat_clear(dense->layers[l]);
    arb_mat_clear(dense->residual);
    free(dense->layers);
}

/* The product W_L .. W_1 in which layer l1 (and l2, if not -1) is replaced by a unit matrix e_i e_j^T. */
static void replaced(arb_mat_t out, const dense_t *dense, slong e, slong f, slong prec)
{
    slong square = dense->dim * dense->dim;
    arb_mat_t unit;
    arb_mat_init(unit, dense->dim, dense->dim);
    arb_mat_one(out);
    for (slong l = 0; l < dense->depth; l++) {
        slong which = e / square == l ? e % square : f >= 0 && f / square == l ? f % square : -1;
        if (which >= 0) {
            arb_mat_zero(unit);
            arb_one(arb_mat_entry(unit, which / dense->dim, which % dense->dim));
        }
        arb_mat_mul(out, which >= 0 ? unit : dense->layers[l], out, prec);
    }
    arb_mat_clear(unit);
}

static void inner(arb_t z, const arb_mat_t a, const arb_mat_t b, slong prec)
{
    for (slong k = 0; k < arb_mat_nrows(a) * arb_mat_ncols(a); k++)
        arb_addmul(z, a->entries + k, b->entries + k, prec);
}

static void dense_hessian(arb_mat_t h, const dense_t *dense, slong prec)
{
    slong square = dense->dim * dense->dim, n = dense->depth * square;
    arb_mat_t *first = malloc((size_t)n * sizeof(arb_mat_t)), second;
    arb_mat_init(second, dense->dim, dense->dim);
    for (slong e = 0; e < n; e++) {
        arb_mat_init(first[e], dense->dim, dense->dim);
        replaced(first[e], dense, e, -1, prec);
    }
    for (slong e = 0; e < n; e++)
        for (slong f = 0; f < n; f++) {
            arb_zero(arb_mat_entry(h, e, f));
            inner(arb_mat_entry(h, e, f), first[e], first[f], prec);
            if (e / square == f / square)
                continue;
            replaced(second, dense, e, f, prec);
            inner(arb_mat_entry(h, e, f), dense->residual, second, prec);
        }
    for (slong e = 0; e < n; e++)
        arb_mat_clear(first[e]);
    arb_mat_clear(second);
    free(first);
}

/* Ascending doubles, each entry as often as its multiplicity says. */
static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void expect_size(const ew_spectrum_t spectrum, slong n)
{
    fmpz_t size;
    fmpz_init(size);
    ew_spectrum_size(size, spectrum);
    assert_true(fmpz_equal_si(size, n));
    fmpz_clear(size);
}

static double *spread(const ew_spectrum_t spectrum, slong n)
{
    double *all = malloc((size_t)n * sizeof(double));
    slong at = 0;
    expect_size(spectrum, n);
    for (slong k = 0; k < spectrum->count; k++)
        for (slong m = 0; m < fmpz_get_si(spectrum->list[k].multiplicity); m++)
            all[at++] = arf_get_d(arb_midref(spectrum->list[k].value), ARF_RND_NEAR);
    qsort(all, (size_t)n, sizeof(double), ascending);
    return all;
}

/* The dense eigenvalues by LAPACK. */
static double *dense_eigenvalues(const arb_mat_t h)
{
    slong n = arb_mat_nrows(h);
    double *a = malloc((size_t)(n * n) * sizeof(double)),
           *lambda = malloc((size_t)n * sizeof(double));
    for (slong k = 0; k < n * n; k++)
        a[k] = arf_get_d(arb_midref(h->entries + k), ARF_RND_NEAR);
    assert_int_equal(
        LAPACKE_dsyev(LAPACK_ROW_MAJOR, 'N', 'U', (lapack_int)n, a, (lapack_int)n, lambda), 0);
    free(a);
    return lambda;
}

/* Every dense eigenvalue lies in the ball of its rank among the blocks' (balls), sorted by midpoint. */
static void expect_in_balls(const arb_mat_t h, ew_spectrum_t spectrum, slong prec)
{
    slong n = arb_mat_nrows(h), at = 0;
    arb_ptr lambda = _arb_vec_init(n);
    ew_mat_symmetric_eigenvalues(lambda, h, prec);
    ew_spectrum_sort(spectrum);
    for (slong k = 0; k < spectrum->count; k++)
        for (slong m = 0; m < fmpz_get_si(spectrum->list[k].multiplicity); m++)
            assert_true(arb_overlaps(lambda + at++, spectrum->list[k].value));
    assert_int_equal(at, n);
    assert_true(arb_overlaps(lambda, spectrum->sharpness));
    _arb_vec_clear(lambda, n);
}

static void expect_close(const double *a, const double *b, slong n)
{
    for (slong k = 0; k < n; k++)
        if (fabs(a[k] - b[k]) > 1e-12 * (1 + fabs(a[n - 1])))
            fail_msg("eigenvalue %ld: %.17g and %.17g", k, a[k], b[k]);
}

/* A random point: every layer's entries differ, signs included. */
static void random_point(ew_point_t point, ew_random *random)
{
    for (slong k = 0; k < point->modes * point->depth; k++)
        arb_set_d(point->scalars + k, 1.5 * ew_random_unit(random));
    for (slong i = 0; i < point->modes; i++) /* the copies of the zeros share one mode */
        if (ew_random_below(random, 4) == 0)
            arb_zero(point->scalars + i * point->depth + point->depth - 1);
}

/* The blocks' spectrum equals that of the dense Hessian, at random points of the invariant set: doubles to 12
 * digits, and balls. */
static void blocks_equal_dense(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 3};
    static const char *const sigmas[] = {"1", "1,19/20", "3/2,1,1/2", "2,1,1"};
    const slong prec = 128;
    for (slong depth = 2; depth <= 4; depth++)
        for (slong dim = 1; dim <= 4; dim++) {
            slong which = (slong)ew_random_below(&random, (ulong)FLINT_MIN(dim, 4));
            ew_problem_t problem;
            ew_point_t point;
            ew_spectrum_t balls, doubles;
            dense_t dense;
            arb_mat_t h;
            slong n = depth * dim * dim;
            ew_problem_init(problem);
            ew_set_problem(problem, depth, "1/2", sigmas[which], dim, "1/10");
            ew_point_init(point, problem, prec);
            random_point(point, &random);
            ew_spectrum_init(balls);
            ew_spectrum_init(doubles);
            arb_mat_init(h, n, n);
            dense_make(&dense, problem, point, prec);
            dense_hessian(h, &dense, prec);
            assert_int_equal(ew_spectrum_point(balls, point, 100, NULL), EW_OK);
            assert_int_equal(ew_spectrum_point_double(doubles, point, NULL), EW_OK);
            double *a = spread(balls, n), *b = spread(doubles, n), *c = dense_eigenvalues(h);
            expect_close(c, a, n);
            expect_close(c, b, n);
            if (n <= 36)
                expect_in_balls(h, balls, prec);
            free(a);
            free(b);
            free(c);
            dense_clear(&dense);
            arb_mat_clear(h);
            ew_spectrum_clear(balls);
            ew_spectrum_clear(doubles);
            ew_point_clear(point);
            ew_problem_clear(problem);
        }
}

/* The closed form at the minimum equals the blocks there and the dense Hessian, with the zeros at 0 and at alpha. */
static void closed_form_at_minimum(void **state)
{
    (void)state;
    static const char *const nulls[] = {"0", "1/10", "3/2"};
    for (slong depth = 2; depth <= 4; depth++)
        for (int k = 0; k < 3; k++) {
            const slong dim = 4, prec = 128, n = depth * dim * dim;
            ew_problem_t problem;
            ew_point_t point;
            ew_spectrum_t closed, blocks;
            dense_t dense;
            arb_mat_t h;
            fmpq_t null;
            fmpq_init(null);
            fmpq_set_str(null, nulls[k], 10);
            fmpq_canonicalise(null);
            ew_problem_init(problem);
            ew_set_problem(problem, depth, "1/2", "2,1", dim, "1/10");
            ew_point_init(point, problem, prec);
            ew_point_set_minimum(point, problem, null, prec);
            ew_spectrum_init(closed);
            ew_spectrum_init(blocks);
            arb_mat_init(h, n, n);
            dense_make(&dense, problem, point, prec);
            dense_hessian(h, &dense, prec);
            assert_int_equal(ew_spectrum_minimum(closed, problem, null, 100), EW_OK);
            assert_int_equal(ew_spectrum_point(blocks, point, 100, NULL), EW_OK);
            double *a = spread(closed, n), *b = spread(blocks, n), *c = dense_eigenvalues(h);
            expect_close(c, a, n);
            expect_close(c, b, n);
            /* S_1 = L 2^(2 - 2/L) is the sharpness */
            double top = (double)depth * pow(2, 2 - 2 / (double)depth);
            if (k < 2)
                assert_true(fabs(a[n - 1] - top) < 1e-12);
            free(a);
            free(b);
            free(c);
            dense_clear(&dense);
            arb_mat_clear(h);
            ew_spectrum_clear(closed);
            ew_spectrum_clear(blocks);
            ew_point_clear(point);
            ew_problem_clear(problem);
            fmpq_clear(null);
        }
}

/* alpha = 0 at depth 2 leaves a flat pair of zeros; a dimension whose memory is not there is refused. */
static void edges_of_the_domain(void **state)
{
    (void)state;
    ew_problem_t problem;
    ew_spectrum_t spectrum;
    fmpq_t null;
    fmpq_init(null);
    ew_problem_init(problem);
    ew_spectrum_init(spectrum);
    ew_set_problem(problem, 2, "1/2", "1", 1000000, "0");
    assert_int_equal(ew_spectrum_minimum(spectrum, problem, null, 64), EW_OK);
    expect_size(spectrum, WORD(2000000000000));
    assert_true(spectrum->count < 8);
    ew_set_problem(problem, 1000000, "1/2", "1", 1, "0");
    ew_point_t point;
    ew_point_init(point, problem, 64);
    assert_int_equal(ew_spectrum_point(spectrum, point, 64, NULL), EW_RESOURCES);
    assert_int_equal(ew_spectrum_point_double(spectrum, point, NULL), EW_RESOURCES);
    ew_point_clear(point);
    ew_spectrum_clear(spectrum);
    ew_problem_clear(problem);
    fmpq_clear(null);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(blocks_equal_dense),
                                          cmocka_unit_test(closed_form_at_minimum),
                                          cmocka_unit_test(edges_of_the_domain)};
EW_TESTS(tests)
