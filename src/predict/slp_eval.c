/* Programs over balls: forward differentiation, and mean values at every operation. theory/slp.md (1), (2)
 *
 * Over a ball X with midpoint m each operation is evaluated from its operands over X, and beside it as
 * f(m) + f'(X) (X - m) and f(m) + f'(m) (X - m) + f''(X) (X - m)^2 / 2; the narrowest is kept, and goes into the next
 * operation. */
#include "predict/slp_eval.h"
#include "num/domain.h"

enum { SPARE = 6 };

void ew_slp_work_init(slp_work_t work, const ew_slp_t p)
{
    slong n = p->count;
    work->p = p;
    work->prec = 0;
    work->at = _arb_vec_init(n);
    work->slope_at = _arb_vec_init(n);
    work->over = _arb_vec_init(n);
    work->slope_over = _arb_vec_init(n);
    work->curvature_over = _arb_vec_init(n);
    work->constants = _arb_vec_init(n);
    work->spare = _arb_vec_init(SPARE);
}

void ew_slp_work_clear(slp_work_t work)
{
    slong n = work->p->count;
    _arb_vec_clear(work->at, n);
    _arb_vec_clear(work->slope_at, n);
    _arb_vec_clear(work->over, n);
    _arb_vec_clear(work->slope_over, n);
    _arb_vec_clear(work->curvature_over, n);
    _arb_vec_clear(work->constants, n);
    _arb_vec_clear(work->spare, SPARE);
}

void ew_slp_set_prec(slp_work_t work, slong prec)
{
    if (work->prec == prec)
        return;
    for (slong i = 0; i < work->p->count; i++)
        if (work->p->ops[i].kind == EW_SLP_CONSTANT)
            arb_set_fmpq(work->constants + i, work->p->ops[i].c, prec);
    work->prec = prec;
}

/* out = a^n over all points of a: by its ends where a is wide, as the power is monotone on either side of 0. */
static void power(arb_t out, const arb_t a, ulong n, slong prec)
{
    if (n <= 1 || !arb_is_finite(a) || arb_rel_accuracy_bits(a) > prec / 2) {
        arb_pow_ui(out, a, n, prec);
        return;
    }
    arb_t lo, hi;
    arb_init(lo);
    arb_init(hi);
    bool across = arb_contains_zero(a);
    arb_get_lbound_arf(arb_midref(lo), a, prec);
    arb_get_ubound_arf(arb_midref(hi), a, prec);
    arb_pow_ui(lo, lo, n, prec);
    arb_pow_ui(hi, hi, n, prec);
    if (across && n % 2 == 0) { /* from 0 to the larger end */
        arb_union(out, lo, hi, prec);
        arb_zero(lo);
        arb_union(out, out, lo, prec);
    } else
        arb_union(out, lo, hi, prec);
    arb_clear(lo);
    arb_clear(hi);
}

/* Value and slope of operation i from those of its operands; slopes == NULL: values alone. */
static void apply(arb_ptr values, arb_ptr slopes, slong i, const arb_t x, slp_work_t work)
{
    const ew_slp_op *op = work->p->ops + i;
    slong prec = work->prec;
    arb_ptr v = values + i, d = slopes == NULL ? NULL : slopes + i, t = work->spare;
    switch (op->kind) {
    case EW_SLP_CONSTANT:
        arb_set(v, work->constants + i);
        if (d != NULL)
            arb_zero(d);
        break;
    case EW_SLP_X:
        arb_set(v, x);
        if (d != NULL)
            arb_one(d);
        break;
    case EW_SLP_ADD:
        arb_add(v, values + op->a, values + op->b, prec);
        if (d != NULL)
            arb_add(d, slopes + op->a, slopes + op->b, prec);
        break;
    case EW_SLP_SUB:
        arb_sub(v, values + op->a, values + op->b, prec);
        if (d != NULL)
            arb_sub(d, slopes + op->a, slopes + op->b, prec);
        break;
    case EW_SLP_MUL:
        arb_mul(v, values + op->a, values + op->b, prec);
        if (d != NULL) {
            arb_mul(t, slopes + op->a, values + op->b, prec);
            arb_mul(d, slopes + op->b, values + op->a, prec);
            arb_add(d, d, t, prec);
        }
        break;
    case EW_SLP_POW:
        if (d == NULL || op->n == 0) {
            power(v, values + op->a, op->n, prec);
            if (d != NULL)
                arb_zero(d);
        } else {
            power(t, values + op->a, op->n - 1, prec);
            power(v, values + op->a, op->n, prec);
            arb_mul_ui(d, t, op->n, prec);
            arb_mul(d, d, slopes + op->a, prec);
        }
        break;
    }
}

