/* Targets: singular values in a frame, or a matrix with its decomposition. theory/network.md (1), (6) */
#include "model/domain.h"
#include "num/domain.h"
#include "num/linear.h"
#include "num/mat.h"
#include "observe/net.h"
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void ew_target_init(ew_target_t target)
{
    memset(target, 0, sizeof(ew_target_struct));
    arb_mat_init(target->m, 0, 0);
    arb_mat_init(target->u, 0, 0);
    arb_mat_init(target->v, 0, 0);
}

void ew_target_clear(ew_target_t target)
{
    free(target->sigma_d); /* one allocation holds all doubles */
    if (target->sigma != NULL)
        _arb_vec_clear(target->sigma, target->dim);
    arb_mat_clear(target->m);
    arb_mat_clear(target->u);
    arb_mat_clear(target->v);
}

void ew_target_sigma(arb_t sigma, const ew_target_t target, slong k)
{
    if (k < 0 || k >= target->dim) {
        arb_indeterminate(sigma);
        return;
    }
    if (target->arithmetic == EW_DOUBLE)
        arb_set_d(sigma, target->sigma_d[k]);
    else
        arb_set(sigma, target->sigma + k);
}

/* Room for the numbers of the arithmetic. */
static ew_status reserve(ew_target_t target, slong dim, ew_arithmetic arithmetic, slong prec)
{
    ew_target_clear(target);
    ew_target_init(target);
    double square = (double)dim * (double)dim;
    bool doubles = arithmetic == EW_DOUBLE;
    double bytes = doubles ? 8 * (3 * square + (double)dim)
                           : 4 * square * ((double)sizeof(arb_struct) + (double)prec / 8);
    if (ew_memory_check(bytes) != EW_OK)
        return EW_RESOURCES;
    target->arithmetic = arithmetic;
    target->dim = dim;
    target->prec = doubles ? 53 : prec;
    if (!doubles) {
        arb_mat_clear(target->m);
        arb_mat_clear(target->u);
        arb_mat_clear(target->v);
        target->sigma = _arb_vec_init(dim);
        arb_mat_init(target->m, dim, dim);
        arb_mat_init(target->u, dim, dim);
        arb_mat_init(target->v, dim, dim);
        return EW_OK;
    }
    slong n = dim * dim;
    target->sigma_d = calloc((size_t)(3 * n + dim), sizeof(double));
    if (target->sigma_d == NULL)
        return EW_RESOURCES;
    target->m_d = target->sigma_d + dim;
    target->u_d = target->m_d + n;
    target->v_d = target->u_d + n;
    return EW_OK;
}

void ew_gaussian_fill(double *out, slong n, gsl_rng *rng)
{
    for (slong k = 0; k < n; k++)
        out[k] = gsl_ran_gaussian_ziggurat(rng, 1.0);
}

bool ew_haar_double(double *q, slong dim, gsl_rng *rng)
{
    lapack_int n = (lapack_int)dim;
    ew_gaussian_fill(q, dim * dim, rng);
    double *tau = malloc((size_t)dim * 2 * sizeof(double));
    const ew_linear_routines *linear = ew_linear();
    bool fine =
        tau != NULL && linear != NULL && linear->dgeqrf(LAPACK_ROW_MAJOR, n, n, q, n, tau) == 0;
    for (slong j = 0; j < dim && fine;
         j++) /* the diagonal of R, made positive: the law is then Haar's */
        tau[dim + j] = q[j * dim + j] < 0 ? -1 : 1;
    fine = fine && linear->dorgqr(LAPACK_ROW_MAJOR, n, n, n, q, n, tau) == 0;
    for (slong i = 0; i < dim * dim && fine; i++)
        q[i] *= tau[dim + i % dim];
    free(tau);
    return fine;
}

bool ew_haar_arb(arb_mat_t q, gsl_rng *rng, slong prec)
{
    slong dim = arb_mat_nrows(q);
    double *gauss = malloc((size_t)(dim * dim) * sizeof(double));
    if (gauss == NULL)
        return false;
    ew_gaussian_fill(gauss, dim * dim, rng);
    arb_mat_t a;
    arb_mat_init(a, dim, dim);
    for (slong k = 0; k < dim * dim; k++)
        arb_set_d(a->entries + k, gauss[k]);
    ew_mat_orthonormalise(q, a, prec);
    arb_mat_clear(a);
    free(gauss);
    return true;
}

/* m = u diag(sigma) v^T. */
static void assemble_double(ew_target_t target)
{
    slong n = target->dim;
    for (slong i = 0; i < n; i++)
        for (slong j = 0; j < n; j++) {
            double sum = 0;
            for (slong k = 0; k < target->rank; k++)
                sum += target->u_d[i * n + k] * target->sigma_d[k] * target->v_d[j * n + k];
            target->m_d[i * n + j] = sum;
        }
}

