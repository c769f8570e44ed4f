/* Straight-line programs: values against exact ones, roots against the expanded route, the orbit polynomial and cycles. */
#include "modes.h"
#include "test.h"
#include <edgewise/dynatomic.h>
#include <edgewise/isolate.h>
#include <edgewise/predict.h>
#include <edgewise/slp.h>
#include <stdlib.h>

/* The program expanded, for small ones. */
static void expand(fmpq_poly_t out, const ew_slp_t p)
{
    fmpq_poly_struct *v = malloc((size_t)p->count * sizeof(fmpq_poly_struct));
    for (slong i = 0; i < p->count; i++) {
        const ew_slp_op *op = p->ops + i;
        fmpq_poly_init(v + i);
        switch (op->kind) {
        case EW_SLP_CONSTANT:
            fmpq_poly_set_fmpq(v + i, op->c);
            break;
        case EW_SLP_X:
            fmpq_poly_set_coeff_ui(v + i, 1, 1);
            break;
        case EW_SLP_ADD:
            fmpq_poly_add(v + i, v + op->a, v + op->b);
            break;
        case EW_SLP_SUB:
            fmpq_poly_sub(v + i, v + op->a, v + op->b);
            break;
        case EW_SLP_MUL:
            fmpq_poly_mul(v + i, v + op->a, v + op->b);
            break;
        case EW_SLP_POW:
            fmpq_poly_pow(v + i, v + op->a, op->n);
            break;
        }
    }
    fmpq_poly_set(out, v + p->count - 1);
    for (slong i = 0; i < p->count; i++)
        fmpq_poly_clear(v + i);
    free(v);
}

/* A random program of a degree from 2 to 30, on small integers and fractions. */
static void draw(ew_slp_t p, ew_random *random)
{
    fmpz_t degree;
    fmpq_t c;
    fmpz_init(degree);
    fmpq_init(c);
    do {
        ew_slp_clear(p);
        ew_slp_x(p);
        fmpq_set_si(c, (slong)ew_random_below(random, 19) - 9, 1 + ew_random_below(random, 4));
        ew_slp_constant(p, c);
        for (slong i = 2 + (slong)ew_random_below(random, 8); i > 0; i--) {
            slong a = (slong)ew_random_below(random, (ulong)p->count);
            slong b = (slong)ew_random_below(random, (ulong)p->count);
            switch (ew_random_below(random, 6)) {
            case 0:
                ew_slp_add(p, a, b);
                break;
            case 1:
            case 2:
                ew_slp_sub(p, a, b);
                break;
            case 3:
                ew_slp_pow(p, a, ew_random_below(random, 4));
                break;
            case 4:
                ew_slp_integer(p, (slong)ew_random_below(random, 9) - 4);
                break;
            default:
                ew_slp_mul(p, a, b);
            }
        }
        assert_int_equal(ew_slp_degree(degree, p), EW_OK);
    } while (fmpz_cmp_ui(degree, 30) > 0 || fmpz_cmp_ui(degree, 2) < 0);
    fmpz_clear(degree);
    fmpq_clear(c);
}

/* Value, slope and second derivative over a ball, from thin to wide, enclose the exact ones at random points of it. */
static void balls_enclose_values(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 21};
    ew_slp_t p;
    fmpq_poly_t f;
    fmpq_t x, exact, radius;
    arb_t ball, out[3];
    ew_slp_init(p);
    fmpq_poly_init(f);
    fmpq_init(x), fmpq_init(exact), fmpq_init(radius);
    arb_init(ball);
    for (int i = 0; i < 3; i++)
        arb_init(out[i]);
    for (int round = 0; round < 3000; round++) {
        draw(p, &random);
        expand(f, p);
        slong middle = (slong)ew_random_below(&random, 65) - 32;
        slong bits = (slong)ew_random_below(&random, 70) - 5;
        arb_set_si(ball, middle);
        arb_mul_2exp_si(ball, ball, -4);
        if (round % 9 > 0)
            mag_set_ui_2exp_si(arb_radref(ball), 1, -bits);
        assert_int_equal(ew_slp_eval_ball(out[0], out[1], out[2], p, ball, 64), EW_OK);
        slong at = (slong)ew_random_below(&random, 33) - 16; /* middle + at / 16 of the radius */
        fmpq_set_si(radius, round % 9 > 0 ? at : 0, 16);
        if (bits >= 0)
            fmpq_div_2exp(radius, radius, (mp_bitcnt_t)bits);
        else
            fmpq_mul_2exp(radius, radius, (mp_bitcnt_t)-bits);
        fmpq_set_si(x, middle, 16);
        fmpq_add(x, x, radius);
        assert_int_equal(ew_slp_eval_exact(exact, p, x), EW_OK);
        for (int i = 0; i < 3; i++) {
            fmpq_t other;
            fmpq_init(other);
            fmpq_poly_evaluate_fmpq(other, f, x);
            assert_true(i > 0 || fmpq_equal(other, exact));
            assert_true(arb_contains_fmpq(out[i], other));
            fmpq_poly_derivative(f, f);
            fmpq_clear(other);
        }
    }
    ew_slp_clear(p);
    fmpq_poly_clear(f);
    fmpq_clear(x), fmpq_clear(exact), fmpq_clear(radius);
    arb_clear(ball);
    for (int i = 0; i < 3; i++)
        arb_clear(out[i]);
}

