/* Straight-line programs: building them, their degree, exact values. theory/slp.md */
#include "num/domain.h"
#include <edgewise/slp.h>
#include <string.h>

void ew_slp_init(ew_slp_t p)
{
    memset(p, 0, sizeof *p);
}

void ew_slp_clear(ew_slp_t p)
{
    for (slong i = 0; i < p->count; i++)
        fmpq_clear(p->ops[i].c);
    flint_free(p->ops);
    ew_slp_init(p);
}

static slong append(ew_slp_t p, ew_slp_kind kind, slong a, slong b, ulong n)
{
    if (a < 0 || a > p->count || b < 0 || b > p->count || p->bad) {
        p->bad = true;
        return -1;
    }
    if (p->count == p->room) {
        p->room = 2 * p->room + 16;
        p->ops = flint_realloc(p->ops, (size_t)p->room * sizeof(ew_slp_op));
    }
    ew_slp_op *op = p->ops + p->count;
    *op = (ew_slp_op){.kind = kind, .a = a, .b = b, .n = n};
    fmpq_init(op->c);
    return p->count++;
}

/* On operations that have to exist already. */
static slong append_on(ew_slp_t p, ew_slp_kind kind, slong a, slong b, ulong n)
{
    bool known = a < p->count && b < p->count;
    return append(p, kind, known ? a : -1, b, n);
}

slong ew_slp_constant(ew_slp_t p, const fmpq_t c)
{
    slong i = append(p, EW_SLP_CONSTANT, 0, 0, 0);
    if (i >= 0)
        fmpq_set(p->ops[i].c, c);
    return i;
}

slong ew_slp_integer(ew_slp_t p, slong c)
{
    slong i = append(p, EW_SLP_CONSTANT, 0, 0, 0);
    if (i >= 0)
        fmpq_set_si(p->ops[i].c, c, 1);
    return i;
}

slong ew_slp_x(ew_slp_t p)
{
    return append(p, EW_SLP_X, 0, 0, 0);
}

slong ew_slp_add(ew_slp_t p, slong a, slong b)
{
    return append_on(p, EW_SLP_ADD, a, b, 0);
}

slong ew_slp_sub(ew_slp_t p, slong a, slong b)
{
    return append_on(p, EW_SLP_SUB, a, b, 0);
}

slong ew_slp_mul(ew_slp_t p, slong a, slong b)
{
    return append_on(p, EW_SLP_MUL, a, b, 0);
}

slong ew_slp_pow(ew_slp_t p, slong a, ulong n)
{
    return append_on(p, EW_SLP_POW, a, a, n);
}

/* By (a^m, 1 + .. + a^(m-1)) -> (a^2m, .. (1 + a^m)), and one more term for a bit that is set. */
slong ew_slp_geometric(ew_slp_t p, slong a, ulong n)
{
    if (n == 0)
        return append_on(p, EW_SLP_POW, -1, -1, 0);
    slong one = ew_slp_integer(p, 1), power = a, sum = one;
    for (int bit = (int)FLINT_BIT_COUNT(n) - 2; bit >= 0; bit--) {
        sum = ew_slp_mul(p, sum, ew_slp_add(p, one, power));
        if ((n >> bit) & 1) /* 1 + a times the sum of 2m terms */
            sum = ew_slp_add(p, one, ew_slp_mul(p, a, sum));
        if (bit > 0)
            power = ew_slp_pow(p, a, n >> bit);
    }
    return sum;
}

ew_status ew_slp_degree(fmpz_t degree, const ew_slp_t p)
{
    if (degree == NULL || p == NULL)
        return EW_BAD_INPUT;
    if (p->bad || p->count == 0)
        return EW_BAD_INPUT;
    fmpz *d = _fmpz_vec_init(p->count);
    for (slong i = 0; i < p->count; i++) {
        const ew_slp_op *op = p->ops + i;
        switch (op->kind) {
        case EW_SLP_CONSTANT:
            break;
        case EW_SLP_X:
            fmpz_one(d + i);
            break;
        case EW_SLP_ADD:
        case EW_SLP_SUB:
            fmpz_set(d + i, fmpz_cmp(d + op->a, d + op->b) > 0 ? d + op->a : d + op->b);
            break;
        case EW_SLP_MUL:
            fmpz_add(d + i, d + op->a, d + op->b);
            break;
        case EW_SLP_POW:
            fmpz_mul_ui(d + i, d + op->a, op->n);
            break;
        }
    }
    fmpz_set(degree, d + p->count - 1);
    _fmpz_vec_clear(d, p->count);
    return EW_OK;
}

/* q^n for any exponent; 0^0 = 1. */
static void power_exact(fmpq_t out, const fmpq_t q, ulong n)
{
    fmpz_pow_ui(fmpq_numref(out), fmpq_numref(q), n);
    fmpz_pow_ui(fmpq_denref(out), fmpq_denref(q), n);
}

ew_status ew_slp_eval_exact(fmpq_t value, const ew_slp_t p, const fmpq_t x)
{
    if (value == NULL || p == NULL || !ew_rational_fits(x))
        return EW_BAD_INPUT;
    if (p->bad || p->count == 0)
        return EW_BAD_INPUT;
    fmpq *v = _fmpq_vec_init(p->count);
    for (slong i = 0; i < p->count; i++) {
        const ew_slp_op *op = p->ops + i;
        switch (op->kind) {
        case EW_SLP_CONSTANT:
            fmpq_set(v + i, op->c);
            break;
        case EW_SLP_X:
            fmpq_set(v + i, x);
            break;
        case EW_SLP_ADD:
            fmpq_add(v + i, v + op->a, v + op->b);
            break;
        case EW_SLP_SUB:
            fmpq_sub(v + i, v + op->a, v + op->b);
            break;
        case EW_SLP_MUL:
            fmpq_mul(v + i, v + op->a, v + op->b);
            break;
        case EW_SLP_POW:
            power_exact(v + i, v + op->a, op->n);
            break;
        }
    }
    fmpq_set(value, v + p->count - 1);
    _fmpq_vec_clear(v, p->count);
    return EW_OK;
}
