/* Formats against independent routes: tables of all values, MPFR with the format's exponent range, the machine's own float,
 * double and long double in every direction, binary128. */
#include "modes.h"
#include "test.h"
#include <edgewise/format.h>
#include <fenv.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef __float128 binary128;

#ifdef __SANITIZE_ADDRESS__
enum { PAIRS = 100000 };
#else
enum { PAIRS = 2500000 };
#endif

static ew_arith make(const char *name, ew_rounding rounding)
{
    ew_format format;
    ew_arith A;
    assert_int_equal(ew_format_named(&format, name, NULL), EW_OK);
    assert_int_equal(ew_arith_init(&A, &format, rounding, 7), EW_OK);
    return A;
}

/* The same number, NaN with NaN, zeros by sign. */
static bool same(double x, double y)
{
    return isnan(x) ? isnan(y) : x == y && signbit(x) == signbit(y);
}

/* ---- fp8, all of it ------------------------------------------------------------------------- */

/* The value of an fp8 code by the standard's words: sign, exponent with its bias, fraction. */
static double fp8_value(int code, bool e4m3)
{
    int fraction_bits = e4m3 ? 3 : 2, exponent_bits = 7 - fraction_bits;
    int bias = (1 << (exponent_bits - 1)) - 1,
        exponent = (code >> fraction_bits) & ((1 << exponent_bits) - 1);
    int fraction = code & ((1 << fraction_bits) - 1);
    double sign = code & 0x80 ? -1 : 1;
    if (e4m3 ? (code & 0x7f) == 0x7f : exponent == 31 && fraction != 0)
        return NAN;
    if (!e4m3 && exponent == 31)
        return sign * INFINITY;
    if (exponent == 0)
        return sign * ldexp(fraction, 1 - bias - fraction_bits);
    return sign * ldexp((1 << fraction_bits) + fraction, exponent - bias - fraction_bits);
}

/* Rounds an exact finite number to the table of the finite magnitudes by looking for its neighbours. `codes` ascend, so
 * that even is an even code. */
static double fp8_round(binary128 exact, const double *magnitudes, int count, bool e4m3,
                        ew_rounding rounding)
{
    bool negative = exact < 0;
    binary128 x = negative ? -exact : exact;
    int below = 0;
    while (below + 1 < count && magnitudes[below + 1] <= x)
        below++;
    bool up = (rounding == EW_UPWARD && !negative) || (rounding == EW_DOWNWARD && negative);
    double result;
    if (magnitudes[below] == x)
        result = magnitudes[below];
    else if (below + 1 < count) {
        binary128 down_by = x - magnitudes[below], up_by = magnitudes[below + 1] - x;
        if (rounding == EW_TO_NEAREST)
            up = up_by < down_by || (up_by == down_by && (below & 1));
        result = magnitudes[below + up];
    } else {
        /* beyond the largest: the next number there would be, if the exponent went on */
        double largest = magnitudes[count - 1], step = largest - magnitudes[count - 2];
        if (rounding == EW_TO_NEAREST)
            up = x - largest > step / 2 || (x - largest == step / 2 && ((count - 1) & 1));
        result = up ? (e4m3 ? NAN : INFINITY) : largest;
    }
    return negative ? -result : result;
}

static void fp8_exhaustive(void **state)
{
    (void)state;
    for (int e4m3 = 0; e4m3 < 2; e4m3++) {
        double value[256], magnitudes[128];
        int count = 0;
        for (int code = 0; code < 256; code++) {
            value[code] = fp8_value(code, e4m3);
            if (code < 128 && isfinite(value[code]))
                magnitudes[count++] = value[code];
        }
        assert_true(magnitudes[count - 1] == (e4m3 ? 448 : 57344));
        for (int rounding = 0; rounding < 4; rounding++) {
            ew_arith A = make(e4m3 ? "fp8-e4m3" : "fp8-e5m2", (ew_rounding)rounding);
            for (int i = 0; i < 256; i++)
                for (int j = 0; j < 256; j++)
                    for (int op = 0; op < 5; op++) {
                        ew_number x = {.d = value[i]}, y = {.d = value[j]}, z;
                        ew_number w = {.d = value[(37 * i + 11 * j + 100 * op) & 255]};
                        binary128 u = value[i], v = value[j];
                        binary128 exact = op == 0   ? u + v
                                          : op == 1 ? u - v
                                          : op == 2 ? u * v
                                                    : u * v + w.d;
                        if (op == 0)
                            A.ops->add(&z, &x, &y, &A);
                        else if (op == 1)
                            A.ops->sub(&z, &x, &y, &A);
                        else if (op == 2)
                            A.ops->mul(&z, &x, &y, &A);
                        else
                            A.ops->fma(&z, &x, &y, &w, &A);
                        double expected = (double)exact;
                        if (isfinite(expected) && exact != 0)
                            expected =
                                fp8_round(exact, magnitudes, count, e4m3, (ew_rounding)rounding);
                        else if (exact == 0 && rounding == EW_DOWNWARD && op != 2) {
                            /* an exact zero of a sum is -0 downward, unless both are +0 */
                            double s = op < 2 ? value[i] : value[i] * value[j];
                            double t = op == 0 ? value[j] : op == 1 ? -value[j] : w.d;
                            expected = s == 0 && t == 0 && !signbit(s) && !signbit(t) ? 0.0 : -0.0;
                        } else if (isinf(expected) && e4m3)
                            expected = NAN;
                        if (!same(z.d, expected))
                            fail_msg("%s, %s, op %d: %g, %g, %g give %g, not %g", A.format.name,
                                     ew_rounding_text(A.rounding), op, x.d, y.d, w.d, z.d,
                                     expected);
                    }
        }
    }
}

