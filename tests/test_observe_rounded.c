/* Runs in any format: against the simulators bit for bit, a plain C loop in float, exact rationals, and balls. */
#include "modes.h"
#include "test.h"
#include <edgewise/observe.h>
#include <math.h>

static ew_rounded *make(const char *name, ew_rounding rounding, ew_order order,
                        ew_dynamics dynamics, const ew_mode_t mode)
{
    ew_format format;
    assert_int_equal(ew_format_named(&format, name, NULL), EW_OK);
    ew_rounded *run = ew_rounded_new(&format, rounding, order, dynamics, mode, 3);
    assert_non_null(run);
    return run;
}

/* The tree order is that of the simulators: fp64 is EW_DOUBLE and mpfr-N is EW_MPFR, bit for bit. */
static void tree_is_the_simulators(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 51};
    static const ew_dynamics dynamics[] = {EW_LAYERS, EW_PAIR, EW_BALANCED};
    ew_mode_t mode;
    arb_t x, y;
    ew_mode_init(mode);
    arb_init(x);
    arb_init(y);
    for (int trial = 0; trial < 60; trial++) {
        ew_random_mode(mode, &random, 2 + trial % 7);
        fmpq_set_si(mode->alpha, 1 + (slong)ew_random_below(&random, 60), 100);
        ew_dynamics what = dynamics[trial % 3];
        bool machine = trial % 2;
        ew_sim *sim = ew_sim_new(machine ? EW_DOUBLE : EW_MPFR, what, mode, 77);
        ew_rounded *run = make(machine ? "fp64" : "mpfr-77", EW_TO_NEAREST, EW_TREE, what, mode);
        for (int t = 0; t < 60; t++) {
            if (!ew_rounded_finite(run))
                break;
            for (slong j = 0; j < ew_rounded_size(run); j++) {
                ew_sim_get(x, sim, j);
                ew_rounded_arith(run)->ops->get_arb(y, ew_rounded_state(run, j));
                assert_true(arf_equal(arb_midref(x), arb_midref(y)));
            }
            ew_sim_step(sim);
            ew_rounded_step(run);
        }
        ew_sim_free(sim);
        ew_rounded_free(run);
    }
    arb_clear(x);
    arb_clear(y);
    ew_mode_clear(mode);
}

/* float, as a script would write it. */
static void written_and_fused_in_float(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_mode_init(mode);
    ew_set_mode(mode, 4, "23/40", "1", "1/3");
    ew_rounded *written = make("fp32", EW_TO_NEAREST, EW_WRITTEN, EW_PAIR, mode);
    ew_rounded *fused = make("fp32", EW_TO_NEAREST, EW_FUSED, EW_PAIR, mode);
    ew_rounded *wide = make("fp32", EW_TO_NEAREST, EW_WIDE, EW_PAIR, mode);
    volatile float eta = 0.575F, sigma = 1, a = 0, b = 1.0F / 3, c = 0, d = 1.0F / 3, e = 0,
                   f = 1.0F / 3;
    for (int t = 0; t < 300; t++) {
        assert_true(ew_rounded_state(written, 0)->d == a && ew_rounded_state(written, 1)->d == b);
        assert_true(ew_rounded_state(fused, 0)->d == c && ew_rounded_state(fused, 1)->d == d);
        assert_true(ew_rounded_state(wide, 0)->d == e && ew_rounded_state(wide, 1)->d == f);
        ew_rounded_step(written);
        ew_rounded_step(fused);
        ew_rounded_step(wide);
        volatile float p = a * b, q, r, g;
        p = p * b;
        p = p * b;
        r = p - sigma;
        g = eta * r;
        p = g * b;
        p = p * b;
        p = p * b;
        q = g * a;
        q = q * b;
        q = q * b;
        a = a - p;
        b = b - q;
        volatile float w = d * d, v = w * d;
        r = fmaf(c, v, -sigma);
        g = eta * r;
        g = g * w;
        v = fmaf(-g, d, c);
        d = fmaf(-g, c, d);
        c = v;
        volatile double x = e, y = f, h, k, n;
        h = y * y;
        k = h * y;
        k = x * k;
        k = k - sigma;
        k = (double)eta * k;
        k = k * h;
        n = k * y;
        n = x - n;
        h = k * x;
        h = y - h;
        e = (float)n;
        f = (float)h;
    }
    ew_rounded_free(written);
    ew_rounded_free(fused);
    ew_rounded_free(wide);
    ew_mode_clear(mode);
}

