/* The real roots: known answers in closed form, the second algorithm, PARI/GP, degenerate cases. */
#include "modes.h"
#include "test.h"
#include <edgewise/predict.h>
#include <stdlib.h>
#include <string.h>

/* Certified roots of a mode; the count and the order are as the theorem says. */
static void find(ew_roots_t roots, const ew_mode_t mode, slong prec)
{
    assert_int_equal(ew_orbit_roots(roots, mode, prec, 65536, NULL), EW_OK);
    for (slong i = 1; i < roots->count; i++)
        assert_true(arb_lt(roots->roots[i - 1].x, roots->roots[i].x));
    for (slong i = 0; i < roots->count; i++)
        assert_true(arb_rel_accuracy_bits(roots->roots[i].x) >= prec);
}

/* The exact sign of Phi changes between the ends of each simple root's enclosure. */
static void check_sign_changes(const ew_roots_t roots, const ew_mode_t mode)
{
    fmpq_t x, lo, hi;
    arf_t end;
    fmpq_init(x), fmpq_init(lo), fmpq_init(hi);
    arf_init(end);
    for (slong i = 0; i < roots->count; i++) {
        if (roots->roots[i].multiplicity != 1 || arb_is_exact(roots->roots[i].x))
            continue;
        arb_get_lbound_arf(end, roots->roots[i].x, ARF_PREC_EXACT);
        arf_get_fmpq(x, end);
        ew_orbit_eval_exact(lo, x, mode);
        arb_get_ubound_arf(end, roots->roots[i].x, ARF_PREC_EXACT);
        arf_get_fmpq(x, end);
        ew_orbit_eval_exact(hi, x, mode);
        assert_true(fmpq_sgn(lo) * fmpq_sgn(hi) < 0);
    }
    fmpq_clear(x), fmpq_clear(lo), fmpq_clear(hi);
    arf_clear(end);
}

/* Random problems: the count of the closed form against the exact count of the expanded polynomial, and
 * exact sign changes. */
static void counts_agree_with_expansion(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed()};
    ew_mode_t mode;
    ew_roots_t roots;
    ew_mode_init(mode);
    ew_roots_init(roots);
    for (int i = 0; i < 60; i++) {
        ew_random_mode(mode, &random, 2 + i % 6);
        find(roots, mode, 40);
        slong distinct = -1;
        assert_int_equal(ew_orbit_count_expanded(&distinct, mode), EW_OK);
        assert_int_equal(roots->count, distinct);
        check_sign_changes(roots, mode);
        ew_regime regime = ew_mode_regime(mode);
        bool even = mode->depth % 2 == 0;
        assert_int_equal(roots->count, regime == EW_BELOW  ? 2
                                       : regime == EW_EDGE ? (even ? 4 : 3)
                                                           : (even ? 6 : 4));
    }
    ew_roots_clear(roots);
    ew_mode_clear(mode);
}

/* Depth 2: eta rho^2 = (c +- sqrt(c^2 - 4))/2 and c + 1, c = 1 + s/2. */
static void depth_two_in_closed_form(void **state)
{
    (void)state;
    static const char *const etas[] = {"23/20", "11/10", "2", "10"};
    ew_mode_t mode;
    ew_roots_t roots;
    arb_t c, t, eta, expected;
    ew_mode_init(mode);
    ew_roots_init(roots);
    arb_init(c), arb_init(t), arb_init(eta), arb_init(expected);
    for (int i = 0; i < 4; i++) {
        fmpq_set_str(mode->eta, etas[i], 10);
        fmpq_canonicalise(mode->eta);
        find(roots, mode, 200);
        arb_set_fmpq(eta, mode->eta, 400);
        arb_add_ui(c, eta, 1, 400); /* sigma = 1: s = 2 eta */
        arb_sqr(t, c, 400);
        arb_sub_ui(t, t, 4, 400);
        arb_sqrt(t, t, 400);
        for (int sign = -1; sign <= 1; sign += 2) {
            arb_mul_si(expected, t, sign, 400);
            arb_add(expected, expected, c, 400);
            arb_mul_2exp_si(expected, expected, -1);
            arb_div(expected, expected, eta, 400);
            arb_sqrt(expected, expected, 400);
            assert_true(
                arb_overlaps(expected, roots->roots[sign < 0 ? roots->low : roots->high].x));
        }
        arb_add_ui(expected, c, 1, 400);
        arb_div(expected, expected, eta, 400);
        arb_sqrt(expected, expected, 400);
        assert_true(arb_overlaps(expected, roots->roots[5].x));
    }
    arb_clear(c), arb_clear(t), arb_clear(eta), arb_clear(expected);
    ew_roots_clear(roots);
    ew_mode_clear(mode);
}

