/* The spectrum from the blocks in doubles: the formulas of hessian_block.c, eigenvalues by LAPACK. For networks
 * of a million parameters and more. */
#include "model/domain.h"
#include "num/linear.h"
#include "predict/spectrum.h"
#include <stdlib.h>

/* The block of a pair (di, dj), or with one = true that of a single mode (di = dj), row-major in h. */
static void fill_block(double *h, const double *di, const double *dj, double ri, double rj,
                       slong depth, bool one)
{
    slong n = one ? depth : 2 * depth;
    for (slong k = 0; k < n * n; k++)
        h[k] = 0;
    for (int side = 0; side < (one ? 1 : 2); side++) {
        const double *x = side == 0 ? di : dj, *y = side == 0 ? dj : di;
        slong from = side * depth, to = one ? 0 : depth - from;
        double above = 1, r = side == 0 ? ri : rj;
        for (slong l = depth - 1; l >= 0; above *= x[l], l--) { /* above = A_l */
            double here = above, between = r * above;
            for (slong q = 0; q < l; q++)
                here *= y[q]; /* A_l,i B_l,j */
            double above_m = 1;
            for (slong m = depth - 1; m >= 0; above_m *= x[m], m--) {
                double there = above_m;
                for (slong q = 0; q < m; q++)
                    there *= y[q];
                h[(from + l) * n + from + m] += here * there;
            }
            for (slong m = l - 1; m >= 0; between *= y[m], m--) { /* r_i A_l,i prod y */
                double cross = between;
                for (slong q = 0; q < m; q++)
                    cross *= x[q];
                h[(from + l) * n + to + m] += cross;
                h[(to + m) * n + from + l] += cross;
            }
        }
    }
}

/* The block's eigenvalues, into the spectrum. False when LAPACK fails. */
static bool add_block(ew_spectrum_t spectrum, double *h, double *lambda, slong n, slong copies,
                      ew_eigen_kind kind, slong i, slong j)
{
    const ew_linear_routines *linear = ew_linear();
    if (linear == NULL ||
        linear->dsyev(LAPACK_ROW_MAJOR, 'N', 'U', (lapack_int)n, h, (lapack_int)n, lambda) != 0)
        return false;
    for (slong k = n - 1; k >= 0; k--)
        arb_set_d(ew_spectrum_add(spectrum, copies, kind, i + 1, j + 1), lambda[k]);
    return true;
}

/* The scalars and residuals of all modes in doubles: depth + 1 numbers a mode, the residual last. */
static double *scalars_of(const ew_point_t point)
{
    slong depth = point->depth;
    double *all = malloc((size_t)(point->modes * (depth + 1)) * sizeof(double));
    for (slong i = 0; all != NULL && i < point->modes; i++) {
        double *d = all + i * (depth + 1), product = 1;
        for (slong l = 0; l < depth; l++) {
            d[l] = arf_get_d(arb_midref(point->scalars + i * depth + l), ARF_RND_NEAR);
            product *= d[l];
        }
        d[depth] = product - arf_get_d(arb_midref(point->sigma + i), ARF_RND_NEAR);
    }
    return all;
}

/* All blocks of mode i with itself and with the modes after it. False when LAPACK fails. */
static bool add_mode(ew_spectrum_t spectrum, const ew_point_t point, const double *all, slong i,
                     double *work)
{
    slong depth = point->depth;
    const double *di = all + i * (depth + 1);
    double *lambda = work + 4 * depth * depth;
    fill_block(work, di, di, di[depth], di[depth], depth, true);
    bool fine = add_block(spectrum, work, lambda, depth, point->copies[i], EW_EIGEN_DIAGONAL, i, i);
    for (slong j = i; j < point->modes && fine; j++) {
        const double *dj = all + j * (depth + 1);
        slong pairs = ew_point_pairs(point, i, j);
        if (pairs == 0)
            continue;
        fill_block(work, di, dj, di[depth], dj[depth], depth, false);
        fine = add_block(spectrum, work, lambda, 2 * depth, pairs, EW_EIGEN_PAIR, i, j);
    }
    return fine;
}

ew_status ew_spectrum_point_double(ew_spectrum_t spectrum, const ew_point_t point,
                                   const ew_progress *progress)
{
    if (spectrum == NULL || point == NULL || !ew_depth_fits(point->depth))
        return EW_BAD_INPUT;
    double depth = (double)point->depth;
    if (ew_memory_check(8 * (4 * depth * depth + 2 * depth)) != EW_OK ||
        ew_spectrum_reserve(spectrum, ew_point_eigenvalues(point), 53) != EW_OK)
        return EW_RESOURCES;
    double *all = scalars_of(point);
    double *work = malloc((size_t)(4 * depth * depth + 2 * depth) * sizeof(double));
    ew_status status = all != NULL && work != NULL ? EW_OK : EW_RESOURCES;
    for (slong i = 0; i < point->modes && status == EW_OK; i++) {
        if (!add_mode(spectrum, point, all, i, work))
            status = EW_RESOURCES;
        else if (!ew_progress_tick(progress, "Hessian blocks", (ulong)i, (ulong)point->modes))
            status = EW_STOPPED;
    }
    free(all);
    free(work);
    ew_spectrum_finish(spectrum, 53);
    return status;
}