/* Without rounding every order is the map; balls contain it; with 300 bits every order is within 2^-250 of it. */
static void orders_are_the_map(void **state)
{
    (void)state;
    static const ew_dynamics dynamics[] = {EW_LAYERS, EW_PAIR, EW_BALANCED};
    ew_random random = {ew_test_seed() + 52};
    ew_mode_t mode;
    fmpq_t a, b, k;
    arb_t x;
    ew_mode_init(mode);
    fmpq_init(a);
    fmpq_init(b);
    fmpq_init(k);
    arb_init(x);
    for (int trial = 0; trial < 24; trial++) {
        ew_random_mode(mode, &random, 2 + trial % 4);
        fmpq_set_si(mode->alpha, 1, 5);
        ew_order order = (ew_order)(trial % 4);
        ew_dynamics what = dynamics[trial % 3];
        ew_rounded *exact = make("exact", EW_TO_NEAREST, order, what, mode);
        ew_rounded *balls = make("ball-60", EW_TO_NEAREST, order, what, mode);
        ew_rounded *many = make("mpfr-300", EW_DOWNWARD, order, what, mode);
        fmpq_set(a, mode->alpha);
        fmpq_set(b, mode->alpha);
        if (what != EW_BALANCED)
            fmpq_zero(a);
        for (int t = 0; t < 4; t++) {
            for (slong j = 0; j < ew_rounded_size(exact); j++) {
                const fmpq *truth = what == EW_PAIR                   ? (j == 0 ? a : b)
                                    : j == ew_rounded_size(exact) - 1 ? a
                                                                      : b;
                assert_true(fmpq_equal(ew_rounded_state(exact, j)->q, truth));
                assert_true(arb_contains_fmpq(ew_rounded_state(balls, j)->b, truth));
                ew_rounded_arith(many)->ops->get_arb(x, ew_rounded_state(many, j));
                arb_t y;
                arb_init(y);
                arb_set_fmpq(y, truth, 400);
                arb_sub(x, x, y, 400);
                assert_true(arf_cmpabs_2exp_si(arb_midref(x), -250) < 0);
                arb_clear(y);
            }
            ew_pair_step_exact(a, b, k, mode);
            ew_rounded_step(exact);
            ew_rounded_step(balls);
            ew_rounded_step(many);
        }
        ew_rounded_free(exact);
        ew_rounded_free(balls);
        ew_rounded_free(many);
    }
    fmpq_clear(a);
    fmpq_clear(b);
    fmpq_clear(k);
    arb_clear(x);
    ew_mode_clear(mode);
}

/* What the small formats do to the same problem: stands still, overflows, ends in a cycle. */
static void known_ends(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_mode_init(mode);
    ew_set_mode(mode, 12, "23/120", "1", "1/10"); /* a plateau: nothing moves after a few steps */
    ew_rounded *run = make("bf16", EW_TO_NEAREST, EW_TREE, EW_PAIR, mode);
    ew_rounded *before = make("bf16", EW_TO_NEAREST, EW_TREE, EW_PAIR, mode);
    slong stuck = -1;
    for (slong t = 0; t < 2000 && stuck < 0; t++) {
        ew_rounded_copy(before, run);
        ew_rounded_step(run);
        stuck = ew_rounded_same(run, before) ? t : -1;
    }
    assert_true(stuck > 0);
    ew_rounded_free(run);
    ew_rounded_free(before);
    ew_set_mode(mode, 3, "2", "1", "2/5"); /* diverges */
    run = make("fp16", EW_TO_NEAREST, EW_WRITTEN, EW_PAIR, mode);
    for (int t = 0; t < 100; t++)
        ew_rounded_step(run);
    assert_false(ew_rounded_finite(run));
    ew_rounded_free(run);
    ew_mode_clear(mode);
}

