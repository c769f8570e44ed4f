/* Dynatomic polynomials and real cycles: the definition in exact rationals, the orbit polynomial, counts by unlike
 * algorithms on the expanded polynomial, closed forms at depth 2, windows, the edge, refusals. */
#include "modes.h"
#include "test.h"
#include <edgewise/dynatomic.h>
#include <edgewise/predict.h>
#include <flint/fmpq_poly.h>

/* f = g^n(x) - x by the library's composition, nothing of ours. */
static void compose(fmpq_poly_t f, const ew_mode_t mode, slong n)
{
    fmpq_poly_t g;
    fmpq_t c;
    fmpq_poly_init(g);
    fmpq_init(c);
    fmpq_poly_set_coeff_si(g, 1, 1);
    fmpq_poly_get_coeff_fmpq(c, g, mode->depth - 1);
    fmpq_addmul(c, mode->eta, mode->sigma);
    fmpq_poly_set_coeff_fmpq(g, mode->depth - 1, c);
    fmpq_neg(c, mode->eta);
    fmpq_poly_set_coeff_fmpq(g, 2 * mode->depth - 1, c);
    fmpq_poly_zero(f);
    fmpq_poly_set_coeff_si(f, 1, 1);
    for (slong k = 0; k < n; k++)
        fmpq_poly_compose(f, f, g);
    fmpq_poly_get_coeff_fmpq(c, f, 1);
    fmpq_sub_si(c, c, 1);
    fmpq_poly_set_coeff_fmpq(f, 1, c);
    fmpq_poly_clear(g);
    fmpq_clear(c);
}

/* g^n(x) - x, or (g^n(x) - x) / (g(x) - x), at a rational. */
static void exact_period(fmpq_t value, const fmpq_t x, slong n, bool quotient, const ew_mode_t mode)
{
    fmpq_t a, b, k, first;
    fmpq_init(a), fmpq_init(b), fmpq_init(k), fmpq_init(first);
    fmpq_set(a, x);
    fmpq_set(b, x);
    for (slong i = 0; i < n; i++) {
        ew_pair_step_exact(a, b, k, mode);
        if (i == 0)
            fmpq_sub(first, a, x);
    }
    fmpq_sub(value, a, x);
    if (quotient)
        fmpq_div(value, value, first);
    fmpq_clear(a), fmpq_clear(b), fmpq_clear(k), fmpq_clear(first);
}

/* Phi_n at a rational, from its definition. */
static void exact_dynatomic(fmpq_t value, const fmpq_t x, slong n, const ew_mode_t mode)
{
    fmpq_t t;
    fmpq_init(t);
    fmpq_one(value);
    for (slong d = 1; d <= n; d++) {
        int sign = n % d == 0 ? n_moebius_mu((ulong)(n / d)) : 0;
        if (sign == 0)
            continue;
        exact_period(t, x, d, false, mode);
        if (sign > 0)
            fmpq_mul(value, value, t);
        else
            fmpq_div(value, value, t);
    }
    fmpq_clear(t);
}

static const struct {
    slong depth, n, degree;
} sizes[] = {{2, 1, 3},   {2, 2, 6},   {2, 3, 24}, {2, 4, 72},  {2, 5, 240},
             {2, 6, 696}, {3, 1, 5},   {3, 2, 20}, {3, 3, 120}, {3, 4, 600},
             {4, 2, 42},  {4, 3, 336}, {5, 2, 72}, {5, 3, 720}};
enum { SIZES = sizeof sizes / sizeof sizes[0] };