/* ---- 16 to 32 bits against MPFR ------------------------------------------------------------- */

static const mpfr_rnd_t directions[] = {MPFR_RNDN, MPFR_RNDZ, MPFR_RNDU, MPFR_RNDD};

typedef struct {
    const ew_format *format;
    mpfr_t x, y, w, z;
} reference;

static void reference_init(reference *R, const ew_format *format)
{
    R->format = format;
    mpfr_inits2(format->bits, R->x, R->y, R->w, R->z, (mpfr_ptr)NULL);
}

static void reference_clear(reference *R)
{
    mpfr_clears(R->x, R->y, R->w, R->z, (mpfr_ptr)NULL);
}

/* op as above; operands in x, y, w. */
static void reference_apply(reference *R, int op, mpfr_rnd_t direction)
{
    mpfr_set_emin(R->format->least - R->format->bits + 2);
    mpfr_set_emax(R->format->greatest + 1);
    int inexact = op == 0   ? mpfr_add(R->z, R->x, R->y, direction)
                  : op == 1 ? mpfr_sub(R->z, R->x, R->y, direction)
                  : op == 2 ? mpfr_mul(R->z, R->x, R->y, direction)
                            : mpfr_fma(R->z, R->x, R->y, R->w, direction);
    mpfr_subnormalize(R->z, inexact, direction);
    mpfr_set_emin(mpfr_get_emin_min());
    mpfr_set_emax(mpfr_get_emax_max());
}

static void apply(ew_number *z, int op, const ew_number *x, const ew_number *y, const ew_number *w,
                  ew_arith *A)
{
    switch (op) {
    case 0:
        A->ops->add(z, x, y, A);
        break;
    case 1:
        A->ops->sub(z, x, y, A);
        break;
    case 2:
        A->ops->mul(z, x, y, A);
        break;
    default:
        A->ops->fma(z, x, y, w, A);
    }
}

/* A random finite number of the format, all exponents alike; half of the time near `other` in size. */
static double random_small(ew_random *random, const ew_format *format, double other)
{
    slong low = format->least - format->bits + 1, e;
    if (ew_random_below(random, 2) && other != 0)
        e = ilogb(other) - format->bits + 1 - 3 + (slong)ew_random_below(random, 7);
    else
        e = low +
            (slong)ew_random_below(random, (ulong)(format->greatest - format->bits + 1 - low + 1));
    e = FLINT_MAX(low, FLINT_MIN(e, format->greatest - format->bits + 1));
    double m = (double)ew_random_below(random, UWORD(1) << format->bits);
    if (ew_random_below(random, 8) == 0) /* few bits: ties */
        m = (double)ew_random_below(random, 4);
    double x = ldexp(m, (int)e);
    return ew_random_below(random, 2) ? -x : x;
}

