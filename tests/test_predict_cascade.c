/* Thresholds of period doubling: closed forms, the flip threshold of the other route, Feigenbaum's constant, crises. */
#include "test.h"
#include <edgewise/predict.h>
#include <math.h>
#include <stdlib.h>

static double middle(const arb_t x)
{
    return arf_get_d(arb_midref(x), ARF_RND_NEAR);
}

/* The balanced map and its derivative in the form of theory/model.md, written again. */
static void step(arb_t x, arb_t slope, const arb_t s, slong depth, slong prec)
{
    arb_t w, T, t;
    arb_init(w);
    arb_init(T);
    arb_init(t);
    arb_pow_ui(w, x, (ulong)depth - 2, prec);
    arb_mul(w, w, s, prec);
    arb_div_si(w, w, depth, prec);
    arb_pow_ui(T, x, (ulong)depth, prec);
    arb_mul_ui(t, T, 2 * (ulong)depth - 1, prec);
    arb_sub_ui(t, t, (ulong)depth - 1, prec);
    arb_mul(t, t, w, prec);
    arb_sub_ui(t, t, 1, prec);
    arb_neg(t, t);
    arb_mul(slope, slope, t, prec);
    arb_sub_ui(T, T, 1, prec);
    arb_mul(T, T, w, prec);
    arb_sub_ui(T, T, 1, prec);
    arb_neg(T, T);
    arb_mul(x, x, T, prec);
    arb_clear(w);
    arb_clear(T);
    arb_clear(t);
}

/* The threshold's x comes back after `period` steps and not before, and the slope there is its multiplier. */
static void expect_cycle(const ew_threshold_struct *t, slong depth)
{
    arb_t x, slope;
    arb_init(x);
    arb_init(slope);
    arb_set(x, t->x);
    arb_one(slope);
    for (slong k = 0; k < t->period; k++) {
        assert_true(k == 0 || !arb_overlaps(x, t->x));
        step(x, slope, t->s, depth, 2000);
    }
    assert_true(arb_overlaps(x, t->x));
    assert_true(arb_contains_si(slope, t->multiplier));
    assert_true(arb_rel_accuracy_bits(t->s) > 90);
    arb_sub_si(slope, slope, t->multiplier, 64);
    arb_abs(slope, slope);
    arb_set_d(x, 1e-9);
    assert_true(arb_lt(slope, x)); /* not merely by being wide */
    arb_clear(x);
    arb_clear(slope);
}

static void thresholds_are_cycles(void **state)
{
    (void)state;
    ew_cascade_t cascade;
    ew_cascade_init(cascade);
    static const slong depths[] = {2, 3, 4, 7, 32, 1024};
    for (size_t i = 0; i < sizeof depths / sizeof depths[0]; i++) {
        assert_int_equal(ew_cascade_run(cascade, depths[i], 6, 100, NULL), EW_OK);
        assert_int_equal(cascade->count, 7);
        for (slong k = 0; k <= 6; k++) {
            assert_int_equal(cascade->list[k].period, 1 << k);
            assert_int_equal(cascade->list[k].multiplier, -1);
            assert_int_equal(cascade->superstable[k].multiplier, 0);
            if (k > 0) {
                expect_cycle(cascade->list + k, depths[i]);
                expect_cycle(cascade->superstable + k, depths[i]);
                assert_true(arb_lt(cascade->list[k - 1].s, cascade->superstable[k].s));
            }
            assert_true(arb_lt(cascade->superstable[k].s, cascade->list[k].s));
        }
    }
    ew_cascade_clear(cascade);
}

