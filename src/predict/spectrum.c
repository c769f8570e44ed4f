/* Spectra of the Hessian: in closed form at the balanced minimum, and from the blocks at any point of the
 * invariant set. theory/hessian-spectrum.md */
#include "predict/spectrum.h"
#include "model/domain.h"
#include "num/mat.h"
#include <stdlib.h>

const char *ew_eigen_kind_text(ew_eigen_kind kind)
{
    static const char *const text[] = {"diagonal", "pair", "zero"};
    return EW_WORD_OF(text, kind);
}

void ew_spectrum_init(ew_spectrum_t spectrum)
{
    spectrum->list = NULL;
    spectrum->count = 0;
    arb_init(spectrum->sharpness);
}

void ew_spectrum_clear(ew_spectrum_t spectrum)
{
    for (slong k = 0; k < spectrum->count; k++) {
        arb_clear(spectrum->list[k].value);
        fmpz_clear(spectrum->list[k].multiplicity);
    }
    flint_free(spectrum->list);
    arb_clear(spectrum->sharpness);
}

static int by_value(const void *left, const void *right)
{
    const ew_eigen *a = left, *b = right;
    int order = arf_cmp(arb_midref(b->value), arb_midref(a->value));
    if (order == 0)
        order = (a->kind > b->kind) - (a->kind < b->kind);
    if (order == 0)
        order = (a->i > b->i) - (a->i < b->i);
    return order != 0 ? order : (a->j > b->j) - (a->j < b->j);
}

void ew_spectrum_sort(ew_spectrum_t spectrum)
{
    if (spectrum->count > 1)
        qsort(spectrum->list, (size_t)spectrum->count, sizeof(ew_eigen), by_value);
}

void ew_spectrum_size(fmpz_t size, const ew_spectrum_t spectrum)
{
    fmpz_zero(size);
    for (slong k = 0; k < spectrum->count; k++)
        fmpz_add(size, size, spectrum->list[k].multiplicity);
}

ew_status ew_spectrum_reserve(ew_spectrum_t spectrum, double entries, slong prec)
{
    ew_spectrum_clear(spectrum);
    ew_spectrum_init(spectrum);
    double bytes = entries * ((double)sizeof(ew_eigen) + (double)prec / 8);
    if (ew_memory_check(bytes) != EW_OK)
        return EW_RESOURCES;
    spectrum->list = flint_malloc((size_t)entries * sizeof(ew_eigen));
    arb_zero(spectrum->sharpness);
    return EW_OK;
}

arb_ptr ew_spectrum_add(ew_spectrum_t spectrum, slong multiplicity, ew_eigen_kind kind, slong i,
                        slong j)
{
    ew_eigen *entry = spectrum->list + spectrum->count++;
    arb_init(entry->value);
    fmpz_init_set_ui(entry->multiplicity, (ulong)multiplicity);
    entry->kind = kind;
    entry->i = i;
    entry->j = j;
    return entry->value;
}

void ew_spectrum_finish(ew_spectrum_t spectrum, slong prec)
{
    for (slong k = 0; k < spectrum->count; k++)
        if (k == 0)
            arb_set(spectrum->sharpness, spectrum->list[k].value);
        else
            arb_max(spectrum->sharpness, spectrum->sharpness, spectrum->list[k].value, prec);
}

void ew_minimum_eigenvalue(arb_t value, const ew_point_t point, slong i, slong j, slong prec)
{
    slong depth = point->depth;
    arb_srcptr di = point->scalars + i * depth, dj = point->scalars + j * depth;
    arb_ptr below = _arb_vec_init(depth);
    arb_t above;
    arb_init(above);
    arb_one(below);
    for (slong l = 1; l < depth; l++)
        arb_mul(below + l, below + l - 1, dj + l - 1, prec);
    arb_one(above);
    arb_zero(value);
    for (slong l = depth - 1; l >= 0; l--) {
        arb_mul(below + l, below + l, above, prec);
        arb_addmul(value, below + l, below + l, prec);
        arb_mul(above, above, di + l, prec);
    }
    arb_clear(above);
    _arb_vec_clear(below, depth);
}

/* The rest of the depth dim^2 eigenvalues, if any. */
static void add_zeros(ew_spectrum_t spectrum, const ew_problem_t problem)
{
    fmpz_t size, counted;
    fmpz_init_set_ui(size, (ulong)problem->depth);
    fmpz_init(counted);
    fmpz_mul_si(size, size, problem->dim);
    fmpz_mul_si(size, size, problem->dim);
    ew_spectrum_size(counted, spectrum);
    fmpz_sub(size, size, counted);
    if (fmpz_sgn(size) > 0) {
        ew_spectrum_add(spectrum, 0, EW_EIGEN_ZERO, 0, 0);
        fmpz_set(spectrum->list[spectrum->count - 1].multiplicity, size);
    }
    fmpz_clear(size);
    fmpz_clear(counted);
}