/* The product of Phi_d over d | n is g^n(x) - x exactly, with its sign; the degrees; the values up to one constant. */
static void factors_multiply_up(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed()};
    ew_mode_t mode;
    fmpz_poly_t product, phi;
    fmpq_poly_t f;
    fmpz_t degree, content;
    ew_mode_init(mode);
    fmpz_poly_init(product), fmpz_poly_init(phi);
    fmpq_poly_init(f);
    fmpz_init(degree), fmpz_init(content);
    for (int i = 0; i < SIZES; i++) {
        slong n = sizes[i].n;
        ew_random_mode(mode, &random, sizes[i].depth);
        fmpz_poly_one(product);
        for (slong d = 1; d <= n; d++)
            if (n % d == 0) {
                assert_int_equal(ew_dynatomic_build(phi, mode, d), EW_OK);
                fmpz_poly_mul_KS(product, product, phi);
            }
        assert_int_equal(fmpz_poly_degree(phi), sizes[i].degree);
        ew_dynatomic_degree(degree, mode->depth, n);
        assert_true(fmpz_equal_si(degree, sizes[i].degree));
        compose(f, mode, n);
        fmpq_poly_get_numerator(phi, f);
        fmpz_poly_content(content, phi);
        fmpz_poly_scalar_divexact_fmpz(phi, phi, content);
        assert_true(fmpz_poly_equal(product, phi));
    }
    fmpz_poly_clear(product), fmpz_poly_clear(phi);
    fmpq_poly_clear(f);
    fmpz_clear(degree), fmpz_clear(content);
    ew_mode_clear(mode);
}

/* Phi_2 is the orbit polynomial, coefficient by coefficient. */
static void second_is_the_orbit_polynomial(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 1};
    ew_mode_t mode;
    fmpz_poly_t one, two;
    ew_mode_init(mode);
    fmpz_poly_init(one), fmpz_poly_init(two);
    for (slong L = 2; L <= 9; L++)
        for (int i = 0; i < 3; i++) {
            ew_random_mode(mode, &random, L);
            assert_int_equal(ew_dynatomic_build(one, mode, 2), EW_OK);
            assert_int_equal(ew_orbit_poly_build(two, mode), EW_OK);
            assert_true(fmpz_poly_equal(one, two));
        }
    fmpz_poly_clear(one), fmpz_poly_clear(two);
    ew_mode_clear(mode);
}

/* Balls hold the exact values and slopes, at points and all over a wide ball. */
static void balls_hold_exact_values(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 2};
    ew_mode_t mode;
    ew_ball_mode_t ball;
    fmpz_poly_t poly, dpoly;
    fmpq_t x, at, exact, slope, t;
    arb_t X, V, D;
    ew_mode_init(mode);
    fmpz_poly_init(poly), fmpz_poly_init(dpoly);
    fmpq_init(x), fmpq_init(at), fmpq_init(exact), fmpq_init(slope), fmpq_init(t);
    arb_init(X), arb_init(V), arb_init(D);
    for (int i = 0; i < 3 * SIZES; i++) {
        slong n = sizes[i % SIZES].n;
        ew_random_mode(mode, &random, sizes[i % SIZES].depth);
        ew_ball_mode_init(ball, mode, 400);
        fmpq_set_si(x, (slong)ew_random_below(&random, 60) - 30, 23);
        fmpq_set_si(t, 1, 3);
        fmpq_add(x, x, t);
        for (int wide = 0; wide < 2; wide++) {
            arb_set_fmpq(X, x, 400);
            fmpq_set_si(t, wide, 5000);
            fmpq_add(at, x, t); /* the point at which the exact value is taken */
            if (wide)
                mag_set_ui_2exp_si(arb_radref(X), 1, -12);
            exact_dynatomic(exact, at, n, mode);
            assert_int_equal(ew_dynatomic_build(poly, mode, n), EW_OK);
            fmpz_poly_derivative(dpoly, poly);
            fmpz_poly_evaluate_fmpq(t, poly, at);
            fmpq_div(t, t, exact); /* poly is Phi_n up to this constant */
            assert_true(fmpq_sgn(t) > 0);
            fmpz_poly_evaluate_fmpq(slope, dpoly, at);
            fmpq_div(slope, slope, t);
            ew_dynatomic_eval_ball(V, D, X, n, ball);
            assert_true(arb_contains_fmpq(V, exact) && arb_contains_fmpq(D, slope));
            if (!wide)
                assert_true(arb_rel_accuracy_bits(V) > 100 && arb_rel_accuracy_bits(D) > 100);
            exact_period(exact, at, n, false, mode);
            ew_period_eval_ball(V, D, X, n, ball);
            assert_true(arb_contains_fmpq(V, exact));
            exact_period(exact, at, n, true, mode);
            ew_period_quotient_ball(V, D, X, n, ball);
            assert_true(arb_contains_fmpq(V, exact));
        }
        ew_ball_mode_clear(ball);
    }
    arb_clear(X), arb_clear(V), arb_clear(D);
    fmpq_clear(x), fmpq_clear(at), fmpq_clear(exact), fmpq_clear(slope), fmpq_clear(t);
    fmpz_poly_clear(poly), fmpz_poly_clear(dpoly);
    ew_mode_clear(mode);
}

