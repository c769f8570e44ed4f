/* Rank and singular values of rational matrices: against matrices that were made of chosen ones, and by second routes. */
#include "modes.h"
#include "test.h"
#include <edgewise/singular.h>
#include <stdlib.h>

/* A random rational with numerator up to `size` and denominator up to 9. */
static void random_rational(fmpq_t q, ew_random *random, ulong size)
{
    fmpq_set_si(q, (slong)ew_random_below(random, 2 * size + 1) - (slong)size,
                1 + ew_random_below(random, 9));
}

static void random_matrix(fmpq_mat_t m, ew_random *random)
{
    for (slong i = 0; i < fmpq_mat_nrows(m); i++)
        for (slong j = 0; j < fmpq_mat_ncols(m); j++)
            random_rational(fmpq_mat_entry(m, i, j), random, 20);
}

/* An exactly orthogonal matrix, (1 - a)(1 + a)^-1 of a random skew a. */
static void random_orthogonal(fmpq_mat_t q, ew_random *random)
{
    slong n = fmpq_mat_nrows(q);
    fmpq_mat_t minus, plus;
    fmpq_mat_init(minus, n, n);
    fmpq_mat_init(plus, n, n);
    fmpq_mat_one(minus);
    fmpq_mat_one(plus);
    for (slong i = 0; i < n; i++)
        for (slong j = 0; j < i; j++) {
            random_rational(fmpq_mat_entry(plus, i, j), random, 3);
            fmpq_neg(fmpq_mat_entry(plus, j, i), fmpq_mat_entry(plus, i, j));
            fmpq_neg(fmpq_mat_entry(minus, i, j), fmpq_mat_entry(plus, i, j));
            fmpq_set(fmpq_mat_entry(minus, j, i), fmpq_mat_entry(plus, i, j));
        }
    assert_true(fmpq_mat_inv(plus, plus));
    fmpq_mat_mul(q, minus, plus);
    fmpq_mat_clear(minus);
    fmpq_mat_clear(plus);
}

/* m = u diag(sigma) v with random orthogonal u, v. */
static void compose(fmpq_mat_t m, const fmpq *sigma, ew_random *random)
{
    slong rows = fmpq_mat_nrows(m), cols = fmpq_mat_ncols(m);
    fmpq_mat_t u, v, d;
    fmpq_mat_init(u, rows, rows);
    fmpq_mat_init(v, cols, cols);
    fmpq_mat_init(d, rows, cols);
    random_orthogonal(u, random);
    random_orthogonal(v, random);
    for (slong i = 0; i < FLINT_MIN(rows, cols); i++)
        fmpq_set(fmpq_mat_entry(d, i, i), sigma + i);
    fmpq_mat_mul(d, u, d);
    fmpq_mat_mul(m, d, v);
    fmpq_mat_clear(u);
    fmpq_mat_clear(v);
    fmpq_mat_clear(d);
}

/* The chosen values, sorted downwards, are those found: rational, as often, and no other. */
static void check_values(const ew_singular_t found, const fmpq *sigma, slong k)
{
    slong at = 0;
    for (slong i = 0; i < found->count; i++) {
        const ew_singular_value_struct *value = found->list + i;
        assert_int_equal(value->kind, EW_RATIONAL);
        assert_true(arb_rel_accuracy_bits(value->x) >= 64 &&
                    arb_contains_fmpq(value->x, value->value));
        for (slong j = 0; j < value->multiplicity; j++, at++)
            assert_true(at < k && fmpq_equal(sigma + at, value->value));
        assert_true(at == k || fmpq_cmp(sigma + at, value->value) < 0);
    }
    assert_int_equal(at, found->rank);
    assert_int_equal(found->zeros, k - at);
    assert_true(at == k || fmpq_is_zero(sigma + at));
}

/* Each chosen value lies in the enclosure of the same number. */
static void check_enclosures(const ew_singular_t found, const fmpq *sigma)
{
    assert_int_equal(found->count, found->rank);
    for (slong i = 0; i < found->count; i++) {
        assert_int_equal(found->list[i].kind, EW_ENCLOSED);
        if (!arb_contains_fmpq(found->list[i].x, sigma + i))
            fail_msg("value %ld is not in its enclosure", i + 1);
    }
}