/* s = 2: one root of multiplicity 2 on the edge, checked against exact square-free factorisation. */
static void double_root_on_the_edge(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        const char *eta, *sigma;
    } rows[] = {{2, "1", "1"},    {2, "1/2", "2"},  {3, "2/3", "1"},
                {3, "1/24", "8"}, {4, "1/16", "4"}, {5, "2/5", "1"}};
    ew_mode_t mode;
    ew_roots_t roots;
    fmpz_poly_t phi, slope, common;
    ew_mode_init(mode);
    ew_roots_init(roots);
    fmpz_poly_init(phi), fmpz_poly_init(slope), fmpz_poly_init(common);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mode->depth = rows[i].depth;
        fmpq_set_str(mode->eta, rows[i].eta, 10);
        fmpq_canonicalise(mode->eta);
        fmpq_set_str(mode->sigma, rows[i].sigma, 10);
        fmpq_canonicalise(mode->sigma);
        find(roots, mode, 100);
        bool even = mode->depth % 2 == 0;
        assert_int_equal(roots->count, even ? 4 : 3);
        const ew_root_struct *edge = roots->roots + roots->count - 2;
        assert_int_equal(edge->place, EW_AT_EDGE);
        assert_int_equal(edge->multiplicity, 2);
        slong total = 0; /* 6 or 4 with multiplicity, as on either side of the edge */
        for (slong j = 0; j < roots->count; j++)
            total += roots->roots[j].multiplicity;
        assert_int_equal(total, even ? 6 : 4);
        assert_true(edge->on_orbit);
        assert_int_equal(roots->low, -1);
        /* gcd(Phi, Phi') has exactly the edge as its positive root, simply */
        assert_int_equal(ew_orbit_poly_build(phi, mode), EW_OK);
        fmpz_poly_derivative(slope, phi);
        fmpz_poly_gcd(common, phi, slope);
        assert_int_equal(fmpz_poly_num_real_roots(common), even ? 2 : 1);
        arb_t value;
        arb_init(value);
        arb_fmpz_poly_evaluate_arb(value, common, edge->x, 200);
        assert_true(arb_contains_zero(value));
        arb_clear(value);
    }
    fmpz_poly_clear(phi), fmpz_poly_clear(slope), fmpz_poly_clear(common);
    ew_roots_clear(roots);
    ew_mode_clear(mode);
}