/* The multiplier by the chain rule on g^n(x) - x, and across by x_(k+1) / x_k = u. */
static void check_multipliers(const ew_cycle_struct *cycle, const ew_ball_mode_t ball)
{
    arb_t value, slope, across, u;
    arb_init(value), arb_init(slope), arb_init(across), arb_init(u);
    ew_period_eval_ball(value, slope, cycle->points, cycle->period, ball);
    assert_true(arb_contains_zero(value));
    arb_add_ui(slope, slope, 1, ball->prec);
    assert_true(arb_overlaps(slope, cycle->along));
    arb_one(across);
    for (slong k = 0; k < cycle->period && !arb_is_zero(cycle->points); k++) {
        arb_div(u, cycle->points + (k + 1) % cycle->period, cycle->points + k, ball->prec);
        arb_sub_ui(u, u, 2, ball->prec);
        arb_neg(u, u);
        arb_mul(across, across, u, ball->prec);
    }
    if (!arb_is_zero(cycle->points))
        assert_true(arb_overlaps(across, cycle->across));
    arb_clear(value), arb_clear(slope), arb_clear(across), arb_clear(u);
}

/* What holds of every answer: points map on one another, are disjoint, sharp, and in their order. */
static void check_cycles(const ew_cycles_t cycles, const ew_mode_t mode, slong prec)
{
    ew_ball_mode_t ball;
    arb_t y;
    arb_init(y);
    ew_ball_mode_init(ball, mode, prec + 64);
    for (slong i = 0; i < cycles->count; i++) {
        const ew_cycle_struct *cycle = cycles->list + i;
        assert_int_equal(cycle->period, cycles->period);
        assert_true(cycle->multiplicity >= 1);
        for (slong k = 0; k < cycle->period; k++) {
            arb_set(y, cycle->points + k);
            assert_true(arb_rel_accuracy_bits(y) > prec);
            assert_true(k == 0 || arb_lt(cycle->points, y));
            ew_balanced_step_ball(y, NULL, ball);
            assert_true(arb_overlaps(y, cycle->points + (k + 1) % cycle->period));
            for (slong j = 0; j < i; j++)
                for (slong m = 0; m < cycle->period; m++)
                    assert_false(arb_overlaps(cycles->list[j].points + m, cycle->points + k));
        }
        check_multipliers(cycle, ball);
        if (i > 0)
            assert_true(arb_lt(cycles->list[i - 1].points, cycle->points));
    }
    ew_ball_mode_clear(ball);
    arb_clear(y);
}

static void find(ew_cycles_t cycles, const ew_mode_t mode, slong n, slong prec)
{
    assert_int_equal(ew_cycles_find(cycles, mode, n, prec, 8192, NULL), EW_OK);
    check_cycles(cycles, mode, prec);
}

/* Sign changes in the coefficients. */
static slong sign_changes(const fmpz_poly_t f)
{
    slong changes = 0;
    int last = 0;
    for (slong i = 0; i < fmpz_poly_length(f); i++) {
        int sign = fmpz_sgn(f->coeffs + i);
        changes += sign != 0 && last != 0 && sign != last;
        last = sign != 0 ? sign : last;
    }
    return changes;
}

