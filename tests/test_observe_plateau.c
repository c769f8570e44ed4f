/* The plateau crossed at once, against plain iteration. */
#include "modes.h"
#include "observe/plane.h"
#include "observe/plateau.h"
#include "test.h"
#include <math.h>

/* Goes on for n steps from a box, or from the start. */
static void iterate(ew_tube_t tube, slong n)
{
    for (slong t = 0; t < n; t++) {
        ew_tube_look(tube);
        ew_tube_step(tube);
    }
}

/* sqrt(pi)/2 Gamma((L-2)/2) / Gamma((L-1)/2) / (eta sigma alpha^(L-2)): the leading order, from elsewhere. */
static double leading_order(const ew_mode_t mode)
{
    double L = (double)mode->depth;
    double ln = lgamma((L - 2) / 2) - lgamma((L - 1) / 2) - (L - 2) * log(fmpq_get_d(mode->alpha));
    return 0.5 * sqrt(acos(-1)) * exp(ln) / (fmpq_get_d(mode->eta) * fmpq_get_d(mode->sigma));
}

/* The state after exactly that many steps, in tight balls, lies in the box. */
static void crossing_holds_iteration(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 31};
    ew_mode_t mode;
    ew_crossing_t crossing;
    ew_mode_init(mode);
    ew_crossing_init(crossing);
    int crossed = 0;
    for (int trial = 0; trial < 2000 && crossed < 25; trial++) {
        mode->depth = 3 + (slong)ew_random_below(&random, 14);
        fmpq_set_si(mode->sigma, 1 + (slong)ew_random_below(&random, 40), 10);
        fmpq_set_si(mode->alpha, 1 + (slong)ew_random_below(&random, 400),
                    1000 + ew_random_below(&random, 100000));
        fmpq_set_si(mode->eta, 1 + (slong)ew_random_below(&random, 300), 100 * (ulong)mode->depth);
        double expected = leading_order(mode);
        if (expected < 5000 || expected > 60000 || ew_plateau_left(mode, 1024) != 1024)
            continue;
        crossed++;
        assert_true(fabs(ew_plateau_length(mode) / expected - 1) < 1e-9);
        if (ew_plateau_cross(crossing, mode, 1024, NULL) != EW_OK)
            fail_msg("trial %d: not crossed", trial);
        ew_tube_t tube;
        ew_tube_init(tube, mode, 256);
        iterate(tube, fmpz_get_si(crossing->steps));
        ew_tube_look(tube);
        if (!arb_contains(crossing->x, tube->x) || !arb_contains(crossing->m, tube->m) ||
            !arb_overlaps(crossing->k, tube->k))
            fail_msg("trial %d: the box does not hold the state", trial);
        assert_true(arb_rel_accuracy_bits(crossing->x) > 16); /* and it says something */
        ew_tube_clear(tube);
    }
    assert_int_equal(crossed, 25);
    ew_crossing_clear(crossing);
    ew_mode_clear(mode);
}

/* Two crossings of one plateau of 10^33 (10^66) steps that end at different places agree on the stretch between. */
static void crossings_agree(void **state)
{
    (void)state;
    static const slong depths[] = {6, 12, 32, 64};
    ew_mode_t mode;
    ew_crossing_t early, late;
    ew_mode_init(mode);
    ew_crossing_init(early);
    ew_crossing_init(late);
    for (int i = 0; i < 4; i++) {
        mode->depth = depths[i];
        fmpq_set_si(mode->eta, 23, 10 * (ulong)depths[i]);
        fmpq_set_si(mode->alpha, i == 0 ? 1 : 8, 100);
        assert_int_equal(ew_plateau_cross(early, mode, 1 << 15, NULL), EW_OK);
        assert_int_equal(ew_plateau_cross(late, mode, 1 << 10, NULL), EW_OK);
        fmpz_t between;
        fmpz_init(between);
        fmpz_sub(between, late->steps, early->steps);
        assert_true(fmpz_cmp_si(between, 30000) > 0 && fmpz_cmp_si(between, 34000) < 0);
        ew_tube_t tube;
        ew_tube_init(tube, mode, 256);
        ew_tube_place(tube, early->x, early->m);
        iterate(tube, fmpz_get_si(between));
        assert_true(arb_overlaps(tube->x, late->x) && arb_overlaps(tube->m, late->m));
        assert_true(arb_rel_accuracy_bits(tube->x) > 16);
        iterate(tube, 1); /* one step more lies elsewhere: the count is exact */
        assert_false(arb_overlaps(tube->x, late->x));
        ew_tube_clear(tube);
        double steps = fmpz_get_d(late->steps);
        assert_true(fabs(steps / leading_order(mode) - 1) < (i == 0 ? 1e-2 : 1e-3));
        fmpz_clear(between);
    }
    ew_crossing_clear(early);
    ew_crossing_clear(late);
    ew_mode_clear(mode);
}

