/* All real roots by general means: known polynomials, FLINT's exact counts, and the structured route. */
#include "hard_polynomials.h"
#include "test.h"
#include <edgewise/isolate.h>
#include <edgewise/predict.h>

/* ---- Any polynomial ------------------------------------------------------------------------------ */

/* The list is ascending, as accurate as asked, and each simple root has an exact change of sign about it. */
static void check_list(const ew_real_roots_t roots, const fmpz_poly_t f, slong prec)
{
    fmpq_t x, lo, hi;
    arf_t end;
    fmpq_init(x), fmpq_init(lo), fmpq_init(hi);
    arf_init(end);
    for (slong i = 0; i < roots->count; i++) {
        const ew_real_root_struct *root = roots->list + i;
        assert_true(i == 0 || arb_lt(root[-1].x, root->x));
        assert_true(arb_is_exact(root->x) || arb_rel_accuracy_bits(root->x) >= prec);
        arb_get_lbound_arf(end, root->x, ARF_PREC_EXACT);
        arf_get_fmpq(x, end);
        fmpz_poly_evaluate_fmpq(lo, f, x);
        arb_get_ubound_arf(end, root->x, ARF_PREC_EXACT);
        arf_get_fmpq(x, end);
        fmpz_poly_evaluate_fmpq(hi, f, x);
        if (arb_is_exact(root->x))
            assert_true(fmpq_is_zero(lo));
        else if (!fmpq_is_zero(lo) && !fmpq_is_zero(hi))
            assert_int_equal(fmpq_sgn(lo) * fmpq_sgn(hi), root->multiplicity % 2 == 0 ? 1 : -1);
    }
    fmpq_clear(x), fmpq_clear(lo), fmpq_clear(hi);
    arf_clear(end);
}

static void find(ew_real_roots_t roots, const fmpz_poly_t f, slong prec)
{
    assert_int_equal(ew_poly_real_roots(roots, f, prec, 4096, NULL), EW_OK);
    check_list(roots, f, prec);
}

/* f times (a x - b)^m. */
static void times_linear(fmpz_poly_t f, slong a, slong b, slong m)
{
    fmpz_poly_t factor;
    fmpz_poly_init(factor);
    fmpz_poly_set_coeff_si(factor, 1, a);
    fmpz_poly_set_coeff_si(factor, 0, -b);
    for (; m > 0; m--)
        fmpz_poly_mul_KS(f, f, factor);
    fmpz_poly_clear(factor);
}

/* Products of linear factors, dyadic roots and 0 among them, to powers up to 4, times quadratics without real roots: each
 * root is there with its multiplicity. */
static void known_roots(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 11};
    ew_real_roots_t roots;
    fmpz_poly_t f, quadratic;
    fmpq_t q;
    arb_t x;
    ew_real_roots_init(roots);
    fmpz_poly_init(f), fmpz_poly_init(quadratic);
    fmpq_init(q);
    arb_init(x);
    for (int round = 0; round < 600; round++) {
        slong a[6], b[6], m[6], count = 1 + (slong)ew_random_below(&random, 6), distinct = 0;
        fmpz_poly_one(f);
        for (slong i = 0; i < count; i++) {
            a[i] = 1 + (slong)ew_random_below(&random, round % 2 == 0 ? 4 : 97);
            b[i] = (slong)ew_random_below(&random, 40) - 20;
            m[i] = 1 + (slong)ew_random_below(&random, 4);
            times_linear(f, a[i], b[i], m[i]);
        }
        for (slong i = ew_random_below(&random, 3); i > 0; i--) { /* (x - c)^2 + d */
            slong c = (slong)ew_random_below(&random, 9) - 4;
            fmpz_poly_set_coeff_si(quadratic, 2, 1);
            fmpz_poly_set_coeff_si(quadratic, 1, -2 * c);
            fmpz_poly_set_coeff_si(quadratic, 0, c * c + 1 + (slong)ew_random_below(&random, 3));
            fmpz_poly_mul_KS(f, f, quadratic);
        }
        find(roots, f, 40);
        for (slong i = 0; i < count; i++) {
            slong total = 0;
            bool first = true;
            for (slong j = 0; j < count; j++)
                if (a[i] * b[j] == a[j] * b[i]) {
                    total += m[j];
                    first = first && j >= i;
                }
            distinct += first;
            fmpq_set_si(q, b[i], (ulong)a[i]);
            slong at = 0;
            for (slong k = 0; k < roots->count; k++)
                if (arb_contains_fmpq(roots->list[k].x, q)) {
                    at++;
                    assert_int_equal(roots->list[k].multiplicity, total);
                }
            assert_int_equal(at, 1);
        }
        assert_int_equal(roots->count, distinct);
    }
    fmpz_poly_clear(f), fmpz_poly_clear(quadratic);
    fmpq_clear(q);
    arb_clear(x);
    ew_real_roots_clear(roots);
}