/* Matrices of every shape made of chosen values, repeated and zero ones among them. */
static void singular_values_as_chosen(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed()};
    for (int round = 0; round < 150; round++) {
        slong rows = 1 + (slong)ew_random_below(&random, 7),
              cols = 1 + (slong)ew_random_below(&random, 7);
        slong k = FLINT_MIN(rows, cols);
        fmpq *sigma = _fmpq_vec_init(k);
        for (slong i = 0; i < k; i++) /* few, so that some are equal or 0 */
            fmpq_set_si(sigma + i, (slong)ew_random_below(&random, 5),
                        1 + ew_random_below(&random, 2));
        _fmpq_vec_sort(sigma, k);
        for (slong i = 0; i < k / 2; i++)
            fmpq_swap(sigma + i, sigma + k - 1 - i);
        fmpq_mat_t m;
        ew_singular_t found;
        fmpq_mat_init(m, rows, cols);
        ew_singular_init(found);
        compose(m, sigma, &random);
        assert_int_equal(ew_singular_by_polynomial(found, m, 64, 4096, NULL), EW_OK);
        check_values(found, sigma, k);
        assert_int_equal(ew_singular_by_balls(found, m, NULL), EW_OK);
        check_enclosures(found, sigma);
        ew_singular_clear(found);
        fmpq_mat_clear(m);
        _fmpq_vec_clear(sigma, k);
    }
}

/* The sum of the squares is that of the entries; of a square matrix of full rank the product is |det|. */
static void check_sums(const ew_singular_t found, const fmpq_mat_t m)
{
    arb_t sum, product, x;
    fmpq_t squares, q;
    arb_init(sum);
    arb_init(product);
    arb_init(x);
    fmpq_init(squares);
    fmpq_init(q);
    arb_one(product);
    for (slong i = 0; i < found->count; i++)
        for (slong j = 0; j < found->list[i].multiplicity; j++) {
            arb_addmul(sum, found->list[i].x, found->list[i].x, 256);
            arb_mul(product, product, found->list[i].x, 256);
        }
    for (slong i = 0; i < fmpq_mat_nrows(m); i++)
        for (slong j = 0; j < fmpq_mat_ncols(m); j++)
            fmpq_addmul(squares, fmpq_mat_entry(m, i, j), fmpq_mat_entry(m, i, j));
    assert_true(arb_contains_fmpq(sum, squares));
    if (fmpq_mat_nrows(m) == fmpq_mat_ncols(m) && found->zeros == 0) {
        fmpq_mat_det(q, m);
        fmpq_abs(q, q);
        assert_true(arb_contains_fmpq(product, q));
        assert_true(arb_rel_accuracy_bits(product) >= 100);
    }
    fmpq_clear(squares);
    fmpq_clear(q);
    arb_clear(sum);
    arb_clear(product);
    arb_clear(x);
}

/* Random matrices, some with dependent rows: rank as by elimination in rationals, both ways agree. */
static void singular_values_two_ways(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 1};
    for (int round = 0; round < 150; round++) {
        slong rows = 1 + (slong)ew_random_below(&random, 8),
              cols = 1 + (slong)ew_random_below(&random, 8);
        slong inner = 1 + (slong)ew_random_below(&random, 8), rank;
        fmpq_mat_t left, right, m, reduced;
        ew_singular_t exact, balls;
        fmpq_mat_init(left, rows, inner);
        fmpq_mat_init(right, inner, cols);
        fmpq_mat_init(m, rows, cols);
        fmpq_mat_init(reduced, rows, cols);
        ew_singular_init(exact);
        ew_singular_init(balls);
        random_matrix(left, &random);
        random_matrix(right, &random);
        fmpq_mat_mul(m, left, right);
        assert_int_equal(ew_singular_values(exact, m, 128, 4096, NULL), EW_OK);
        assert_int_equal(exact->way, EW_BY_POLYNOMIAL);
        assert_int_equal(ew_matrix_rank(&rank, m, NULL), EW_OK);
        assert_int_equal(rank, fmpq_mat_rref(reduced, m));
        assert_int_equal(exact->rank, rank);
        check_sums(exact, m);
        assert_int_equal(ew_singular_by_balls(balls, m, NULL), EW_OK);
        slong at = 0;
        for (slong i = 0; i < exact->count; i++)
            for (slong j = 0; j < exact->list[i].multiplicity; j++, at++)
                assert_true(arb_overlaps(exact->list[i].x, balls->list[at].x));
        assert_int_equal(at, balls->count);
        ew_singular_clear(exact);
        ew_singular_clear(balls);
        fmpq_mat_clear(left);
        fmpq_mat_clear(right);
        fmpq_mat_clear(m);
        fmpq_mat_clear(reduced);
    }
}

