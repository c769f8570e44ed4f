/* Formats by MPFR: quad, fp64 and x87 in other directions than to nearest, mpfr-N. A bounded exponent is MPFR's own range
 * plus mpfr_subnormalize, set around each operation; stochastic rounding takes 34 bits more and cuts them off here. */
#include "num/arith.h"

enum { EXTRA = 34 };

static void number_init(ew_number *z, const ew_arith *A)
{
    mpfr_init2(z->m, A->format.bits);
    mpfr_set_zero(z->m, 1);
}

static void number_clear(ew_number *z)
{
    mpfr_clear(z->m);
}

static void number_set(ew_number *z, const ew_number *x)
{
    mpfr_set(z->m, x->m, MPFR_RNDN);
}

static mpfr_rnd_t direction(const ew_arith *A)
{
    static const mpfr_rnd_t directions[] = {MPFR_RNDN, MPFR_RNDZ, MPFR_RNDU, MPFR_RNDD, MPFR_RNDZ};
    return directions[A->rounding];
}

typedef struct {
    mpfr_exp_t least, greatest;
} range;

/* MPFR's exponents are one more than IEEE's: 1/2 <= m < 1. */
static range enter(const ew_arith *A)
{
    range old = {mpfr_get_emin(), mpfr_get_emax()};
    if (A->format.kind == EW_FLOATING) {
        mpfr_set_emin(A->format.least - A->format.bits + 2);
        mpfr_set_emax(A->format.greatest + 1);
    }
    return old;
}

static void leave(range old)
{
    mpfr_set_emin(old.least);
    mpfr_set_emax(old.greatest);
}

/* t, cut off (toward zero, `inexact` as MPFR answers) with EXTRA bits to spare, to the format at random. */
static void at_random(ew_number *z, mpfr_t t, int inexact, ew_arith *A)
{
    mpfr_t below, fraction;
    mpfr_init2(below, A->format.bits);
    mpfr_init2(fraction, 64);
    slong bits = A->format.bits;
    bool bounded = A->format.kind == EW_FLOATING;
    if (bounded && mpfr_regular_p(t) && mpfr_get_exp(t) - 1 < A->format.least)
        bits -= A->format.least - (mpfr_get_exp(t) - 1); /* fewer among the subnormals */
    if (!mpfr_regular_p(t) || (bits > 0 && mpfr_min_prec(t) <= (mpfr_prec_t)bits && inexact == 0)) {
        mpfr_set(z->m, t, MPFR_RNDZ);
    } else {
        mpfr_exp_t ulp = mpfr_get_exp(t) - bits; /* the last place is 2^ulp */
        mpfr_mul_2si(t, t, -ulp, MPFR_RNDZ);
        mpfr_trunc(below, t);
        mpfr_sub(fraction, t, below, MPFR_RNDZ);
        mpfr_abs(fraction, fraction, MPFR_RNDZ);
        mpfr_mul_2ui(fraction, fraction, 32, MPFR_RNDZ);
        if (ew_arith_draw(A) < mpfr_get_ui(fraction, MPFR_RNDZ)) {
            if (mpfr_signbit(t))
                mpfr_sub_ui(below, below, 1, MPFR_RNDA);
            else
                mpfr_add_ui(below, below, 1, MPFR_RNDA);
        }
        mpfr_mul_2si(z->m, below, ulp, MPFR_RNDZ);
        if (mpfr_zero_p(z->m))
            mpfr_setsign(z->m, z->m, mpfr_signbit(t), MPFR_RNDZ);
    }
    if (bounded && mpfr_regular_p(z->m) && mpfr_get_exp(z->m) > A->format.greatest + 1)
        mpfr_set_inf(z->m, mpfr_signbit(z->m) ? -1 : 1);
    mpfr_clear(below);
    mpfr_clear(fraction);
}

/* One operation; the unused operands are NULL. */
typedef enum { ADD, SUB, MUL, FMA } operation;

static int apply(mpfr_t z, operation op, const ew_number *x, const ew_number *y, const ew_number *w,
                 mpfr_rnd_t rounding)
{
    switch (op) {
    case ADD:
        return mpfr_add(z, x->m, y->m, rounding);
    case SUB:
        return mpfr_sub(z, x->m, y->m, rounding);
    case MUL:
        return mpfr_mul(z, x->m, y->m, rounding);
    case FMA:
        return mpfr_fma(z, x->m, y->m, w->m, rounding);
    }
    return 0;
}

static void operate(ew_number *z, operation op, const ew_number *x, const ew_number *y,
                    const ew_number *w, ew_arith *A)
{
    if (A->rounding == EW_STOCHASTIC) {
        mpfr_t t;
        mpfr_init2(t, A->format.bits + EXTRA);
        int inexact = apply(t, op, x, y, w, MPFR_RNDZ);
        at_random(z, t, inexact, A);
        mpfr_clear(t);
    } else if (A->format.kind == EW_FLOATING) {
        range old = enter(A);
        int inexact = apply(z->m, op, x, y, w, direction(A));
        mpfr_subnormalize(z->m, inexact, direction(A));
        leave(old);
    } else
        apply(z->m, op, x, y, w, direction(A));
}

static void number_add(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    operate(z, ADD, x, y, NULL, A);
}

static void number_sub(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    operate(z, SUB, x, y, NULL, A);
}

static void number_mul(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    operate(z, MUL, x, y, NULL, A);
}

static void number_fma(ew_number *z, const ew_number *x, const ew_number *y, const ew_number *w,
                       ew_arith *A)
{
    operate(z, FMA, x, y, w, A);
}

static void number_set_fmpq(ew_number *z, const fmpq_t q, ew_arith *A)
{
    if (A->rounding == EW_STOCHASTIC) {
        mpfr_t t;
        mpfr_init2(t, A->format.bits + EXTRA);
        int inexact = fmpq_get_mpfr(t, q, MPFR_RNDZ);
        at_random(z, t, inexact, A);
        mpfr_clear(t);
    } else if (A->format.kind == EW_FLOATING) {
        /* fmpq_get_mpfr works in MPFR's whole range; mpfr_check_range then brings the result into the format's */
        int inexact = fmpq_get_mpfr(z->m, q, direction(A));
        range old = enter(A);
        inexact = mpfr_check_range(z->m, inexact, direction(A));
        mpfr_subnormalize(z->m, inexact, direction(A));
        leave(old);
    } else
        fmpq_get_mpfr(z->m, q, direction(A));
}

static void number_neg(ew_number *z, const ew_number *x)
{
    mpfr_neg(z->m, x->m, MPFR_RNDN);
}

static int number_compare(const ew_number *x, const ew_number *y)
{
    int order = mpfr_cmp(x->m, y->m);
    return mpfr_unordered_p(x->m, y->m) ? 2 : (order > 0) - (order < 0);
}

static bool number_finite(const ew_number *x)
{
    return mpfr_number_p(x->m);
}

static void number_get(arb_t z, const ew_number *x)
{
    arf_set_mpfr(arb_midref(z), x->m);
    mag_zero(arb_radref(z));
}

const ew_arith_ops ew_mpfr_ops = {number_init, number_clear,   number_set,    number_set_fmpq,
                                  number_add,  number_sub,     number_mul,    number_fma,
                                  number_neg,  number_compare, number_finite, number_get};
