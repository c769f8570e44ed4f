/* The top of the Hessian's spectrum of a whole network, matrix-free. With B_l = W_(l-1) .. W_1 and
 * C_l = (W_L .. W_(l+1))^T (P - M) the gradient is G_l = C_l B_l^T; differentiating along H gives
 *     dB_(l+1) = H_l B_l + W_l dB_l,   dC_(l-1) = H_l^T C_l + W_l^T dC_l,   dG_l = dC_l B_l^T + C_l dB_l^T
 * with dC_L = dB_(L+1): the Hessian's product with H, exact. theory/network.md (5) */
#include "model/domain.h"
#include "num/linear.h"
#include <edgewise/model.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DENSE = 64 };

typedef struct {
    slong depth, dim, size; /* size = dim^2 */
    const double *w;
    double *b;  /* B_1 .. B_(L+1) */
    double *c;  /* C_1 .. C_L */
    double *db; /* dB of the present layer and the next, for all layers */
    double *dc; /* two matrices */
} tangent;

/* out = beta out + a b, either transposed. */
static void mul(double *out, const double *a, bool ta, const double *b, bool tb, double beta,
                slong n)
{
    ew_linear_multiply(out, 1, a, ta, b, tb, beta, n);
}

/* B and C at the point. */
static void prepare(tangent *t, const double *target)
{
    slong n = t->dim, s = t->size;
    memset(t->b, 0, (size_t)s * sizeof(double));
    for (slong i = 0; i < n; i++)
        t->b[i * n + i] = 1;
    for (slong l = 0; l < t->depth; l++)
        mul(t->b + (l + 1) * s, t->w + l * s, false, t->b + l * s, false, 0, n);
    double *top = t->c + (t->depth - 1) * s;
    for (slong k = 0; k < s; k++)
        top[k] = t->b[t->depth * s + k] - target[k];
    for (slong l = t->depth - 1; l > 0; l--)
        mul(t->c + (l - 1) * s, t->w + l * s, true, t->c + l * s, false, 0, n);
}

/* out = Hessian h. */
static void apply(double *out, const tangent *t, const double *h)
{
    slong n = t->dim, s = t->size, depth = t->depth;
    memset(t->db, 0, (size_t)s * sizeof(double));
    for (slong l = 0; l < depth; l++) {
        double *next = t->db + (l + 1) * s;
        mul(next, h + l * s, false, t->b + l * s, false, 0, n);
        if (l > 0)
            mul(next, t->w + l * s, false, t->db + l * s, false, 1, n);
    }
    double *dc = t->dc, *other = t->dc + s;
    memcpy(dc, t->db + depth * s, (size_t)s * sizeof(double));
    for (slong l = depth - 1; l >= 0; l--) {
        mul(out + l * s, dc, false, t->b + l * s, true, 0, n);
        if (l == 0)
            break;
        mul(out + l * s, t->c + l * s, false, t->db + l * s, true, 1, n);
        mul(other, h + l * s, true, t->c + l * s, false, 0, n);
        mul(other, t->w + l * s, true, dc, false, 1, n);
        double *swap = dc;
        dc = other;
        other = swap;
    }
}

/* The dense Hessian column by column, and LAPACK. */
static ew_status dense_top(double *values, slong k, const tangent *t)
{
    double h[DENSE * DENSE], e[DENSE] = {0}, lambda[DENSE];
    slong n = t->depth * t->size;
    for (slong j = 0; j < n; j++) {
        e[j] = 1;
        apply(h + j * n, t, e);
        e[j] = 0;
    }
    lapack_int info =
        ew_linear()->dsyev(LAPACK_ROW_MAJOR, 'N', 'U', (lapack_int)n, h, (lapack_int)n, lambda);
    if (info != 0)
        return info < 0 ? EW_RESOURCES : EW_UNDECIDED_STATUS; /* < 0: LAPACKE has no memory */
    for (slong j = 0; j < k; j++)
        values[j] = lambda[n - 1 - j];
    return EW_OK;
}

/* Lanczos vectors that ARPACK keeps. */
static slong basis_size(slong k, slong n)
{
    return FLINT_MIN(n, FLINT_MAX(2 * k + 1, 24));
}

