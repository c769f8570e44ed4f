/* Formats of at most 24 bits, held in a double. The exact sum, product or fused result is first rounded to odd in the
 * double's 53 bits (theory/formats.md (1)), then once to the format: with two bits and more to spare this is the exact
 * result rounded once. No number of these formats, and no product of two, leaves the range of normal doubles. */
#include "num/arith.h"
#include <math.h>
#include <string.h>

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* 2^e for -1022 <= e <= 1023. */
static double power_of_two(slong e)
{
    return from_bits((uint64_t)(e + 1023) << 52);
}

static double overflow(bool negative, bool away, const ew_arith *A)
{
    double x = !away ? A->largest : A->format.infinities ? INFINITY : NAN;
    return negative ? -x : x;
}

/* Does the magnitude go up? `half`: the fraction cut off against 1/2 (-1, 0, 1); fraction in 2^-32. */
static bool goes_up(bool negative, bool odd, int half, uint32_t fraction, ew_arith *A)
{
    switch (A->rounding) {
    case EW_TO_NEAREST:
        return half > 0 || (half == 0 && odd);
    case EW_TOWARD_ZERO:
        return false;
    case EW_UPWARD:
        return !negative;
    case EW_DOWNWARD:
        return negative;
    case EW_STOCHASTIC:
        return ew_arith_draw(A) < fraction;
    }
    return false;
}

/* A normal double, rounded to odd where it is not exact, to the format. */
static double to_format(double v, ew_arith *A)
{
    uint64_t all = bits_of(v), magnitude = all & ~(UINT64_C(1) << 63);
    bool negative = all >> 63;
    if (magnitude == 0 || magnitude >= UINT64_C(0x7ff) << 52) {
        bool infinite = magnitude == UINT64_C(0x7ff) << 52;
        return infinite && !A->format.infinities ? NAN : v;
    }
    slong e = (slong)(magnitude >> 52) - 1023, drop = 53 - A->format.bits;
    if (e < A->format.least)
        drop += A->format.least - e;
    uint64_t whole = (magnitude & ((UINT64_C(1) << 52) - 1)) | UINT64_C(1) << 52, kept = 0;
    if (drop < 64)
        kept = whole >> drop;
    uint64_t rest = drop < 64 ? whole & ((UINT64_C(1) << drop) - 1) : whole;
    if (rest != 0) {
        uint64_t middle = drop < 64 ? UINT64_C(1) << (drop - 1) : UINT64_MAX;
        int half = (rest > middle) - (rest < middle);
        uint64_t fraction = drop <= 32 ? rest << (32 - drop) : drop < 96 ? rest >> (drop - 32) : 0;
        kept += goes_up(negative, kept & 1, half, (uint32_t)fraction, A);
    }
    double x = (double)kept * power_of_two(e - 52 + drop);
    if (x > A->largest) {
        /* what was rounded up from the largest, and what no direction brings back */
        bool away = A->rounding == EW_TO_NEAREST || A->rounding == EW_STOCHASTIC ||
                    (A->rounding == EW_UPWARD && !negative) ||
                    (A->rounding == EW_DOWNWARD && negative);
        return overflow(negative, away, A);
    }
    return negative ? -x : x;
}

double ew_small_round(double x, ew_arith *A)
{
    return fabs(x) < 0x1p-1000 && x != 0 ? to_format(copysign(0x1p-1000, x), A) : to_format(x, A);
}

/* The neighbour of s on the side of the error that has an odd last bit: s itself, or the next one. */
static double to_odd(double s, double error)
{
    uint64_t all = bits_of(s);
    if (error == 0 || (all & 1))
        return s;
    return from_bits((error > 0) == (s > 0) ? all + 1 : all - 1);
}

/* x + y, rounded to odd. */
static double odd_sum(double x, double y)
{
    double s = x + y;
    if (!isfinite(s) || s == 0)
        return s;
    double t = s - x, error = (x - (s - t)) + (y - t); /* Knuth's two-sum: exact */
    return to_odd(s, error);
}

/* x + y in the format. A sum of exactly zero: -0 only downward, or of two negative zeros (IEEE 754, 6.3). */
static double sum(double x, double y, ew_arith *A)
{
    double s = odd_sum(x, y);
    if (s == 0 && A->rounding == EW_DOWNWARD && (x != 0 || signbit(x) != signbit(y)))
        return -0.0;
    return to_format(s, A);
}

static void small_init(ew_number *z, const ew_arith *A)
{
    (void)A;
    z->d = 0;
}

static void small_clear(ew_number *z)
{
    (void)z;
}

static void small_set(ew_number *z, const ew_number *x)
{
    z->d = x->d;
}

static void small_set_fmpq(ew_number *z, const fmpq_t q, ew_arith *A)
{
    mpfr_t t;
    mpfr_init2(t, 53);
    int inexact = fmpq_get_mpfr(t, q, MPFR_RNDZ);
    double v = mpfr_zero_p(t)            ? 0
               : mpfr_get_exp(t) > 1000  ? copysign(ldexp(1, 1000), mpfr_sgn(t))
               : mpfr_get_exp(t) < -1000 ? copysign(ldexp(1, -1000), mpfr_sgn(t))
                                         : mpfr_get_d(t, MPFR_RNDZ);
    mpfr_clear(t);
    if (inexact)
        v = from_bits(bits_of(v) | 1);
    z->d = to_format(v, A);
}

static void small_add(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    z->d = sum(x->d, y->d, A);
}

static void small_sub(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    z->d = sum(x->d, -y->d, A);
}

static void small_mul(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    z->d = to_format(x->d * y->d, A);
}

static void small_fma(ew_number *z, const ew_number *x, const ew_number *y, const ew_number *w,
                      ew_arith *A)
{
    z->d = sum(x->d * y->d, w->d, A);
}

static void small_neg(ew_number *z, const ew_number *x)
{
    z->d = -x->d;
}

static int small_compare(const ew_number *x, const ew_number *y)
{
    return isunordered(x->d, y->d) ? 2 : (x->d > y->d) - (x->d < y->d);
}

static bool small_finite(const ew_number *x)
{
    return isfinite(x->d);
}

static void small_get(arb_t z, const ew_number *x)
{
    arb_set_d(z, x->d);
}

const ew_arith_ops ew_small_ops = {small_init, small_clear,   small_set,    small_set_fmpq,
                                   small_add,  small_sub,     small_mul,    small_fma,
                                   small_neg,  small_compare, small_finite, small_get};