/* Nothing missed, nothing twice: `all` are the roots with their multiplicities; those in [lo, hi] count. */
static void check_against(const ew_slp_roots_t roots, ew_status status, const ew_real_roots_t all,
                          const fmpq *lo, const fmpq *hi)
{
    slong simple = 0, multiple = 0;
    for (slong k = 0; k < all->count; k++) {
        const ew_real_root_struct *root = all->list + k;
        arb_t low, high;
        arb_init(low), arb_init(high);
        if (lo != NULL) {
            arb_set_fmpq(low, lo, 512);
            arb_set_fmpq(high, hi, 512);
        }
        bool outside = lo != NULL && (arb_lt(root->x, low) || arb_gt(root->x, high));
        slong in_list = 0, in_open = 0;
        for (slong i = 0; i < roots->count; i++)
            in_list += arb_overlaps(roots->list[i].x, root->x);
        for (slong i = 0; i < roots->open_count; i++)
            in_open += arb_overlaps(roots->open + i, root->x);
        assert_true(in_list <= (outside ? 0 : 1));
        if (!outside && root->multiplicity == 1)
            assert_int_equal(in_list, 1);
        if (!outside && root->multiplicity > 1) {
            assert_int_equal(in_list, 0);
            assert_true(in_open > 0);
        }
        simple += !outside && root->multiplicity == 1;
        multiple += !outside && root->multiplicity > 1;
        arb_clear(low), arb_clear(high);
    }
    assert_int_equal(roots->count, simple);
    assert_int_equal(status, multiple > 0 ? EW_UNDECIDED_STATUS : EW_OK);
    for (slong i = 0; i < roots->count; i++)
        assert_true(roots->list[i].inside);
    for (slong i = 1; i < roots->count; i++)
        assert_true(arb_lt(roots->list[i - 1].x, roots->list[i].x));
}

static void roots_agree_with_expansion(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 22};
    ew_slp_t p;
    ew_slp_roots_t roots;
    ew_real_roots_t all;
    fmpq_poly_t f;
    fmpz_poly_t g;
    fmpq_t lo, hi;
    ew_slp_init(p);
    ew_slp_roots_init(roots);
    ew_real_roots_init(all);
    fmpq_poly_init(f);
    fmpz_poly_init(g);
    fmpq_init(lo), fmpq_init(hi);
    int unbounded = 0, simple = 0;
    for (int round = 0; round < 600; round++) {
        draw(p, &random);
        expand(f, p);
        if (fmpq_poly_is_zero(f))
            continue;
        fmpq_poly_get_numerator(g, f);
        assert_int_equal(ew_poly_real_roots(all, g, 200, 8192, NULL), EW_OK);
        ew_status status = ew_slp_roots(roots, p, NULL, NULL, 40, NULL, NULL);
        if (roots->cells > 0) { /* there is a bound */
            check_against(roots, status, all, NULL, NULL);
            unbounded++;
            simple += (int)roots->count;
        } else
            assert_int_equal(status, EW_UNDECIDED_STATUS);
        /* ends at halves and thirds, which are roots now and then */
        fmpq_set_si(lo, (slong)ew_random_below(&random, 13) - 8, 1 + ew_random_below(&random, 3));
        fmpq_set_si(hi, (slong)ew_random_below(&random, 9), 1 + ew_random_below(&random, 3));
        fmpq_canonicalise(lo), fmpq_canonicalise(hi);
        fmpq_add(hi, lo, hi); /* empty ones too */
        status = ew_slp_roots(roots, p, lo, hi, 40, NULL, NULL);
        check_against(roots, status, all, lo, hi);
    }
    assert_true(unbounded > 400);
    assert_true(simple > 250);
    ew_slp_clear(p);
    ew_slp_roots_clear(roots);
    ew_real_roots_clear(all);
    fmpq_poly_clear(f);
    fmpz_poly_clear(g);
    fmpq_clear(lo), fmpq_clear(hi);
}

