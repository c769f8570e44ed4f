/* The simulators against one another and against exact rationals. */
#include "modes.h"
#include "test.h"
#include <edgewise/observe.h>

static const ew_dynamics all_dynamics[] = {EW_LAYERS, EW_PAIR, EW_BALANCED};

static void draw(ew_mode_t mode, ew_random *random)
{
    ew_random_mode(mode, random, 2 + (slong)ew_random_below(random, 9));
    fmpq_set_si(mode->alpha, 1 + (slong)ew_random_below(random, 90), 100);
}

/* Every number of the record and of the state, side by side. */
static void compare(const ew_sim *one, const ew_sim *two, bool (*same)(const arb_t, const arb_t))
{
    ew_record_t p, q;
    ew_record_init(p);
    ew_record_init(q);
    ew_sim_record(p, one);
    ew_sim_record(q, two);
    assert_int_equal(p->step, q->step);
    assert_int_equal(p->step, ew_sim_steps(one));
    assert_true(same(p->product, q->product));
    assert_true(same(p->residual, q->residual));
    assert_true(same(p->loss, q->loss));
    assert_true(same(p->gap, q->gap));
    assert_true(same(p->gap_tracked, q->gap_tracked));
    assert_true(same(p->factor, q->factor));
    ew_record_clear(p);
    ew_record_clear(q);
    assert_int_equal(ew_sim_size(one), ew_sim_size(two));
    arb_t x, y;
    arb_init(x);
    arb_init(y);
    for (slong j = 0; j < ew_sim_size(one); j++) {
        ew_sim_get(x, one, j);
        ew_sim_get(y, two, j);
        assert_true(same(x, y));
    }
    arb_clear(x);
    arb_clear(y);
}

static bool equal(const arb_t x, const arb_t y)
{
    return arb_equal(x, y) != 0;
}

static bool overlap(const arb_t x, const arb_t y)
{
    return arb_overlaps(x, y) != 0;
}

/* The value lies in the ball, up to its own rounding: 2^-500, relative or absolute. */
static bool close(const arb_t ball, const arb_t value)
{
    arb_t t;
    arb_init(t);
    arb_set(t, ball);
    mag_t slack;
    mag_init(slack);
    arb_get_mag(slack, value);
    mag_mul_2exp_si(slack, slack, -500);
    arb_add_error_mag(t, slack);
    arb_add_error_2exp_si(t, -500);
    bool inside = arb_contains(t, value) != 0;
    mag_clear(slack);
    arb_clear(t);
    return inside;
}

/* The largest scalar is still far from where a double and MPFR differ (overflow, underflow). */
static bool moderate(const ew_sim *sim)
{
    arb_t x;
    arb_init(x);
    bool fine = true;
    for (slong j = 0; j < ew_sim_size(sim) && fine; j++) {
        ew_sim_get(x, sim, j);
        fine = arb_is_finite(x) && arf_cmpabs_2exp_si(arb_midref(x), 20) < 0;
    }
    arb_clear(x);
    return fine;
}

static void double_is_mpfr_at_53_bits(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed()};
    ew_mode_t mode;
    ew_mode_init(mode);
    slong compared = 0;
    for (int i = 0; i < 60; i++) {
        draw(mode, &random);
        ew_dynamics dynamics = all_dynamics[i % 3];
        ew_sim *one = ew_sim_new(EW_DOUBLE, dynamics, mode, 0);
        ew_sim *two = ew_sim_new(EW_MPFR, dynamics, mode, 53);
        for (int t = 0; t < 300 && moderate(one); t++, compared++) {
            compare(one, two, equal);
            ew_sim_step(one);
            ew_sim_step(two);
        }
        ew_sim_free(one);
        ew_sim_free(two);
    }
    assert_true(compared > 3000);
    ew_mode_clear(mode);
}

