/* The machine's own formats to nearest, and double-double on them. ISO mode keeps the compiler from fusing. */
#include "num/arith.h"
#include <math.h>

/* q rounded once to t's precision with the exponent range given. */
static void round_rational(mpfr_t t, const fmpq_t q, slong least, slong greatest)
{
    mpfr_exp_t emin = mpfr_get_emin(), emax = mpfr_get_emax();
    int inexact = fmpq_get_mpfr(t, q, MPFR_RNDN);
    mpfr_set_emin(least - (slong)mpfr_get_prec(t) + 2);
    mpfr_set_emax(greatest + 1);
    inexact = mpfr_check_range(t, inexact, MPFR_RNDN);
    mpfr_subnormalize(t, inexact, MPFR_RNDN);
    mpfr_set_emin(emin);
    mpfr_set_emax(emax);
}

static double nearest_double(const fmpq_t q)
{
    mpfr_t t;
    mpfr_init2(t, 53);
    round_rational(t, q, -1022, 1023);
    double d = mpfr_get_d(t, MPFR_RNDN);
    mpfr_clear(t);
    return d;
}

static void clear_nothing(ew_number *z)
{
    (void)z;
}

/* fp64 */

static void fp64_init(ew_number *z, const ew_arith *A)
{
    (void)A;
    z->d = 0;
}

static void fp64_set(ew_number *z, const ew_number *x)
{
    z->d = x->d;
}

static void fp64_set_fmpq(ew_number *z, const fmpq_t q, ew_arith *A)
{
    (void)A;
    z->d = nearest_double(q);
}

static void fp64_add(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    (void)A;
    z->d = x->d + y->d;
}

static void fp64_sub(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    (void)A;
    z->d = x->d - y->d;
}

static void fp64_mul(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    (void)A;
    z->d = x->d * y->d;
}

static void fp64_fma(ew_number *z, const ew_number *x, const ew_number *y, const ew_number *w,
                     ew_arith *A)
{
    (void)A;
    z->d = fma(x->d, y->d, w->d);
}

static void fp64_neg(ew_number *z, const ew_number *x)
{
    z->d = -x->d;
}

static int fp64_compare(const ew_number *x, const ew_number *y)
{
    return isunordered(x->d, y->d) ? 2 : (x->d > y->d) - (x->d < y->d);
}

static bool fp64_finite(const ew_number *x)
{
    return isfinite(x->d);
}

static void fp64_get(arb_t z, const ew_number *x)
{
    arb_set_d(z, x->d);
}

const ew_arith_ops ew_fp64_ops = {fp64_init, clear_nothing, fp64_set,    fp64_set_fmpq,
                                  fp64_add,  fp64_sub,      fp64_mul,    fp64_fma,
                                  fp64_neg,  fp64_compare,  fp64_finite, fp64_get};

/* x87: long double where it is that format */

static void x87_init(ew_number *z, const ew_arith *A)
{
    (void)A;
    z->x = 0;
}

static void x87_set(ew_number *z, const ew_number *x)
{
    z->x = x->x;
}

static void x87_set_fmpq(ew_number *z, const fmpq_t q, ew_arith *A)
{
    (void)A;
    mpfr_t t;
    mpfr_init2(t, 64);
    round_rational(t, q, -16382, 16383);
    z->x = mpfr_get_ld(t, MPFR_RNDN);
    mpfr_clear(t);
}

static void x87_add(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    (void)A;
    z->x = x->x + y->x;
}

static void x87_sub(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    (void)A;
    z->x = x->x - y->x;
}

static void x87_mul(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    (void)A;
    z->x = x->x * y->x;
}

static void x87_fma(ew_number *z, const ew_number *x, const ew_number *y, const ew_number *w,
                    ew_arith *A)
{
    (void)A;
    z->x = fmal(x->x, y->x, w->x);
}

static void x87_neg(ew_number *z, const ew_number *x)
{
    z->x = -x->x;
}

static int x87_compare(const ew_number *x, const ew_number *y)
{
    return isunordered(x->x, y->x) ? 2 : (x->x > y->x) - (x->x < y->x);
}

static bool x87_finite(const ew_number *x)
{
    return isfinite(x->x);
}

static void x87_get(arb_t z, const ew_number *x)
{
    mpfr_t t;
    mpfr_init2(t, 64);
    mpfr_set_ld(t, x->x, MPFR_RNDN);
    arf_set_mpfr(arb_midref(z), t);
    mag_zero(arb_radref(z));
    mpfr_clear(t);
}