/* Roots of the square-free f in (0, 1) by Descartes' rule on (x + 1)^deg f(1 / (x + 1)) and bisection. */
static slong descartes(const fmpz_poly_t f)
{
    fmpz_t one;
    fmpz_poly_t g;
    fmpz_init_set_ui(one, 1);
    fmpz_poly_init(g);
    slong length = fmpz_poly_length(f);
    fmpz_poly_reverse(g, f, length);
    fmpz_poly_taylor_shift_multi_mod(g, g, one);
    slong count = sign_changes(g);
    if (count > 1) {
        fmpz_poly_set(g, f); /* 2^deg f(x / 2), then that at x + 1 */
        for (slong i = 0; i < length; i++)
            fmpz_mul_2exp(g->coeffs + i, g->coeffs + i, (ulong)(length - 1 - i));
        count = descartes(g);
        fmpz_poly_taylor_shift_multi_mod(g, g, one);
        if (fmpz_is_zero(g->coeffs)) { /* a root on the middle */
            count++;
            fmpz_poly_shift_right(g, g, 1);
        }
        count += descartes(g);
    }
    fmpz_poly_clear(g);
    fmpz_clear(one);
    return count;
}

/* Distinct real roots of the expanded polynomial: by Descartes' rule, and where the degree is small by Sturm's sequence. */
static slong count_expanded(const ew_mode_t mode, slong n)
{
    fmpz_poly_t phi, slope, common;
    fmpz_poly_init(phi), fmpz_poly_init(slope), fmpz_poly_init(common);
    assert_int_equal(ew_dynatomic_build(phi, mode, n), EW_OK);
    fmpz_poly_derivative(slope, phi);
    fmpz_poly_gcd(common, phi, slope);
    assert_true(fmpz_poly_divides(slope, phi, common));
    slong sturm = fmpz_poly_degree(slope) <= 72 ? fmpz_poly_num_real_roots(slope) : -1;
    slong count = 0;
    if (fmpz_is_zero(slope->coeffs)) {
        count++;
        fmpz_poly_shift_right(slope, slope, 1);
    }
    for (int sign = 0; sign < 2; sign++) {
        fmpz_poly_set(phi, slope); /* f(+-64 x): all roots are below 64 in these tests */
        for (slong i = 0; i < fmpz_poly_length(phi); i++) {
            fmpz_mul_2exp(phi->coeffs + i, phi->coeffs + i, 6 * (ulong)i);
            if (sign && i % 2 == 1)
                fmpz_neg(phi->coeffs + i, phi->coeffs + i);
        }
        count += descartes(phi);
    }
    if (sturm >= 0)
        assert_int_equal(count, sturm);
    fmpz_poly_clear(phi), fmpz_poly_clear(slope), fmpz_poly_clear(common);
    return count;
}

/* Random problems: as many points as the expanded polynomial has real roots. */
static void point_counts_agree_with_expansion(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 3};
    ew_mode_t mode;
    ew_cycles_t cycles;
    ew_mode_init(mode);
    ew_cycles_init(cycles);
    slong most = 0;
    for (int i = 0; i < 72; i++) {
        slong n = 1 + i % 4, depth = 2 + i / 4 % 2;
        if (depth == 3 && n == 4 && i > 8) /* degree 600: seconds each */
            continue;
        ew_random_mode(mode, &random, depth);
        find(cycles, mode, n, 64);
        assert_int_equal(cycles->lower_count, 0);
        assert_int_equal(ew_cycles_points(cycles), count_expanded(mode, n));
        most = FLINT_MAX(most, cycles->count);
    }
    assert_true(most >= 10);
    ew_cycles_clear(cycles);
    ew_mode_clear(mode);
}

