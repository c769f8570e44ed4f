/* Enclosures of all singular values about those that LAPACK computes: what its factors leave over is bounded in balls.
 * theory/target.md (8) */
#include "num/linear.h"
#include "predict/singular.h"
#include <stdlib.h>

enum { PREC = 64, BLOCK = 50 };

/* What LAPACK makes of the k x n matrix, k <= n: a ~ u diag(d) vt. One allocation, at u. */
typedef struct {
    slong k, n;
    double *u, *d, *vt; /* k x k, k, k x n, row by row */
} factors_t;

/* a 2^-shift as balls. */
static void set_scaled(arb_mat_t b, const fmpz_mat_t a, slong shift)
{
    for (slong i = 0; i < fmpz_mat_nrows(a); i++)
        for (slong j = 0; j < fmpz_mat_ncols(a); j++) {
            arb_ptr x = arb_mat_entry(b, i, j);
            arb_set_round_fmpz(x, fmpz_mat_entry(a, i, j), PREC);
            arb_mul_2exp_si(x, x, -shift);
        }
}

static ew_status factor(factors_t *f, const arb_mat_t a)
{
    slong k = f->k, n = f->n;
    const ew_linear_routines *linear = ew_linear();
    f->u = malloc((size_t)(k * k + k + 2 * k * n) * sizeof(double));
    if (f->u == NULL || linear == NULL)
        return EW_RESOURCES;
    f->d = f->u + k * k;
    f->vt = f->d + k;
    double *copy = f->vt + k * n;
    for (slong i = 0; i < k * n; i++)
        copy[i] = arf_get_d(arb_midref(arb_mat_entry(a, i / n, i % n)), ARF_RND_NEAR);
    lapack_int info =
        linear->dgesdd(LAPACK_ROW_MAJOR, 'S', (lapack_int)k, (lapack_int)n, copy, (lapack_int)n,
                       f->d, f->u, (lapack_int)k, f->vt, (lapack_int)n);
    return info == 0 ? EW_OK : EW_RESOURCES;
}

static void set_doubles(arb_mat_t b, const double *a)
{
    for (slong i = 0; i < arb_mat_nrows(b); i++)
        for (slong j = 0; j < arb_mat_ncols(b); j++)
            arb_set_d(arb_mat_entry(b, i, j), a[i * arb_mat_ncols(b) + j]);
}

/* Adds to `sum` bounds of the squares of the entries of left right - what, in blocks of rows; `what` NULL stands for the unit
 * matrix. */
static ew_status add_squares(mag_t sum, const arb_mat_t left, const arb_mat_t right,
                             const arb_mat_struct *what, const ew_progress *progress)
{
    slong rows = arb_mat_nrows(left), cols = arb_mat_ncols(right);
    ew_status status = EW_OK;
    mag_t size;
    mag_init(size);
    for (slong top = 0; top < rows && status == EW_OK; top += BLOCK) {
        slong height = FLINT_MIN(BLOCK, rows - top);
        arb_mat_t part, product;
        if (!ew_progress_tick(progress, "enclosures", (ulong)top, (ulong)rows))
            status = EW_STOPPED;
        arb_mat_init(product, height, cols);
        arb_mat_window_init(part, left, top, 0, top + height, arb_mat_ncols(left));
        arb_mat_mul(product, part, right, PREC);
        for (slong i = 0; i < height; i++)
            for (slong j = 0; j < cols; j++) {
                arb_ptr x = arb_mat_entry(product, i, j);
                if (what != NULL)
                    arb_sub(x, x, arb_mat_entry(what, top + i, j), PREC);
                else if (top + i == j)
                    arb_sub_ui(x, x, 1, PREC);
                arb_get_mag(size, x);
                mag_addmul(sum, size, size);
            }
        arb_mat_window_clear(part);
        arb_mat_clear(product);
    }
    mag_clear(size);
    return status;
}

/* e >= |b b^T - 1|, for the k x width matrix of these doubles. */
static ew_status defect(mag_t e, const double *doubles, slong k, slong width,
                        const ew_progress *progress)
{
    arb_mat_t b, transpose;
    arb_mat_init(b, k, width);
    arb_mat_init(transpose, width, k);
    set_doubles(b, doubles);
    arb_mat_transpose(transpose, b);
    mag_zero(e);
    ew_status status = add_squares(e, b, transpose, NULL, progress);
    mag_sqrt(e, e);
    arb_mat_clear(b);
    arb_mat_clear(transpose);
    return status;
}

