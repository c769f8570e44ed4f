/* Exact rationals and integers from text, with a grammar strict enough that a slip is an error. */
#include "num/memory.h"
#include <stdlib.h>
#include <string.h>

enum { LONGEST_TEXT = 1000000, LARGEST_EXPONENT = 100000 };

static ew_status refuse(const char **why, ew_status status, const char *reason)
{
    if (why != NULL)
        *why = reason;
    return status;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The length of the run of digits at `text`. */
static size_t run_of_digits(const char *text)
{
    size_t n = 0;
    while (is_digit(text[n]))
        n++;
    return n;
}

/* z = the decimal digits text[0 .. n), then those of more[0 .. m). */
static void set_digits(fmpz_t z, const char *text, size_t n, const char *more, size_t m)
{
    char *digits = flint_malloc(n + m + 2);
    digits[0] = '0'; /* so that no digits at all read as zero */
    memcpy(digits + 1, text, n);
    memcpy(digits + 1 + n, more, m);
    digits[n + m + 1] = '\0';
    fmpz_set_str(z, digits, 10);
    flint_free(digits);
}

/* The part after the digits of a fraction's numerator: "/digits". */
static ew_status parse_denominator(fmpq_t q, const char *text, const char **why)
{
    size_t n = run_of_digits(text);
    if (n == 0 || text[n] != '\0')
        return refuse(why, EW_BAD_INPUT, "is not a number");
    set_digits(fmpq_denref(q), text, n, "", 0);
    if (fmpz_is_zero(fmpq_denref(q))) {
        fmpz_one(fmpq_denref(q));
        return refuse(why, EW_BAD_INPUT, "divides by zero");
    }
    fmpq_canonicalise(q);
    return EW_OK;
}

/* "[+-]digits" of an exponent to the end of the text. */
static ew_status parse_exponent(slong *exponent, const char *text, const char **why)
{
    bool negative = *text == '-';
    if (*text == '+' || *text == '-')
        text++;
    size_t n = run_of_digits(text);
    if (n == 0 || text[n] != '\0')
        return refuse(why, EW_BAD_INPUT, "is not a number");
    while (*text == '0' && n > 1) {
        text++;
        n--;
    }
    slong value = n <= 7 ? strtol(text, NULL, 10) : LARGEST_EXPONENT + 1;
    if (value > LARGEST_EXPONENT)
        return refuse(why, EW_RESOURCES, "has an exponent beyond 100000");
    *exponent = negative ? -value : value;
    return EW_OK;
}

/* The unsigned number at `text`. */
static ew_status parse_unsigned(fmpq_t q, const char *text, const char **why)
{
    size_t whole = run_of_digits(text);
    const char *rest = text + whole, *fraction = rest;
    size_t places = 0;
    if (*rest == '/' && whole > 0) {
        set_digits(fmpq_numref(q), text, whole, "", 0);
        return parse_denominator(q, rest + 1, why);
    }
    if (*rest == '.') {
        fraction = rest + 1;
        places = run_of_digits(fraction);
        rest = fraction + places;
    }
    if (whole + places == 0)
        return refuse(why, EW_BAD_INPUT, *text == '\0' ? "is empty" : "is not a number");
    slong exponent = 0;
    if (*rest == 'e' || *rest == 'E') {
        ew_status status = parse_exponent(&exponent, rest + 1, why);
        if (status != EW_OK)
            return status;
    } else if (*rest != '\0')
        return refuse(why, EW_BAD_INPUT, "is not a number");
    set_digits(fmpq_numref(q), text, whole, fraction, places);
    fmpq_t scale;
    fmpq_init(scale);
    fmpq_set_si(scale, 10, 1);
    fmpq_pow_si(scale, scale, exponent - (slong)places);
    fmpq_mul(q, q, scale);
    fmpq_clear(scale);
    return EW_OK;
}

ew_status ew_rational_parse(fmpq_t q, const char *text, const char **why)
{
    if (q == NULL || text == NULL)
        return refuse(why, EW_BAD_INPUT, "is missing");
    if (strnlen(text, LONGEST_TEXT + 1) > LONGEST_TEXT)
        return refuse(why, EW_RESOURCES, "has more than a million characters");
    fmpq_t value;
    fmpq_init(value);
    bool negative = *text == '-';
    ew_status status = parse_unsigned(value, text + (*text == '-' || *text == '+'), why);
    if (status == EW_OK) {
        if (negative)
            fmpq_neg(value, value);
        fmpq_swap(q, value);
    }
    fmpq_clear(value);
    return status;
}

ew_status ew_integer_parse(slong *n, const char *text, slong lo, slong hi, const char **why)
{
    if (n == NULL || text == NULL)
        return refuse(why, EW_BAD_INPUT, "is missing");
    const char *digits = text + (*text == '-' || *text == '+');
    size_t count = run_of_digits(digits);
    if (*text == '\0')
        return refuse(why, EW_BAD_INPUT, "is empty");
    if (count == 0 || digits[count] != '\0')
        return refuse(why, EW_BAD_INPUT, "is not a whole number");
    fmpz_t value;
    fmpz_init(value);
    set_digits(value, digits, count, "", 0);
    if (*text == '-')
        fmpz_neg(value, value);
    bool small = fmpz_cmp_si(value, lo)<0, large = fmpz_cmp_si(value, hi)> 0;
    if (!small && !large)
        *n = fmpz_get_si(value);
    fmpz_clear(value);
    if (small || large)
        return refuse(why, EW_BAD_INPUT, small ? "is too small" : "is too large");
    return EW_OK;
}

ew_status ew_rational_list_parse(fmpq **list, slong *count, const char *text, const char **why)
{
    if (list == NULL || count == NULL || text == NULL)
        return refuse(why, EW_BAD_INPUT, "is missing");
    slong items = 1;
    for (const char *c = text; *c != '\0'; c++)
        items += *c == ',';
    if (items > LONGEST_TEXT)
        return refuse(why, EW_RESOURCES, "has more than a million items");
    char *copy = flint_malloc(strlen(text) + 1);
    strcpy(copy, text);
    fmpq *values = _fmpq_vec_init(items);
    ew_status status = EW_OK;
    char *item = copy;
    for (slong i = 0; i < items && status == EW_OK; i++) {
        char *comma = strchr(item, ',');
        if (comma != NULL)
            *comma = '\0';
        status = *item == '\0' && items > 1 ? refuse(why, EW_BAD_INPUT, "has an empty item")
                                            : ew_rational_parse(values + i, item, why);
        if (comma != NULL)
            item = comma + 1;
    }
    flint_free(copy);
    if (status == EW_OK) {
        *list = values;
        *count = items;
    } else
        _fmpq_vec_clear(values, items);
    return status;
}

char *ew_rational_text(const fmpq_t q)
{
    size_t size = fmpz_sizeinbase(fmpq_numref(q), 10) + fmpz_sizeinbase(fmpq_denref(q), 10) + 4;
    char *text = ew_held(malloc(size));
    return fmpq_get_str(text, 10, q);
}

double ew_rational_double(const fmpq_t q)
{
    mpfr_t x;
    mpfr_init2(x, 53);
    fmpq_get_mpfr(x, q, MPFR_RNDN);
    double value = mpfr_get_d(x, MPFR_RNDN);
    mpfr_clear(x);
    return value;
}