/* The matrix of these entries, row by row. */
static void set_matrix(fmpq_mat_t m, slong rows, slong cols, const char *text)
{
    fmpq *list;
    slong count;
    assert_int_equal(ew_rational_list_parse(&list, &count, text, NULL), EW_OK);
    assert_int_equal(count, rows * cols);
    fmpq_mat_init(m, rows, cols);
    for (slong i = 0; i < count; i++)
        fmpq_set(fmpq_mat_entry(m, i / cols, i % cols), list + i);
    _fmpq_vec_clear(list, count);
}

/* What is proved of each value, largest first: kind, how often, and the exact number where there is one. */
typedef struct {
    slong rows, cols;
    const char *entries;
    slong rank;
    struct {
        ew_number_kind kind;
        slong multiplicity;
        const char *value;
    } values[4];
} known_t;

static void check_known(const known_t *known)
{
    fmpq_mat_t m;
    fmpq_t q;
    ew_singular_t found;
    set_matrix(m, known->rows, known->cols, known->entries);
    fmpq_init(q);
    ew_singular_init(found);
    assert_int_equal(ew_singular_values(found, m, 64, 4096, NULL), EW_OK);
    assert_int_equal(found->rank, known->rank);
    assert_int_equal(found->zeros, FLINT_MIN(known->rows, known->cols) - known->rank);
    for (slong i = 0; i < found->count; i++) {
        assert_true(i < 4);
        if (found->list[i].kind != known->values[i].kind ||
            found->list[i].multiplicity != known->values[i].multiplicity)
            fail_msg("\"%s\", value %ld: %s, %ld times", known->entries, i + 1,
                     ew_number_kind_text(found->list[i].kind), found->list[i].multiplicity);
        assert_int_equal(ew_rational_parse(q, known->values[i].value, NULL), EW_OK);
        assert_true(fmpq_equal(found->list[i].value, q));
    }
    assert_true(found->count == 4 || known->values[found->count].multiplicity == 0);
    ew_singular_clear(found);
    fmpq_clear(q);
    fmpq_mat_clear(m);
}