/* rest >= |a - u diag(d) vt|. */
static ew_status residual(mag_t rest, const factors_t *f, const arb_mat_t a,
                          const ew_progress *progress)
{
    arb_mat_t u, w;
    arb_t d;
    arb_mat_init(u, f->k, f->k);
    arb_mat_init(w, f->k, f->n);
    arb_init(d);
    set_doubles(u, f->u);
    set_doubles(w, f->vt);
    for (slong i = 0; i < f->k; i++) {
        arb_set_d(d, f->d[i]);
        _arb_vec_scalar_mul(arb_mat_entry(w, i, 0), arb_mat_entry(w, i, 0), f->n, d, PREC);
    }
    mag_zero(rest);
    ew_status status = add_squares(rest, u, w, a, progress);
    mag_sqrt(rest, rest);
    arb_clear(d);
    arb_mat_clear(u);
    arb_mat_clear(w);
    return status;
}

/* The i-th value is in stretch d_i +- rest, with stretch = [((1 - e_u) (1 - e_v))^(1/2), ((1 + e_u) (1 + e_v))^(1/2)]. */
static ew_status bound(arb_t stretch, mag_t rest, const factors_t *f, const arb_mat_t a,
                       const ew_progress *progress)
{
    mag_t e;
    arb_t other;
    mag_init(e);
    arb_init(other);
    ew_status status = defect(e, f->u, f->k, f->k, progress);
    arb_one(stretch);
    arb_add_error_mag(stretch, e);
    if (status == EW_OK)
        status = defect(e, f->vt, f->k, f->n, progress);
    arb_one(other);
    arb_add_error_mag(other, e);
    arb_mul(stretch, stretch, other, PREC);
    arb_sqrt(stretch, stretch, PREC);
    if (status == EW_OK)
        status = residual(rest, f, a, progress);
    mag_clear(e);
    arb_clear(other);
    if (status == EW_OK && !(arb_is_finite(stretch) && mag_is_finite(rest)))
        return EW_UNDECIDED_STATUS;
    return status;
}

/* The first `rank` values, positive each; the others are 0. */
static ew_status take_values(ew_singular_t values, const factors_t *f, const arb_t stretch,
                             const mag_t rest, slong shift, const fmpq_t unit)
{
    ew_status status = ew_singular_reserve(values, values->rank);
    arb_t scale;
    arb_init(scale);
    arb_set_fmpq(scale, unit, PREC);
    arb_mul_2exp_si(scale, scale, shift);
    for (slong i = 0; i < values->count; i++) {
        ew_singular_value_struct *value = values->list + i;
        value->multiplicity = 1;
        value->kind = EW_ENCLOSED;
        arb_set_d(value->x, f->d[i]);
        arb_mul(value->x, value->x, stretch, PREC);
        arb_add_error_mag(value->x, rest);
        arb_nonnegative_part(value->x, value->x);
        arb_mul(value->x, value->x, scale, PREC);
    }
    arb_clear(scale);
    return status;
}

static ew_status enclose(ew_singular_t values, const fmpz_mat_t a, const fmpq_t unit,
                         const ew_progress *progress)
{
    factors_t f = {fmpz_mat_nrows(a), fmpz_mat_ncols(a), NULL, NULL, NULL};
    slong shift = FLINT_ABS(fmpz_mat_max_bits(a));
    arb_mat_t b;
    arb_t stretch;
    mag_t rest;
    arb_mat_init(b, f.k, f.n);
    arb_init(stretch);
    mag_init(rest);
    set_scaled(b, a, shift);
    ew_status status = factor(&f, b);
    if (status == EW_OK)
        status = bound(stretch, rest, &f, b, progress);
    if (status == EW_OK)
        status = take_values(values, &f, stretch, rest, shift, unit);
    free(f.u);
    mag_clear(rest);
    arb_clear(stretch);
    arb_mat_clear(b);
    return status;
}

/* Bytes of the balls and doubles of a k x n matrix and what is made of it. */
static double bytes_needed(slong k, slong n)
{
    return 6.0 * (double)k * (double)n * (sizeof(arb_struct) + sizeof(double));
}

ew_status ew_singular_by_balls(ew_singular_t values, const fmpq_mat_t m,
                               const ew_progress *progress)
{
    if (values == NULL || m == NULL)
        return EW_BAD_INPUT;
    slong rows = fmpq_mat_nrows(m), cols = fmpq_mat_ncols(m);
    slong k = FLINT_MIN(rows, cols), n = FLINT_MAX(rows, cols);
    ew_singular_clear(values);
    if (k == 0)
        return EW_BAD_INPUT;
    values->way = EW_BY_BALLS;
    values->rows = rows;
    values->cols = cols;
    if (ew_memory_check(bytes_needed(k, n)) != EW_OK)
        return EW_RESOURCES;
    ew_status status = ew_matrix_rank(&values->rank, m, progress);
    values->zeros = k - values->rank;
    if (status != EW_OK)
        return status;
    fmpz_mat_t a;
    fmpq_t unit;
    fmpz_mat_init(a, k, n);
    fmpq_init(unit);
    ew_singular_scale(a, unit, m);
    status = enclose(values, a, unit, progress);
    fmpz_mat_clear(a);
    fmpq_clear(unit);
    return status;
}