/* K0 chi(e) / K0 by its definition, e a number: b = alpha exp(-e/2) cosh psi, k = h b^(L-2) (1 - a b^(L-1)). */
static void log_k(arb_t out, const ew_slow_t slow, const arb_t psi, const arb_t e)
{
    arb_t a, b, t;
    arb_init(a);
    arb_init(b);
    arb_init(t);
    arb_mul_2exp_si(t, e, -1);
    arb_neg(t, t);
    arb_exp(t, t, 256);
    arb_mul(t, t, slow->alpha, 256);
    arb_sinh_cosh(a, b, psi, 256);
    arb_mul(a, a, t, 256);
    arb_mul(b, b, t, 256);
    arb_pow_ui(t, b, (ulong)slow->depth - 1, 256);
    arb_mul(t, t, a, 256);
    arb_sub_ui(t, t, 1, 256);
    arb_neg(t, t);
    arb_pow_ui(a, b, (ulong)slow->depth - 2, 256);
    arb_mul(t, t, a, 256);
    arb_mul(t, t, slow->h, 256);
    arb_log(out, t, 256);
    arb_clear(a);
    arb_clear(b);
    arb_clear(t);
}

/* The series of ln K0, p0 and q against the definition, where p0 is not small. */
static void series_are_those_of_the_map(void **state)
{
    (void)state;
    for (slong depth = 3; depth < 12; depth++) {
        ew_mode_t mode;
        ew_slow_t slow;
        arb_t psi, e, at, off, kappa;
        arb_poly_t log, p, q;
        ew_mode_init(mode);
        mode->depth = depth;
        fmpq_set_si(mode->alpha, 3, 10);
        ew_slow_init(slow, mode, 256);
        arb_init(psi);
        arb_init(e);
        arb_init(at);
        arb_init(off);
        arb_init(kappa);
        arb_poly_init(log);
        arb_poly_init(p);
        arb_poly_init(q);
        arb_set_d(psi, 1.5);
        ew_slow_series(kappa, log, p, psi, 2, slow);
        ew_slow_coupling(q, p, 1, slow);
        assert_true(arf_cmp_d(arb_midref(p->coeffs), 1e-3) > 0); /* p0 counts */
        arb_log(kappa, kappa, 64);
        log_k(at, slow, psi, e);
        assert_true(arb_overlaps(at, kappa));
        arb_set_si(e, 1);
        arb_mul_2exp_si(e, e, -40);
        log_k(off, slow, psi, e);
        arb_sub(off, at, off, 256); /* q = -d ln K / d e */
        arb_mul_2exp_si(off, off, 40);
        arb_sub(off, off, q->coeffs, 64);
        assert_true(arf_cmpabs_2exp_si(arb_midref(off), -25) < 0);
        arb_add(psi, psi, e, 256); /* and ell' */
        arb_zero(e);
        log_k(off, slow, psi, e);
        arb_sub(off, off, at, 256);
        arb_mul_2exp_si(off, off, 40);
        arb_sub(off, off, log->coeffs + 1, 64);
        assert_true(arf_cmpabs_2exp_si(arb_midref(off), -25) < 0);
        arb_clear(psi);
        arb_clear(e);
        arb_clear(at);
        arb_clear(off);
        arb_clear(kappa);
        arb_poly_clear(log);
        arb_poly_clear(p);
        arb_poly_clear(q);
        ew_slow_clear(slow);
        ew_mode_clear(mode);
    }
}

/* psi and e of the tube's state; sigma = 1. */
static void slow_coordinates(arb_t psi, arb_t e, ew_tube_t tube, const ew_slow_t slow)
{
    ew_tube_pair(tube);
    arb_div(psi, tube->a, tube->b, 256);
    arb_atanh(psi, psi, 256);
    arb_mul(e, tube->x, tube->m, 256); /* b^2 - a^2 = -4 x m */
    arb_mul_si(e, e, -4, 256);
    arb_div(e, e, slow->alpha, 256);
    arb_div(e, e, slow->alpha, 256);
    arb_log(e, e, 256);
    arb_neg(e, e);
}