/* The second derivative over X of operation i. */
static void curve(slong i, slp_work_t work)
{
    const ew_slp_op *op = work->p->ops + i;
    slong prec = work->prec;
    arb_ptr v = work->over, d = work->slope_over, dd = work->curvature_over, out = dd + i;
    arb_ptr t = work->spare, w = t + 1;
    switch (op->kind) {
    case EW_SLP_CONSTANT:
    case EW_SLP_X:
        arb_zero(out);
        break;
    case EW_SLP_ADD:
        arb_add(out, dd + op->a, dd + op->b, prec);
        break;
    case EW_SLP_SUB:
        arb_sub(out, dd + op->a, dd + op->b, prec);
        break;
    case EW_SLP_MUL:
        arb_mul(t, d + op->a, d + op->b, prec);
        arb_mul_2exp_si(t, t, 1);
        arb_mul(w, dd + op->a, v + op->b, prec);
        arb_add(t, t, w, prec);
        arb_mul(w, dd + op->b, v + op->a, prec);
        arb_add(out, t, w, prec);
        break;
    case EW_SLP_POW: /* n a^(n-2) ((n-1) a'^2 + a a'') */
        if (op->n < 2) {
            if (op->n == 1)
                arb_set(out, dd + op->a);
            else
                arb_zero(out);
            break;
        }
        power(t, d + op->a, 2, prec);
        arb_mul_ui(t, t, op->n - 1, prec);
        arb_mul(w, v + op->a, dd + op->a, prec);
        arb_add(t, t, w, prec);
        power(w, v + op->a, op->n - 2, prec);
        arb_mul(t, t, w, prec);
        arb_mul_ui(out, t, op->n, prec);
        break;
    }
}

/* Takes `other` for `out` where it is the narrower. */
static void keep_narrower(arb_t out, arb_t other)
{
    if (arb_is_finite(other) &&
        (!arb_is_finite(out) || mag_cmp(arb_radref(other), arb_radref(out)) < 0))
        arb_swap(out, other);
}

/* Mean values of operation i; h = X - m, square = h^2 / 2. */
static void centre(slong i, const arb_t h, const arb_t square, slp_work_t work)
{
    slong prec = work->prec;
    arb_ptr t = work->spare, w = t + 1;
    arb_mul(t, work->curvature_over + i, h, prec);
    arb_add(t, t, work->slope_at + i, prec);
    keep_narrower(work->slope_over + i, t);
    arb_mul(t, work->slope_over + i, h, prec);
    arb_add(t, t, work->at + i, prec);
    keep_narrower(work->over + i, t);
    arb_mul(t, work->slope_at + i, h, prec);
    arb_mul(w, work->curvature_over + i, square, prec);
    arb_add(t, t, w, prec);
    arb_add(t, t, work->at + i, prec);
    keep_narrower(work->over + i, t);
}

void ew_slp_walk_point(slp_work_t work, const arb_t m, bool slopes, slong prec)
{
    ew_slp_set_prec(work, prec);
    for (slong i = 0; i < work->p->count; i++)
        apply(work->at, slopes ? work->slope_at : NULL, i, m, work);
}

void ew_slp_walk(slp_work_t work, const arb_t X, slong prec)
{
    arb_t m;
    arb_ptr h = work->spare + 2, square = work->spare + 3;
    arb_init(m);
    arb_get_mid_arb(m, X);
    ew_slp_walk_point(work, m, true, prec);
    arb_sub(h, X, m, prec); /* centred at 0 exactly */
    power(square, h, 2, prec);
    arb_mul_2exp_si(square, square, -1);
    for (slong i = 0; i < work->p->count; i++) {
        apply(work->over, work->slope_over, i, X, work);
        curve(i, work);
        centre(i, h, square, work);
    }
    arb_clear(m);
}

ew_status ew_slp_eval_ball(arb_t value, arb_ptr slope, arb_ptr curvature, const ew_slp_t p,
                           const arb_t x, slong prec)
{
    if (value == NULL || p == NULL || x == NULL || value == x || slope == x || curvature == x ||
        !ew_prec_fits(prec))
        return EW_BAD_INPUT;
    if (!ew_prec_is_affordable(prec))
        return EW_RESOURCES;
    if (p->bad || p->count == 0)
        return EW_BAD_INPUT;
    slp_work_t work;
    slong last = p->count - 1;
    ew_slp_work_init(work, p);
    ew_slp_walk(work, x, prec);
    arb_swap(value, work->over + last);
    if (slope != NULL)
        arb_swap(slope, work->slope_over + last);
    if (curvature != NULL)
        arb_swap(curvature, work->curvature_over + last);
    ew_slp_work_clear(work);
    return EW_OK;
}