static void small_formats_agree_with_mpfr(void **state)
{
    (void)state;
    static const char *const names[] = {"fp16", "bf16", "tf32", "fp32"};
    ew_random random = {ew_test_seed() + 41};
    for (int f = 0; f < 4; f++) {
        ew_arith all[4];
        for (int r = 0; r < 4; r++)
            all[r] = make(names[f], (ew_rounding)r);
        reference R;
        reference_init(&R, &all[0].format);
        ew_number x = {.d = 0}, y = {.d = 0}, w = {.d = 0}, z;
        for (slong trial = 0; trial < PAIRS; trial++) {
            x.d = random_small(&random, R.format, z.d = y.d);
            y.d = random_small(&random, R.format, x.d);
            int op = (int)(trial % 4), r = (int)(trial / 4 % 4);
            if (op == 3)
                w.d = random_small(&random, R.format, -x.d * y.d);
            mpfr_set_d(R.x, x.d, MPFR_RNDN);
            mpfr_set_d(R.y, y.d, MPFR_RNDN);
            mpfr_set_d(R.w, w.d, MPFR_RNDN);
            reference_apply(&R, op, directions[r]);
            apply(&z, op, &x, &y, &w, all + r);
            if (!same(z.d, mpfr_get_d(R.z, MPFR_RNDN)))
                fail_msg("%s, %s, op %d: %a, %a, %a give %a, not %a", names[f],
                         ew_rounding_text((ew_rounding)r), op, x.d, y.d, w.d, z.d,
                         mpfr_get_d(R.z, MPFR_RNDN));
        }
        reference_clear(&R);
    }
}

/* Every fp16 number, the point half way to the next, and points close to that, as rationals. */
static void fp16_all_values(void **state)
{
    (void)state;
    ew_arith all[4];
    for (int r = 0; r < 4; r++)
        all[r] = make("fp16", (ew_rounding)r);
    reference R;
    reference_init(&R, &all[0].format);
    fmpq_t q, off;
    fmpq_init(q);
    fmpq_init(off);
    arf_t t;
    arf_init(t);
    for (int code = 0; code < 0x8000; code++) {
        int exponent = code >> 10, fraction = code & 1023;
        double value = exponent == 0 ? ldexp(fraction, -24) : ldexp(1024 + fraction, exponent - 25);
        double ulp = ldexp(1, exponent == 0 ? -24 : exponent - 25);
        for (int near = 0; near < 5;
             near++) { /* itself, half way and a hair on each side, close by */
            static const double part[] = {0, 0.5, 0.5, 0.5, 1.0 / 1024};
            arf_set_d(t, value + part[near] * ulp);
            arf_get_fmpq(q, t);
            fmpq_set_si(off, near == 2 ? 1 : near == 3 ? -1 : 0, 1);
            fmpq_div_2exp(off, off, 200);
            fmpq_add(q, q, off);
            if (code & 1)
                fmpq_neg(q, q);
            int r = (code + near) % 4;
            ew_number z;
            all[r].ops->set_fmpq(&z, q, all + r);
            mpfr_set_emin(-23);
            mpfr_set_emax(16);
            mpq_t mp;
            mpq_init(mp);
            fmpq_get_mpq(mp, q);
            int inexact = mpfr_set_q(R.z, mp, directions[r]);
            mpfr_subnormalize(R.z, inexact, directions[r]);
            mpq_clear(mp);
            mpfr_set_emin(mpfr_get_emin_min());
            mpfr_set_emax(mpfr_get_emax_max());
            if (!same(z.d, mpfr_get_d(R.z, MPFR_RNDN)))
                fail_msg("code %d, near %d, %s: %a, not %a", code, near,
                         ew_rounding_text((ew_rounding)r), z.d, mpfr_get_d(R.z, MPFR_RNDN));
        }
    }
    fmpq_clear(q);
    fmpq_clear(off);
    arf_clear(t);
    reference_clear(&R);
}

/* ---- The machine's own ---------------------------------------------------------------------- */

static const int machine_directions[] = {FE_TONEAREST, FE_TOWARDZERO, FE_UPWARD, FE_DOWNWARD};

static void fp32_is_the_machines(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 42};
    for (int r = 0; r < 4; r++) {
        ew_arith A = make("fp32", (ew_rounding)r);
        for (int trial = 0; trial < 200000; trial++) {
            ew_number x, y, w, z;
            x.d = random_small(&random, &A.format, 1);
            y.d = random_small(&random, &A.format, x.d);
            w.d = random_small(&random, &A.format, x.d * y.d);
            int op = trial % 4;
            volatile float a = (float)x.d, b = (float)y.d, c = (float)w.d, result;
            fesetround(machine_directions[r]);
            result = op == 0 ? a + b : op == 1 ? a - b : op == 2 ? a * b : fmaf(a, b, c);
            fesetround(FE_TONEAREST);
            apply(&z, op, &x, &y, &w, &A);
            if (!same(z.d, (double)result))
                fail_msg("%s, op %d: %a, %a, %a give %a, not %a", ew_rounding_text(A.rounding), op,
                         x.d, y.d, w.d, z.d, (double)result);
        }
    }
}