/* The simulator in a format has the run's states, and its tracked gap is the exact one up to rounding. */
static void simulator_in_format(void **state)
{
    (void)state;
    static const ew_dynamics dynamics[] = {EW_LAYERS, EW_PAIR, EW_BALANCED};
    ew_mode_t mode;
    ew_format format;
    ew_record_t record, exact;
    arb_t x, y;
    ew_mode_init(mode);
    arb_init(x);
    arb_init(y);
    ew_set_mode(mode, 4, "1/3", "1", "1/3");
    for (int k = 0; k < 9; k++) {
        static const char *const names[] = {"fp32", "dd", "mpfr-90"};
        assert_int_equal(ew_format_named(&format, names[k % 3], NULL), EW_OK);
        ew_sim *sim =
            ew_sim_new_in_format(&format, EW_TO_NEAREST, EW_FUSED, dynamics[k / 3], mode, 1);
        ew_sim *balls = ew_sim_new(EW_BALL, dynamics[k / 3], mode, 500);
        ew_rounded *run = make(names[k % 3], EW_TO_NEAREST, EW_FUSED, dynamics[k / 3], mode);
        ew_record_init(record);
        ew_record_init(exact);
        for (int t = 0; t < 25; t++) {
            for (slong j = 0; j < ew_sim_size(sim); j++) {
                ew_sim_get(x, sim, j);
                ew_rounded_arith(run)->ops->get_arb(y, ew_rounded_state(run, j));
                assert_true(arb_equal(x, y));
            }
            ew_sim_record(record, sim);
            ew_sim_record(exact, balls);
            arb_ptr seen[] = {record->product, record->residual, record->loss, record->gap_tracked,
                              record->factor};
            arb_ptr truth[] = {exact->product, exact->residual, exact->loss, exact->gap_tracked,
                               exact->factor};
            for (int q = 0; q < 5; q++) {
                arb_sub(x, seen[q], truth[q], 400);
                assert_true(arf_cmpabs_2exp_si(arb_midref(x), 10 - FLINT_MIN(format.bits, 100)) <
                            0);
            }
            ew_sim_step(sim);
            ew_sim_step(balls);
            ew_rounded_step(run);
        }
        ew_record_clear(record);
        ew_record_clear(exact);
        ew_sim_free(sim);
        ew_sim_free(balls);
        ew_rounded_free(run);
    }
    assert_int_equal(ew_format_named(&format, "exact", NULL), EW_OK);
    assert_null(ew_sim_new_in_format(&format, EW_TO_NEAREST, EW_TREE, EW_PAIR, mode, 1));
    assert_null(ew_sim_new(EW_IN_FORMAT, EW_PAIR, mode, 53));
    arb_clear(x);
    arb_clear(y);
    ew_mode_clear(mode);
}

static void orders_by_name(void **state)
{
    (void)state;
    ew_order order;
    for (int i = 0; i < 4; i++) {
        assert_int_equal(ew_order_named(&order, ew_order_text((ew_order)i)), EW_OK);
        assert_int_equal(order, i);
    }
    assert_int_equal(ew_order_named(&order, "trees"), EW_BAD_INPUT);
    ew_mode_t mode;
    ew_format format;
    ew_mode_init(mode);
    assert_int_equal(ew_format_named(&format, "dd", NULL), EW_OK);
    assert_null(ew_rounded_new(&format, EW_UPWARD, EW_TREE, EW_PAIR, mode, 0));
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(tree_is_the_simulators), cmocka_unit_test(written_and_fused_in_float),
    cmocka_unit_test(orders_are_the_map),     cmocka_unit_test(known_ends),
    cmocka_unit_test(orders_by_name),         cmocka_unit_test(simulator_in_format),
};
EW_TESTS(tests)
