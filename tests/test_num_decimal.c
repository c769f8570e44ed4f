/* Decimals of balls: ends outward, every digit of a value right, against exact rationals. */
#include "modes.h"
#include "test.h"
#include <edgewise/num.h>
#include <stdlib.h>
#include <string.h>

/* The exact rational that a decimal text says. */
static void read_back(fmpq_t q, char *text)
{
    assert_non_null(text);
    assert_int_equal(ew_rational_parse(q, text, NULL), EW_OK);
    free(text);
}

static ulong count_digits(const char *text)
{
    ulong count = 0;
    bool leading = true;
    for (; *text != '\0' && *text != 'e'; text++)
        if (*text >= '0' && *text <= '9') {
            leading = leading && *text == '0';
            count += !leading;
        }
    return count;
}

/* Random balls of every size: lower <= all points <= upper, closely; value within half a unit of both ends. */
static void ends_and_values(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed()};
    fmpq_t lo, hi, lower, upper, value, t;
    fmpq_init(lo), fmpq_init(hi), fmpq_init(lower), fmpq_init(upper), fmpq_init(value),
        fmpq_init(t);
    arb_t x;
    arf_t end;
    arb_init(x);
    arf_init(end);
    int settled = 0;
    for (int i = 0; i < 3000; i++) {
        slong digits = 1 + (slong)ew_random_below(&random, 25);
        arb_set_si(x, (slong)ew_random_below(&random, 2000000000) - 1000000000);
        arb_mul_2exp_si(x, x, (slong)ew_random_below(&random, 400) - 230);
        arb_div_ui(x, x, 1 + ew_random_below(&random, 1000), 100);
        if (i % 3 == 0)
            mag_zero(arb_radref(x));
        if (i % 7 == 0)
            arb_add_error_2exp_si(x, (slong)ew_random_below(&random, 40) - 40);
        arb_get_lbound_arf(end, x, ARF_PREC_EXACT);
        arf_get_fmpq(lo, end);
        arb_get_ubound_arf(end, x, ARF_PREC_EXACT);
        arf_get_fmpq(hi, end);
        read_back(lower, ew_decimal_lower(x, digits));
        read_back(upper, ew_decimal_upper(x, digits));
        assert_true(fmpq_cmp(lower, lo) <= 0 && fmpq_cmp(hi, upper) <= 0);
        char *text = ew_decimal_value(x, digits);
        if (text == NULL)
            continue;
        settled++;
        assert_true(count_digits(text) == (ulong)digits || strcmp(text, "0") == 0);
        read_back(value, text);
        /* |value - end| <= |value| 10^(1-digits) / 2, as 10^(digits-1) |.| <= |value| < 10^digits units */
        fmpq_set_si(t, 10, 1);
        fmpq_pow_si(t, t, 1 - digits);
        fmpq_mul(t, t, value);
        fmpq_abs(t, t);
        fmpq_sub(lo, lo, value);
        fmpq_abs(lo, lo);
        fmpq_add(lo, lo, lo);
        fmpq_sub(hi, hi, value);
        fmpq_abs(hi, hi);
        fmpq_add(hi, hi, hi);
        assert_true(fmpq_cmp(lo, t) <= 0 && fmpq_cmp(hi, t) <= 0);
    }
    assert_true(settled > 1500);
    arf_clear(end);
    arb_clear(x);
    fmpq_clear(lo), fmpq_clear(hi), fmpq_clear(lower), fmpq_clear(upper), fmpq_clear(value),
        fmpq_clear(t);
}

/* Exact numbers in the notations one expects. */
static void layouts(void **state)
{
    (void)state;
    static const struct {
        const char *exact;
        slong digits;
        const char *value, *best;
    } rows[] = {
        {"2", 5, "2.0000", "2"},
        {"1/2", 3, "0.500", "0.5"},
        {"-1/4", 1, "-0.2", NULL},
        {"0", 4, "0", "0"},
        {"9999/1000", 3, "10.0", NULL},
        {"1000", 2, "1.0e+3", NULL},
        {"1/1024", 4, "0.0009766", NULL},
        {"123456", 3, "1.23e+5", NULL},
        {"-7", 1, "-7", "-7"},
        {"123456", 6, "123456", "123456"},
    };
    fmpq_t q;
    arb_t x;
    fmpq_init(q);
    arb_init(x);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        fmpq_set_str(q, rows[i].exact, 10);
        fmpq_canonicalise(q);
        arb_set_fmpq(x, q, 200);
        char *text = ew_decimal_value(x, rows[i].digits);
        if (text == NULL || strcmp(text, rows[i].value) != 0)
            fail_msg("%s with %ld digits: %s, not %s", rows[i].exact, rows[i].digits, text,
                     rows[i].value);
        free(text);
        if (rows[i].best != NULL) {
            text = ew_decimal_best(x, rows[i].digits);
            assert_string_equal(text, rows[i].best);
            free(text);
        }
    }
    arb_set_ui(x, 10);
    arb_pow_ui(x, x, 40, 300);
    char *text = ew_decimal_value(x, 3);
    assert_string_equal(text, "1.00e+40");
    free(text);
    static const char *const beyond[4][2] = {{"1e+323228496", "inf"},
                                             {"-inf", "-1e+323228496"},
                                             {"0", "1e-323228496"},
                                             {"-1e-323228496", "0"}};
    for (int i = 0; i < 4; i++) { /* exponents that MPFR does not have */
        arb_set_si(x, i % 2 == 0 ? 3 : -3);
        arb_mul_2exp_si(x, x, i < 2 ? 5000000000 : -5000000000);
        assert_null(ew_decimal_value(x, 4));
        text = ew_decimal_lower(x, 4);
        assert_string_equal(text, beyond[i][0]);
        free(text);
        text = ew_decimal_upper(x, 4);
        assert_string_equal(text, beyond[i][1]);
        free(text);
    }
    arb_indeterminate(x);
    assert_null(ew_decimal_value(x, 3));
    text = ew_decimal_lower(x, 3);
    assert_string_equal(text, "-inf");
    free(text);
    arb_clear(x);
    fmpq_clear(q);
}

