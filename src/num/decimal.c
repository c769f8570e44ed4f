/* Decimals of balls whose digits are proved: MPFR rounds the ends of the ball in the direction asked. */
#include "num/domain.h"
#include "num/memory.h"
#include <edgewise/num.h>
#include <stdlib.h>
#include <string.h>

/* Plain notation for decimal exponents from here up to the number of digits: beyond it there would be zeros
 * that are not digits of the number. */
enum { LEAST_PLAIN = -5 };

slong ew_digits_to_bits(slong digits)
{
    if (!ew_digits_fit(digits))
        return 0;
    return (slong)(3.3219280948873626 * (double)digits) + 33;
}

/* Writes sign, digits d_1 ... d_n and value 0.d_1 ... d_n 10^exponent as a decimal. */
static char *layout(bool negative, const char *digits, mpfr_exp_t exponent)
{
    size_t n = strlen(digits), pad = exponent > 0 ? (size_t)exponent : (size_t)-exponent;
    bool plain = exponent > LEAST_PLAIN && exponent <= (mpfr_exp_t)n;
    char *text = ew_held(malloc(n + (plain ? pad : 0) + 40)), *c = text;
    if (negative)
        *c++ = '-';
    if (!plain) {
        *c++ = digits[0];
        if (n > 1)
            c += sprintf(c, ".%s", digits + 1);
        sprintf(c, "e%+ld", (long)exponent - 1);
    } else if (exponent <= 0) {
        c += sprintf(c, "0.");
        memset(c, '0', pad);
        strcpy(c + pad, digits);
    } else if ((size_t)exponent == n) {
        strcpy(c, digits);
    } else {
        memcpy(c, digits, (size_t)exponent);
        sprintf(c + exponent, ".%s", digits + exponent);
    }
    return text;
}

static char *copy(const char *text)
{
    return strcpy(ew_held(malloc(strlen(text) + 1)), text);
}

/* A number whose exponent is beyond MPFR's, some 10^(+-323228496): a bound of the right side. */
static char *beyond_range(bool huge, bool negative, mpfr_rnd_t rounding)
{
    if (rounding == MPFR_RNDN)
        return NULL;
    bool away = (rounding == MPFR_RNDU) != negative; /* away from zero */
    if (huge)
        return copy(negative ? (away ? "-inf" : "-1e+323228496") : (away ? "inf" : "1e+323228496"));
    return copy(!away ? "0" : negative ? "-1e-323228496" : "1e-323228496");
}

/* An exact arf as a decimal of n digits, rounded as told; NULL when rounding to nearest is out of range. */
static char *decimal(const arf_t x, slong n, mpfr_rnd_t rounding)
{
    if (arf_is_zero(x))
        return copy("0");
    if (!arf_is_finite(x))
        return copy(arf_is_nan(x) ? "nan" : arf_sgn(x) < 0 ? "-inf" : "inf");
    bool huge = arf_cmpabs_2exp_si(x, 1073741822) > 0;
    if (huge || arf_cmpabs_2exp_si(x, -1073741822) < 0)
        return beyond_range(huge, arf_sgn(x) < 0, rounding);
    mpfr_t m;
    mpfr_exp_t exponent;
    mpfr_init2(m, FLINT_MAX(arf_bits(x), 2));
    arf_get_mpfr(m, x, MPFR_RNDN); /* exact */
    char *digits = mpfr_get_str(NULL, &exponent, 10, (size_t)n, m, rounding);
    char *text = layout(digits[0] == '-', digits + (digits[0] == '-'), exponent);
    mpfr_free_str(digits);
    mpfr_clear(m);
    return text;
}

/* One end of the ball, rounded outward at a precision that the digits do not see. */
static void ball_end(arf_t end, const arb_t x, bool upper, slong digits)
{
    slong prec = ew_digits_to_bits(digits) + 32;
    if (upper)
        arb_get_ubound_arf(end, x, prec);
    else
        arb_get_lbound_arf(end, x, prec);
}