/* The number as MPFR holds it or as the machine does. */
static double as_double(const ew_number *z, const ew_arith *A)
{
    return A->rounding == EW_TO_NEAREST ? z->d : mpfr_get_d(z->m, MPFR_RNDN);
}

static double random_double(ew_random *random, double near)
{
    int e = ew_random_below(random, 2)
                ? -1074 + (int)ew_random_below(random, 2098) - 52
                : (near == 0 ? 0 : ilogb(near)) - 55 + (int)ew_random_below(random, 6);
    double x = ldexp((double)(ew_random_below(random, UWORD(1) << 53)), e);
    return ew_random_below(random, 2) ? -x : x;
}

static void fp64_is_the_machines(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 43};
    for (int r = 0; r < 4; r++) {
        ew_arith A = make("fp64", (ew_rounding)r);
        ew_number x, y, w, z;
        A.ops->init(&x, &A);
        A.ops->init(&y, &A);
        A.ops->init(&w, &A);
        A.ops->init(&z, &A);
        for (int trial = 0; trial < 50000; trial++) {
            volatile double a = random_double(&random, 1), b = random_double(&random, a),
                            c = random_double(&random, a * b == 0 || isinf(a * b) ? 1 : a * b),
                            result;
            if (!isfinite(a) || !isfinite(b) || !isfinite(c))
                continue;
            if (r == 0) {
                x.d = a;
                y.d = b;
                w.d = c;
            } else {
                mpfr_set_d(x.m, a, MPFR_RNDN);
                mpfr_set_d(y.m, b, MPFR_RNDN);
                mpfr_set_d(w.m, c, MPFR_RNDN);
            }
            int op = trial % 4;
            fesetround(machine_directions[r]);
            result = op == 0 ? a + b : op == 1 ? a - b : op == 2 ? a * b : fma(a, b, c);
            fesetround(FE_TONEAREST);
            apply(&z, op, &x, &y, &w, &A);
            if (!same(as_double(&z, &A), result))
                fail_msg("%s, op %d: %a, %a, %a give %a, not %a", ew_rounding_text(A.rounding), op,
                         a, b, c, as_double(&z, &A), result);
        }
        A.ops->clear(&x);
        A.ops->clear(&y);
        A.ops->clear(&w);
        A.ops->clear(&z);
    }
}

/* Overflow, inf - inf, 0 inf and their like, in every order of the special values, against the machine's own float and
 * double: the same special values come out, signs included. */
static void special_values_are_the_machines(void **state)
{
    (void)state;
    static const double values[] = {0, -0.0, 1, -2, FLT_MAX, -FLT_MAX, INFINITY, -INFINITY, NAN};
    enum { VALUES = sizeof values / sizeof values[0] };
    static const char *const names[] = {"fp32", "fp64"};
    for (int k = 0; k < 2; k++)
        for (int r = 0; r < 4; r++) {
            ew_arith A = make(names[k], (ew_rounding)r);
            ew_number x, y, w, z;
            A.ops->init(&x, &A);
            A.ops->init(&y, &A);
            A.ops->init(&w, &A);
            A.ops->init(&z, &A);
            bool machine = k == 0 || r == 0; /* else MPFR */
            for (int n = 0; n < VALUES * VALUES * VALUES; n++) {
                double big = k == 0 ? 1 : DBL_MAX / FLT_MAX;
                volatile double a = values[n % VALUES], b = values[n / VALUES % VALUES],
                                c = values[n / VALUES / VALUES];
                a = isfinite(a) && fabs(a) > 2 ? a * big : a;
                b = isfinite(b) && fabs(b) > 2 ? b * big : b;
                volatile float fa = (float)a, fb = (float)b, fc = (float)c;
                if (machine) {
                    x.d = a;
                    y.d = b;
                    w.d = c;
                } else {
                    mpfr_set_d(x.m, a, MPFR_RNDN);
                    mpfr_set_d(y.m, b, MPFR_RNDN);
                    mpfr_set_d(w.m, c, MPFR_RNDN);
                }
                for (int op = 0; op < 4; op++) {
                    volatile double result;
                    fesetround(machine_directions[r]);
                    if (k == 0) {
                        volatile float f = op == 0   ? fa + fb
                                           : op == 1 ? fa - fb
                                           : op == 2 ? fa * fb
                                                     : fmaf(fa, fb, fc);
                        result = f;
                    } else
                        result = op == 0 ? a + b : op == 1 ? a - b : op == 2 ? a * b : fma(a, b, c);
                    fesetround(FE_TONEAREST);
                    apply(&z, op, &x, &y, &w, &A);
                    double got = machine ? z.d : mpfr_get_d(z.m, MPFR_RNDN);
                    if (!same(got, result))
                        fail_msg("%s %s, op %d: %a, %a, %a give %a, not %a", names[k],
                                 ew_rounding_text(A.rounding), op, a, b, c, got, result);
                }
            }
            A.ops->clear(&x);
            A.ops->clear(&y);
            A.ops->clear(&w);
            A.ops->clear(&z);
        }
}