static void gradient_descent(ew_slp_map_t map, const ew_mode_t mode)
{
    map->k = (ulong)mode->depth - 1;
    map->m = (ulong)mode->depth;
    fmpq_set(map->c, mode->eta);
    fmpq_set(map->a, mode->sigma);
}

/* The orbit polynomial, without its theorem, finds what the theorem says: depths to 10^6, even and odd. */
static void orbit_polynomial(void **state)
{
    (void)state;
    static const slong depths[] = {2, 3, 4, 5, 7, 8, 16, 31, 100, 1001, 100000, 1000001};
    ew_random random = {ew_test_seed() + 23};
    ew_mode_t mode;
    ew_roots_t expected;
    ew_slp_t p;
    ew_slp_map_t map;
    ew_slp_roots_t roots;
    fmpz_t degree;
    ew_mode_init(mode);
    ew_roots_init(expected);
    ew_slp_init(p);
    ew_slp_map_init(map);
    ew_slp_roots_init(roots);
    fmpz_init(degree);
    for (size_t i = 0; i < 5 * sizeof depths / sizeof depths[0]; i++) {
        if (depths[i / 5] < 1000)
            ew_random_mode(mode, &random, depths[i / 5]);
        else {
            mode->depth = depths[i / 5];
            fmpq_set_si(mode->eta, 15 + 7 * (slong)(i % 5), 10 * (ulong)mode->depth);
            fmpq_set_si(mode->sigma, 1, 1);
        }
        gradient_descent(map, mode);
        ew_slp_clear(p);
        assert_true(ew_slp_map_cycles(p, map, 2) >= 0);
        assert_int_equal(ew_slp_degree(degree, p), EW_OK);
        assert_true(fmpz_equal_si(degree, ew_orbit_poly_degree(mode->depth)));
        assert_int_equal(ew_orbit_roots_structured(expected, mode, 64, 8192, NULL), EW_OK);
        bool multiple = ew_mode_regime(mode) == EW_EDGE;
        assert_int_equal(ew_slp_roots(roots, p, NULL, NULL, 60, NULL, NULL),
                         multiple ? EW_UNDECIDED_STATUS : EW_OK);
        slong k = 0;
        for (slong j = 0; j < expected->count; j++)
            if (expected->roots[j].multiplicity == 1) {
                assert_true(k < roots->count);
                assert_true(arb_overlaps(roots->list[k].x, expected->roots[j].x));
                k++;
            } else {
                assert_true(roots->open_count > 0);
                assert_true(
                    arb_overlaps(roots->open + roots->open_count - 1, expected->roots[j].x) ||
                    arb_overlaps(roots->open, expected->roots[j].x));
            }
        assert_int_equal(k, roots->count);
    }
    ew_mode_clear(mode);
    ew_roots_clear(expected);
    ew_slp_clear(p);
    ew_slp_map_clear(map);
    ew_slp_roots_clear(roots);
    fmpz_clear(degree);
}

/* The period-n question: as many points as the cover of theory/dynatomic.md finds, over the divisors of n; and 2^n - 2 for
 * the logistic map at its end, x + 3 x (1 - x). */