char *ew_decimal_lower(const arb_t x, slong digits)
{
    if (x == NULL || !ew_digits_fit(digits))
        return NULL;
    arf_t end;
    arf_init(end);
    ball_end(end, x, false, digits);
    if (arf_is_nan(end))
        arf_neg_inf(end);
    char *text = decimal(end, digits, MPFR_RNDD);
    arf_clear(end);
    return text;
}

char *ew_decimal_upper(const arb_t x, slong digits)
{
    if (x == NULL || !ew_digits_fit(digits))
        return NULL;
    arf_t end;
    arf_init(end);
    ball_end(end, x, true, digits);
    if (arf_is_nan(end))
        arf_pos_inf(end);
    char *text = decimal(end, digits, MPFR_RNDU);
    arf_clear(end);
    return text;
}

/* The decimal to which both ends of the ball round, the ends rounded outward to `prec` bits before; NULL when
 * they differ. */
static char *agreed(const arb_t x, slong digits, slong prec)
{
    char *texts[2];
    arf_t end;
    arf_init(end);
    for (int i = 0; i < 2; i++) {
        if (i == 0)
            arb_get_lbound_arf(end, x, prec);
        else
            arb_get_ubound_arf(end, x, prec);
        texts[i] = decimal(end, digits, MPFR_RNDN);
    }
    arf_clear(end);
    bool agree = texts[0] != NULL && texts[1] != NULL && strcmp(texts[0], texts[1]) == 0;
    free(texts[1]);
    if (agree)
        return texts[0];
    free(texts[0]);
    return NULL;
}

/* Do the exact ends of the ball have at most `most` bits or so? A midpoint and a radius of very different
 * size have ends of as many bits as their exponents are apart. */
static bool ends_are_short(const arb_t x, slong most)
{
    if (arb_is_exact(x) || arf_is_zero(arb_midref(x)))
        return true;
    fmpz_t span;
    fmpz_init(span);
    fmpz_sub(span, ARF_EXPREF(arb_midref(x)), MAG_EXPREF(arb_radref(x)));
    fmpz_abs(span, span);
    bool is_short = fmpz_cmp_si(span, most) <= 0;
    fmpz_clear(span);
    return is_short;
}

char *ew_decimal_value(const arb_t x, slong digits)
{
    if (x == NULL || !ew_digits_fit(digits))
        return NULL;
    enum { MANY_BITS = 1 << 24 };
    if (!arb_is_finite(x))
        return NULL;
    slong prec = ew_digits_to_bits(digits) + 32;
    char *text = agreed(x, digits, prec);
    /* within 2^-prec of half way between two decimals it takes the exact ends */
    if (text == NULL && ends_are_short(x, FLINT_MAX(prec, MANY_BITS)))
        text = agreed(x, digits, ARF_PREC_EXACT);
    return text;
}

/* Without trailing zeros behind the point, for exact numbers such as 2 or 0.5. */
static void trim(char *text)
{
    if (strchr(text, '.') == NULL || strchr(text, 'e') != NULL)
        return;
    char *end = text + strlen(text);
    while (end[-1] == '0')
        *--end = '\0';
    if (end[-1] == '.')
        end[-1] = '\0';
}

char *ew_decimal_best(const arb_t x, slong digits)
{
    if (x == NULL || !ew_digits_fit(digits))
        return NULL;
    char *text = ew_decimal_value(x, digits);
    if (text != NULL && arb_is_exact(x))
        trim(text);
    /* the accuracy tells nearly how many digits there are */
    slong known = (slong)(0.30103 * (double)FLINT_MAX(arb_rel_accuracy_bits(x), 0)) + 1;
    for (slong n = FLINT_MIN(digits - 1, known); text == NULL && n > 0; n--)
        text = ew_decimal_value(x, n);
    if (text == NULL) {
        char *ball = arb_get_str(x, 3, 0);
        text = copy(ball);
        flint_free(ball);
    }
    return text;
}