/* An infinity of a narrow format is one of the wider format, and a NaN a NaN. */
static void conversions_keep_infinities(void **state)
{
    (void)state;
    static const char *const wider[] = {"fp64", "x87", "dd", "quad"};
    for (int k = 0; k < 4; k++) {
        ew_arith from = make("fp16", EW_TO_NEAREST), to = make(wider[k], EW_TO_NEAREST);
        ew_number x, z;
        arb_t shown;
        from.ops->init(&x, &from);
        to.ops->init(&z, &to);
        arb_init(shown);
        static const double values[] = {INFINITY, -INFINITY, NAN};
        for (int v = 0; v < 3; v++) {
            x.d = values[v];
            ew_number_convert(&z, &to, &x, &from);
            to.ops->get_arb(shown, &z);
            assert_int_equal(arf_is_pos_inf(arb_midref(shown)), v == 0);
            assert_int_equal(arf_is_neg_inf(arb_midref(shown)), v == 1);
            assert_int_equal(arf_is_nan(arb_midref(shown)), v == 2);
        }
        from.ops->clear(&x);
        to.ops->clear(&z);
        arb_clear(shown);
    }
}

/* long double against MPFR at 64 bits, by their values as balls. */
static void x87_agrees_with_mpfr(void **state)
{
    (void)state;
    if (LDBL_MANT_DIG != 64)
        ew_skip("long double is not the x87 format here");
    ew_random random = {ew_test_seed() + 44};
    ew_arith A = make("x87", EW_TO_NEAREST);
    reference R;
    reference_init(&R, &A.format);
    arb_t u;
    arf_t v;
    arb_init(u);
    arf_init(v);
    for (int trial = 0; trial < 50000; trial++) {
        ew_number x, y, w = {.x = 0}, z;
        int e = (int)ew_random_below(&random, 32700) - 16440;
        x.x = ldexpl((long double)(ew_random_below(&random, UWORD_MAX)), trial % 3 ? e : -20);
        y.x = -ldexpl((long double)(ew_random_below(&random, UWORD_MAX)),
                      trial % 3 == 1 ? -60 - e : e + 3);
        w.x = ldexpl((long double)(ew_random_below(&random, UWORD_MAX)), trial % 3 == 1 ? 4 : e);
        if (!isfinite(x.x) || !isfinite(y.x) || !isfinite(w.x))
            continue;
        mpfr_set_ld(R.x, x.x, MPFR_RNDN);
        mpfr_set_ld(R.y, y.x, MPFR_RNDN);
        mpfr_set_ld(R.w, w.x, MPFR_RNDN);
        int op = trial % 4;
        reference_apply(&R, op, MPFR_RNDN);
        apply(&z, op, &x, &y, &w, &A);
        assert_int_equal(A.ops->finite(&z), mpfr_number_p(R.z));
        if (!mpfr_number_p(R.z))
            continue;
        A.ops->get_arb(u, &z);
        arf_set_mpfr(v, R.z);
        if (!arf_equal(arb_midref(u), v))
            fail_msg("op %d: %La, %La, %La give %La", op, x.x, y.x, w.x, z.x);
    }
    arb_clear(u);
    arf_clear(v);
    reference_clear(&R);
}