/* Random polynomials, sparse, dense and in x^k, against FLINT's exact count of distinct real roots. */
static void counts_agree_with_sturm(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 12};
    ew_real_roots_t roots;
    fmpz_poly_t f, g;
    ew_real_roots_init(roots);
    fmpz_poly_init(f), fmpz_poly_init(g);
    for (int round = 0; round < 2000; round++) {
        slong degree = 1 + (slong)ew_random_below(&random, 24), step = 1 + round % 3;
        fmpz_poly_zero(f);
        for (slong k = 0; k <= degree; k++)
            if (round % 2 == 0 || k == degree || ew_random_below(&random, 3) == 0)
                fmpz_poly_set_coeff_si(f, k * step, (slong)ew_random_below(&random, 2001) - 1000);
        fmpz_poly_set_coeff_si(f, degree * step, 1 + (slong)ew_random_below(&random, 50));
        if (round % 5 == 0)
            fmpz_poly_mul_KS(f, f, f);
        find(roots, f, 30);
        fmpz_poly_derivative(g, f);
        fmpz_poly_gcd(g, f, g);
        fmpz_poly_div(g, f, g);
        assert_int_equal(roots->count, fmpz_poly_num_real_roots_sturm(g));
    }
    fmpz_poly_clear(f), fmpz_poly_clear(g);
    ew_real_roots_clear(roots);
}

/* sign x^n + c (a x + b)^2 with a = base^k. */
static void mignotte(fmpz_poly_t f, slong n, slong sign, slong c, ulong base, ulong k, slong b)
{
    fmpz_t a;
    fmpz_init(a);
    fmpz_ui_pow_ui(a, base, k);
    fmpz_poly_zero(f);
    fmpz_poly_set_coeff_fmpz(f, 1, a);
    fmpz_poly_set_coeff_si(f, 0, b);
    fmpz_poly_mul_KS(f, f, f);
    fmpz_poly_scalar_mul_si(f, f, c);
    fmpz_poly_set_coeff_si(f, n, sign);
    fmpz_clear(a);
}

/* Two roots so close that halving alone does not come to an end: their number, that a jump finds them in few cells, and that
 * each is on its side of 1/a. */
static void close_pairs(void **state)
{
    (void)state;
    static const struct {
        slong n, sign, c;
        ulong base, k;
        slong b, count;
    } rows[] = {{20, 1, -2, 10, 16, -1, 4},  {40, 1, -2, 10, 10, -1, 4}, {200, 1, -2, 2, 10, -1, 4},
                {100, 1, -2, 10, 5, -1, 4},  {11, 1, 2, 3, 63, 1, 3},    {12, 1, 2, 3, 63, 1, 0},
                {100, 1, -2, 10, 50, -1, 4}, {9, 1, -2, 10, 300, -1, 3}};
    ew_real_roots_t roots;
    fmpz_poly_t f;
    fmpz_t a;
    ew_real_roots_init(roots);
    fmpz_poly_init(f);
    fmpz_init(a);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mignotte(f, rows[i].n, rows[i].sign, rows[i].c, rows[i].base, rows[i].k, rows[i].b);
        assert_int_equal(ew_poly_real_roots(roots, f, 53, 4096, NULL), EW_OK);
        if (rows[i].k < 20) /* as exact signs take long */
            check_list(roots, f, 53);
        assert_int_equal(roots->count, rows[i].count);
        assert_true(roots->cells < 100);
        fmpz_ui_pow_ui(a, rows[i].base, rows[i].k);
        slong below = 0, above = 0; /* a x + b over the enclosure has one sign */
        for (slong k = 0; k < roots->count; k++) {
            arb_t line;
            arb_init(line);
            arb_mul_fmpz(line, roots->list[k].x, a, ARF_PREC_EXACT);
            arb_add_si(line, line, rows[i].b, ARF_PREC_EXACT);
            if (mag_cmp_2exp_si(arb_radref(line), -20) < 0 &&
                arf_cmpabs_2exp_si(arb_midref(line), -1) < 0) {
                below += arb_is_negative(line);
                above += arb_is_positive(line);
            }
            arb_clear(line);
        }
        assert_int_equal(below, rows[i].count > 0);
        assert_int_equal(above, rows[i].count > 0);
    }
    fmpz_poly_clear(f);
    fmpz_clear(a);
    ew_real_roots_clear(roots);
}