const ew_arith_ops ew_x87_ops = {x87_init, clear_nothing, x87_set,    x87_set_fmpq,
                                 x87_add,  x87_sub,       x87_mul,    x87_fma,
                                 x87_neg,  x87_compare,   x87_finite, x87_get};

/* dd: pairs of doubles. The accurate sum of Li et al. (2002), error at most 3 2^-106; the product with one fma,
 * at most 5 2^-106 (Joldes, Muller, Popescu 2017, algorithms 6 and 12). */

static void dd_init(ew_number *z, const ew_arith *A)
{
    (void)A;
    z->pair[0] = z->pair[1] = 0;
}

static void dd_set(ew_number *z, const ew_number *x)
{
    z->pair[0] = x->pair[0];
    z->pair[1] = x->pair[1];
}

static void dd_set_fmpq(ew_number *z, const fmpq_t q, ew_arith *A)
{
    (void)A;
    fmpq_t rest;
    arf_t t;
    fmpq_init(rest);
    arf_init(t);
    z->pair[0] = nearest_double(q);
    z->pair[1] = 0;
    if (isfinite(z->pair[0])) {
        arf_set_d(t, z->pair[0]);
        arf_get_fmpq(rest, t);
        fmpq_sub(rest, q, rest);
        z->pair[1] = nearest_double(rest);
    }
    fmpq_clear(rest);
    arf_clear(t);
}

/* (s, error) with s + error = x + y exactly. */
static double two_sum(double *error, double x, double y)
{
    double s = x + y, t = s - x;
    *error = (x - (s - t)) + (y - t);
    return s;
}

/* The same for |x| >= |y|; keeps what is not finite as it is. */
static void renormalise(ew_number *z, double x, double y)
{
    double s = x + y;
    z->pair[0] = s;
    z->pair[1] = isfinite(s) ? y - (s - x) : 0;
}

static void dd_add(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    (void)A;
    double low, lower, s = two_sum(&low, x->pair[0], y->pair[0]);
    double t = two_sum(&lower, x->pair[1], y->pair[1]);
    if (!isfinite(s)) {
        renormalise(z, s, 0);
        return;
    }
    ew_number u;
    renormalise(&u, s, low + t);
    renormalise(z, u.pair[0], u.pair[1] + lower);
}

static void dd_neg(ew_number *z, const ew_number *x)
{
    z->pair[0] = -x->pair[0];
    z->pair[1] = -x->pair[1];
}

static void dd_sub(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    ew_number minus;
    dd_neg(&minus, y);
    dd_add(z, x, &minus, A);
}

static void dd_mul(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A)
{
    (void)A;
    double p = x->pair[0] * y->pair[0];
    if (!isfinite(p)) {
        renormalise(z, p, 0);
        return;
    }
    double low = fma(x->pair[0], y->pair[0], -p), t = x->pair[1] * y->pair[1];
    t = fma(x->pair[0], y->pair[1], t);
    t = fma(x->pair[1], y->pair[0], t);
    renormalise(z, p, low + t);
}

static void dd_fma(ew_number *z, const ew_number *x, const ew_number *y, const ew_number *w,
                   ew_arith *A)
{
    ew_number p;
    dd_mul(&p, x, y, A);
    dd_add(z, &p, w, A);
}

static int dd_compare(const ew_number *x, const ew_number *y)
{
    int high = fp64_compare(&(ew_number){.d = x->pair[0]}, &(ew_number){.d = y->pair[0]});
    if (high != 0)
        return high;
    return fp64_compare(&(ew_number){.d = x->pair[1]}, &(ew_number){.d = y->pair[1]});
}

static bool dd_finite(const ew_number *x)
{
    return isfinite(x->pair[0]) && isfinite(x->pair[1]);
}

static void dd_get(arb_t z, const ew_number *x)
{
    arf_t t;
    arf_init(t);
    arf_set_d(t, x->pair[1]);
    arb_set_d(z, x->pair[0]);
    arf_add(arb_midref(z), arb_midref(z), t, ARF_PREC_EXACT, ARF_RND_NEAR);
    arf_clear(t);
}

const ew_arith_ops ew_dd_ops = {dd_init, clear_nothing, dd_set, dd_set_fmpq, dd_add,    dd_sub,
                                dd_mul,  dd_fma,        dd_neg, dd_compare,  dd_finite, dd_get};