static void cycles_agree(void **state)
{
    (void)state;
    static const struct {
        slong depth, n;
        const char *eta;
    } rows[] = {{2, 3, "2"},   {2, 4, "3/2"}, {3, 3, "6/5"},
                {3, 4, "6/5"}, {4, 3, "5/4"}, {2, 6, "13/10"}};
    ew_mode_t mode;
    ew_cycles_t cycles;
    ew_slp_t p;
    ew_slp_map_t map;
    ew_slp_roots_t roots;
    ew_mode_init(mode);
    ew_cycles_init(cycles);
    ew_slp_init(p);
    ew_slp_map_init(map);
    ew_slp_roots_init(roots);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ew_set_mode(mode, rows[i].depth, rows[i].eta, "1", "0");
        gradient_descent(map, mode);
        ew_slp_clear(p);
        ew_slp_map_cycles(p, map, (ulong)rows[i].n);
        assert_int_equal(ew_slp_roots(roots, p, NULL, NULL, 60, NULL, NULL), EW_OK);
        slong points = 0;
        for (slong d = 2; d <= rows[i].n; d++)
            if (rows[i].n % d == 0) {
                assert_int_equal(ew_cycles_find(cycles, mode, d, 60, 4096, NULL), EW_OK);
                points += ew_cycles_points(cycles);
                for (slong c = 0; c < cycles->count; c++)
                    for (slong j = 0; j < d; j++) {
                        slong met = 0;
                        for (slong k = 0; k < roots->count; k++)
                            met += arb_overlaps(roots->list[k].x, cycles->list[c].points + j);
                        assert_int_equal(met, 1);
                    }
            }
        assert_int_equal(roots->count, points);
    }
    fmpq_set_si(map->c, 3, 1);
    fmpq_one(map->a);
    map->k = map->m = 1;
    for (ulong n = 2; n <= 7; n++) {
        ew_slp_clear(p);
        ew_slp_map_cycles(p, map, n);
        assert_int_equal(ew_slp_roots(roots, p, NULL, NULL, 60, NULL, NULL), EW_OK);
        assert_int_equal(roots->count, (1 << n) - 2);
        /* g^n(x) - x has the fixed points 0 and 1 beside these */
        ew_slp_clear(p);
        slong x = ew_slp_x(p);
        ew_slp_sub(p, ew_slp_map_iterate(p, x, map, n), x);
        assert_int_equal(ew_slp_roots(roots, p, NULL, NULL, 60, NULL, NULL), EW_OK);
        assert_int_equal(roots->count, 1 << n);
        assert_true(arb_is_zero(roots->list[0].x));
    }
    ew_mode_clear(mode);
    ew_cycles_clear(cycles);
    ew_slp_clear(p);
    ew_slp_map_clear(map);
    ew_slp_roots_clear(roots);
}

/* 1 + a + .. + a^(n-1), and the degrees. */
static void geometric_sums(void **state)
{
    (void)state;
    ew_slp_t p;
    fmpq_poly_t f;
    fmpq_t c;
    ew_slp_init(p);
    fmpq_poly_init(f);
    fmpq_init(c);
    for (ulong n = 1; n <= 40; n++) {
        ew_slp_clear(p);
        ew_slp_geometric(p, ew_slp_x(p), n);
        expand(f, p);
        assert_int_equal(fmpq_poly_degree(f), n - 1);
        for (ulong k = 0; k < n; k++) {
            fmpq_poly_get_coeff_fmpq(c, f, (slong)k);
            assert_true(fmpq_is_one(c));
        }
    }
    ew_slp_clear(p);
    fmpq_poly_clear(f);
    fmpq_clear(c);
}

/* f in Horner's form. */
static void horner(ew_slp_t p, const fmpz_poly_t f)
{
    fmpq_t c;
    fmpq_init(c);
    ew_slp_clear(p);
    slong x = ew_slp_x(p), value = -1;
    for (slong k = fmpz_poly_degree(f); k >= 0; k--) {
        fmpz_poly_get_coeff_fmpz(fmpq_numref(c), f, k);
        slong next = ew_slp_constant(p, c);
        value = value < 0 ? next : ew_slp_add(p, ew_slp_mul(p, value, x), next);
    }
    fmpq_clear(c);
}

/* Wilkinson's polynomials and Chebyshev's in Horner's form, whose terms cancel: some cells for each root; and the square of
 * one, all of whose roots in an interval stay open, for they are double. */