/* quad against the compiler's binary128 (libgcc's own integer code). */
static void quad_is_binary128(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 45};
    ew_arith A = make("quad", EW_TO_NEAREST);
    ew_number x, y, z;
    mpfr_t t;
    A.ops->init(&x, &A);
    A.ops->init(&y, &A);
    A.ops->init(&z, &A);
    mpfr_init2(t, 113);
    for (int trial = 0; trial < 20000; trial++) {
        binary128 v[2];
        ew_number *n[2] = {&x, &y};
        for (int k = 0; k < 2; k++) {
            ulong high = ew_random_below(&random, UWORD(1) << 53),
                  low = ew_random_below(&random, UWORD(1) << 60);
            int e = (int)ew_random_below(&random, trial % 2 ? 40 : 900) - 450;
            double sign = ew_random_below(&random, 2) ? -1 : 1;
            v[k] = ((binary128)high * 0x1p60 + low) * sign * (binary128)ldexp(1, e) *
                   (binary128)ldexp(1, e);
            mpfr_set_d(n[k]->m, sign * ldexp((double)high, 60), MPFR_RNDN);
            mpfr_set_ui(t, low, MPFR_RNDN);
            if (sign < 0)
                mpfr_neg(t, t, MPFR_RNDN);
            mpfr_add(n[k]->m, n[k]->m, t, MPFR_RNDN);
            mpfr_mul_2si(n[k]->m, n[k]->m, 2 * e, MPFR_RNDN);
        }
        int op = trial % 3;
        binary128 exact = op == 0 ? v[0] + v[1] : op == 1 ? v[0] - v[1] : v[0] * v[1];
        apply(&z, op, &x, &y, NULL, &A);
        /* three doubles hold a binary128 exactly, where none underflows */
        int shift = 0;
        if (exact != 0) {
            mpfr_set(t, z.m, MPFR_RNDN);
            shift = (int)mpfr_get_exp(t);
        }
        binary128 scaled = exact;
        for (int left = -shift; left != 0; left -= left > 1000 ? 1000 : left < -1000 ? -1000 : left)
            scaled *= (binary128)ldexp(1, left > 1000 ? 1000 : left < -1000 ? -1000 : left);
        double a = (double)scaled, b = (double)(scaled - a), c = (double)(scaled - a - b);
        mpfr_set_d(t, a, MPFR_RNDN);
        mpfr_add_d(t, t, b, MPFR_RNDN);
        mpfr_add_d(t, t, c, MPFR_RNDN);
        mpfr_mul_2si(t, t, shift, MPFR_RNDN);
        assert_true(mpfr_equal_p(t, z.m));
    }
    A.ops->clear(&x);
    A.ops->clear(&y);
    A.ops->clear(&z);
    mpfr_clear(t);
}

/* ---- double-double -------------------------------------------------------------------------- */

/* |z - exact| <= factor 2^-106 |exact|. */
static void dd_close(const ew_number *z, const fmpq_t exact, ulong factor)
{
    arb_t value;
    fmpq_t got, bound;
    arb_init(value);
    fmpq_init(got);
    fmpq_init(bound);
    ew_arith A = make("dd", EW_TO_NEAREST);
    A.ops->get_arb(value, z);
    arf_get_fmpq(got, arb_midref(value));
    fmpq_sub(got, got, exact);
    fmpq_abs(got, got);
    fmpq_abs(bound, exact);
    fmpz_mul_ui(fmpq_numref(bound), fmpq_numref(bound), factor);
    fmpq_canonicalise(bound);
    fmpq_div_2exp(bound, bound, 106);
    assert_true(fmpq_cmp(got, bound) <= 0);
    assert_true(z->pair[0] + z->pair[1] == z->pair[0]); /* normalised */
    arb_clear(value);
    fmpq_clear(got);
    fmpq_clear(bound);
}

static void dd_error_bounds(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 46};
    ew_arith A = make("dd", EW_TO_NEAREST);
    fmpq_t q[2], exact;
    fmpq_init(q[0]);
    fmpq_init(q[1]);
    fmpq_init(exact);
    arb_t value;
    arb_init(value);
    for (int trial = 0; trial < 20000; trial++) {
        ew_number x[2], z;
        for (int k = 0; k < 2; k++) {
            fmpq_set_si(q[k], (slong)ew_random_below(&random, 1000000) - 500000,
                        1 + ew_random_below(&random, 1000000));
            if (k == 1 && trial % 3 == 0) { /* nearly cancelling */
                fmpq_set_si(exact, 1, 1 + ew_random_below(&random, 100));
                fmpq_div_2exp(exact, exact, 40 + ew_random_below(&random, 60));
                fmpq_sub(q[1], exact, q[0]);
            }
            A.ops->set_fmpq(x + k, q[k], &A);
            dd_close(x + k, q[k], 1);
            A.ops->get_arb(value, x + k);
            arf_get_fmpq(q[k], arb_midref(value)); /* what it is */
        }
        A.ops->add(&z, x, x + 1, &A);
        fmpq_add(exact, q[0], q[1]);
        dd_close(&z, exact, 3);
        A.ops->sub(&z, x, x + 1, &A);
        fmpq_sub(exact, q[0], q[1]);
        dd_close(&z, exact, 3);
        A.ops->mul(&z, x, x + 1, &A);
        fmpq_mul(exact, q[0], q[1]);
        dd_close(&z, exact, 5);
    }
    fmpq_clear(q[0]);
    fmpq_clear(q[1]);
    fmpq_clear(exact);
    arb_clear(value);
}

/* ---- Stochastic rounding -------------------------------------------------------------------- */

