/* Traps: found where a cycle attracts, refused where it repels, and what they promise. */
#include "modes.h"
#include "observe/cycle.h"
#include "observe/escape.h"
#include "observe/minimum.h"
#include "observe/plane.h"
#include "observe/trap.h"
#include "test.h"

/* sigma = 1, eta = num / (den L): s = num / den. */
static void set_s(ew_mode_t mode, slong depth, slong num, ulong den)
{
    mode->depth = depth;
    fmpq_set_si(mode->eta, num, den * (ulong)depth);
    fmpq_one(mode->sigma);
    fmpq_set_si(mode->alpha, 3, 10);
}

/* A point on which the balanced dynamics has settled after many steps, whatever it is. */
static void settle(arb_t x, const ew_mode_t mode)
{
    ew_mode_t start;
    ew_mode_init(start);
    ew_mode_set(start, mode);
    fmpq_set_si(start->alpha, 9, 10);
    ew_sim *sim = ew_sim_new(EW_DOUBLE, EW_BALANCED, start, 53);
    for (int t = 0; t < 20000; t++)
        ew_sim_step(sim);
    ew_sim_get(x, sim, 0);
    ew_sim_free(sim);
    ew_mode_clear(start);
}

/* The low point of the 2-cycle by bisection of g(g(x)) - x below the edge: also where it repels. */
static double low_point(double s, double L)
{
    double lo = 0.05, hi = 0.999;
    for (int i = 0; i < 200; i++) {
        double x = (lo + hi) / 2, y = x;
        for (int j = 0; j < 2; j++) {
            double p = 1;
            for (int l = 0; l < (int)L - 2; l++)
                p *= y;
            y += y * s / L * p * (1 - p * y * y);
        }
        if (y > x)
            lo = x;
        else
            hi = x;
    }
    return lo;
}

typedef struct {
    slong depth, num;
    ulong den;
    slong period;
    bool attracts;
} row;

static const row rows[] = {
    {2, 23, 10, 2, true},     {3, 23, 10, 2, true},    {4, 23, 10, 2, true},
    {8, 23, 10, 2, true},     {32, 23, 10, 2, true},   {2, 201, 100, 2, true},
    {2, 2472, 1000, 2, true}, {2, 253, 100, 4, true},  {2, 255, 100, 4, true},
    {2, 258, 100, 8, true},   {2, 23, 10, 1, false},   {2, 23, 10, 3, false},
    {2, 23, 10, 4, false},    {2, 253, 100, 2, false}, {2, 253, 100, 8, false},
};

static void found_and_refused(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_trap_t trap;
    arb_t x;
    ew_mode_init(mode);
    ew_trap_init(trap);
    arb_init(x);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        set_s(mode, rows[i].depth, rows[i].num, rows[i].den);
        settle(x, mode);
        ew_status status = ew_trap_build(trap, mode, x, rows[i].period, 256);
        if ((status == EW_OK) != rows[i].attracts)
            fail_msg("row %d: %d", (int)i, (int)status);
        if (status == EW_OK)
            assert_true(trap->period == rows[i].period && ew_trap_never_lands(trap, mode));
    }
    ew_trap_clear(trap);
    arb_clear(x);
    ew_mode_clear(mode);
}

/* On the 2-cycle itself: a trap up to the flip, none beyond it. s_2 = 2.47213, 2.48921, 2.49969. */
static void two_cycle_across_the_flip(void **state)
{
    (void)state;
    static const struct {
        slong depth, num;
        bool attracts;
    } at[] = {{2, 2470, true},  {2, 2475, false}, {2, 2600, false}, {3, 2487, true},
              {3, 2492, false}, {8, 2497, true},  {8, 2502, false}};
    ew_mode_t mode;
    ew_trap_t trap;
    arb_t x;
    ew_mode_init(mode);
    ew_trap_init(trap);
    arb_init(x);
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        set_s(mode, at[i].depth, at[i].num, 1000);
        arb_set_d(x, low_point((double)at[i].num / 1000, (double)at[i].depth));
        ew_status status = ew_trap_build(trap, mode, x, 2, 256);
        assert_int_equal(status, at[i].attracts ? EW_OK : EW_UNDECIDED_STATUS);
    }
    ew_trap_clear(trap);
    arb_clear(x);
    ew_mode_clear(mode);
}