static void cancelling_terms(void **state)
{
    (void)state;
    static const slong degrees[] = {5, 10, 16, 20, 60};
    ew_slp_t p;
    ew_slp_roots_t roots;
    fmpz_poly_t f, factor;
    fmpq_t lo, hi;
    arb_t x;
    ew_slp_init(p);
    ew_slp_roots_init(roots);
    fmpz_poly_init(f), fmpz_poly_init(factor);
    fmpq_init(lo), fmpq_init(hi);
    arb_init(x);
    for (size_t i = 0; i < sizeof degrees / sizeof degrees[0]; i++) {
        slong n = degrees[i];
        fmpz_poly_one(f);
        fmpz_poly_set_coeff_si(factor, 1, 1);
        for (slong k = 1; k <= n; k++) {
            fmpz_poly_set_coeff_si(factor, 0, -k);
            fmpz_poly_mul_KS(f, f, factor);
        }
        horner(p, f);
        assert_int_equal(ew_slp_roots(roots, p, NULL, NULL, 64, NULL, NULL), EW_OK);
        assert_int_equal(roots->count, n);
        assert_true(roots->cells < 40 * n);
        for (slong k = 0; k < n; k++)
            assert_true(roots->list[k].inside && arb_contains_si(roots->list[k].x, k + 1));
    }
    for (slong n = 20; n <= 60; n += 20) {
        fmpz_poly_chebyshev_t(f, (ulong)n);
        horner(p, f);
        assert_int_equal(ew_slp_roots(roots, p, NULL, NULL, 64, NULL, NULL), EW_OK);
        assert_int_equal(roots->count, n);
        for (slong k = 0; k < n; k++) {
            fmpq_set_si(lo, 2 * (n - k) - 1, 2 * (ulong)n);
            arb_cos_pi_fmpq(x, lo, 128);
            assert_true(arb_overlaps(x, roots->list[k].x));
        }
    }
    fmpz_poly_one(f);
    for (slong k = 1; k <= 12; k++) {
        fmpz_poly_set_coeff_si(factor, 0, -k);
        fmpz_poly_mul_KS(f, f, factor);
        fmpz_poly_mul_KS(f, f, factor);
    }
    horner(p, f);
    fmpq_set_si(lo, 3, 1), fmpq_set_si(hi, 15, 2);
    assert_int_equal(ew_slp_roots(roots, p, lo, hi, 64, NULL, NULL), EW_UNDECIDED_STATUS);
    assert_int_equal(roots->count, 0);
    assert_int_equal(roots->open_count, 5);
    for (slong k = 0; k < 5; k++)
        assert_true(arb_contains_si(roots->open + k, k + 3));
    ew_slp_clear(p);
    ew_slp_roots_clear(roots);
    fmpz_poly_clear(f), fmpz_poly_clear(factor);
    fmpq_clear(lo), fmpq_clear(hi);
    arb_clear(x);
}

static bool stop_at(void *context, const char *what, ulong done, ulong total)
{
    (void)what, (void)done, (void)total;
    return --*(slong *)context >= 0;
}