static void singular_values_degenerate(void **state)
{
    (void)state;
    static const known_t rows[] = {
        {1, 1, "0", 0, {{EW_RATIONAL, 0, "0"}}},
        {3, 2, "0,0,0,0,0,0", 0, {{EW_RATIONAL, 0, "0"}}},
        {1, 1, "-7/3", 1, {{EW_RATIONAL, 1, "7/3"}}},
        {1, 3, "2,3,6", 1, {{EW_RATIONAL, 1, "7"}}},
        {3, 1, "1,1,1", 1, {{EW_SQUARE_ROOT, 1, "3"}}},
        {2, 2, "1,1,1,-1", 2, {{EW_SQUARE_ROOT, 2, "2"}}},
        {2, 2, "1,1,1,1", 1, {{EW_RATIONAL, 1, "2"}}},
        {2, 2, "1,0,0,-1", 2, {{EW_RATIONAL, 2, "1"}}}, /* equal across the sign */
        {2, 2, "1,2,3,4", 2, {{EW_IRRATIONAL, 1, "0"}, {EW_IRRATIONAL, 1, "0"}}},
        {2, 2, "0,2,2,1", 2, {{EW_IRRATIONAL, 1, "0"}, {EW_IRRATIONAL, 1, "0"}}},
        /* squares 10^20 + 1 + 10^-20 and 1 - 10^-20, nearly */
        {2, 2, "1e10,1,0,1", 2, {{EW_IRRATIONAL, 1, "0"}, {EW_IRRATIONAL, 1, "0"}}},
        {2, 2, "1/2,0,0,1/3", 2, {{EW_RATIONAL, 1, "1/2"}, {EW_RATIONAL, 1, "1/3"}}},
        {2,
         2,
         "1,0,0,1.000000000000000000000000000000000000000000000000001",
         2,
         {{EW_RATIONAL, 1, "1.000000000000000000000000000000000000000000000000001"},
          {EW_RATIONAL, 1, "1"}}},
        {2, 2, "1e300,0,0,1e-300", 2, {{EW_RATIONAL, 1, "1e300"}, {EW_RATIONAL, 1, "1e-300"}}},
        {2, 2, "1e300,1e300,1e300,1e300", 1, {{EW_RATIONAL, 1, "2e300"}}},
        {4, 4, "1,1,1,1,1,-1,1,-1,1,1,-1,-1,1,-1,-1,1", 4, {{EW_RATIONAL, 4, "2"}}},
        {3, 3, "2,0,0,0,1,1,0,1,-1", 3, {{EW_RATIONAL, 1, "2"}, {EW_SQUARE_ROOT, 2, "2"}}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_known(rows + i);
}

/* Multiples of the first primes that the elimination takes: the rank is lower modulo these, and that is found out. */
static void rank_modulo_unlucky_primes(void **state)
{
    (void)state;
    ulong first = n_nextprime(UWORD(1) << 62, 1), second = n_nextprime(first, 1);
    fmpq_mat_t m;
    slong rank;
    fmpq_mat_init(m, 3, 3);
    fmpq_mat_one(m);
    fmpz_set_ui(fmpq_mat_entry_num(m, 0, 0), first);
    fmpz_set_ui(fmpq_mat_entry_num(m, 1, 1), second);
    fmpz_mul_ui(fmpq_mat_entry_num(m, 1, 1), fmpq_mat_entry_num(m, 1, 1), first);
    assert_int_equal(ew_matrix_rank(&rank, m, NULL), EW_OK);
    assert_int_equal(rank, 3);
    fmpq_zero(fmpq_mat_entry(m, 2, 2));
    assert_int_equal(ew_matrix_rank(&rank, m, NULL), EW_OK);
    assert_int_equal(rank, 2);
    fmpq_zero(fmpq_mat_entry(m, 0, 0));
    assert_int_equal(ew_matrix_rank(&rank, m, NULL), EW_OK);
    assert_int_equal(rank, 1);
    fmpq_mat_clear(m);
}

/* Ill-conditioned ones, whose smallest values doubles do not see: rank and every digit all the same. */
static void singular_values_ill_conditioned(void **state)
{
    (void)state;
    fmpq_mat_t hilbert, kahan;
    fmpq_t c;
    ew_singular_t found;
    fmpq_mat_init(hilbert, 10, 10);
    fmpq_mat_init(kahan, 24, 24);
    fmpq_init(c);
    ew_singular_init(found);
    fmpq_mat_hilbert_matrix(hilbert);
    assert_int_equal(ew_singular_values(found, hilbert, 128, 4096, NULL), EW_OK);
    assert_int_equal(found->rank, 10);
    assert_int_equal(found->count, 10);
    check_sums(found, hilbert);
    char *least = ew_decimal_value(found->list[9].x, 20);
    assert_string_equal(least, "1.0931538193796657638e-13");
    free(least);
    for (slong i = 0; i < 24; i++) /* diag(s^i) (1 above -c), s = 3/5, c = 4/5 */
        for (slong j = i; j < 24; j++) {
            fmpq_set_si(c, 3, 5);
            fmpq_pow_si(c, c, i);
            fmpq_set(fmpq_mat_entry(kahan, i, j), c);
            fmpq_set_si(c, -4, 5);
            if (j > i)
                fmpq_mul(fmpq_mat_entry(kahan, i, j), fmpq_mat_entry(kahan, i, j), c);
        }
    assert_int_equal(ew_singular_values(found, kahan, 128, 8192, NULL), EW_OK);
    assert_int_equal(found->rank, 24);
    assert_int_equal(found->count, 24);
    check_sums(found, kahan);
    ew_singular_clear(found);
    fmpq_clear(c);
    fmpq_mat_clear(hilbert);
    fmpq_mat_clear(kahan);
}

/* The regime of the largest value; -1 when it is not decided. */
static int regime_of(const char *entries, slong depth, const char *eta_text, slong prec)
{
    fmpq_mat_t m;
    fmpq_t eta;
    ew_singular_t found;
    ew_regime regime;
    set_matrix(m, 2, 2, entries);
    fmpq_init(eta);
    ew_singular_init(found);
    assert_int_equal(ew_rational_parse(eta, eta_text, NULL), EW_OK);
    assert_int_equal(ew_singular_values(found, m, prec, 4096, NULL), EW_OK);
    ew_status status = ew_singular_regime(&regime, found->list, depth, eta);
    assert_true(status == EW_OK || status == EW_UNDECIDED_STATUS);
    ew_singular_clear(found);
    fmpq_clear(eta);
    fmpq_mat_clear(m);
    return status == EW_OK ? (int)regime : -1;
}

/* s = 2 exactly, and a hair beside it; sigma is 8, sqrt 8, and the larger root of x^2 - 5 x - 2. */
static void singular_regimes_at_the_edge(void **state)
{
    (void)state;
    assert_int_equal(regime_of("8,0,0,1", 3, "1/24", 64), EW_EDGE);
    assert_int_equal(
        regime_of("8,0,0,1", 3, "0.0416666666666666666666666666666666666666666666", 64), EW_BELOW);
    assert_int_equal(
        regime_of("8,0,0,1", 3, "0.0416666666666666666666666666666666666666666667", 64), EW_BEYOND);
    assert_int_equal(regime_of("2,2,2,-2", 3, "1/6", 64), EW_EDGE);
    assert_int_equal(regime_of("2,2,2,-2", 3, "0.16666666666666666666666666666666666666666", 64),
                     EW_BELOW);
    assert_int_equal(regime_of("2,2,2,-2", 3, "0.16666666666666666666666666666666666666667", 64),
                     EW_BEYOND);
    assert_int_equal(regime_of("2,2,2,-2", 1000000000, "1", 64), EW_BEYOND);
    /* [[1,2],[2,4]] has rank 1 and sigma = 5; [[1,2],[2,3]] has 2 + sqrt 5, whose inverse is sqrt 5 - 2 */
    assert_int_equal(regime_of("1,2,2,4", 2, "1/5", 64), EW_EDGE);
    assert_int_equal(regime_of("1,2,2,3", 2, "0.23606797749978969640917366873127623544", 32), -1);
    assert_int_equal(regime_of("1,2,2,3", 2, "0.23606797749978969640917366873127623544", 256),
                     EW_BELOW);
    assert_int_equal(regime_of("1,2,2,3", 2, "0.23606797749978969640917366873127623545", 256),
                     EW_BEYOND);
}

static bool stop(void *context, const char *what, ulong done, ulong total)
{
    (void)what;
    (void)done;
    (void)total;
    return --*(int *)context > 0;
}

static void singular_values_are_refused_or_stopped(void **state)
{
    (void)state;
    fmpq_mat_t m, empty;
    slong rank;
    int ticks = 1;
    ew_progress progress = {stop, &ticks};
    ew_singular_t found;
    set_matrix(m, 2, 2, "1,2,2,4");
    fmpq_mat_init(empty, 0, 3);
    ew_singular_init(found);
    assert_int_equal(ew_singular_values(found, empty, 64, 64, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_singular_by_balls(found, empty, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_singular_values(found, m, 1, 64, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_singular_values(found, m, 64, 63, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_matrix_rank(&rank, empty, NULL), EW_OK);
    assert_int_equal(rank, 0);
    assert_int_equal(ew_singular_values(found, m, 64, 128, &progress), EW_STOPPED);
    ticks = 2;
    assert_int_equal(ew_singular_by_balls(found, m, &progress), EW_STOPPED);
    assert_int_equal(ew_singular_values(found, m, 64, 128, NULL), EW_OK);
    assert_int_equal(found->count, 1);
    ew_singular_clear(found);
    fmpq_mat_clear(m);
    fmpq_mat_clear(empty);
}

/* The roots at the value lie within 2^-60 of those at a rational 2^-100 of it away, and are of the same places. */
static void check_beside(const ew_roots_t roots, const ew_singular_value_struct *value, slong depth,
                         const fmpq_t eta, int side)
{
    ew_mode_t mode;
    ew_roots_t near;
    arb_t d, bound, way;
    ew_mode_init(mode);
    ew_roots_init(near);
    arb_init(d);
    arb_init(bound);
    arb_init(way);
    arb_set_si(way, side);
    arb_mul_2exp_si(way, way, -100);
    arb_add(d, value->x, way, 256);
    mode->depth = depth;
    fmpq_set(mode->eta, eta);
    arf_get_fmpq(mode->sigma, arb_midref(d));
    assert_int_equal(ew_orbit_roots_structured(near, mode, 128, 32768, NULL), EW_OK);
    assert_int_equal(near->count, roots->count);
    assert_int_equal(near->low, roots->low);
    assert_int_equal(near->high, roots->high);
    arb_one(bound);
    arb_mul_2exp_si(bound, bound, -60);
    for (slong i = 0; i < roots->count; i++) {
        assert_int_equal(near->roots[i].place, roots->roots[i].place);
        assert_false(arb_overlaps(near->roots[i].x, roots->roots[i].x));
        arb_sub(d, near->roots[i].x, roots->roots[i].x, 256);
        arb_abs(d, d);
        assert_true(arb_lt(d, bound));
    }
    ew_mode_clear(mode);
    ew_roots_clear(near);
    arb_clear(d);
    arb_clear(bound);
    arb_clear(way);
}

/* An enclosure of radius 2^-160: the roots at a rational inside, away from the middle, are in those of the enclosure. */
static void roots_hold_for_the_whole_enclosure(void **state)
{
    (void)state;
    ew_singular_value_struct value = {.kind = EW_ENCLOSED, .multiplicity = 1};
    ew_mode_t mode;
    ew_roots_t roots, inside;
    arb_init(value.x);
    fmpq_init(value.value);
    ew_mode_init(mode);
    ew_roots_init(roots);
    ew_roots_init(inside);
    fmpq_set_si(mode->eta, 3, 2);
    for (mode->depth = 2; mode->depth <= 5; mode->depth++) {
        arb_set_ui(value.x, 3);
        mag_set_ui_2exp_si(arb_radref(value.x), 1, -160);
        assert_int_equal(
            ew_orbit_roots_of_value(roots, &value, mode->depth, mode->eta, 100, 32768, NULL),
            EW_OK);
        arb_get_ubound_arf(arb_midref(value.x), value.x, 256);
        arf_get_fmpq(mode->sigma, arb_midref(value.x));
        assert_int_equal(ew_orbit_roots_structured(inside, mode, 400, 32768, NULL), EW_OK);
        assert_int_equal(roots->count, inside->count);
        for (slong i = 0; i < roots->count; i++)
            assert_true(arb_contains(roots->roots[i].x, inside->roots[i].x));
    }
    arb_clear(value.x);
    fmpq_clear(value.value);
    ew_mode_clear(mode);
    ew_roots_clear(roots);
    ew_roots_clear(inside);
}

/* Below the edge, beyond it, far beyond; square roots and the golden section squared; depths 2 to 5. */
static void orbit_roots_of_irrational_values(void **state)
{
    (void)state;
    static const slong entries[][4] = {{2, 1, 1, 1}, {1, 1, 0, 2}, {1, 1, -1, 1}};
    static const slong etas[][2] = {{1, 100}, {1, 2}, {1, 1}, {20, 1}};
    ew_singular_t values;
    ew_roots_t roots;
    fmpq_mat_t m;
    fmpq_t eta;
    fmpq_mat_init(m, 2, 2);
    fmpq_init(eta);
    ew_singular_init(values);
    ew_roots_init(roots);
    for (slong i = 0; i < 3; i++) {
        for (slong j = 0; j < 4; j++)
            fmpq_set_si(fmpq_mat_entry(m, j / 2, j % 2), entries[i][j], 1);
        assert_int_equal(ew_singular_values(values, m, 512, 32768, NULL), EW_OK);
        for (slong j = 0; j < 16; j++) {
            slong depth = 2 + j / 4;
            fmpq_set_si(eta, etas[j % 4][0], (ulong)etas[j % 4][1]);
            ew_status status =
                ew_orbit_roots_of_value(roots, values->list, depth, eta, 128, 32768, NULL);
            ew_regime regime;
            assert_int_equal(ew_singular_regime(&regime, values->list, depth, eta), EW_OK);
            assert_int_equal(status, EW_OK);
            assert_int_equal(roots->count, regime == EW_BELOW ? 2 : depth % 2 == 0 ? 6 : 4);
            check_beside(roots, values->list, depth, eta, -1);
            check_beside(roots, values->list, depth, eta, 1);
        }
    }
    mag_set_d(arb_radref(values->list->x), 0.25);
    assert_int_equal(ew_orbit_roots_of_value(roots, values->list, 3, eta, 128, 32768, NULL),
                     EW_UNDECIDED_STATUS);
    assert_int_equal(ew_orbit_roots_of_value(roots, values->list, 1, eta, 128, 32768, NULL),
                     EW_BAD_INPUT);
    ew_singular_clear(values);
    ew_roots_clear(roots);
    fmpq_mat_clear(m);
    fmpq_clear(eta);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(singular_values_as_chosen),
    cmocka_unit_test(singular_values_two_ways),
    cmocka_unit_test(singular_values_degenerate),
    cmocka_unit_test(rank_modulo_unlucky_primes),
    cmocka_unit_test(singular_values_ill_conditioned),
    cmocka_unit_test(singular_regimes_at_the_edge),
    cmocka_unit_test(orbit_roots_of_irrational_values),
    cmocka_unit_test(roots_hold_for_the_whole_enclosure),
    cmocka_unit_test(singular_values_are_refused_or_stopped),
};
EW_TESTS(tests)
