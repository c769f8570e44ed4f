/* The checker's arithmetic where it has no answer: the flag is raised, nothing is divided by 0, and everything ends. */
#include "check/interval.h"
#include "test.h"
#include <stdlib.h>

enum { BITS = 64, POOL = 60000 };

/* [lo, hi], or with lo above hi what is no interval. */
static iv between(long lo, long hi)
{
    dyadic a, b;
    dyadic_init(&a, lo);
    dyadic_init(&b, hi);
    iv x = iv_ends(&a, &b);
    dyadic_clear(&a);
    dyadic_clear(&b);
    return x;
}

/* 2^e */
static iv power_of_two(int64_t e)
{
    dyadic x;
    dyadic_init(&x, 1);
    x.e = e;
    iv r = iv_ends(&x, &x);
    dyadic_clear(&x);
    return r;
}

static void start(void)
{
    interval_budget(UINT64_MAX);
    interval_reset(BITS);
    assert_false(interval_failed());
}

static iv inverse(iv x)
{
    return iv_div(iv_integer(1), x);
}

static void no_value_raises_the_flag(void **state)
{
    (void)state;
    static const struct {
        iv (*f)(iv);
        long lo, hi;
        int64_t e; /* not 0: at 2^e instead */
        bool fails;
    } cases[] = {{inverse, 0, 0, 0, true},
                 {inverse, -1, 1, 0, true},
                 {inverse, 0, 1, 0, true},
                 {inverse, -1, 0, 0, true},
                 {inverse, 1, 2, 0, false},
                 {inverse, -2, -1, 0, false},
                 {iv_log, 0, 1, 0, true},
                 {iv_log, -2, -1, 0, true},
                 {iv_log, 1, 2, 0, false},
                 {iv_log_ratio, -1, 0, 0, true},
                 {iv_log_ratio, 0, 5, 0, false},
                 {iv_exp, 0, 1048575, 0, false},
                 {iv_exp, 0, 0, 20, true},
                 {iv_exp, 0, 0, INT64_C(1) << 40, true},
                 {iv_exp, 0, 0, -(INT64_C(1) << 40), false},
                 {iv_cosh, 0, 65535, 0, false},
                 {iv_cosh, 0, 0, 16, true},
                 {iv_sinhc, 0, 0, 100000, true},
                 {iv_sinhc_slope, -5, 65536, 0, true},
                 {iv_sinhc_bend, -5, 65535, 0, false},
                 {iv_root, -5, 5, 0, false},
                 {iv_lower, 3, 2, 0, true},
                 {iv_upper, 2, 3, 0, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        start();
        cases[i].f(cases[i].e != 0 ? power_of_two(cases[i].e) : between(cases[i].lo, cases[i].hi));
        if (interval_failed() != cases[i].fails)
            fail_msg("case %zu", i);
    }
    interval_release();
}

static void the_flag_stays(void **state)
{
    (void)state;
    start();
    assert_int_equal(iv_sign(interval_fail()), 0);
    iv one = iv_integer(1);
    iv_add(one, iv_exp(iv_mul(one, one)));
    assert_true(interval_failed());
    start();
    iv_join(iv_integer(2), iv_integer(1));
    assert_true(interval_failed());
    interval_release();
}

/* Squares until the exponent leaves its range: no number wraps. */
static void exponents_do_not_run_away(void **state)
{
    (void)state;
    for (int sign = -1; sign <= 1; sign += 2) {
        start();
        iv x = power_of_two(sign);
        int n = 0;
        for (; n < 200 && !interval_failed(); n++)
            x = iv_mul(x, x);
        assert_in_range(n, 60, 62);
        interval_reset(BITS);
        x = iv_power(power_of_two(1000000 * sign), UINT64_C(1) << 62);
        assert_true(interval_failed());
    }
    interval_release();
}

/* A pool that is full starts again, and nothing is believed: not even where an operand was written over by 0. */
static void a_full_pool_is_noticed(void **state)
{
    (void)state;
    start();
    iv y = iv_integer(1), x = iv_integer(0); /* y lies where the pool starts */
    for (int i = 2; i < POOL; i++)
        iv_integer(i);
    assert_false(interval_failed());
    iv_div(x, y);
    assert_true(interval_failed());
    start();
    for (int i = 0; i < 3 * POOL; i++)
        iv_div(iv_integer(i % 3), iv_integer(1 + i % 2));
    assert_true(interval_failed());
    interval_release();
}

/* Long series take no more of the pool than short ones, and end when the work is spent. */
static void series_end(void **state)
{
    (void)state;
    interval_budget(UINT64_MAX);
    interval_reset(12000);
    for (int i = 0; i < 2; i++)
        iv_log(iv_integer(3 + i));
    assert_false(interval_failed());
    interval_budget(1000);
    interval_reset(12000);
    assert_false(interval_spent());
    iv_log(iv_integer(3));
    assert_true(interval_spent() && interval_failed());
    interval_spend(1);
    interval_reset(12000); /* the flag is lowered, but the work stays spent */
    iv_integer(1);
    assert_true(interval_failed());
    interval_budget(UINT64_MAX);
    interval_release();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(no_value_raises_the_flag),
    cmocka_unit_test(the_flag_stays),
    cmocka_unit_test(exponents_do_not_run_away),
    cmocka_unit_test(a_full_pool_is_noticed),
    cmocka_unit_test(series_end),
};
EW_TESTS(tests)