static void assemble_arb(ew_target_t target)
{
    slong n = target->dim;
    bool balls = target->arithmetic == EW_BALL;
    arb_mat_t w;
    arb_mat_init(w, n, n);
    for (slong k = 0; k < n; k++)
        for (slong j = 0; j < n; j++) {
            arb_mul(arb_mat_entry(w, k, j), target->sigma + k, arb_mat_entry(target->v, j, k),
                    target->prec);
            if (!balls)
                mag_zero(arb_radref(arb_mat_entry(w, k, j)));
        }
    ew_mat_mul(target->m, target->u, w, balls, target->prec);
    arb_mat_clear(w);
}

ew_status ew_target_from_problem(ew_target_t target, const ew_problem_t problem,
                                 ew_arithmetic arithmetic, bool haar, ulong seed, slong prec)
{
    if (target == NULL || !ew_problem_fits(problem) || (unsigned)arithmetic > EW_BALL ||
        (arithmetic != EW_DOUBLE && !ew_prec_fits(prec)))
        return EW_BAD_INPUT;
    if (arithmetic != EW_DOUBLE && !ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    slong n = problem->dim;
    if (reserve(target, n, arithmetic, prec) != EW_OK)
        return EW_RESOURCES;
    target->rank = problem->count;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (rng == NULL)
        return EW_RESOURCES;
    gsl_rng_set(rng, seed);
    bool fine = true;
    if (arithmetic == EW_DOUBLE) {
        for (slong k = 0; k < n; k++) {
            target->sigma_d[k] = k < problem->count ? ew_rational_double(problem->sigma + k) : 0;
            target->u_d[k * n + k] = target->v_d[k * n + k] = 1;
        }
        fine =
            !haar || (ew_haar_double(target->u_d, n, rng) && ew_haar_double(target->v_d, n, rng));
        assemble_double(target);
    } else {
        for (slong k = 0; k < problem->count; k++) {
            arb_set_fmpq(target->sigma + k, problem->sigma + k, prec);
            if (arithmetic == EW_MPFR)
                mag_zero(arb_radref(target->sigma + k));
        }
        arb_mat_one(target->u);
        arb_mat_one(target->v);
        fine = !haar || (ew_haar_arb(target->u, rng, prec) && ew_haar_arb(target->v, rng, prec));
        if (haar && arithmetic == EW_BALL) {
            ew_mat_widen_to_orthogonal(target->u, prec);
            ew_mat_widen_to_orthogonal(target->v, prec);
        }
        assemble_arb(target);
    }
    gsl_rng_free(rng);
    return fine ? EW_OK : EW_RESOURCES;
}

/* Singular values beside the largest that count as zero. */
static slong count_rank(const ew_target_t target)
{
    slong rank = 0;
    for (; rank < target->dim; rank++) {
        arb_t x, top;
        arb_init(x);
        arb_init(top);
        ew_target_sigma(x, target, rank);
        ew_target_sigma(top, target, 0);
        arb_mul_2exp_si(top, top, 10 - target->prec);
        arb_mul_si(top, top, target->dim, target->prec);
        bool zero = arf_cmp(arb_midref(x), arb_midref(top)) <= 0;
        arb_clear(x);
        arb_clear(top);
        if (zero)
            break;
    }
    return rank;
}

ew_status ew_target_from_matrix(ew_target_t target, const fmpq_mat_t matrix,
                                ew_arithmetic arithmetic, slong prec)
{
    if (target == NULL || matrix == NULL || fmpq_mat_nrows(matrix) < 1 ||
        fmpq_mat_nrows(matrix) != fmpq_mat_ncols(matrix) || (unsigned)arithmetic > EW_BALL ||
        (arithmetic != EW_DOUBLE && !ew_prec_fits(prec)))
        return EW_BAD_INPUT;
    if (arithmetic != EW_DOUBLE && !ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    slong n = fmpq_mat_nrows(matrix);
    if (fmpq_mat_is_zero(matrix))
        return EW_BAD_INPUT;
    if (reserve(target, n, arithmetic, prec) != EW_OK)
        return EW_RESOURCES;
    if (arithmetic == EW_DOUBLE) {
        double *copy = malloc((size_t)(2 * n * n) * sizeof(double));
        if (copy == NULL)
            return EW_RESOURCES;
        double *vt = copy + n * n;
        for (slong k = 0; k < n * n; k++)
            copy[k] = target->m_d[k] = ew_rational_double(fmpq_mat_entry(matrix, k / n, k % n));
        lapack_int d = (lapack_int)n;
        const ew_linear_routines *linear = ew_linear();
        bool fine = linear != NULL && linear->dgesdd(LAPACK_ROW_MAJOR, 'A', d, d, copy, d,
                                                     target->sigma_d, target->u_d, d, vt, d) == 0;
        for (slong k = 0; k < n * n; k++)
            target->v_d[k] = vt[(k % n) * n + k / n];
        free(copy);
        if (!fine)
            return EW_RESOURCES;
    } else {
        arb_mat_set_fmpq_mat(target->m, matrix, prec);
        ew_mat_svd_approx(target->u, target->sigma, target->v, target->m, prec);
        if (arithmetic == EW_MPFR)
            for (slong k = 0; k < n * n; k++)
                mag_zero(arb_radref(arb_mat_entry(target->m, k / n, k % n)));
    }
    target->rank = count_rank(target);
    return EW_OK;
}