ew_status ew_spectrum_minimum(ew_spectrum_t spectrum, const ew_problem_t problem, const fmpq_t null,
                              slong prec)
{
    if (spectrum == NULL || !ew_problem_fits(problem) || !ew_rational_fits(null) ||
        !ew_prec_fits(prec))
        return EW_BAD_INPUT;
    double modes = (double)problem->count + 1;
    slong wp = prec + 2 * (slong)FLINT_BIT_COUNT((ulong)problem->depth) + 16;
    if (ew_spectrum_reserve(spectrum, modes * (modes + 1) + 1, prec) != EW_OK ||
        ew_memory_check(ew_point_bytes(problem, wp)) != EW_OK)
        return EW_RESOURCES;
    ew_point_t point;
    ew_point_init(point, problem, wp);
    ew_point_set_minimum(point, problem, null, wp);
    for (slong i = 0; i < point->modes; i++)
        for (slong j = 0; j < point->modes; j++) {
            slong copies = point->copies[i] * point->copies[j];
            for (int diagonal = i == j; diagonal >= 0; diagonal--) {
                slong many = !diagonal && i == j ? copies - point->copies[i]
                             : diagonal          ? point->copies[i]
                                                 : copies;
                bool both_null = i >= problem->count && j >= problem->count && fmpq_is_zero(null);
                if (many == 0 || both_null)
                    continue;
                arb_ptr value = ew_spectrum_add(
                    spectrum, many, diagonal ? EW_EIGEN_DIAGONAL : EW_EIGEN_PAIR, i + 1, j + 1);
                ew_minimum_eigenvalue(value, point, i, j, wp);
            }
        }
    add_zeros(spectrum, problem);
    ew_spectrum_finish(spectrum, prec);
    ew_point_clear(point);
    return EW_OK;
}

/* The eigenvalues of one block, each `copies` times. */
static void add_block(ew_spectrum_t spectrum, const arb_mat_t h, slong copies, ew_eigen_kind kind,
                      slong i, slong j, slong prec)
{
    slong n = arb_mat_nrows(h);
    arb_ptr lambda = _arb_vec_init(n);
    ew_mat_symmetric_eigenvalues(lambda, h, prec);
    for (slong k = 0; k < n; k++)
        arb_set_round(ew_spectrum_add(spectrum, copies, kind, i + 1, j + 1), lambda + k, prec);
    _arb_vec_clear(lambda, n);
}

double ew_point_eigenvalues(const ew_point_t point)
{
    double modes = (double)point->modes;
    return (double)point->depth * (modes * (modes + 1) + 2);
}

slong ew_point_pairs(const ew_point_t point, slong i, slong j)
{
    slong n = point->copies[i];
    return i == j ? n * (n - 1) / 2 : n * point->copies[j];
}

ew_status ew_spectrum_point(ew_spectrum_t spectrum, const ew_point_t point, slong prec,
                            const ew_progress *progress)
{
    if (spectrum == NULL || point == NULL || !ew_depth_fits(point->depth) || !ew_prec_fits(prec))
        return EW_BAD_INPUT;
    slong depth = point->depth, modes = point->modes, wp = prec + 2 * depth + 16;
    double n = 2 * (double)depth;
    if (ew_spectrum_reserve(spectrum, ew_point_eigenvalues(point), prec) != EW_OK ||
        ew_memory_check(8 * n * n * ((double)sizeof(arb_struct) + (double)wp / 8)) != EW_OK)
        return EW_RESOURCES;
    ew_status status = EW_OK;
    arb_mat_t one, two;
    arb_mat_init(one, depth, depth);
    arb_mat_init(two, 2 * depth, 2 * depth);
    for (slong i = 0; i < modes && status == EW_OK; i++) {
        ew_hessian_diagonal(one, point, i, wp);
        add_block(spectrum, one, point->copies[i], EW_EIGEN_DIAGONAL, i, i, prec);
        for (slong j = i; j < modes && status == EW_OK; j++) {
            slong pairs = ew_point_pairs(point, i, j);
            if (pairs == 0)
                continue;
            ew_hessian_pair(two, point, i, j, wp);
            add_block(spectrum, two, pairs, EW_EIGEN_PAIR, i, j, prec);
            if (!ew_progress_tick(progress, "Hessian blocks", (ulong)(i * modes + j),
                                  (ulong)(modes * modes)))
                status = EW_STOPPED;
        }
    }
    arb_mat_clear(one);
    arb_mat_clear(two);
    ew_spectrum_finish(spectrum, prec);
    return status;
}

void ew_sharpness_point(arb_t sharpness, const ew_point_t point, slong prec)
{
    ew_spectrum_t spectrum;
    ew_spectrum_init(spectrum);
    arb_indeterminate(sharpness);
    if (ew_spectrum_point(spectrum, point, prec, NULL) == EW_OK)
        arb_set(sharpness, spectrum->sharpness);
    ew_spectrum_clear(spectrum);
}