/* Period 2: the same points as the theorem on the orbit polynomial gives. */
static void second_cycles_are_the_orbits(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 4};
    ew_mode_t mode;
    ew_cycles_t cycles;
    ew_roots_t roots;
    ew_mode_init(mode);
    ew_cycles_init(cycles);
    ew_roots_init(roots);
    for (slong L = 2; L <= 12; L++) {
        ew_random_mode(mode, &random, L);
        find(cycles, mode, 2, 80);
        assert_int_equal(ew_orbit_roots(roots, mode, 80, 8192, NULL), EW_OK);
        assert_int_equal(ew_cycles_points(cycles), roots->count);
        for (slong r = 0; r < roots->count; r++) {
            int hits = 0;
            for (slong i = 0; i < cycles->count; i++)
                for (slong k = 0; k < 2; k++)
                    hits += arb_overlaps(cycles->list[i].points + k, roots->roots[r].x);
            assert_int_equal(hits, 1);
        }
    }
    ew_roots_clear(roots);
    ew_cycles_clear(cycles);
    ew_mode_clear(mode);
}

/* Depth 2, s = 4, sigma = 1: g = -sqrt 2 T_3(x / sqrt 2), so all 3^n points are real, with multipliers +-3^n but for the two
 * end points. The symmetric cycles are those that the mirror image maps to themselves. */
static void chebyshev_at_four(void **state)
{
    (void)state;
    static const slong cycles_of[] = {3, 3, 8, 18, 48, 116};
    static const slong power[] = {3, 9, 27, 81, 243, 729};
    ew_mode_t mode;
    ew_cycles_t cycles;
    ew_mode_init(mode);
    ew_cycles_init(cycles);
    fmpq_set_si(mode->eta, 2, 1);
    for (slong n = 2; n <= 6; n++) {
        find(cycles, mode, n, 64);
        assert_int_equal(cycles->count, cycles_of[n - 1]);
        for (slong i = 0; i < cycles->count; i++) {
            const ew_cycle_struct *cycle = cycles->list + i;
            arb_t size;
            arb_init(size);
            arb_abs(size, cycle->along);
            bool end = n == 2 && i == 0; /* {-sqrt 2, sqrt 2} */
            assert_true(arb_contains_si(size, end ? 81 : power[n - 1]));
            assert_int_equal(cycle->stability, EW_REPELLING);
            arb_clear(size);
            bool mirrored = false;
            for (slong k = 0; k < n; k++) {
                arb_t minus;
                arb_init(minus);
                arb_neg(minus, cycle->points + k);
                mirrored |= arb_overlaps(minus, cycle->points);
                arb_clear(minus);
            }
            assert_int_equal(mirrored, cycle->symmetric);
        }
    }
    ew_cycles_clear(cycles);
    ew_mode_clear(mode);
}