/* 10^320 (x^2 - 2)^2 - 1 at +-sqrt(2 +- 10^-160). */
static void roots_beside_a_square_root(void **state)
{
    (void)state;
    ew_real_roots_t roots;
    fmpz_poly_t f;
    fmpz_t c;
    arb_t x;
    ew_real_roots_init(roots);
    fmpz_poly_init(f);
    fmpz_init(c);
    arb_init(x);
    fmpz_poly_set_coeff_si(f, 2, 1);
    fmpz_poly_set_coeff_si(f, 0, -2);
    fmpz_poly_mul_KS(f, f, f);
    fmpz_ui_pow_ui(c, 10, 320);
    fmpz_poly_scalar_mul_fmpz(f, f, c);
    fmpz_poly_get_coeff_fmpz(c, f, 0);
    fmpz_sub_ui(c, c, 1);
    fmpz_poly_set_coeff_fmpz(f, 0, c);
    for (slong prec = 16; prec <= 4096; prec *= 16) {
        find(roots, f, prec);
        assert_int_equal(roots->count, 4);
        for (slong i = 0; i < 4; i++) {
            arb_set_ui(x, 10);
            arb_pow_ui(x, x, 160, 8192);
            arb_inv(x, x, 8192);
            if (i == 1 || i == 2)
                arb_neg(x, x);
            arb_add_ui(x, x, 2, 8192);
            arb_sqrt(x, x, 8192);
            if (i < 2)
                arb_neg(x, x);
            assert_true(arb_contains(roots->list[i].x, x));
        }
    }
    fmpz_poly_clear(f);
    fmpz_clear(c);
    arb_clear(x);
    ew_real_roots_clear(roots);
}

/* (10^20 x - 1) (x + 10^12) (3 x + 1) (x - 10^13), and 41 roots over 40 decades. */
static void decades_apart(void **state)
{
    (void)state;
    ew_real_roots_t roots;
    fmpz_poly_t f;
    fmpz_t a, b;
    fmpq_t q;
    ew_real_roots_init(roots);
    fmpz_poly_init(f);
    fmpz_init(a), fmpz_init(b);
    fmpq_init(q);
    fmpz_poly_one(f);
    for (int i = 0; i < 4; i++) {
        static const slong scale[] = {1, 1, 3, 1}, root[] = {1, -1, -1, 1}, up[] = {0, 12, 0, 13};
        fmpz_ui_pow_ui(a, 10, i == 0 ? 20 : 0);
        fmpz_mul_si(a, a, scale[i]);
        fmpz_ui_pow_ui(b, 10, (ulong)up[i]);
        fmpz_mul_si(b, b, root[i]);
        hard_times_linear(f, a, b);
    }
    find(roots, f, 100);
    assert_int_equal(roots->count, 4);
    fmpq_set_si(q, -1, 3);
    assert_true(arb_contains_fmpq(roots->list[1].x, q));
    assert_true(arb_contains_si(roots->list[0].x, -WORD(1000000000000)));
    assert_true(arb_contains_si(roots->list[3].x, WORD(10000000000000)));
    fmpz_poly_one(f);
    for (slong k = -20; k <= 20; k++) {
        fmpz_ui_pow_ui(a, 10, k < 0 ? (ulong)-k : 0);
        fmpz_ui_pow_ui(b, 10, k > 0 ? (ulong)k : 0);
        hard_times_linear(f, a, b);
    }
    find(roots, f, 100);
    assert_int_equal(roots->count, 41);
    for (slong k = -20; k <= 20; k++) {
        fmpq_set_si(q, 10, 1);
        fmpq_pow_si(q, q, k);
        assert_true(arb_contains_fmpq(roots->list[k + 20].x, q));
    }
    fmpz_poly_clear(f);
    fmpz_clear(a), fmpz_clear(b);
    fmpq_clear(q);
    ew_real_roots_clear(roots);
}