/* ARPACK's reverse communication, from a fixed start vector; `work` holds its vectors. */
static ew_status arpack_top(double *values, slong k, const tangent *t, double *work)
{
    a_int n = (a_int)(t->depth * t->size), nev = (a_int)k, ncv = (a_int)basis_size(k, n), ido = 0;
    a_int lworkl = ncv * (ncv + 8), info = 1, iparam[11] = {1, 0, 1000, 1, 0, 0, 1, 0, 0, 0, 0};
    a_int ipntr[11];
    double *resid = work, *v = resid + n, *workd = v + (size_t)n * (size_t)ncv;
    double *workl = workd + 3 * (size_t)n;
    for (a_int i = 0; i < n; i++)
        resid[i] = 1 + 0.5 * sin(1.0 + 7.0 * i);
    while (true) {
        ew_linear()->dsaupd(&ido, "I", n, "LA", nev, 0, resid, ncv, v, n, iparam, ipntr, workd,
                            workl, lworkl, &info);
        if (ido != -1 && ido != 1)
            break;
        apply(workd + ipntr[1] - 1, t, workd + ipntr[0] - 1);
    }
    if (info != 0 || iparam[4] < nev)
        return EW_UNDECIDED_STATUS;
    a_int *select = calloc((size_t)ncv, sizeof(a_int));
    if (select == NULL)
        return EW_RESOURCES;
    ew_linear()->dseupd(0, "A", select, values, v, n, 0, "I", n, "LA", nev, 0, resid, ncv, v, n,
                        iparam, ipntr, workd, workl, lworkl, &info);
    free(select);
    for (slong i = 0, j = k - 1; i < j; i++, j--) { /* ARPACK's order is ascending */
        double swap = values[i];
        values[i] = values[j];
        values[j] = swap;
    }
    return info == 0 ? EW_OK : EW_UNDECIDED_STATUS;
}

/* Doubles of the tangent's matrices, and of ARPACK's vectors. */
static double tangent_size(slong depth, slong dim)
{
    return (3 * (double)depth + 5) * (double)dim * (double)dim;
}

static double arpack_size(slong depth, slong dim, slong k)
{
    double n = (double)depth * (double)dim * (double)dim;
    double ncv = n < 2 * (double)k + 25 ? n : 2 * (double)k + 25;
    return n * (ncv + 4) + ncv * (ncv + 8);
}

double ew_hessian_top_bytes(slong depth, slong dim, slong k)
{
    return 8 * (tangent_size(depth, dim) + arpack_size(depth, dim, k));
}

ew_status ew_hessian_top(double *values, slong k, const ew_weights *at)
{
    if (values == NULL || at == NULL || at->weights == NULL || at->target == NULL ||
        !ew_depth_fits(at->depth) || at->dim < 1 || at->dim > EW_DIM_MAX || k < 1 ||
        (double)k > (double)at->depth * (double)at->dim * (double)at->dim)
        return EW_BAD_INPUT;
    slong s = at->dim * at->dim, n = at->depth * s;
    if (ew_memory_check(ew_hessian_top_bytes(at->depth, at->dim, k)) != EW_OK || n > INT32_MAX)
        return EW_RESOURCES;
    for (slong i = 0; i < n; i++)
        if (!isfinite(at->weights[i]))
            return EW_BAD_INPUT;
    bool small = n <= DENSE || k >= n;
    if (n > DENSE && small) /* ARPACK gives no more than n - 1 */
        return EW_RESOURCES;
    double count =
        tangent_size(at->depth, at->dim) + (small ? 0 : arpack_size(at->depth, at->dim, k));
    double *work = malloc((size_t)count * sizeof(double));
    if (work == NULL || ew_linear() == NULL) {
        free(work);
        return EW_RESOURCES;
    }
    tangent t = {.depth = at->depth, .dim = at->dim, .size = s, .w = at->weights};
    t.b = work;
    t.c = t.b + (at->depth + 1) * s;
    t.db = t.c + at->depth * s;
    t.dc = t.db + (at->depth + 1) * s;
    prepare(&t, at->target);
    ew_status status = small ? dense_top(values, k, &t) : arpack_top(values, k, &t, t.dc + 2 * s);
    free(work);
    return status;
}