/* s = 2 exactly: Phi_2 vanishes twice at the fixed point, which is told; Phi_4 does not, though (g^4 - x)/(g - x) does. */
static void edge_is_a_formal_point(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        const char *eta, *sigma;
    } rows[] = {
        {2, "1", "1"}, {2, "1/2", "2"}, {3, "2/3", "1"}, {3, "1/24", "8"}, {4, "1/16", "4"}};
    ew_mode_t mode;
    ew_cycles_t cycles;
    arb_t edge;
    ew_mode_init(mode);
    ew_cycles_init(cycles);
    arb_init(edge);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ew_set_mode(mode, rows[i].depth, rows[i].eta, rows[i].sigma, "1/10");
        bool even = mode->depth % 2 == 0;
        ew_mode_edge(edge, mode, 200);
        find(cycles, mode, 2, 64);
        assert_int_equal(cycles->count, 1);
        assert_int_equal(cycles->lower_count, even ? 2 : 1);
        const ew_cycle_struct *point = cycles->lower + cycles->lower_count - 1;
        assert_int_equal(point->period, 1);
        assert_int_equal(point->multiplicity, 2);
        assert_int_equal(point->stability, EW_NEUTRAL);
        assert_true(arb_equal_si(point->along, -1) && arb_overlaps(point->points, edge));
        assert_int_equal(ew_cycles_points(cycles), count_expanded(mode, 2));
        find(cycles, mode, 4, 64);
        assert_int_equal(cycles->count + cycles->lower_count, 0);
        if (mode->depth < 4)
            assert_int_equal(count_expanded(mode, 4), 0);
        find(cycles, mode, 3, 64);
        assert_int_equal(cycles->count + cycles->lower_count, 0);
        find(cycles, mode, 1, 64);
        assert_int_equal(cycles->count, even ? 3 : 2);
        assert_int_equal(cycles->list[cycles->count - 1].stability, EW_NEUTRAL);
        assert_true(arb_equal_si(cycles->list[cycles->count - 1].along, -1));
        const ew_cycle_struct *zero = cycles->list + cycles->count - 2;
        assert_true(arb_is_zero(zero->points));
        assert_int_equal(zero->multiplicity, mode->depth - 1);
        assert_int_equal(zero->stability, mode->depth == 2 ? EW_REPELLING : EW_NEUTRAL);
    }
    /* 10^-40 on either side of it, and of the edge's cycle of period 4 there is nothing */
    for (int sign = -1; sign <= 1; sign += 2) {
        fmpz_t ten;
        fmpz_init_set_ui(ten, 10);
        fmpz_pow_ui(ten, ten, 40);
        ew_set_mode(mode, 3, "2/3", "1", "1/10");
        fmpz_mul_ui(fmpq_denref(mode->eta), ten, 3);
        fmpz_mul_ui(fmpq_numref(mode->eta), ten, 2);
        fmpz_add_si(fmpq_numref(mode->eta), fmpq_numref(mode->eta), sign);
        fmpq_canonicalise(mode->eta);
        find(cycles, mode, 2, 64);
        assert_int_equal(cycles->count, sign < 0 ? 1 : 2);
        if (sign > 0)
            assert_int_equal(cycles->list[1].stability, EW_ATTRACTING);
        find(cycles, mode, 4, 64);
        assert_int_equal(cycles->count, 0);
        find(cycles, mode, 1, 64);
        assert_int_equal(cycles->list[1].stability, sign < 0 ? EW_ATTRACTING : EW_REPELLING);
        fmpz_clear(ten);
    }
    arb_clear(edge);
    ew_cycles_clear(cycles);
    ew_mode_clear(mode);
}

/* eta at sigma = 1 for s near a ball's midpoint plus a shift. */
static void set_s(ew_mode_t mode, slong depth, const arb_t s, double shift)
{
    arf_t t;
    arf_init(t);
    arf_set_d(t, shift);
    arf_add(t, t, arb_midref(s), 60, ARF_RND_NEAR);
    mode->depth = depth;
    fmpq_one(mode->sigma);
    arf_get_fmpq(mode->eta, t);
    fmpq_div_fmpz(mode->eta, mode->eta, (fmpz[]){depth});
    arf_clear(t);
}

/* The window of period 3 (theory/cascade.md): no cycle before its birth, two after it (twice as many for even depth), the
 * one that attracts superstable at that step and no more attracting past the doubling, where period 6 takes over. */