/* A random point of N by the corners' fractions, stepped for 40 periods in high precision: it comes
 * back into N each time, and at last is at the cycle. */
static void wander(const ew_trap_t trap, const ew_mode_t mode, ew_random *random)
{
    ew_ball_mode_t ball;
    arb_t u, v, a, b, k, r;
    ew_ball_mode_init(ball, mode, 4000);
    arb_init(u);
    arb_init(v);
    arb_init(a);
    arb_init(b);
    arb_init(k);
    arb_init(r);
    arb_set_arf(u, trap->radius_along);
    arb_mul_si(u, u, (slong)ew_random_below(random, 201) - 100, 4000);
    arb_div_ui(u, u, 101, 4000);
    arb_set_arf(v, trap->radius_across);
    arb_mul_si(v, v, (slong)ew_random_below(random, 201) - 100, 4000);
    arb_div_ui(v, v, 101, 4000);
    arf_set(arb_midref(a), arb_midref(trap->x));
    arb_add(u, u, a, 4000);
    arb_add(a, u, v, 4000);
    arb_sub(b, u, v, 4000);
    assert_true(ew_trap_contains(trap, a, b));
    for (slong t = 0; t < 60 * trap->period; t++) {
        ew_pair_step_ball(a, b, k, r, ball);
        assert_true(arb_rel_accuracy_bits(b) > 200);
        if ((t + 1) % trap->period == 0)
            assert_true(ew_trap_contains(trap, a, b));
    }
    arb_sub(u, a, trap->x, 200);
    arb_sub(v, b, trap->x, 200);
    assert_true(arf_cmpabs_2exp_si(arb_midref(u), -10) < 0);
    assert_true(arf_cmpabs_2exp_si(arb_midref(v), -10) < 0);
    arb_clear(u);
    arb_clear(v);
    arb_clear(a);
    arb_clear(b);
    arb_clear(k);
    arb_clear(r);
    ew_ball_mode_clear(ball);
}

static void points_stay_and_converge(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed()};
    ew_mode_t mode;
    ew_trap_t trap;
    arb_t x;
    ew_mode_init(mode);
    ew_trap_init(trap);
    arb_init(x);
    for (size_t i = 0; i < 9; i++) {
        set_s(mode, rows[i].depth, rows[i].num, rows[i].den);
        settle(x, mode);
        assert_int_equal(ew_trap_build(trap, mode, x, rows[i].period, 256), EW_OK);
        for (int j = 0; j < 10; j++)
            wander(trap, mode, &random);
    }
    ew_trap_clear(trap);
    arb_clear(x);
    ew_mode_clear(mode);
}

/* Outside and not-a-number are not inside; the edge of N is. */
static void containment_is_strict(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_trap_t trap;
    arb_t x, a, b;
    ew_mode_init(mode);
    ew_trap_init(trap);
    arb_init(x);
    arb_init(a);
    arb_init(b);
    set_s(mode, 2, 23, 10);
    settle(x, mode);
    assert_int_equal(ew_trap_build(trap, mode, x, 2, 128), EW_OK);
    assert_true(ew_trap_contains(trap, trap->x, trap->x));
    arb_set_arf(b, trap->radius_along);
    arb_add(a, trap->x, b, 128);
    assert_false(ew_trap_contains(trap, a, a)); /* on the rim, but x is a ball: not certain */
    arb_mul_2exp_si(b, b, -1);
    arb_add(a, trap->x, b, 128);
    assert_true(ew_trap_contains(trap, a, a));
    arb_add_error(a, b);
    assert_false(ew_trap_contains(trap, a, a));
    arb_indeterminate(a);
    assert_false(ew_trap_contains(trap, a, a));
    assert_false(ew_trap_contains(trap, trap->x, a));
    arb_set_arf(b, trap->radius_across);
    arb_mul_ui(b, b, 3, 128);
    arb_sub(a, trap->x, b, 128);
    arb_add(b, trap->x, b, 128);
    assert_false(ew_trap_contains(trap, a, b));
    ew_trap_clear(trap);
    arb_clear(x);
    arb_clear(a);
    arb_clear(b);
    ew_mode_clear(mode);
}