/* The hard ones: x^n - 2 (2^k x - 1)^2 with two roots 2^-(k n / 2) apart; Chebyshev's, with all roots real and dense at the
 * ends; Wilkinson's, with every split point of the first halvings a root or near one; coefficients of hundreds of digits. */
static void hard_polynomials(void **state)
{
    (void)state;
    ew_real_roots_t roots;
    fmpz_poly_t f, square;
    arb_t x;
    ew_real_roots_init(roots);
    fmpz_poly_init(f), fmpz_poly_init(square);
    arb_init(x);
    for (slong n = 5; n <= 25; n += 4) {
        fmpz_t c;
        fmpz_init(c);
        fmpz_poly_zero(f);
        fmpz_poly_set_coeff_si(f, 1, 1);
        fmpz_one_2exp(c, 17);
        fmpz_poly_scalar_mul_fmpz(f, f, c);
        fmpz_poly_set_coeff_si(f, 0, -1);
        fmpz_poly_mul_KS(square, f, f);
        fmpz_poly_scalar_mul_si(square, square, -2);
        fmpz_poly_set_coeff_si(square, n, 1);
        find(roots, square, 53);
        assert_int_equal(roots->count, 3);
        fmpz_clear(c);
    }
    for (slong n = 10; n <= 90; n += 20) {
        fmpz_poly_chebyshev_t(f, (ulong)n);
        find(roots, f, 53);
        assert_int_equal(roots->count, n);
        for (slong k = 0; k < n; k++) { /* cos of odd multiples of pi / 2n */
            fmpq_t q;
            fmpq_init(q);
            fmpq_set_si(q, 2 * (n - k) - 1, 2 * (ulong)n);
            arb_cos_pi_fmpq(x, q, 128);
            assert_true(arb_overlaps(x, roots->list[k].x));
            fmpq_clear(q);
        }
    }
    fmpz_poly_one(f);
    for (slong i = 1; i <= 32; i++)
        times_linear(f, 1, i, 1);
    find(roots, f, 53);
    assert_int_equal(roots->count, 32);
    for (slong i = 0; i < 32; i++)
        assert_true(arb_contains_si(roots->list[i].x, i + 1));
    fmpz_poly_clear(f), fmpz_poly_clear(square);
    arb_clear(x);
    ew_real_roots_clear(roots);
}

/* As many roots of each multiplicity as exact sequences of Sturm count; at every j the roots of multiplicity above j are
 * those of the j-th gcd with the derivative. */
static void check_counts(const ew_real_roots_t roots, const fmpz_poly_t f)
{
    fmpz_poly_t g, common, distinct;
    fmpz_poly_init(g), fmpz_poly_init(common), fmpz_poly_init(distinct);
    fmpz_poly_set(g, f);
    for (slong j = 0; fmpz_poly_degree(g) > 0; j++) {
        fmpz_poly_derivative(common, g);
        fmpz_poly_gcd(common, g, common);
        fmpz_poly_div(distinct, g, common);
        slong above = 0;
        for (slong i = 0; i < roots->count; i++)
            above += roots->list[i].multiplicity > j;
        assert_int_equal(above, fmpz_poly_num_real_roots_sturm(distinct));
        fmpz_poly_swap(g, common);
    }
    fmpz_poly_clear(g), fmpz_poly_clear(common), fmpz_poly_clear(distinct);
}

