/* Points of the invariant set. */
#include "model/domain.h"
#include <edgewise/model.h>

double ew_point_bytes(const ew_problem_t problem, slong prec)
{
    double modes = (double)problem->count + (problem->dim > problem->count);
    return modes * ((double)problem->depth + 1) * ((double)sizeof(arb_struct) + (double)prec / 8);
}

void ew_point_init(ew_point_t point, const ew_problem_t problem, slong prec)
{
    bool fits = ew_problem_fits(problem) && ew_prec_fits(prec);
    point->depth = fits ? problem->depth : 0;
    point->modes = fits ? problem->count + (problem->dim > problem->count) : 0;
    point->copies = flint_malloc((size_t)point->modes * sizeof(slong));
    point->sigma = _arb_vec_init(point->modes);
    point->scalars = _arb_vec_init(point->modes * point->depth);
    for (slong i = 0; i < point->modes; i++) {
        point->copies[i] = i < problem->count ? 1 : problem->dim - problem->count;
        if (i < problem->count)
            arb_set_fmpq(point->sigma + i, problem->sigma + i, prec);
    }
}

void ew_point_clear(ew_point_t point)
{
    flint_free(point->copies);
    _arb_vec_clear(point->sigma, point->modes);
    _arb_vec_clear(point->scalars, point->modes * point->depth);
}

void ew_point_set_pair(ew_point_t point, slong i, const arb_t a, const arb_t b)
{
    if (i < 0 || i >= point->modes)
        return;
    arb_ptr d = point->scalars + i * point->depth;
    for (slong l = 0; l < point->depth - 1; l++)
        arb_set(d + l, b);
    arb_set(d + point->depth - 1, a);
}

void ew_point_set_start(ew_point_t point, const ew_problem_t problem, slong prec)
{
    arb_t a, b;
    arb_init(a);
    arb_init(b);
    if (ew_prec_fits(prec))
        arb_set_fmpq(b, problem->alpha, prec);
    else
        arb_indeterminate(b);
    for (slong i = 0; i < point->modes; i++)
        ew_point_set_pair(point, i, a, b);
    arb_clear(a);
    arb_clear(b);
}

void ew_point_set_minimum(ew_point_t point, const ew_problem_t problem, const fmpq_t null,
                          slong prec)
{
    ew_mode_t mode;
    arb_t a, b;
    ew_mode_init(mode);
    arb_init(a);
    arb_init(b);
    for (slong i = 0; i < point->modes; i++) {
        ew_problem_mode(mode, problem, i);
        if (i < problem->count) {
            ew_mode_edge(a, mode, prec);
            arb_set(b, a);
        } else {
            arb_zero(a);
            arb_set_fmpq(b, null, prec);
        }
        ew_point_set_pair(point, i, a, b);
    }
    ew_mode_clear(mode);
    arb_clear(a);
    arb_clear(b);
}