/* Always one of the two neighbours, upward as often as the fraction says, the same for the same seed. */
static void stochastic_is_fair(void **state)
{
    (void)state;
    static const char *const names[] = {"fp8-e4m3", "fp8-e5m2", "bf16", "fp16",
                                        "fp32",     "fp64",     "quad", "mpfr-20"};
    enum { DRAWS = 20000 };
    arb_t value;
    fmpq_t q, neighbour;
    arb_init(value);
    fmpq_init(q);
    fmpq_init(neighbour);
    for (int f = 0; f < 8; f++)
        for (int part = 1; part < 8; part++)
            for (int subnormal = 0; subnormal < 2; subnormal++) {
                ew_arith A = make(names[f], EW_STOCHASTIC), B = make(names[f], EW_STOCHASTIC);
                if (subnormal && A.format.kind == EW_UNBOUNDED)
                    continue;
                /* -(1 + part/8 ulp) or the smallest number times 1 + part/8 */
                slong place = subnormal ? A.format.least - A.format.bits + 1 : 1 - A.format.bits;
                fmpq_set_si(q, part, 8);
                if (subnormal)
                    fmpq_add_si(q, q, 1);
                if (place < 0)
                    fmpq_div_2exp(q, q, (ulong)-place);
                if (!subnormal)
                    fmpq_add_si(q, q, 1);
                fmpq_neg(q, q);
                ew_number z, other;
                A.ops->init(&z, &A);
                A.ops->init(&other, &B);
                int away = 0;
                for (int i = 0; i < DRAWS; i++) {
                    A.ops->set_fmpq(&z, q, &A);
                    B.ops->set_fmpq(&other, q, &B);
                    assert_int_equal(A.ops->compare(&z, &other), 0);
                    A.ops->get_arb(value, &z);
                    arf_get_fmpq(neighbour, arb_midref(value));
                    bool up = fmpq_cmp(neighbour, q) < 0;
                    fmpq_sub(neighbour, neighbour, q);
                    fmpq_abs(neighbour, neighbour);
                    fmpz_mul_ui(fmpq_numref(neighbour), fmpq_numref(neighbour), 8);
                    fmpq_canonicalise(neighbour);
                    fmpq_mul_2exp(neighbour, neighbour, (ulong)-place); /* in eighths of an ulp */
                    assert_true(fmpq_cmp_si(neighbour, up ? 8 - part : part) == 0);
                    away += up;
                }
                double p = part / 8.0, deviation = sqrt(p * (1 - p) * DRAWS);
                assert_true(fabs(away - p * DRAWS) < 5 * deviation);
                fmpq_set_si(q, 3, 2); /* what needs no rounding is not touched */
                for (int i = 0; i < 20; i++) {
                    A.ops->set_fmpq(&z, q, &A);
                    A.ops->get_arb(value, &z);
                    assert_true(arb_contains_fmpq(value, q) && arb_is_exact(value));
                }
                A.ops->clear(&z);
                A.ops->clear(&other);
            }
    /* a product: (1 + 2^-7)^2 = 1 + 2^-6 + 2^-14 in bf16 */
    ew_arith A = make("bf16", EW_STOCHASTIC);
    int away = 0;
    for (int i = 0; i < 1 << 16; i++) {
        ew_number x = {.d = 1 + 0x1p-7}, z;
        A.ops->mul(&z, &x, &x, &A);
        assert_true(z.d == 1 + 0x1p-6 || z.d == 1 + 0x1.8p-6);
        away += z.d > 1 + 0x1p-6;
    }
    assert_true(abs(away - 512) < 120); /* one in 2^7 */
    arb_clear(value);
    fmpq_clear(q);
    fmpq_clear(neighbour);
}

/* ---- Exact numbers, balls, names ------------------------------------------------------------ */

static void exact_until_too_long(void **state)
{
    (void)state;
    ew_arith A = make("exact", EW_TO_NEAREST);
    ew_number x, y;
    A.ops->init(&x, &A);
    A.ops->init(&y, &A);
    fmpq_t q;
    fmpq_init(q);
    fmpq_set_si(q, 3, 7);
    A.ops->set_fmpq(&x, q, &A);
    A.ops->set(&y, &x);
    for (int i = 0; i < 5; i++)
        A.ops->fma(&x, &x, &x, &y, &A);
    assert_true(A.ops->finite(&x));
    int squarings = 0;
    while (A.ops->finite(&x) && squarings < 40) {
        A.ops->mul(&x, &x, &x, &A);
        squarings++;
    }
    assert_true(squarings > 5 && squarings < 30); /* refused, not swapped out */
    A.ops->sub(&x, &x, &y, &A);
    assert_false(A.ops->finite(&x));
    assert_int_equal(A.ops->compare(&x, &y), 2);
    assert_int_equal(A.ops->compare(&y, &y), 0);
    fmpq_clear(q);
    A.ops->clear(&x);
    A.ops->clear(&y);
}