/* Many steps in one call, or none, against one by one. */
static void sim_runs_as_it_steps(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed()};
    ew_mode_t mode;
    ew_mode_init(mode);
    for (int i = 0; i < 90; i++) {
        draw(mode, &random);
        ew_arithmetic arithmetic = (ew_arithmetic[]){EW_DOUBLE, EW_MPFR, EW_BALL}[i / 3 % 3];
        ew_sim *one = ew_sim_new(arithmetic, all_dynamics[i % 3], mode, 150);
        ew_sim *two = ew_sim_new(arithmetic, all_dynamics[i % 3], mode, 150);
        for (slong steps = 0; steps < 6 && moderate(one); steps++) {
            ew_sim_run(one, steps);
            for (slong t = 0; t < steps; t++)
                ew_sim_step(two);
            if (moderate(one))
                compare(one, two, equal);
        }
        ew_sim_free(one);
        ew_sim_free(two);
    }
    ew_mode_clear(mode);
}

static void balls_hold_high_precision(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 1};
    ew_mode_t mode;
    ew_mode_init(mode);
    for (int i = 0; i < 30; i++) {
        draw(mode, &random);
        ew_dynamics dynamics = all_dynamics[i % 3];
        ew_sim *ball = ew_sim_new(EW_BALL, dynamics, mode, 200);
        ew_sim *value = ew_sim_new(EW_MPFR, dynamics, mode, 3000);
        for (int t = 0; t < 40 && moderate(value); t++) {
            compare(ball, value, close);
            ew_sim_step(ball);
            ew_sim_step(value);
        }
        ew_sim_free(ball);
        ew_sim_free(value);
    }
    ew_mode_clear(mode);
}

/* The ball of scalar j holds the rational q, and is not absurdly wide. */
static void assert_holds(const ew_sim *sim, slong j, const fmpq_t q)
{
    arb_t x;
    arb_init(x);
    ew_sim_get(x, sim, j);
    assert_true(arb_contains_fmpq(x, q));
    assert_true(mag_cmp_2exp_si(arb_radref(x), -20) < 0 || arb_rel_accuracy_bits(x) > 20);
    arb_clear(x);
}

/* The pair's (a, b) as layers, and a^2 - b^2 beside the tracked gap. */
static void balls_hold_exact_trajectory(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 2};
    ew_mode_t mode;
    fmpq_t a, b, k, gap, square;
    ew_mode_init(mode);
    fmpq_init(a);
    fmpq_init(b);
    fmpq_init(k);
    fmpq_init(gap);
    fmpq_init(square);
    ew_record_t record;
    ew_record_init(record);
    for (int i = 0; i < 40; i++) {
        draw(mode, &random);
        slong L = mode->depth;
        ew_sim *pair = ew_sim_new(EW_BALL, EW_PAIR, mode, 128);
        ew_sim *layers = ew_sim_new(EW_BALL, EW_LAYERS, mode, 128);
        fmpq_zero(a);
        fmpq_set(b, mode->alpha);
        for (int t = 0; t < (L < 4 ? 5 : 3); t++) {
            assert_holds(pair, 0, a);
            assert_holds(pair, 1, b);
            assert_holds(layers, L - 1, a);
            for (slong j = 0; j + 1 < L; j++)
                assert_holds(layers, j, b);
            fmpq_mul(gap, a, a);
            fmpq_mul(square, b, b);
            fmpq_sub(gap, gap, square);
            ew_sim_record(record, pair);
            assert_true(arb_contains_fmpq(record->gap, gap));
            assert_true(arb_contains_fmpq(record->gap_tracked, gap));
            ew_sim_record(record, layers);
            assert_true(arb_contains_fmpq(record->gap, gap));
            assert_true(arb_contains_fmpq(record->gap_tracked, gap));
            ew_pair_step_exact(a, b, k, mode);
            fmpq_mul(k, k, k);
            assert_true(arb_contains_fmpq(record->factor, k));
            ew_sim_step(pair);
            ew_sim_step(layers);
        }
        ew_sim_free(pair);
        ew_sim_free(layers);
    }
    ew_record_clear(record);
    fmpq_clear(a);
    fmpq_clear(b);
    fmpq_clear(k);
    fmpq_clear(gap);
    fmpq_clear(square);
    ew_mode_clear(mode);
}