/* Found by fuzzing: of three roots, two are so small beside the third that its accuracy alone was never enough. */
static void found_by_fuzzing(void **state)
{
    (void)state;
    ew_real_roots_t roots;
    fmpz_poly_t f;
    ew_real_roots_init(roots);
    fmpz_poly_init(f);
    assert_int_equal(fmpz_poly_set_str(f, "4  -65535 -9223372036854775809 129127208515966861378 4"),
                     0);
    find(roots, f, 64);
    assert_int_equal(roots->count, fmpz_poly_num_real_roots_sturm(f));
    assert_int_equal(roots->count, 3);
    fmpz_poly_clear(f);
    ew_real_roots_clear(roots);
}

/* Clusters, Mignotte's, Wilkinson's, decades apart, dyadic, nested, sparse, .. against exact counts. */
static void hard_counts_agree(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 15};
    ew_real_roots_t roots;
    fmpz_poly_t f;
    ew_real_roots_init(roots);
    fmpz_poly_init(f);
    slong found = 0;
    for (int round = 0; round < 2400; round++) {
        hard_draw(f, &random, round % HARD_KINDS);
        find(roots, f, 40);
        check_counts(roots, f);
        found += roots->count;
    }
    assert_true(found > 2400);
    fmpz_poly_clear(f);
    ew_real_roots_clear(roots);
}

static bool stop_at(void *context, const char *what, ulong done, ulong total)
{
    (void)what, (void)done, (void)total;
    return --*(slong *)context >= 0;
}

