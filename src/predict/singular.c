/* The singular values of a rational matrix: what both ways share. theory/target.md */
#include "predict/singular.h"
#include "model/domain.h"
#include "num/domain.h"
#include <stdlib.h>
#include <string.h>

const char *ew_singular_way_text(ew_singular_way way)
{
    static const char *const text[] = {"polynomial", "balls"};
    return EW_WORD_OF(text, way);
}

const char *ew_number_kind_text(ew_number_kind kind)
{
    static const char *const text[] = {"rational", "square root", "irrational", "enclosed"};
    return EW_WORD_OF(text, kind);
}

void ew_singular_init(ew_singular_t values)
{
    memset(values, 0, sizeof(ew_singular_struct));
}

void ew_singular_clear(ew_singular_t values)
{
    for (slong i = 0; i < values->count; i++) {
        arb_clear(values->list[i].x);
        fmpq_clear(values->list[i].value);
    }
    free(values->list);
    ew_singular_init(values);
}

ew_status ew_singular_reserve(ew_singular_t values, slong count)
{
    values->list = calloc((size_t)FLINT_MAX(count, 1), sizeof(ew_singular_value_struct));
    if (values->list == NULL)
        return EW_RESOURCES;
    values->count = count;
    for (slong i = 0; i < count; i++) {
        arb_init(values->list[i].x);
        fmpq_init(values->list[i].value);
    }
    return EW_OK;
}

void ew_singular_scale(fmpz_mat_t a, fmpq_t unit, const fmpq_mat_t m)
{
    fmpz_mat_t all;
    fmpz_mat_init(all, fmpq_mat_nrows(m), fmpq_mat_ncols(m));
    fmpq_mat_get_fmpz_mat_matwise(all, fmpq_denref(unit), m);
    fmpz_mat_content(fmpq_numref(unit), all);
    if (fmpz_is_zero(fmpq_numref(unit)))
        fmpq_one(unit);
    else
        fmpz_mat_scalar_divexact_fmpz(all, all, fmpq_numref(unit));
    fmpq_canonicalise(unit);
    if (fmpz_mat_nrows(all) > fmpz_mat_ncols(all))
        fmpz_mat_transpose(a, all);
    else
        fmpz_mat_set(a, all);
    fmpz_mat_clear(all);
}

ew_status ew_singular_values(ew_singular_t values, const fmpq_mat_t m, slong prec, slong max_prec,
                             const ew_progress *progress)
{
    if (values == NULL || m == NULL || !ew_prec_fits(prec) || !ew_prec_fits(max_prec))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    if (prec < 2 || max_prec < prec)
        return EW_BAD_INPUT;
    return ew_singular_is_affordable(m)
               ? ew_singular_by_polynomial(values, m, prec, max_prec, progress)
               : ew_singular_by_balls(values, m, progress);
}

/* s = eta L sigma^2 / (sigma^(1/L))^2 at an exact sigma >= 0. */
static void step_at(arb_t s, const arb_t sigma, slong depth, const fmpq_t eta, slong prec)
{
    slong wp = prec + 32;
    arb_t root, scale;
    fmpq_t eta_depth;
    arb_init(root);
    arb_init(scale);
    fmpq_init(eta_depth);
    fmpq_mul_si(eta_depth, eta, depth);
    arb_set_fmpq(scale, eta_depth, wp);
    arb_root_ui(root, sigma, (ulong)depth, wp);
    arb_div(root, sigma, root, wp);
    arb_sqr(root, root, wp);
    if (arb_is_zero(sigma))
        arb_zero(s);
    else
        arb_mul(s, scale, root, prec);
    fmpq_clear(eta_depth);
    arb_clear(scale);
    arb_clear(root);
}

void ew_singular_s(arb_t s, const ew_singular_value_struct *value, slong depth, const fmpq_t eta,
                   slong prec)
{
    if (!ew_depth_fits(depth) || !ew_rational_fits(eta) || !ew_prec_fits(prec)) {
        arb_indeterminate(s);
        return;
    }
    if (!arb_contains_nonpositive(value->x)) {
        step_at(s, value->x, depth, eta, prec);
        return;
    }
    arb_t top; /* s rises with sigma: from that of 0 to that of the upper end */
    arb_init(top);
    arb_get_ubound_arf(arb_midref(top), value->x, prec);
    step_at(s, top, depth, eta, prec);
    arb_zero(top);
    arb_union(s, s, top, prec);
    arb_clear(top);
}

ew_status ew_singular_regime(ew_regime *regime, const ew_singular_value_struct *value, slong depth,
                             const fmpq_t eta)
{
    if (regime == NULL || value == NULL || !ew_depth_fits(depth) || !ew_rational_fits(eta) ||
        fmpq_sgn(eta) <= 0)
        return EW_BAD_INPUT;
    fmpq_t two, square;
    fmpq_init(two);
    fmpq_init(square);
    fmpq_set_si(two, 2, 1);
    fmpq_set(square, value->value);
    if (value->kind == EW_RATIONAL)
        fmpq_mul(square, square, square);
    int sign = 0;
    bool told = value->kind == EW_RATIONAL || value->kind == EW_SQUARE_ROOT;
    if (told)
        sign = ew_square_cmp_s(depth, eta, square, two);
    else {
        arb_t s;
        arb_init(s);
        ew_singular_s(s, value, depth, eta, FLINT_MAX(64, arb_rel_accuracy_bits(value->x) + 32));
        arb_sub_ui(s, s, 2, 64);
        sign = arb_is_positive(s) - arb_is_negative(s);
        told = sign != 0;
        arb_clear(s);
    }
    *regime = sign < 0 ? EW_BELOW : sign > 0 ? EW_BEYOND : EW_EDGE;
    fmpq_clear(two);
    fmpq_clear(square);
    return told ? EW_OK : EW_UNDECIDED_STATUS;
}