static void second_threshold_is_the_flip(void **state)
{
    (void)state;
    ew_cascade_t cascade;
    arb_t s;
    ew_cascade_init(cascade);
    arb_init(s);
    for (slong L = 2; L < 2000; L += L < 12 ? 1 : L) {
        assert_int_equal(ew_cascade_run(cascade, L, 1, 200, NULL), EW_OK);
        assert_int_equal(ew_flip_threshold(s, L, 200), EW_OK);
        assert_true(arb_overlaps(s, cascade->list[1].s));
        assert_true(arb_rel_accuracy_bits(cascade->list[1].s) > 190);
    }
    assert_int_equal(ew_cascade_run(cascade, 2, 1, 300, NULL), EW_OK); /* 2 (sqrt 5 - 1) */
    arb_sqrt_ui(s, 5, 800);
    arb_sub_ui(s, s, 1, 800);
    arb_mul_2exp_si(s, s, 1);
    assert_true(arb_contains(cascade->list[1].s, s));
    ew_cascade_clear(cascade);
    arb_clear(s);
}

/* The limit of infinite depth is the limit of the depths, at the rate 1/L. */
static void limit_is_the_limit(void **state)
{
    (void)state;
    ew_cascade_t limit, deep;
    ew_cascade_init(limit);
    ew_cascade_init(deep);
    assert_int_equal(ew_cascade_run(limit, 0, 4, 100, NULL), EW_OK);
    double last[5] = {0};
    for (slong L = 1000; L <= 100000; L *= 10) {
        assert_int_equal(ew_cascade_run(deep, L, 4, 100, NULL), EW_OK);
        for (int k = 1; k <= 4; k++) {
            double off = fabs(middle(limit->list[k].s) - middle(deep->list[k].s));
            assert_true(off > 0 && off < 3. / (double)L);
            assert_true(L == 1000 || fabs(last[k] / off - 10) < 0.5);
            last[k] = off;
        }
    }
    ew_cascade_clear(limit);
    ew_cascade_clear(deep);
}

static void quotients_tend_to_feigenbaum(void **state)
{
    (void)state;
    ew_cascade_t cascade;
    arb_t delta;
    ew_cascade_init(cascade);
    arb_init(delta);
    assert_int_equal(ew_cascade_run(cascade, 3, 9, 120, NULL), EW_OK);
    double before = 1;
    for (slong k = 2; k <= 8; k++) {
        ew_cascade_quotient(delta, cascade, k, 120);
        double off = fabs(middle(delta) - 4.669201609102990);
        assert_true(off < before / 2.5);
        before = off;
    }
    assert_true(before < 1e-5);
    ew_cascade_clear(cascade);
    arb_clear(delta);
}

/* A period-3 window: births and ends in order, and a doubled cycle is not taken for a new one. */
static void windows_open_and_close(void **state)
{
    (void)state;
    ew_threshold_struct window[3];
    for (int i = 0; i < 3; i++)
        ew_threshold_init(window + i);
    for (slong L = 2; L <= 5; L++)
        for (slong period = 3; period <= 5; period++) {
            assert_int_equal(ew_window_find(window, L, period, 2.6, 3.6, 100), EW_OK);
            for (int i = 0; i < 3; i++) {
                assert_int_equal(window[i].multiplier, 1 - i);
                expect_cycle(window + i, L);
            }
            assert_true(arb_lt(window[0].s, window[1].s) && arb_lt(window[1].s, window[2].s));
        }
    /* where a 2-cycle doubles, the 4-th iterate has slope +1: no cycle of exact period 4 there */
    ew_cascade_t cascade;
    ew_cascade_init(cascade);
    assert_int_equal(ew_cascade_run(cascade, 3, 1, 100, NULL), EW_OK);
    assert_int_equal(ew_threshold_certify(window, 3, 4, 1, middle(cascade->list[1].x),
                                          middle(cascade->list[1].s), 100),
                     EW_UNDECIDED_STATUS);
    assert_int_equal(ew_window_find(window, 3, 3, 2.1, 2.4, 100), EW_UNDECIDED_STATUS);
    ew_cascade_clear(cascade);
    for (int i = 0; i < 3; i++)
        ew_threshold_clear(window + i);
}