/* The Jacobian against difference quotients of exact steps. */
static void slopes_are_derivatives(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 5};
    ew_mode_t mode;
    ew_slopes_t s;
    fmpq_t a, b, k, h, x[3], m[3], kk[3];
    arb_t ax, am, t;
    ew_mode_init(mode);
    ew_slopes_init(s);
    fmpq_init(a);
    fmpq_init(b);
    fmpq_init(k);
    fmpq_init(h);
    arb_init(ax);
    arb_init(am);
    arb_init(t);
    for (int i = 0; i < 3; i++) {
        fmpq_init(x[i]);
        fmpq_init(m[i]);
        fmpq_init(kk[i]);
    }
    assert_int_equal(fmpq_set_str(h, "1/10000000000000000000000000000000000000000", 10), 0);
    for (int round = 0; round < 40; round++) {
        ew_random_mode(mode, &random, 2 + round % 6);
        fmpq_t x0, m0;
        fmpq_init(x0);
        fmpq_init(m0);
        fmpq_set_si(x0, (slong)ew_random_below(&random, 200) - 100, 77);
        fmpq_set_si(m0, (slong)ew_random_below(&random, 200) - 100, 59);
        for (int i = 0; i < 3; i++) { /* base, moved in x, moved in m */
            fmpq_add(a, x0, m0);
            fmpq_sub(b, x0, m0);
            if (i > 0)
                fmpq_add(a, a, h);
            if (i == 1)
                fmpq_add(b, b, h);
            if (i == 2)
                fmpq_sub(b, b, h);
            ew_pair_step_exact(a, b, kk[i], mode);
            fmpq_add(x[i], a, b);
            fmpq_sub(m[i], a, b);
            fmpq_div_2exp(x[i], x[i], 1);
            fmpq_div_2exp(m[i], m[i], 1);
        }
        ew_ball_mode_t ball;
        ew_ball_mode_init(ball, mode, 300);
        arb_set_fmpq(ax, x0, 300);
        arb_set_fmpq(am, m0, 300);
        ew_slopes_eval(s, ax, am, ball);
        fmpq *value[] = {x[1], x[2], m[1], m[2], kk[1], kk[2]},
             *base[] = {x[0], x[0], m[0], m[0], kk[0], kk[0]};
        arb_srcptr slope[] = {s->j11, s->j12, s->j21, s->j22, s->kx, s->km};
        for (int i = 0; i < 6; i++) {
            fmpq_sub(k, value[i], base[i]);
            fmpq_div(k, k, h);
            arb_set_fmpq(t, k, 300);
            arb_sub(t, t, slope[i], 300);
            assert_true(arf_cmpabs_2exp_si(arb_midref(t), -60) < 0);
        }
        assert_true(arb_contains_fmpq(s->k, kk[0]));
        ew_ball_mode_clear(ball);
        fmpq_clear(x0);
        fmpq_clear(m0);
    }
    for (int i = 0; i < 3; i++) {
        fmpq_clear(x[i]);
        fmpq_clear(m[i]);
        fmpq_clear(kk[i]);
    }
    fmpq_clear(a);
    fmpq_clear(b);
    fmpq_clear(k);
    fmpq_clear(h);
    arb_clear(ax);
    arb_clear(am);
    arb_clear(t);
    ew_slopes_clear(s);
    ew_mode_clear(mode);
}

/* The tube holds the exact rational trajectory, and the trajectories of a whole box hold their
 * points. */