/* Every place, at extreme parameters too; enclosures stay disjoint however close the roots are. */
static void extreme_parameters(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        const char *eta;
        slong sigma_exponent;
        slong count;
        ew_place top;
    } rows[] = {
        {2, "2", 0, 6, EW_OUTER}, /* s = 4: rho_e exactly on (2 sigma)^(1/L) */
        {2, "20000000001/10000000000", 0, 6, EW_HIGH},
        {2, "19999999999/10000000000", 0, 6, EW_OUTER},
        {3, "8/5", 0, 4, EW_HIGH},        /* s = 4.8 > s_outer(3) = 4.147 */
        {3, "1382/1000", 0, 4, EW_OUTER}, /* s = 4.146 */
        {3, "1383/1000", 0, 4, EW_HIGH},  /* s = 4.149 */
        {7, "1000/7", 0, 4, EW_HIGH},
        {3, "1", 300, 4, EW_HIGH}, /* sigma = 10^300 */
        {3, "1", -300, 2, EW_OUTER},
        {1000000, "22/10000000", 0, 6, EW_OUTER},
    };
    ew_mode_t mode;
    ew_roots_t roots;
    ew_mode_init(mode);
    ew_roots_init(roots);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mode->depth = rows[i].depth;
        fmpq_set_str(mode->eta, rows[i].eta, 10);
        fmpq_canonicalise(mode->eta);
        fmpq_set_si(mode->sigma, 10, 1);
        fmpq_pow_si(mode->sigma, mode->sigma, rows[i].sigma_exponent);
        find(roots, mode, 64);
        assert_int_equal(roots->count, rows[i].count);
        assert_int_equal(roots->roots[roots->count - 1].place, rows[i].top);
    }
    /* s = 2 + 10^-100, L = 2 .. 5: two roots 10^-50 apart */
    fmpq_t t;
    fmpq_init(t);
    for (slong L = 2; L <= 5; L++) {
        fmpq_set_si(mode->eta, 10, 1);
        fmpq_pow_si(mode->eta, mode->eta, -100);
        fmpq_add_si(mode->eta, mode->eta, 2);
        fmpq_div_fmpz(mode->eta, mode->eta, (fmpz[]){L});
        fmpq_one(mode->sigma);
        mode->depth = L;
        find(roots, mode, 40);
        assert_int_equal(roots->count, L % 2 == 0 ? 6 : 4);
        assert_int_equal(roots->high, roots->low + 1);
        fmpq_mul_si(mode->eta, mode->eta, -1); /* and s = 2 - 10^-100: none */
        fmpq_set_si(t, 4, 1);
        fmpq_div_fmpz(t, t, (fmpz[]){L});
        fmpq_add(mode->eta, mode->eta, t);
        find(roots, mode, 40);
        assert_int_equal(roots->count, 2);
    }
    fmpq_clear(t);
    ew_roots_clear(roots);
    ew_mode_clear(mode);
}

/* 10^4 digits are a refinement of 15 digits, and satisfy Phi = 0 to that accuracy. */
static void many_digits(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_roots_t few, many;
    ew_mode_init(mode);
    ew_roots_init(few);
    ew_roots_init(many);
    for (slong L = 8; L <= 9; L++) {
        mode->depth = L;
        fmpq_set_si(mode->eta, 22, 10 * (ulong)L);
        find(few, mode, 60);
        find(many, mode, 33300);
        for (slong i = 0; i < few->count; i++)
            assert_true(arb_overlaps(few->roots[i].x, many->roots[i].x));
        arb_t low, high;
        arb_init(low), arb_init(high);
        assert_int_equal(ew_orbit_pair(low, NULL, mode, 20000, 65536), EW_OK);
        assert_true(arb_overlaps(low, many->roots[many->low].x));
        assert_int_equal(ew_orbit_pair(low, high, mode, 20000, 65536), EW_OK);
        assert_true(arb_overlaps(high, many->roots[many->high].x));
        assert_true(arb_rel_accuracy_bits(low) >= 20000 && arb_rel_accuracy_bits(high) >= 20000);
        arb_clear(low), arb_clear(high);
        ew_ball_mode_t ball;
        arb_t value;
        arb_init(value);
        ew_ball_mode_init(ball, mode, 34000);
        ew_orbit_eval_ball(value, NULL, many->roots[many->low].x, ball);
        assert_true(arb_contains_zero(value) && mag_cmp_2exp_si(arb_radref(value), -33000) < 0);
        arb_clear(value);
        ew_ball_mode_clear(ball);
    }
    ew_roots_clear(few);
    ew_roots_clear(many);
    ew_mode_clear(mode);
}