/* |e - M| <= delta along real trajectories, where K0 is large enough for it to matter; and the bound is no idle one. */
static void sweep_bounds_hold(void **state)
{
    (void)state;
    for (slong depth = 3; depth < 8; depth++) {
        ew_mode_t mode;
        ew_slow_t slow;
        arb_t psi, e, at;
        ew_tube_t tube;
        ew_mode_init(mode);
        mode->depth = depth;
        fmpq_set_si(mode->eta, 1, (ulong)depth);
        fmpq_set_si(mode->alpha, depth, 40);
        ew_slow_init(slow, mode, 256);
        arb_init(psi);
        arb_init(e);
        arb_init(at);
        ew_tube_init(tube, mode, 256);
        int seen = 0;
        for (int t = 0; t < 4000; t++) {
            slow_coordinates(psi, e, tube, slow);
            ew_sweep_t sweep;
            ew_sweep_init(sweep, slow);
            bool fine = t % 3 == 1;
            double goal = arf_get_d(arb_midref(psi), ARF_RND_DOWN), here = 0;
            while (fine && here < goal) {
                here = fmin(goal, here + 0.02);
                arb_set_d(at, here);
                fine = ew_sweep_advance(sweep, at);
            }
            if (fine) {
                arb_sub(e, e, sweep->m, 64);
                arb_abs(e, e);
                arb_mul_2exp_si(at, sweep->delta, 1); /* psi was cut off to a double */
                assert_true(arb_lt(e, at));
                seen += arf_cmp_2exp_si(arb_midref(e), -40) > 0; /* more than rounding */
            }
            ew_sweep_clear(sweep);
            if (t % 3 == 1 && !fine)
                break;
            iterate(tube, 1);
        }
        if (seen <= 3)
            fail_msg("depth %ld: seen %d", depth, seen);
        ew_tube_clear(tube);
        arb_clear(psi);
        arb_clear(e);
        arb_clear(at);
        ew_slow_clear(slow);
        ew_mode_clear(mode);
    }
}

/* Depth 2, nothing to fit, no start, and short plateaus are left alone. */
static void not_a_plateau(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        const char *eta, *sigma, *alpha;
    } rows[] = {{2, "1", "1", "1/1000000"},
                {5, "1", "0", "1/1000000"},
                {5, "1", "1", "0"},
                {4, "1/4", "1", "1/2"}};
    ew_mode_t mode;
    ew_crossing_t crossing;
    ew_mode_init(mode);
    ew_crossing_init(crossing);
    for (int i = 0; i < 4; i++) {
        ew_set_mode(mode, rows[i].depth, rows[i].eta, rows[i].sigma, rows[i].alpha);
        assert_int_equal(ew_plateau_left(mode, 1 << 16), 0);
        assert_int_equal(ew_plateau_cross(crossing, mode, 1 << 16, NULL), EW_BAD_INPUT);
    }
    ew_set_mode(mode, 5, "1", "1", "1/1000000");
    assert_int_equal(ew_plateau_left(mode, 1 << 16), 1 << 16);
    assert_int_equal(ew_plateau_left(mode, WORD_MAX), 1 << 18);
    assert_int_equal(ew_plateau_left(mode, 1000), 0); /* too few steps for the rest of the way */
    assert_int_equal(ew_plateau_cross(crossing, mode, 1000, NULL), EW_BAD_INPUT);
    /* between the two: crossed nearer to its exit, and not farther from it than it is long */
    ew_set_mode(mode, 8, "11/40", "1", "1/10");
    slong left = ew_plateau_left(mode, 250000);
    assert_in_range(left, 1 << 14, 1 << 17);
    assert_int_equal(ew_plateau_cross(crossing, mode, 2 * left, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_plateau_cross(crossing, mode, left, NULL), EW_OK);
    ew_crossing_clear(crossing);
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(crossing_holds_iteration), cmocka_unit_test(crossings_agree),
    cmocka_unit_test(series_are_those_of_the_map), cmocka_unit_test(sweep_bounds_hold),
    cmocka_unit_test(not_a_plateau)};
EW_TESTS(tests)