/* A radius far smaller or far larger than the midpoint: no end is ever written out in full. */
static void wide_spans(void **state)
{
    (void)state;
    arb_t x;
    fmpz_t far;
    arb_init(x);
    fmpz_init(far);
    fmpz_set_si(far, -(WORD(1) << 60));
    arb_set_ui(x, 7);
    mag_one(arb_radref(x));
    mag_mul_2exp_fmpz(arb_radref(x), arb_radref(x), far);
    char *text = ew_decimal_value(x, 5);
    assert_string_equal(text, "7.0000");
    free(text);
    text = ew_decimal_lower(x, 5);
    assert_string_equal(text, "6.9999");
    free(text);
    text = ew_decimal_upper(x, 5);
    assert_string_equal(text, "7.0001");
    free(text);
    arb_set_d(x, 0.125); /* half way between two decimals of two digits: not settled */
    arb_add_error_2exp_si(x, -3000);
    assert_null(ew_decimal_value(x, 2));
    mag_one(arb_radref(x));
    arf_set_ui_2exp_si(arb_midref(x), 1, 0);
    arf_mul_2exp_fmpz(arb_midref(x), arb_midref(x), far);
    assert_null(ew_decimal_value(x, 5));
    text = ew_decimal_best(x, 5);
    assert_non_null(strstr(text, "+/-"));
    free(text);
    fmpz_clear(far);
    arb_clear(x);
}

/* So near to half way between two decimals that only the exact ends decide. */
static void near_ties(void **state)
{
    (void)state;
    arb_t x;
    arf_t bit;
    arb_init(x);
    arf_init(bit);
    for (int sign = -1; sign <= 1; sign += 2) {
        arb_set_d(x, 0.125); /* 0.125 -+ 2^-400 is 0.12 or 0.13 */
        arf_set_si_2exp_si(bit, sign, -400);
        arf_add(arb_midref(x), arb_midref(x), bit, ARF_PREC_EXACT, ARF_RND_NEAR);
        char *text = ew_decimal_value(x, 2);
        assert_string_equal(text, sign < 0 ? "0.12" : "0.13");
        free(text);
    }
    arf_clear(bit);
    arb_clear(x);
}

/* 10^5 digits of sqrt 2 against the integer square root of 2 10^200000. */
static void many_digits(void **state)
{
    (void)state;
    enum { DIGITS = 100000 };
    arb_t x;
    fmpz_t n, ten;
    arb_init(x);
    fmpz_init(n);
    fmpz_init(ten);
    arb_sqrt_ui(x, 2, ew_digits_to_bits(DIGITS));
    char *text = ew_decimal_value(x, DIGITS);
    assert_non_null(text);
    fmpz_set_ui(ten, 10);
    fmpz_pow_ui(n, ten, 2 * (DIGITS - 1) + 2); /* one digit more, to round */
    fmpz_mul_ui(n, n, 2);
    fmpz_sqrt(n, n);
    fmpz_add_ui(n, n, 5);
    fmpz_fdiv_q_ui(n, n, 10);
    char *digits = fmpz_get_str(NULL, 10, n);
    assert_int_equal(strlen(text), DIGITS + 1);
    assert_true(text[0] == digits[0] && text[1] == '.' && strcmp(text + 2, digits + 1) == 0);
    flint_free(digits);
    free(text);
    fmpz_clear(ten);
    fmpz_clear(n);
    arb_clear(x);
}

/* A ball too wide for its digits shows fewer, never wrong ones. */
static void fewer_digits(void **state)
{
    (void)state;
    arb_t x;
    arb_init(x);
    arb_const_pi(x, 200);
    arb_add_error_2exp_si(x, -20);
    assert_null(ew_decimal_value(x, 12));
    char *text = ew_decimal_best(x, 12);
    assert_true(strncmp(text, "3.1415", 6) == 0 && strlen(text) <= 8);
    free(text);
    arb_zero(x);
    arb_add_error_2exp_si(x, -3);
    text = ew_decimal_best(x, 5);
    assert_string_equal(text, "[+/- 0.126]");
    free(text);
    arb_clear(x);
}

static void memory_is_checked(void **state)
{
    (void)state;
    char text[32];
    assert_int_equal(ew_memory_check(1e6), EW_OK);
    assert_int_equal(ew_memory_check(1e17), EW_RESOURCES);
    ew_memory_text(text, sizeof text, 17200000000.0);
    assert_string_equal(text, "17 GB");
    ew_memory_text(text, sizeof text, 1.5e3);
    assert_string_equal(text, "1.5 kB");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(ends_and_values),   cmocka_unit_test(layouts),
    cmocka_unit_test(wide_spans),        cmocka_unit_test(near_ties),
    cmocka_unit_test(many_digits),       cmocka_unit_test(fewer_digits),
    cmocka_unit_test(memory_is_checked),
};
EW_TESTS(tests)