static void tube_holds_exact_trajectory(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 6};
    ew_mode_t mode;
    fmpq_t a, b, k;
    ew_mode_init(mode);
    fmpq_init(a);
    fmpq_init(b);
    fmpq_init(k);
    for (int i = 0; i < 60; i++) {
        ew_random_mode(mode, &random, 2 + i % 5);
        fmpq_set_si(mode->alpha, 1 + (slong)ew_random_below(&random, 60), 100);
        ew_tube_t tube;
        ew_tube_init(tube, mode, 100);
        fmpq_zero(a);
        fmpq_set(b, mode->alpha);
        if (i % 2) { /* a box: the exact start is off its centre */
            arb_set(tube->a, tube->x);
            arb_set(tube->b, tube->m);
            arb_add_error_2exp_si(tube->a, -30);
            arb_add_error_2exp_si(tube->b, -30);
            ew_tube_place(tube, tube->a, tube->b);
            fmpq_t off;
            fmpq_init(off);
            fmpq_set_si(off, 1, 1 << 30);
            fmpq_add(b, b, off); /* x + off/2, m - off/2 */
            fmpq_add(b, b, off);
            fmpq_clear(off);
        }
        for (int t = 0; t < (mode->depth < 4 ? 5 : 3); t++) {
            ew_tube_look(tube);
            ew_tube_pair(tube);
            assert_true(arb_contains_fmpq(tube->a, a) && arb_contains_fmpq(tube->b, b));
            ew_pair_step_exact(a, b, k, mode);
            assert_true(arb_contains_fmpq(tube->k, k));
            ew_tube_step(tube);
        }
        ew_tube_clear(tube);
    }
    fmpq_clear(a);
    fmpq_clear(b);
    fmpq_clear(k);
    ew_mode_clear(mode);
}

/* Wherever the escape lemma speaks, three steps on each scalar has grown by 7^3 at least; and it is
 * silent at points that do not escape. */
static void escape_is_sevenfold(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 7};
    ew_mode_t mode;
    ew_ball_mode_t ball;
    arb_t a, b, k, r, a0, b0;
    ew_mode_init(mode);
    arb_init(a);
    arb_init(b);
    arb_init(k);
    arb_init(r);
    arb_init(a0);
    arb_init(b0);
    slong spoken = 0;
    for (int i = 0; i < 3000; i++) {
        ew_random_mode(mode, &random, 2 + i % 5);
        ew_ball_mode_init(ball, mode, 200);
        arb_set_si(a, (slong)ew_random_below(&random, 2001) - 1000);
        arb_set_si(b, (slong)ew_random_below(&random, 2001) - 1000);
        arb_div_ui(a, a, 1 + ew_random_below(&random, 200), 200);
        arb_div_ui(b, b, 1 + ew_random_below(&random, 200), 200);
        ew_pair_factor_ball(k, r, a, b, ball);
        if (ew_escapes(a, b, k, r, ball)) {
            spoken++;
            arb_mul_ui(a0, a, 343, 200);
            arb_mul_ui(b0, b, 343, 200);
            for (int t = 0; t < 3; t++) {
                ew_pair_step_ball(a, b, k, r, ball);
                ew_pair_factor_ball(k, r, a, b, ball);
                assert_true(ew_escapes(a, b, k, r, ball));
            }
            assert_true(arf_cmpabs(arb_midref(a), arb_midref(a0)) >= 0);
            assert_true(arf_cmpabs(arb_midref(b), arb_midref(b0)) >= 0);
        }
        ew_ball_mode_clear(ball);
    }
    assert_true(spoken > 100 && spoken < 2900);
    arb_clear(a);
    arb_clear(b);
    arb_clear(k);
    arb_clear(r);
    arb_clear(a0);
    arb_clear(b0);
    ew_mode_clear(mode);
}

/* From random points near minima, attracting and repelling ones: where convergence is claimed, the
 * limit and the gap's ratio hold what 400 more steps in high precision come to. */