/* Bad programs and intervals; limits; roots at the ends; a stop at every word. */
static void refusals_and_limits(void **state)
{
    (void)state;
    ew_slp_t p;
    ew_slp_roots_t roots;
    fmpq_t lo, hi;
    fmpz_t degree;
    ew_slp_map_t map;
    ew_slp_init(p);
    ew_slp_roots_init(roots);
    fmpq_init(lo), fmpq_init(hi);
    fmpz_init(degree);
    ew_slp_map_init(map);
    assert_int_equal(ew_slp_roots(roots, p, NULL, NULL, 30, NULL, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_slp_degree(degree, p), EW_BAD_INPUT);
    slong x = ew_slp_x(p);
    assert_int_equal(ew_slp_mul(p, x, 7), -1);
    assert_int_equal(ew_slp_add(p, x, x), -1);
    assert_int_equal(ew_slp_roots(roots, p, NULL, NULL, 30, NULL, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_slp_root_bound(lo, p), EW_BAD_INPUT);
    ew_slp_clear(p);
    map->k = 0;
    assert_int_equal(ew_slp_map_cycles(p, map, 2), -1);
    ew_slp_clear(p);
    map->k = 1;
    assert_int_equal(ew_slp_map_cycles(p, map, 1), -1);
    ew_slp_clear(p);
    assert_int_equal(ew_slp_geometric(p, ew_slp_x(p), 0), -1);

    /* (x - 1) (x - 2) (x - 3) on [1, 3], [2, 2], [3, 1], [5/4, 7/4]; then times x - 2 */
    ew_slp_clear(p);
    x = ew_slp_x(p);
    slong one = ew_slp_sub(p, x, ew_slp_integer(p, 1)),
          two = ew_slp_sub(p, x, ew_slp_integer(p, 2));
    slong three = ew_slp_sub(p, x, ew_slp_integer(p, 3));
    slong f = ew_slp_mul(p, ew_slp_mul(p, one, two), three);
    fmpq_set_si(lo, 1, 1), fmpq_set_si(hi, 3, 1);
    assert_int_equal(ew_slp_roots(roots, p, lo, hi, 30, NULL, NULL), EW_OK);
    assert_int_equal(roots->count, 3);
    assert_int_equal(ew_slp_roots(roots, p, hi, lo, 30, NULL, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_slp_roots(roots, p, lo, NULL, 30, NULL, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_slp_roots(roots, p, lo, hi, 0, NULL, NULL), EW_BAD_INPUT);
    for (int i = 0; i < 3; i++) {
        ew_slp_limits bad = ew_slp_limits_default();
        *(i == 0 ? &bad.max_prec : &bad.max_depth) = i == 1 ? WORD_MAX : 0;
        assert_int_equal(ew_slp_roots(roots, p, lo, hi, 30, &bad, NULL), EW_BAD_INPUT);
    }
    fmpq_set_si(lo, 2, 1), fmpq_set(hi, lo);
    assert_int_equal(ew_slp_roots(roots, p, lo, hi, 30, NULL, NULL), EW_OK);
    assert_int_equal(roots->count, 1);
    fmpq_set_si(lo, 5, 4), fmpq_set_si(hi, 7, 4);
    assert_int_equal(ew_slp_roots(roots, p, lo, hi, 30, NULL, NULL), EW_OK);
    assert_int_equal(roots->count, 0);
    fmpq_set_si(lo, 1, 1), fmpq_set_si(hi, 3, 1);
    slong words = -1;
    for (slong allowed = 0; words < 0; allowed++) {
        slong left = allowed;
        ew_progress progress = {stop_at, &left};
        if (ew_slp_roots(roots, p, lo, hi, 30, NULL, &progress) == EW_OK)
            words = allowed;
    }
    assert_true(words > 3);
    ew_slp_limits limits = ew_slp_limits_default();
    limits.max_cells =
        4; /* what is not looked at stays open: the three roots are somewhere in the answer */
    assert_int_equal(ew_slp_roots(roots, p, lo, hi, 30, &limits, NULL), EW_UNDECIDED_STATUS);
    for (slong k = 1; k <= 3; k++) {
        bool met = false;
        for (slong i = 0; i < roots->count; i++)
            met = met || arb_contains_si(roots->list[i].x, k);
        for (slong i = 0; i < roots->open_count; i++)
            met = met || arb_contains_si(roots->open + i, k);
        assert_true(met);
    }
    ew_slp_mul(p, f, two);
    assert_int_equal(ew_slp_roots(roots, p, lo, hi, 30, NULL, NULL), EW_UNDECIDED_STATUS);
    assert_int_equal(roots->count, 2);
    assert_int_equal(roots->open_count, 1);
    assert_true(arb_contains_si(roots->open, 2) &&
                mag_cmp_2exp_si(arb_radref(roots->open), -100) < 0);

    /* x - x has every number for a root, and x^2 - x^2 + x no bound that the program tells */
    ew_slp_clear(p);
    x = ew_slp_x(p);
    ew_slp_sub(p, x, x);
    assert_int_equal(ew_slp_roots(roots, p, lo, hi, 30, &limits, NULL), EW_UNDECIDED_STATUS);
    assert_int_equal(roots->count, 0);
    assert_true(arb_contains_si(roots->open, 1) && arb_contains_si(roots->open, 3));
    slong square = ew_slp_mul(p, x, x);
    ew_slp_add(p, ew_slp_sub(p, square, square), x);
    assert_int_equal(ew_slp_root_bound(lo, p), EW_UNDECIDED_STATUS);
    assert_int_equal(ew_slp_roots(roots, p, NULL, NULL, 30, NULL, NULL), EW_UNDECIDED_STATUS);
    assert_int_equal(roots->cells, 0);
    ew_slp_clear(p);
    ew_slp_roots_clear(roots);
    fmpq_clear(lo), fmpq_clear(hi);
    fmpz_clear(degree);
    ew_slp_map_clear(map);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(balls_enclose_values), cmocka_unit_test(roots_agree_with_expansion),
    cmocka_unit_test(orbit_polynomial),     cmocka_unit_test(cycles_agree),
    cmocka_unit_test(cancelling_terms),     cmocka_unit_test(geometric_sums),
    cmocka_unit_test(refusals_and_limits),
};
EW_TESTS(tests)
