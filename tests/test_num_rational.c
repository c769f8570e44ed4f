/* Exact numbers from text, and back. */
#include "modes.h"
#include "test.h"
#include <edgewise/num.h>
#include <stdlib.h>
#include <string.h>

static void parse_good(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"0.3", "3/10"},   {"3e-2", "3/100"},       {"37/50", "37/50"}, {"-0", "0"},
        {"+7", "7"},       {".5", "1/2"},           {"5.", "5"},        {"1e5", "100000"},
        {"1E+2", "100"},   {"-1.25e1", "-25/2"},    {"0.10", "1/10"},   {"6/4", "3/2"},
        {"000.50", "1/2"}, {"1e-0005", "1/100000"}, {"-3/9", "-1/3"},   {"0e99", "0"},
        {"0/5", "0"},
    };
    fmpq_t q, expected;
    fmpq_init(q), fmpq_init(expected);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *why = NULL;
        assert_int_equal(ew_rational_parse(q, rows[i][0], &why), EW_OK);
        fmpq_set_str(expected, rows[i][1], 10);
        fmpq_canonicalise(expected);
        if (!fmpq_equal(q, expected) || !fmpq_is_canonical(q))
            fail_msg("%s was read wrong", rows[i][0]);
    }
    fmpq_clear(q), fmpq_clear(expected);
}

/* Bad text is refused with a reason, and the output stays as it was. */
static void parse_bad(void **state)
{
    (void)state;
    static const char *const rows[] = {"",
                                       " ",
                                       "1 ",
                                       " 1",
                                       "-",
                                       "+",
                                       ".",
                                       "e5",
                                       "1e",
                                       "1e+",
                                       "1e5.0",
                                       "0x10",
                                       "nan",
                                       "inf",
                                       "1/0",
                                       "1//2",
                                       "1/",
                                       "/2",
                                       "1/-2",
                                       "--1",
                                       "+-1",
                                       "1,2",
                                       "1;2",
                                       "3/4x",
                                       "1.2.3",
                                       "1_0",
                                       "1/2e3",
                                       "1.5/2",
                                       "\xc2\xbd",
                                       "1\n",
                                       "1e999999999999",
                                       "1e-100001",
                                       "1e100001"};
    fmpq_t q;
    fmpq_init(q);
    fmpq_set_si(q, 7, 3);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *why = NULL;
        ew_status status = ew_rational_parse(q, rows[i], &why);
        if (status == EW_OK || why == NULL)
            fail_msg("\"%s\" was accepted", rows[i]);
        assert_true(fmpz_equal_si(fmpq_numref(q), 7) && fmpz_equal_si(fmpq_denref(q), 3));
    }
    char *endless = malloc(1000002);
    memset(endless, '1', 1000001);
    endless[1000001] = '\0';
    assert_int_equal(ew_rational_parse(q, endless, NULL), EW_RESOURCES);
    free(endless);
    fmpq_clear(q);
}

/* Random decimals: text -> exact -> compared with integers over a power of ten; text of a rational -> back. */
static void round_trips(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed()};
    fmpq_t q, r;
    fmpz_t ten;
    fmpq_init(q), fmpq_init(r);
    fmpz_init(ten);
    char text[100];
    for (int i = 0; i < 2000; i++) {
        ulong whole = ew_random_below(&random, 100000), part = ew_random_below(&random, 1000000);
        slong e = (slong)ew_random_below(&random, 60) - 30;
        snprintf(text, sizeof text, "%lu.%06lue%ld", whole, part, e);
        assert_int_equal(ew_rational_parse(q, text, NULL), EW_OK);
        fmpz_set_ui(ten, 10);
        fmpz_pow_ui(ten, ten, (ulong)(e < 6 ? 6 - e : e - 6));
        fmpq_set_fmpz(r, ten);
        if (e < 6)
            fmpq_inv(r, r);
        fmpz_set_ui(ten, whole * 1000000 + part);
        fmpq_mul_fmpz(r, r, ten);
        assert_true(fmpq_equal(q, r));
        char *back = ew_rational_text(q);
        fmpq_zero(r);
        assert_int_equal(ew_rational_parse(r, back, NULL), EW_OK);
        assert_true(fmpq_equal(q, r));
        free(back);
    }
    fmpz_clear(ten);
    fmpq_clear(q), fmpq_clear(r);
}

static void integers_and_lists(void **state)
{
    (void)state;
    slong n = 5;
    const char *why;
    assert_int_equal(ew_integer_parse(&n, "42", 0, 100, &why), EW_OK);
    assert_int_equal(n, 42);
    static const char *const bad[] = {"",   "4.0", "x",   "101",
                                      "-1", "1e1", "42 ", "99999999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(ew_integer_parse(&n, bad[i], 0, 100, &why), EW_BAD_INPUT);
    assert_int_equal(n, 42);
    fmpq *list;
    slong count;
    assert_int_equal(ew_rational_list_parse(&list, &count, "1,0.5,2/3", &why), EW_OK);
    assert_int_equal(count, 3);
    fmpq_t third;
    fmpq_init(third);
    fmpq_set_si(third, 2, 3);
    assert_true(fmpq_equal(list + 2, third));
    fmpq_clear(third);
    _fmpq_vec_clear(list, count);
    static const char *const lists[] = {"", ",", "1,", ",1", "1,,2", "1, 2", "1;2"};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        assert_int_equal(ew_rational_list_parse(&list, &count, lists[i], &why), EW_BAD_INPUT);
}

/* The double that strtod, and so a script, makes of the same text; fmpq_get_d cuts off instead. */
static void nearest_doubles(void **state)
{
    (void)state;
    static const char *const texts[] = {"0.1", "2.1",     "2.2",  "0.3",   "1e-300",
                                        "1e5", "-12.345", "1e22", "1e400", "0"};
    fmpq_t q;
    fmpq_init(q);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(ew_rational_parse(q, texts[i], NULL), EW_OK);
        assert_true(ew_rational_double(q) == strtod(texts[i], NULL));
    }
    fmpq_clear(q);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(nearest_doubles),    cmocka_unit_test(parse_good),
    cmocka_unit_test(parse_bad),          cmocka_unit_test(round_trips),
    cmocka_unit_test(integers_and_lists),
};
EW_TESTS(tests)