/* Steps after which |x| > 4 from the critical point, and whether x went below 0 on the way. */
static slong critical_orbit(bool *crossed, double s, slong depth)
{
    double L = (double)depth, z = pow((L - 1) / (2 * L - 1), 1 / L), top = 1;
    for (int i = 0; i < 100; i++) { /* f' falls through 0 between */
        double x = 0.5 * (z + top);
        double slope = 1 + s / L * pow(x, L - 2) * (L - 1 - (2 * L - 1) * pow(x, L));
        if (slope > 0)
            z = x;
        else
            top = x;
    }
    *crossed = false;
    for (slong t = 0; t < 3000; t++) {
        z += s / L * pow(z, L - 1) * (1 - pow(z, L));
        *crossed = *crossed || z < 0;
        if (fabs(z) > 4)
            return t;
    }
    return -1;
}

static void attractor_ends_where_said(void **state)
{
    (void)state;
    arb_t s, t;
    arb_init(s);
    arb_init(t);
    assert_int_equal(ew_crisis_threshold(s, 2, EW_MEETS_ZERO, 200), EW_OK); /* 3 sqrt 3 - 2 */
    arb_sqrt_ui(t, 27, 500);
    arb_sub_ui(t, t, 2, 500);
    assert_true(arb_contains(s, t) && arb_rel_accuracy_bits(s) > 190);
    assert_int_equal(ew_crisis_threshold(s, 2, EW_MEETS_SECOND_CYCLE, 200), EW_OK);
    assert_true(arb_contains_si(s, 4) && arb_rel_accuracy_bits(s) > 190);
    for (slong L = 3; L <= 9; L++) {
        bool crossed;
        assert_int_equal(ew_crisis_threshold(s, L, EW_MEETS_ZERO, 100), EW_OK);
        assert_int_equal(critical_orbit(&crossed, middle(s) - 1e-4, L), -1);
        assert_false(crossed);
        critical_orbit(&crossed, middle(s) + 1e-4, L);
        assert_true(crossed);
        assert_int_equal(ew_crisis_threshold(t, L, EW_MEETS_SECOND_CYCLE, 100), EW_OK);
        assert_true(arb_lt(s, t));
        assert_int_equal(critical_orbit(&crossed, middle(t) - 1e-4, L), -1);
        assert_true(critical_orbit(&crossed, middle(t) + 1e-4, L) >= 0);
    }
    arb_clear(s);
    arb_clear(t);
}

/* Across the line every cycle in x > 0 attracts while s <= 2 sqrt 2, the limit aside. theory/cascade.md (6) */
static void cycles_attract_across(void **state)
{
    (void)state;
    srand((unsigned)ew_test_seed());
    int seen = 0;
    for (int i = 0; i < 4000; i++) {
        double L = 2 + rand() % 9, s = 2 + 0.828 * rand() / RAND_MAX, x = 0.9;
        for (int k = 0; k < 3000; k++)
            x += s / L * pow(x, L - 1) * (1 - pow(x, L));
        double start = x, across = 1;
        for (int n = 1; n <= 64; n++) {
            double u = 1 + s / L * pow(x, L - 2) * (1 - pow(x, L));
            assert_true(u > 0 && u < 1 + sqrt(2));
            across *= 2 - u;
            x *= u;
            if (n > 1 && fabs(x - start) < 1e-9) {
                assert_true(fabs(across) < 1);
                seen++;
                break;
            }
        }
    }
    assert_true(seen > 1000);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(thresholds_are_cycles),  cmocka_unit_test(second_threshold_is_the_flip),
    cmocka_unit_test(limit_is_the_limit),     cmocka_unit_test(quotients_tend_to_feigenbaum),
    cmocka_unit_test(windows_open_and_close), cmocka_unit_test(attractor_ends_where_said),
    cmocka_unit_test(cycles_attract_across),
};
EW_TESTS(tests)