/* All roots against PARI/GP's polrootsreal on the expanded polynomial. */
static void pari_finds_the_same(void **state)
{
    (void)state;
    ew_run probe = ew_run_shell("command -v gp >/dev/null");
    int missing = probe.code;
    ew_run_free(&probe);
    if (missing)
        ew_skip("gp, the program of PARI, is not installed");
    ew_random random = {ew_test_seed() + 3};
    ew_mode_t mode;
    ew_roots_t roots;
    fmpz_poly_t phi;
    ew_mode_init(mode);
    ew_roots_init(roots);
    fmpz_poly_init(phi);
    for (slong L = 2; L <= 9; L++) {
        ew_random_mode(mode, &random, L);
        find(roots, mode, 80);
        assert_int_equal(ew_orbit_poly_build(phi, mode), EW_OK);
        char *text = fmpz_poly_get_str_pretty(phi, "x");
        size_t size = strlen(text) + 200;
        char *script = malloc(size);
        snprintf(script, size,
                 "default(realprecision,38);v=polrootsreal(%s);for(i=1,#v,print(v[i]))\n", text);
        ew_run run = ew_run_argv((const char *const[]){"gp", "-q", "-f", "-s", "1G", NULL}, script);
        assert_int_equal(run.code, 0);
        slong lines = 0;
        arb_t x;
        arb_init(x);
        for (char *line = strtok(run.out, "\n"); line != NULL; line = strtok(NULL, "\n"), lines++) {
            for (char *c = line; *c != '\0'; c++) /* GP writes 1.5 E-5 */
                if (*c == ' ')
                    memmove(c, c + 1, strlen(c));
            assert_true(lines < roots->count);
            assert_int_equal(arb_set_str(x, line, 128), 0);
            arb_add_error_2exp_si(x, -80);
            assert_true(arb_overlaps(x, roots->roots[lines].x));
        }
        assert_int_equal(lines, roots->count);
        arb_clear(x);
        ew_run_free(&run);
        free(script);
        flint_free(text);
    }
    fmpz_poly_clear(phi);
    ew_roots_clear(roots);
    ew_mode_clear(mode);
}

/* The threshold beyond which two roots lie in the upper interval. */
static void outer_threshold(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        double s;
    } rows[] = {{2, 4},
                {3, 4.147670531066},
                {4, 5.65685424949},
                {5, 6.109289394925},
                {8, 9.513656920021},
                {9, 10.079645941746}};
    arb_t s;
    arb_init(s);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ew_orbit_outer_threshold(s, rows[i].depth, 100);
        assert_true(arb_rel_accuracy_bits(s) > 80);
        double found = arf_get_d(arb_midref(s), ARF_RND_NEAR);
        assert_true(found > rows[i].s - 1e-10 && found < rows[i].s + 1e-10);
    }
    arb_clear(s);
}

/* A cap on the precision is kept: undecided, not wrong. */
static void caps_are_kept(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_roots_t roots;
    ew_mode_init(mode);
    ew_roots_init(roots);
    fmpq_set_si(mode->eta, 23, 20);
    assert_int_equal(ew_orbit_roots(roots, mode, 100000, 1000, NULL), EW_UNDECIDED_STATUS);
    arb_t low;
    arb_init(low);
    assert_int_equal(ew_orbit_pair(low, NULL, mode, 100000, 1000), EW_UNDECIDED_STATUS);
    fmpq_one(mode->eta);
    assert_int_equal(ew_orbit_pair(low, NULL, mode, 100, 1000), EW_BAD_INPUT); /* s = 2 */
    arb_clear(low);
    ew_roots_clear(roots);
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(counts_agree_with_expansion),
    cmocka_unit_test(depth_two_in_closed_form),
    cmocka_unit_test(double_root_on_the_edge),
    cmocka_unit_test(extreme_parameters),
    cmocka_unit_test(many_digits),
    cmocka_unit_test(pari_finds_the_same),
    cmocka_unit_test(outer_threshold),
    cmocka_unit_test(caps_are_kept),
};
EW_TESTS(tests)