static void minimum_limits_hold(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 8};
    ew_mode_t mode;
    ew_ball_mode_t ball;
    ew_minimum_t minimum;
    arb_t a, b, k, r, gap;
    ew_mode_init(mode);
    ew_minimum_init(minimum);
    arb_init(a);
    arb_init(b);
    arb_init(k);
    arb_init(r);
    arb_init(gap);
    slong spoken = 0, silent = 0;
    for (int i = 0; i < 200; i++) {
        slong L = 2 + i % 5;
        set_s(mode, L, 20 + (slong)ew_random_below(&random, 250), 100);
        ew_ball_mode_init(ball, mode, 3000);
        /* a b^(L-1) = 1 + small, with b between 0.9 and 1.1 */
        arb_set_si(b, 900 + (slong)ew_random_below(&random, 200));
        arb_div_ui(b, b, 1000, 3000);
        arb_pow_ui(a, b, (ulong)L - 1, 3000);
        arb_inv(a, a, 3000);
        arb_set_si(k, (slong)ew_random_below(&random, 2001) - 1000);
        arb_div_ui(k, k, i % 2 ? 10000 : 1000000, 3000);
        arb_add(a, a, k, 3000);
        ew_pair_factor_ball(k, r, a, b, ball);
        if (ew_minimum_reached(minimum, a, b, r, ball)) {
            spoken++;
            arb_t u;
            arb_init(u);
            arb_one(gap);
            int sign = arb_is_positive(r) - arb_is_negative(r);
            for (int t = 0; t < 400; t++) {
                ew_pair_step_ball(a, b, k, r, ball);
                arb_sqr(u, k, 3000);
                arb_sub_ui(u, u, 1, 3000);
                arb_mul(gap, gap, u, 3000);
                arb_neg(gap, gap);
                if (minimum->residual_stays && sign != 0 &&
                    arf_cmpabs_2exp_si(arb_midref(r), -2000) > 0)
                    assert_false(arb_contains_zero(r));
            }
            assert_true(arb_overlaps(b, minimum->limit_b));
            assert_true(arb_contains(minimum->gap_ratio, gap));
            arb_clear(u);
        } else
            silent++;
        ew_ball_mode_clear(ball);
    }
    assert_true(spoken > 50 && silent > 50);
    arb_clear(a);
    arb_clear(b);
    arb_clear(k);
    arb_clear(r);
    arb_clear(gap);
    ew_minimum_clear(minimum);
    ew_mode_clear(mode);
}

/* At s = 1 the residual's factor vanishes at the balanced minimum: from a box around it convergence
 * is proved, but not that the residual never vanishes; from a box beside it both are. */
static void residual_may_vanish(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_ball_mode_t ball;
    ew_minimum_t minimum;
    arb_t a, b, k, r;
    ew_mode_init(mode);
    ew_minimum_init(minimum);
    arb_init(a);
    arb_init(b);
    arb_init(k);
    arb_init(r);
    for (int beside = 0; beside < 2; beside++) {
        set_s(mode, 2, beside ? 12 : 10, 10);
        ew_ball_mode_init(ball, mode, 128);
        arb_one(a);
        arb_one(b);
        arb_add_error_2exp_si(a, -12);
        arb_add_error_2exp_si(b, -12);
        ew_pair_factor_ball(k, r, a, b, ball);
        assert_true(ew_minimum_reached(minimum, a, b, r, ball));
        assert_true(minimum->residual_stays == (beside == 1));
        ew_ball_mode_clear(ball);
    }
    arb_clear(a);
    arb_clear(b);
    arb_clear(k);
    arb_clear(r);
    ew_minimum_clear(minimum);
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(found_and_refused),        cmocka_unit_test(two_cycle_across_the_flip),
    cmocka_unit_test(points_stay_and_converge), cmocka_unit_test(containment_is_strict),
    cmocka_unit_test(slopes_are_derivatives),   cmocka_unit_test(tube_holds_exact_trajectory),
    cmocka_unit_test(escape_is_sevenfold),      cmocka_unit_test(minimum_limits_hold),
    cmocka_unit_test(residual_may_vanish),
};

EW_TESTS(tests)