static void window_of_three(void **state)
{
    (void)state;
    ew_threshold_struct window[3];
    ew_mode_t mode;
    ew_cycles_t cycles;
    ew_mode_init(mode);
    ew_cycles_init(cycles);
    for (int i = 0; i < 3; i++)
        ew_threshold_init(window + i);
    for (slong L = 2; L <= 4; L++) {
        slong pair = L % 2 == 0 ? 2 : 1; /* mirror images */
        assert_int_equal(ew_window_find(window, L, 3, 2.6, 4.5, 128), EW_OK);
        set_s(mode, L, window[0].s, -1e-7);
        find(cycles, mode, 3, 40);
        slong before = cycles->count;
        set_s(mode, L, window[0].s, 1e-7);
        find(cycles, mode, 3, 40);
        assert_int_equal(cycles->count, before + 2 * pair);
        static const double shifts[] = {1e-7, 0, -1e-7, 1e-7};
        static const int at[] = {0, 1, 2, 2};
        for (int i = 0; i < 4; i++) {
            set_s(mode, L, window[at[i]].s, shifts[i]);
            find(cycles, mode, 3, 40);
            slong attracting = 0;
            bool zero = false;
            for (slong k = 0; k < cycles->count; k++) {
                attracting += cycles->list[k].stability == EW_ATTRACTING;
                arb_t size;
                arb_init(size);
                arb_abs(size, cycles->list[k].along);
                zero |= mag_cmp_2exp_si(arb_radref(size), -30) < 0 &&
                        arf_cmpabs_2exp_si(arb_midref(size), -30) < 0;
                arb_clear(size);
            }
            assert_int_equal(attracting, i < 3 ? pair : 0);
            assert_int_equal(zero, i == 1);
        }
        if (L < 4) { /* past the doubling a cycle of period 6 attracts */
            find(cycles, mode, 6, 40);
            slong attracting = 0;
            for (slong k = 0; k < cycles->count; k++)
                attracting += cycles->list[k].stability == EW_ATTRACTING;
            assert_int_equal(attracting, pair);
        }
    }
    for (int i = 0; i < 3; i++)
        ew_threshold_clear(window + i);
    ew_cycles_clear(cycles);
    ew_mode_clear(mode);
}

/* Across the first flip: the orbit loses its stability and a cycle of period 4 is born around it. */
static void flip_to_four(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_cycles_t cycles;
    arb_t s2;
    ew_mode_init(mode);
    ew_cycles_init(cycles);
    arb_init(s2);
    for (slong L = 2; L <= 5; L++) {
        slong pair = L % 2 == 0 ? 2 : 1;
        assert_int_equal(ew_flip_threshold(s2, L, 128), EW_OK);
        set_s(mode, L, s2, -1e-9);
        find(cycles, mode, 4, 40);
        assert_int_equal(cycles->count, 0);
        set_s(mode, L, s2, 1e-9);
        find(cycles, mode, 4, 40);
        assert_int_equal(cycles->count, pair);
        for (slong i = 0; i < pair; i++) {
            assert_int_equal(cycles->list[i].stability, EW_ATTRACTING);
            assert_false(cycles->list[i].symmetric);
        }
    }
    arb_clear(s2);
    ew_cycles_clear(cycles);
    ew_mode_clear(mode);
}

/* Far parameters: scale, depth, step. Depths and steps change nothing of the count but by s alone. */
static void extreme_cycles(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        const char *eta;
        slong sigma_exponent, n, count;
    } rows[] = {{2, "2", 0, 3, 8},
                {3, "1", -60, 4, 0},
                {3, "1", 40, 3, 4},
                {2, "1", 20, 4, 18},
                {1000000, "26/10000000", 0, 3, 0},
                {1000000000, "5/1000000000", 0, 3, 4},
                {2, "1/1000000000000000000000", 0, 4, 0}};
    ew_mode_t mode;
    ew_cycles_t cycles;
    ew_mode_init(mode);
    ew_cycles_init(cycles);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ew_set_mode(mode, rows[i].depth, rows[i].eta, "10", "1/10");
        fmpq_pow_si(mode->sigma, mode->sigma, rows[i].sigma_exponent);
        find(cycles, mode, rows[i].n, 64);
        assert_int_equal(cycles->count, rows[i].count);
    }
    ew_cycles_clear(cycles);
    ew_mode_clear(mode);
}