static void balls_enclose(void **state)
{
    (void)state;
    ew_arith A = make("ball-30", EW_TO_NEAREST);
    ew_number x, y, z;
    A.ops->init(&x, &A);
    A.ops->init(&y, &A);
    A.ops->init(&z, &A);
    fmpq_t q;
    fmpq_init(q);
    fmpq_set_si(q, 1, 3);
    A.ops->set_fmpq(&x, q, &A);
    A.ops->neg(&y, &x);
    A.ops->fma(&z, &x, &y, &x, &A);
    fmpq_set_si(q, 2, 9);
    assert_true(arb_contains_fmpq(z.b, q) && !arb_is_exact(z.b));
    assert_int_equal(A.ops->compare(&x, &y), 1);
    assert_int_equal(A.ops->compare(&x, &x),
                     2); /* the same enclosure, perhaps not the same number */
    A.ops->clear(&x);
    A.ops->clear(&y);
    A.ops->clear(&z);
    fmpq_clear(q);
}

static void format_names(void **state)
{
    (void)state;
    ew_format format;
    const char *why = NULL;
    for (const ew_format *f = ew_formats; f->name[0] != '\0'; f++) {
        assert_int_equal(ew_format_named(&format, f->name, &why), EW_OK);
        assert_string_equal(format.name, f->name);
    }
    static const char *const bad[] = {
        "fp17",     "FP16",   "mpfr",    "mpfr-", "mpfr-0", "mpfr-1", "mpfr-1000000000000",
        "mpfr-1e3", "ball-1", "mpfr--5", "",      "fp16 "};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        why = NULL;
        assert_int_equal(ew_format_named(&format, bad[i], &why), EW_BAD_INPUT);
        assert_non_null(why);
    }
    assert_int_equal(ew_format_named(&format, "mpfr-100000", NULL), EW_OK);
    assert_int_equal(format.bits, 100000);
    assert_string_equal(ew_format_nearest("fp46"), "fp16");
    assert_string_equal(ew_format_nearest("bfl16"), "bf16");
    assert_null(ew_format_nearest("zzzzzzzz"));
    static const char *const pairs[][2] = {
        {"fp8-e4m3", "fp32"},   {"bf16", "fp32"},        {"tf32", "fp32"},  {"fp32", "fp64"},
        {"fp64", "quad"},       {"x87", "quad"},         {"dd", "quad"},    {"quad", "mpfr-226"},
        {"mpfr-40", "mpfr-80"}, {"ball-50", "ball-100"}, {"exact", "exact"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        ew_format wider;
        assert_int_equal(ew_format_named(&format, pairs[i][0], NULL), EW_OK);
        ew_format_wider(&wider, &format);
        assert_string_equal(wider.name, pairs[i][1]);
    }
    ew_rounding rounding;
    assert_int_equal(ew_rounding_named(&rounding, "stochastic"), EW_OK);
    assert_int_equal(rounding, EW_STOCHASTIC);
    assert_int_equal(ew_rounding_named(&rounding, "sideways"), EW_BAD_INPUT);
    ew_arith A;
    assert_int_equal(ew_format_named(&format, "dd", NULL), EW_OK);
    assert_int_equal(ew_arith_init(&A, &format, EW_UPWARD, 0), EW_BAD_INPUT);
    assert_int_equal(ew_format_named(&format, "exact", NULL), EW_OK);
    assert_int_equal(ew_arith_init(&A, &format, EW_STOCHASTIC, 0), EW_BAD_INPUT);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(fp8_exhaustive),
    cmocka_unit_test(small_formats_agree_with_mpfr),
    cmocka_unit_test(fp16_all_values),
    cmocka_unit_test(fp32_is_the_machines),
    cmocka_unit_test(fp64_is_the_machines),
    cmocka_unit_test(special_values_are_the_machines),
    cmocka_unit_test(conversions_keep_infinities),
    cmocka_unit_test(x87_agrees_with_mpfr),
    cmocka_unit_test(quad_is_binary128),
    cmocka_unit_test(dd_error_bounds),
    cmocka_unit_test(stochastic_is_fair),
    cmocka_unit_test(exact_until_too_long),
    cmocka_unit_test(balls_enclose),
    cmocka_unit_test(format_names),
};
EW_TESTS(tests)
