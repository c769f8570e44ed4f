/* Arithmetic that does not round: rationals, as long as they last, and balls. */
#include "num/arith.h"

/* Numerators and denominators of more bits than this are given up: a step of gradient descent multiplies their length by
 * 2 L - 1, so that the next one would be out of reach. */
enum { TOO_LONG = 1 << 19 };

static void exact_init(ew_number *z, const ew_arith *A)
{
    (void)A;
    fmpq_init(z->q);
}

static void exact_clear(ew_number *z)
{
    fmpq_clear(z->q);
}

static bool exact_finite(const ew_number *x)
{
    return !fmpz_is_zero(fmpq_denref(x->q));
}

static void give_up(ew_number *z)
{
    fmpz_zero(fmpq_numref(z->q));
    fmpz_zero(fmpq_denref(z->q));
}

static void exact_set(ew_number *z, const ew_number *x)
{
    fmpz_set(fmpq_numref(z->q), fmpq_numref(x->q));
    fmpz_set(fmpq_denref(z->q), fmpq_denref(x->q));
}

static void exact_set_fmpq(ew_number *z, const fmpq_t q, ew_arith *A)
{
    (void)A;
    fmpq_set(z->q, q);
}

static void exact_add(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    (void)A;
    if (!exact_finite(x) || !exact_finite(y))
        give_up(z);
    else
        fmpq_add(z->q, x->q, y->q);
}

static void exact_sub(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    (void)A;
    if (!exact_finite(x) || !exact_finite(y))
        give_up(z);
    else
        fmpq_sub(z->q, x->q, y->q);
}

static void exact_mul(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    (void)A;
    if (!exact_finite(x) || !exact_finite(y) ||
        fmpq_height_bits(x->q) + fmpq_height_bits(y->q) > TOO_LONG)
        give_up(z);
    else
        fmpq_mul(z->q, x->q, y->q);
}

static void exact_fma(ew_number *z, const ew_number *x, const ew_number *y, const ew_number *w,
                      ew_arith *A)
{
    ew_number p;
    fmpq_init(p.q);
    exact_mul(&p, x, y, A);
    exact_add(z, &p, w, A);
    fmpq_clear(p.q);
}

static void exact_neg(ew_number *z, const ew_number *x)
{
    exact_set(z, x);
    fmpz_neg(fmpq_numref(z->q), fmpq_numref(z->q));
}

static int exact_compare(const ew_number *x, const ew_number *y)
{
    if (!exact_finite(x) || !exact_finite(y))
        return 2;
    int order = fmpq_cmp(x->q, y->q);
    return (order > 0) - (order < 0);
}

/* To 128 bits and what Arb's exponents hold: a rational need not be a ball's midpoint. */
static void exact_get(arb_t z, const ew_number *x)
{
    if (exact_finite(x))
        arb_set_fmpq(z, x->q, 128);
    else
        arb_indeterminate(z);
}

const ew_arith_ops ew_exact_ops = {exact_init, exact_clear,   exact_set,    exact_set_fmpq,
                                   exact_add,  exact_sub,     exact_mul,    exact_fma,
                                   exact_neg,  exact_compare, exact_finite, exact_get};

static void ball_init(ew_number *z, const ew_arith *A)
{
    (void)A;
    arb_init(z->b);
}

static void ball_clear(ew_number *z)
{
    arb_clear(z->b);
}

static void ball_set(ew_number *z, const ew_number *x)
{
    arb_set(z->b, x->b);
}

static void ball_set_fmpq(ew_number *z, const fmpq_t q, ew_arith *A)
{
    arb_set_fmpq(z->b, q, A->format.bits);
}

static void ball_add(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    arb_add(z->b, x->b, y->b, A->format.bits);
}

static void ball_sub(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    arb_sub(z->b, x->b, y->b, A->format.bits);
}

static void ball_mul(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    arb_mul(z->b, x->b, y->b, A->format.bits);
}

static void ball_fma(ew_number *z, const ew_number *x, const ew_number *y, const ew_number *w,
                     ew_arith *A)
{
    arb_t t;
    arb_init(t);
    arb_set(t, w->b);
    arb_addmul(t, x->b, y->b, A->format.bits);
    arb_swap(z->b, t);
    arb_clear(t);
}

static void ball_neg(ew_number *z, const ew_number *x)
{
    arb_neg(z->b, x->b);
}

static int ball_compare(const ew_number *x, const ew_number *y)
{
    if (arb_lt(x->b, y->b))
        return -1;
    if (arb_gt(x->b, y->b))
        return 1;
    return arb_is_exact(x->b) && arb_equal(x->b, y->b) ? 0 : 2;
}

static bool ball_finite(const ew_number *x)
{
    return arb_is_finite(x->b);
}

static void ball_get(arb_t z, const ew_number *x)
{
    arb_set(z, x->b);
}

const ew_arith_ops ew_ball_ops = {ball_init, ball_clear,   ball_set,    ball_set_fmpq,
                                  ball_add,  ball_sub,     ball_mul,    ball_fma,
                                  ball_neg,  ball_compare, ball_finite, ball_get};