/* Nothing to find, bad input, caps, and a stop at every word on progress. */
static void ends_and_refusals(void **state)
{
    (void)state;
    ew_real_roots_t roots;
    fmpz_poly_t f;
    ew_real_roots_init(roots);
    fmpz_poly_init(f);
    assert_int_equal(ew_poly_real_roots(roots, f, 30, 100, NULL), EW_BAD_INPUT);
    fmpz_poly_set_coeff_si(f, 2, 1);
    assert_int_equal(ew_poly_real_roots(roots, f, 0, 100, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_poly_real_roots(roots, f, -64, 100, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_poly_real_roots(roots, f, 2, WORD_MAX, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_poly_real_roots(roots, f, EW_PREC_MAX, EW_PREC_MAX, NULL), EW_RESOURCES);
    fmpz_poly_set_si(f, -7);
    find(roots, f, 30);
    assert_int_equal(roots->count, 0);
    fmpz_poly_shift_left(f, f, 5);
    find(roots, f, 30);
    assert_int_equal(roots->count, 1);
    assert_int_equal(roots->list[0].multiplicity, 5);
    assert_true(arb_is_zero(roots->list[0].x));
    assert_int_equal(ew_poly_real_roots(roots, f, 101, 100, NULL), EW_UNDECIDED_STATUS);
    fmpz_poly_chebyshev_t(f, 21);
    slong words = -1;
    for (slong allowed = 0; words < 0; allowed++) {
        slong left = allowed;
        ew_progress progress = {stop_at, &left};
        ew_status status = ew_poly_real_roots(roots, f, 30, 256, &progress);
        if (status == EW_OK)
            words = allowed;
        else {
            assert_int_equal(status, EW_STOPPED);
            assert_int_equal(roots->count, 0);
        }
    }
    assert_int_equal(roots->count, 21);
    assert_true(words > 20);
    mignotte(f, 9, 1, -2, 10, 20, -1); /* jumps, and signs that take more bits */
    words = -1;
    for (slong allowed = 0; words < 0; allowed++) {
        slong left = allowed;
        ew_progress progress = {stop_at, &left};
        ew_status status = ew_poly_real_roots(roots, f, 30, 1024, &progress);
        words = status == EW_OK ? allowed : -1;
        assert_true(status == EW_OK || status == EW_STOPPED);
    }
    assert_true(words > 20);
    /* roots 2^-560 apart: the cap ends the search, and a higher one does not */
    mignotte(f, 40, 1, -2, 10, 10, -1);
    assert_int_equal(ew_poly_real_roots(roots, f, 30, 30, NULL), EW_UNDECIDED_STATUS);
    assert_int_equal(roots->count, 0);
    assert_int_equal(ew_poly_real_roots(roots, f, 30, 1024, NULL), EW_OK);
    fmpz_poly_clear(f);
    ew_real_roots_clear(roots);
}

/* ---- The two routes ---------------------------------------------------------------------------- */

/* eta with s = 2 (1 + distance) exactly, for sigma = base^L. */
static void step_near_edge(ew_mode_t mode, const fmpq_t base, const fmpq_t distance)
{
    fmpq_t power;
    fmpq_init(power);
    fmpq_pow_si(mode->sigma, base, mode->depth);
    fmpq_pow_si(power, base, 2 * mode->depth - 2);
    fmpq_mul_si(power, power, mode->depth);
    fmpq_add_si(mode->eta, distance, 1);
    fmpq_mul_2exp(mode->eta, mode->eta, 1);
    fmpq_div(mode->eta, mode->eta, power);
    fmpq_clear(power);
}

/* A problem of one of six kinds: any s; s = 2; s within 1e-100 of it; s = 1000; sigma = 1e-300 or 1e300 and s moderate;
 * sigma and eta unrelated. */
static void draw(ew_mode_t mode, ew_random *random, int kind, slong depth)
{
    fmpq_t base, distance;
    fmpq_init(base), fmpq_init(distance);
    ew_random_mode(mode, random, depth);
    fmpq_set_si(base, 1 + (slong)ew_random_below(random, 9), 1 + ew_random_below(random, 9));
    if (kind == 2) {
        fmpq_set_si(distance, 10, 1);
        fmpq_pow_si(distance, distance, -100);
        fmpq_mul_si(distance, distance, ew_random_below(random, 2) == 0 ? -1 : 1);
    } else if (kind == 3)
        fmpq_set_si(distance, 499, 1);
    else if (kind == 4) {
        fmpq_set_si(base, 10, 1); /* to the power 300 / L, where that is whole */
        fmpq_pow_si(base, base, (ew_random_below(random, 2) == 0 ? -300 : 300) / depth);
        fmpq_set_si(distance, (slong)ew_random_below(random, 300) - 90, 100);
    }
    if (kind >= 1 && kind <= 4)
        step_near_edge(mode, base, distance);
    if (kind == 5) {
        fmpq_set_si(mode->sigma, 1 + (slong)ew_random_below(random, 1000),
                    1 + ew_random_below(random, 1000));
        fmpq_set_si(mode->eta, 1 + (slong)ew_random_below(random, 1000),
                    1 + ew_random_below(random, 1000));
    }
    fmpq_clear(base), fmpq_clear(distance);
}

/* Each enclosure of one route meets exactly one of the other, of the same multiplicity and place. */
static void check_same(const ew_roots_t a, const ew_roots_t b)
{
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->low, b->low);
    assert_int_equal(a->high, b->high);
    for (slong i = 0; i < a->count; i++) {
        for (slong j = 0; j < b->count; j++)
            assert_int_equal(arb_overlaps(a->roots[i].x, b->roots[j].x), i == j);
        assert_int_equal(a->roots[i].multiplicity, b->roots[i].multiplicity);
        assert_int_equal(a->roots[i].place, b->roots[i].place);
        assert_int_equal(a->roots[i].on_orbit, b->roots[i].on_orbit);
    }
}

static void routes_agree(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 13};
    ew_mode_t mode;
    ew_roots_t structured, expanded;
    ew_mode_init(mode);
    ew_roots_init(structured), ew_roots_init(expanded);
    for (int round = 0; round < 3000; round++) {
        int kind = round % 6;
        slong depth = 2 + (slong)ew_random_below(&random, round % 60 < 6 ? 8 : 3);
        if (round % 600 < 2)
            depth = 12 + round % 600;
        draw(mode, &random, kind, depth);
        assert_int_equal(ew_orbit_roots_structured(structured, mode, 64, 16384, NULL), EW_OK);
        assert_int_equal(structured->method, EW_STRUCTURED);
        assert_int_equal(ew_orbit_roots_expanded(expanded, mode, 64, 16384, NULL), EW_OK);
        assert_int_equal(expanded->method, EW_EXPANDED);
        check_same(structured, expanded);
    }
    ew_roots_clear(structured), ew_roots_clear(expanded);
    ew_mode_clear(mode);
}

/* Roots of size 2^33 to 2^1000 and as small, where Newton's method is far from quadratic for long. */
static void large_roots_agree(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"1e20", "1"},     {"1e40", "1"},    {"1", "1e25"},
                                          {"1e-9", "1e9"},   {"1e15", "1e15"}, {"1e20", "1e-9"},
                                          {"1e120", "1e-20"}};
    ew_mode_t mode;
    ew_roots_t structured, expanded;
    ew_mode_init(mode);
    ew_roots_init(structured), ew_roots_init(expanded);
    for (size_t i = 0; i < 4 * sizeof rows / sizeof rows[0]; i++) {
        mode->depth = 2 + (slong)i % 4;
        assert_int_equal(ew_rational_parse(mode->eta, rows[i / 4][0], NULL), EW_OK);
        assert_int_equal(ew_rational_parse(mode->sigma, rows[i / 4][1], NULL), EW_OK);
        for (slong prec = 16; prec <= 1024; prec *= 8) {
            assert_int_equal(ew_orbit_roots_structured(structured, mode, prec, 32768, NULL), EW_OK);
            assert_int_equal(ew_orbit_roots_expanded(expanded, mode, prec, 32768, NULL), EW_OK);
            check_same(structured, expanded);
        }
    }
    ew_roots_clear(structured), ew_roots_clear(expanded);
    ew_mode_clear(mode);
}