/* No periodic point at R or beyond it, whatever the period: the map grows there. */
static void nothing_beyond_the_bound(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 5};
    ew_mode_t mode;
    ew_ball_mode_t ball;
    ew_roots_t roots;
    arb_t R, x;
    ew_mode_init(mode);
    ew_roots_init(roots);
    arb_init(R), arb_init(x);
    for (int i = 0; i < 40; i++) {
        ew_random_mode(mode, &random, 2 + i % 8);
        ew_period_bound(R, mode);
        ew_ball_mode_init(ball, mode, 128);
        for (int sign = -1; sign <= 1; sign += 2)
            for (int far = 8; far <= 16; far++) {
                arb_mul_si(x, R, sign * far, 128);
                arb_mul_2exp_si(x, x, -3);
                ew_balanced_step_ball(x, NULL, ball);
                arb_abs(x, x);
                arb_mul_2exp_si(x, x, 3);
                arb_div_ui(x, x, (ulong)far, 128);
                assert_true(arb_gt(x, R));
            }
        assert_int_equal(ew_orbit_roots(roots, mode, 64, 4096, NULL), EW_OK);
        for (slong k = 0; k < roots->count;
             k++) { /* and close: the outermost cycle is just within */
            arb_abs(x, roots->roots[k].x);
            assert_true(arb_lt(x, R));
        }
        arb_abs(x, roots->roots[roots->count - 1].x);
        arb_mul_2exp_si(x, x, 1);
        assert_true(arb_gt(x, R));
        ew_ball_mode_clear(ball);
    }
    arb_clear(R), arb_clear(x);
    ew_roots_clear(roots);
    ew_mode_clear(mode);
}

static bool stop(void *context, const char *what, ulong done, ulong total)
{
    (void)context, (void)what, (void)done, (void)total;
    return false;
}

static void refusals(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_cycles_t cycles;
    fmpz_poly_t phi;
    const ew_progress progress = {stop, NULL};
    ew_mode_init(mode);
    ew_cycles_init(cycles);
    fmpz_poly_init(phi);
    assert_int_equal(ew_dynatomic_build(phi, mode, 0), EW_BAD_INPUT);
    assert_int_equal(ew_dynatomic_build(phi, mode, EW_PERIOD_MAX + 1), EW_BAD_INPUT);
    assert_int_equal(ew_dynatomic_build(phi, mode, EW_PERIOD_MAX), EW_RESOURCES);
    assert_int_equal(ew_dynatomic_build(phi, mode, 20), EW_RESOURCES);
    assert_int_equal(ew_cycles_find(cycles, mode, 0, 64, 4096, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_cycles_find(cycles, mode, EW_PERIOD_MAX + 1, 64, 4096, NULL), EW_BAD_INPUT);
    mode->depth = 1000000000;
    assert_int_equal(ew_dynatomic_build(phi, mode, 3), EW_RESOURCES);
    mode->depth = 2;
    fmpq_set_si(mode->eta, 2, 1);
    assert_int_equal(ew_cycles_find(cycles, mode, 6, 64, 4096, &progress), EW_STOPPED);
    /* two points 10^-40 apart are not told apart at 64 bits, and nothing wrong is said of them */
    fmpz_ui_pow_ui(fmpq_denref(mode->eta), 10, 80);
    fmpz_add_ui(fmpq_numref(mode->eta), fmpq_denref(mode->eta), 1);
    assert_int_equal(ew_cycles_find(cycles, mode, 2, 16, 24, NULL), EW_UNDECIDED_STATUS);
    assert_true(cycles->cells > 0 && cycles->bits > 0);
    assert_int_equal(ew_cycles_find(cycles, mode, 2, 16, 4096, NULL), EW_OK);
    assert_int_equal(cycles->count, 3);
    fmpz_poly_clear(phi);
    ew_cycles_clear(cycles);
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(factors_multiply_up),
    cmocka_unit_test(second_is_the_orbit_polynomial),
    cmocka_unit_test(balls_hold_exact_values),
    cmocka_unit_test(point_counts_agree_with_expansion),
    cmocka_unit_test(second_cycles_are_the_orbits),
    cmocka_unit_test(chebyshev_at_four),
    cmocka_unit_test(edge_is_a_formal_point),
    cmocka_unit_test(window_of_three),
    cmocka_unit_test(flip_to_four),
    cmocka_unit_test(extreme_cycles),
    cmocka_unit_test(nothing_beyond_the_bound),
    cmocka_unit_test(refusals),
};
EW_TESTS(tests)
