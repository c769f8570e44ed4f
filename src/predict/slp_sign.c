/* The sign of a program over a wide interval, with ends of any size. theory/slp.md (2)
 *
 * A ball has a radius of 30 bits: from 2 +- 1 to the power 100 on it cannot be told from 0 any more, and a polynomial of
 * degree d would have to be covered with cells as narrow as 1/d even where one of its terms towers above the others. Here an
 * interval is its two ends, floating-point numbers without bounds on the exponents, rounded outwards. */
#include "predict/slp_eval.h"

enum { BITS = 128 };

typedef struct {
    arf_t lo, hi;
} range_struct;

static void product(range_struct *out, const range_struct *a, const range_struct *b)
{
    arf_srcptr ends[4][2] = {{a->lo, b->lo}, {a->lo, b->hi}, {a->hi, b->lo}, {a->hi, b->hi}};
    arf_t t;
    arf_init(t);
    for (int i = 0; i < 4; i++) {
        arf_mul(t, ends[i][0], ends[i][1], BITS, ARF_RND_FLOOR);
        if (i == 0 || arf_cmp(t, out->lo) < 0)
            arf_set(out->lo, t);
        arf_mul(t, ends[i][0], ends[i][1], BITS, ARF_RND_CEIL);
        if (i == 0 || arf_cmp(t, out->hi) > 0)
            arf_set(out->hi, t);
    }
    arf_clear(t);
}

/* x^n, rounded down and up. */
static void end_power(arf_t lo, arf_t hi, const arf_t x, ulong n)
{
    arb_t p;
    arb_init(p);
    arb_set_arf(p, x);
    arb_pow_ui(p, p, n, BITS);
    arb_get_lbound_arf(lo, p, BITS);
    arb_get_ubound_arf(hi, p, BITS);
    arb_clear(p);
}

static void power(range_struct *out, const range_struct *a, ulong n)
{
    arf_t lo[2], hi[2];
    for (int i = 0; i < 2; i++) {
        arf_init(lo[i]);
        arf_init(hi[i]);
    }
    end_power(lo[0], hi[0], a->lo, n);
    end_power(lo[1], hi[1], a->hi, n);
    bool across = arf_sgn(a->lo) < 0 && arf_sgn(a->hi) > 0, even = n % 2 == 0;
    arf_min(out->lo, lo[0], lo[1]);
    arf_max(out->hi, hi[0], hi[1]);
    if (across && even && n > 0)
        arf_zero(out->lo);
    for (int i = 0; i < 2; i++) {
        arf_clear(lo[i]);
        arf_clear(hi[i]);
    }
}

/* Operation i; `constant` is that of the operation, if it is one. */
static void apply(range_struct *ranges, slong i, const ew_slp_op *op, const arb_t constant,
                  const arb_t X)
{
    range_struct *out = ranges + i, *a = ranges + op->a, *b = ranges + op->b;
    switch (op->kind) {
    case EW_SLP_CONSTANT:
    case EW_SLP_X:
        arb_get_lbound_arf(out->lo, op->kind == EW_SLP_X ? X : constant, BITS);
        arb_get_ubound_arf(out->hi, op->kind == EW_SLP_X ? X : constant, BITS);
        break;
    case EW_SLP_ADD:
        arf_add(out->lo, a->lo, b->lo, BITS, ARF_RND_FLOOR);
        arf_add(out->hi, a->hi, b->hi, BITS, ARF_RND_CEIL);
        break;
    case EW_SLP_SUB:
        arf_sub(out->lo, a->lo, b->hi, BITS, ARF_RND_FLOOR);
        arf_sub(out->hi, a->hi, b->lo, BITS, ARF_RND_CEIL);
        break;
    case EW_SLP_MUL:
        product(out, a, b);
        break;
    case EW_SLP_POW:
        power(out, a, op->n);
        break;
    }
}

int ew_slp_sign_over(slp_work_t work, const arb_t X)
{
    slong n = work->p->count;
    range_struct *ranges = flint_malloc((size_t)n * sizeof(range_struct));
    for (slong i = 0; i < n; i++) {
        arf_init(ranges[i].lo);
        arf_init(ranges[i].hi);
    }
    ew_slp_set_prec(work, BITS);
    for (slong i = 0; i < n; i++)
        apply(ranges, i, work->p->ops + i, work->constants + i, X);
    range_struct *f = ranges + n - 1;
    bool fine = arf_is_finite(f->lo) && arf_is_finite(f->hi);
    int sign = !fine ? 0 : arf_sgn(f->lo) > 0 ? 1 : arf_sgn(f->hi) < 0 ? -1 : 0;
    for (slong i = 0; i < n; i++) {
        arf_clear(ranges[i].lo);
        arf_clear(ranges[i].hi);
    }
    flint_free(ranges);
    return sign;
}