/* 1500 digits, where the structured route uses cheaper functions and partners, against the expanded polynomial's own: steps of
 * every kind at depths 2 .. 9. */
static void digits_agree(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 14};
    ew_mode_t mode;
    ew_roots_t structured, expanded;
    ew_mode_init(mode);
    ew_roots_init(structured), ew_roots_init(expanded);
    for (int round = 0; round < 96; round++) {
        draw(mode, &random, round % 6, 2 + round / 6 % 8);
        assert_int_equal(ew_orbit_roots_structured(structured, mode, 5000, 32768, NULL), EW_OK);
        assert_int_equal(ew_orbit_roots_expanded(expanded, mode, 5000, 32768, NULL), EW_OK);
        check_same(structured, expanded);
        for (slong i = 0; i < structured->count; i++)
            assert_true(arb_rel_accuracy_bits(structured->roots[i].x) >= 5000);
    }
    ew_roots_clear(structured), ew_roots_clear(expanded);
    ew_mode_clear(mode);
}

/* s = 4 at depth 2: the second cycle's root is (2 sigma)^(1/2) exactly; and just beside it. */
static void outer_end_agrees(void **state)
{
    (void)state;
    static const char *const etas[] = {"2", "20000000001/10000000000", "19999999999/10000000000"};
    ew_mode_t mode;
    ew_roots_t structured, expanded;
    ew_mode_init(mode);
    ew_roots_init(structured), ew_roots_init(expanded);
    for (int i = 0; i < 3; i++) {
        ew_set_mode(mode, 2, etas[i], "1", "0");
        assert_int_equal(ew_orbit_roots_structured(structured, mode, 16, 4096, NULL), EW_OK);
        assert_int_equal(ew_orbit_roots_expanded(expanded, mode, 16, 4096, NULL), EW_OK);
        for (slong k = 0; k < expanded->count; k++)
            assert_int_equal(structured->roots[k].place, expanded->roots[k].place);
        assert_int_equal(expanded->roots[5].place, i == 1 ? EW_HIGH : EW_OUTER);
    }
    ew_roots_clear(structured), ew_roots_clear(expanded);
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(known_roots),
    cmocka_unit_test(counts_agree_with_sturm),
    cmocka_unit_test(hard_polynomials),
    cmocka_unit_test(ends_and_refusals),
    cmocka_unit_test(hard_counts_agree),
    cmocka_unit_test(close_pairs),
    cmocka_unit_test(decades_apart),
    cmocka_unit_test(found_by_fuzzing),
    cmocka_unit_test(roots_beside_a_square_root),
    cmocka_unit_test(routes_agree),
    cmocka_unit_test(outer_end_agrees),
    cmocka_unit_test(digits_agree),
    cmocka_unit_test(large_roots_agree),
};
EW_TESTS(tests)