/* Balanced is the pair on a = b. */
static void balanced_holds_exact_trajectory(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 3};
    ew_mode_t mode;
    fmpq_t a, b, k;
    ew_mode_init(mode);
    fmpq_init(a);
    fmpq_init(b);
    fmpq_init(k);
    for (int i = 0; i < 40; i++) {
        draw(mode, &random);
        ew_sim *sim = ew_sim_new(EW_BALL, EW_BALANCED, mode, 128);
        fmpq_set(a, mode->alpha);
        fmpq_set(b, mode->alpha);
        for (int t = 0; t < 4; t++) {
            assert_holds(sim, 0, a);
            ew_pair_step_exact(a, b, k, mode);
            assert_true(fmpq_equal(a, b));
            ew_sim_step(sim);
        }
        ew_sim_free(sim);
    }
    fmpq_clear(a);
    fmpq_clear(b);
    fmpq_clear(k);
    ew_mode_clear(mode);
}

/* All layers agree with the pair far along the way, by balls. */
static void layers_are_the_pair(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_mode_init(mode);
    mode->depth = 5;
    fmpq_set_si(mode->eta, 23, 50);
    fmpq_set_si(mode->alpha, 3, 10);
    ew_sim *pair = ew_sim_new(EW_BALL, EW_PAIR, mode, 2000);
    ew_sim *layers = ew_sim_new(EW_BALL, EW_LAYERS, mode, 2000);
    arb_t x, y;
    arb_init(x);
    arb_init(y);
    for (int t = 0; t < 300; t++) {
        ew_sim_get(x, pair, 1);
        assert_true(arb_rel_accuracy_bits(x) > 100);
        for (slong j = 0; j < 5; j++) {
            ew_sim_get(y, layers, j);
            ew_sim_get(x, pair, j == 4 ? 0 : 1);
            assert_true(overlap(x, y));
        }
        ew_sim_step(pair);
        ew_sim_step(layers);
    }
    arb_clear(x);
    arb_clear(y);
    ew_sim_free(pair);
    ew_sim_free(layers);
    ew_mode_clear(mode);
}

/* Why the gap is tracked: alpha = 1e-20, s = 2.5. With 60 digits the subtraction soon has no digit
 * right, while the tracked gap agrees with that of 3000 bits to the end and shrinks at every step.
 * */
static void subtraction_cancels(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_mode_init(mode);
    fmpq_set_si(mode->eta, 5, 4);
    assert_int_equal(fmpq_set_str(mode->alpha, "1/100000000000000000000", 10), 0);
    ew_sim *sim = ew_sim_new(EW_MPFR, EW_PAIR, mode, 200);
    ew_sim *truth = ew_sim_new(EW_MPFR, EW_PAIR, mode, 3000);
    ew_record_t record, exact;
    arf_t before, error;
    ew_record_init(record);
    ew_record_init(exact);
    arf_init(before);
    arf_init(error);
    arf_pos_inf(before);
    bool wrong = false;
    for (int t = 0; t < 300; t++) {
        ew_sim_record(record, sim);
        ew_sim_record(exact, truth);
        arf_srcptr gap = arb_midref(exact->gap);
        arf_sub(error, arb_midref(record->gap), gap, 64, ARF_RND_NEAR);
        wrong = wrong || arf_cmpabs(error, gap) > 0;
        arf_sub(error, arb_midref(record->gap_tracked), gap, 64, ARF_RND_NEAR);
        arf_mul_2exp_si(error, error, 20);
        assert_true(arf_cmpabs(error, gap) < 0);
        assert_true(arf_cmpabs(arb_midref(record->gap_tracked), before) < 0);
        arf_set(before, arb_midref(record->gap_tracked));
        ew_sim_step(sim);
        ew_sim_step(truth);
    }
    assert_true(wrong);
    arf_clear(before);
    arf_clear(error);
    ew_record_clear(record);
    ew_record_clear(exact);
    ew_sim_free(sim);
    ew_sim_free(truth);
    ew_mode_clear(mode);
}

