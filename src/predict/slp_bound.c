/* A bound on the real roots of a program. theory/slp.md (5)
 *
 * For |x| >= R = 2^r each operation is x^d C with a degree d and C in a ball: x^j / x^d for j < d is within R^(j-d) of 0.
 * Where the last C is not 0 there is no root out there. */
#include <edgewise/slp.h>

enum { PREC = 128, MOST_LOG = 20 };

/* C_i += sign x^(d_j - d) C_j. */
static void add_lower(arb_t C, const arb_t other, const fmpz_t gap, slong r, int sign)
{
    arb_t t, factor;
    fmpz_t e;
    arb_init(t);
    arb_init(factor);
    fmpz_init(e);
    arb_one(factor);
    if (!fmpz_is_zero(gap)) { /* of either sign, as x is */
        fmpz_mul_si(e, gap, -r);
        mag_one(arb_radref(factor));
        mag_mul_2exp_fmpz(arb_radref(factor), arb_radref(factor), e);
        arf_zero(arb_midref(factor));
    }
    arb_mul(t, other, factor, PREC);
    if (sign < 0)
        arb_sub(C, C, t, PREC);
    else
        arb_add(C, C, t, PREC);
    arb_clear(t);
    arb_clear(factor);
    fmpz_clear(e);
}

/* C of a sum or a difference; d[i] is set. */
static void sum(arb_ptr C, const fmpz *d, slong i, const ew_slp_op *op, slong r)
{
    fmpz_t gap;
    fmpz_init(gap);
    arb_zero(C + i);
    fmpz_sub(gap, d + i, d + op->a);
    add_lower(C + i, C + op->a, gap, r, 1);
    fmpz_sub(gap, d + i, d + op->b);
    add_lower(C + i, C + op->b, gap, r, op->kind == EW_SLP_SUB ? -1 : 1);
    fmpz_clear(gap);
}

/* Is there no root with |x| >= 2^r? */
static bool none_beyond(const ew_slp_t p, slong r)
{
    slong n = p->count;
    arb_ptr C = _arb_vec_init(n);
    fmpz *d = _fmpz_vec_init(n);
    for (slong i = 0; i < n; i++) {
        const ew_slp_op *op = p->ops + i;
        switch (op->kind) {
        case EW_SLP_CONSTANT:
            arb_set_fmpq(C + i, op->c, PREC);
            break;
        case EW_SLP_X:
            fmpz_one(d + i);
            arb_one(C + i);
            break;
        case EW_SLP_ADD:
        case EW_SLP_SUB:
            fmpz_set(d + i, fmpz_cmp(d + op->a, d + op->b) > 0 ? d + op->a : d + op->b);
            sum(C, d, i, op, r);
            break;
        case EW_SLP_MUL:
            fmpz_add(d + i, d + op->a, d + op->b);
            arb_mul(C + i, C + op->a, C + op->b, PREC);
            break;
        case EW_SLP_POW:
            fmpz_mul_ui(d + i, d + op->a, op->n);
            arb_pow_ui(C + i, C + op->a, op->n, PREC);
            break;
        }
    }
    bool none = arb_is_finite(C + n - 1) && !arb_contains_zero(C + n - 1);
    _arb_vec_clear(C, n);
    _fmpz_vec_clear(d, n);
    return none;
}

ew_status ew_slp_root_bound(fmpq_t bound, const ew_slp_t p)
{
    if (bound == NULL || p == NULL)
        return EW_BAD_INPUT;
    if (p->bad || p->count == 0)
        return EW_BAD_INPUT;
    slong good = 1, bad = 0;
    bool up = !none_beyond(p, 0);
    if (up) {
        for (int log = 0; log <= MOST_LOG && !none_beyond(p, good); log++, good *= 2)
            bad = good;
        if (bad == good || good > WORD(1) << MOST_LOG)
            return EW_UNDECIDED_STATUS;
    } else { /* down to 2^-1024, where the search for roots may as well begin */
        good = 0;
        bad = -1024;
        if (none_beyond(p, bad))
            good = bad;
    }
    while (good - bad > 1) {
        slong middle = bad + (good - bad) / 2;
        if (none_beyond(p, middle))
            good = middle;
        else
            bad = middle;
    }
    fmpq_one(bound);
    if (good >= 0)
        fmpq_mul_2exp(bound, bound, (mp_bitcnt_t)good);
    else
        fmpq_div_2exp(bound, bound, (mp_bitcnt_t)-good);
    return EW_OK;
}