static void infinities_are_not_finite_balls(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_mode_init(mode);
    fmpq_set_si(mode->eta, 5, 1);
    arb_t x;
    arb_init(x);
    ew_sim *sim = ew_sim_new(EW_DOUBLE, EW_PAIR, mode, 0);
    for (int t = 0; t < 100; t++)
        ew_sim_step(sim);
    ew_sim_get(x, sim, 0);
    assert_false(arb_is_finite(x));
    ew_sim_free(sim);
    ew_sim_free(NULL);
    arb_clear(x);
    ew_mode_clear(mode);
}

/* A balanced run's X is that of the pair a = b. */
static void balanced_has_its_factor(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_record_t record;
    arb_t expected, x;
    ew_format format;
    ew_mode_init(mode);
    ew_record_init(record);
    arb_init(expected);
    arb_init(x);
    mode->depth = 3;
    fmpq_set_si(mode->eta, 3, 4);
    fmpq_set_si(mode->sigma, 1, 1);
    fmpq_set_si(mode->alpha, 1, 2);
    fmpq_t X; /* k = -eta (x^3 - sigma) x = 21/64 at the start */
    fmpq_init(X);
    fmpq_set_si(X, 441, 4096);
    arb_set_fmpq(expected, X, 64);
    assert_int_equal(ew_format_named(&format, "fp16", NULL), EW_OK);
    for (int k = 0; k < 4; k++) {
        ew_sim *sim =
            k < 3 ? ew_sim_new((ew_arithmetic)k, EW_BALANCED, mode, 64)
                  : ew_sim_new_in_format(&format, EW_TO_NEAREST, EW_TREE, EW_BALANCED, mode, 1);
        assert_non_null(sim);
        ew_sim_record(record, sim);
        assert_true(arb_overlaps(record->factor, expected));
        assert_true(arb_rel_accuracy_bits(record->factor) > 50);
        assert_true(arb_is_zero(record->gap));
        ew_sim_free(sim);
    }
    fmpq_clear(X);
    arb_clear(expected);
    arb_clear(x);
    ew_record_clear(record);
    ew_mode_clear(mode);
}

/* Formats that have infinities show them, as IEEE has it and as doubles do; those that have none show NaN. */
static void formats_show_their_infinities(void **state)
{
    (void)state;
    static const char *const names[] = {"fp64", "fp32", "fp16", "fp8-e5m2", "fp8-e4m3", "dd"};
    static const bool infinite[] = {true, true, true, true, false, true};
    ew_mode_t mode;
    ew_record_t record;
    ew_mode_init(mode);
    ew_record_init(record);
    fmpq_set_si(mode->eta, 300, 1);
    fmpq_set_si(mode->sigma, 2, 1);
    fmpq_set_si(mode->alpha, 1, 1);
    for (int k = 0; k < 6; k++) {
        ew_format format;
        assert_int_equal(ew_format_named(&format, names[k], NULL), EW_OK);
        ew_sim *sim = ew_sim_new_in_format(&format, EW_TO_NEAREST, EW_TREE, EW_PAIR, mode, 1);
        bool seen = false;
        for (int t = 0; t < 6 && !seen; t++) {
            ew_sim_record(record, sim);
            if (!arb_is_finite(record->loss)) { /* r^2: the first to leave, and of a finite r */
                seen = true;
                assert_int_equal(arf_is_pos_inf(arb_midref(record->loss)), infinite[k]);
                assert_int_equal(arf_is_nan(arb_midref(record->loss)), !infinite[k]);
            }
            ew_sim_step(sim);
        }
        assert_true(seen);
        ew_sim_free(sim);
    }
    ew_record_clear(record);
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(balanced_has_its_factor),
    cmocka_unit_test(formats_show_their_infinities),
    cmocka_unit_test(double_is_mpfr_at_53_bits),
    cmocka_unit_test(sim_runs_as_it_steps),
    cmocka_unit_test(balls_hold_high_precision),
    cmocka_unit_test(balls_hold_exact_trajectory),
    cmocka_unit_test(balanced_holds_exact_trajectory),
    cmocka_unit_test(layers_are_the_pair),
    cmocka_unit_test(subtraction_cancels),
    cmocka_unit_test(infinities_are_not_finite_balls),
};

EW_TESTS(tests)
