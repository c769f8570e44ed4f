/* The balancing bound, lemma B and lemma C, against exact trajectories. */
#include "modes.h"
#include "test.h"
#include <edgewise/predict.h>
#include <math.h>

/* The bound against the formula in doubles; nothing at s >= 2 sqrt 2; positive however close to it. */
static void bound_by_formula(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed()};
    ew_mode_t mode;
    arb_t bound;
    ew_mode_init(mode);
    arb_init(bound);
    int inside = 0;
    for (int i = 0; i < 100; i++) {
        ew_random_mode(mode, &random, 2 + i % 12);
        double L = (double)mode->depth, sigma = fmpq_get_d(mode->sigma);
        double s = fmpq_get_d(mode->eta) * L * pow(sigma, 2 - 2 / L);
        ew_status status = ew_balance_bound(bound, mode, 64);
        if (fabs(s - sqrt(8)) < 1e-9)
            continue;
        assert_int_equal(status, s < sqrt(8) ? EW_OK : EW_BAD_INPUT);
        if (status != EW_OK)
            continue;
        inside++;
        double expected =
            pow(log(sqrt(8) / s) * pow(sigma, 4 / L) / (L * L * pow(2, (2 * L - 3) / L)), 0.25);
        double found = arf_get_d(arb_midref(bound), ARF_RND_NEAR);
        assert_true(fabs(found - expected) < 1e-9 * expected && arb_rel_accuracy_bits(bound) > 50);
    }
    assert_true(inside > 10);
    mode->depth = 2;
    fmpq_one(mode->sigma);
    fmpq_set_str(mode->eta,
                 "14142135623730950488016887242096980785696718753769/"
                 "10000000000000000000000000000000000000000000000000",
                 10);
    fmpq_canonicalise(mode->eta);
    assert_int_equal(ew_balance_bound(bound, mode, 64), EW_OK);
    assert_true(arb_is_positive(bound) && arb_rel_accuracy_bits(bound) > 50);
    arb_clear(bound);
    ew_mode_clear(mode);
}

/* The known number: L = 2, s = 2.3, sigma = 1: 0.43727. */
static void known_bound(void **state)
{
    (void)state;
    ew_mode_t mode;
    arb_t bound;
    ew_mode_init(mode);
    arb_init(bound);
    fmpq_set_si(mode->eta, 23, 20);
    assert_int_equal(ew_balance_bound(bound, mode, 64), EW_OK);
    double found = arf_get_d(arb_midref(bound), ARF_RND_NEAR);
    assert_true(found > 0.43726 && found < 0.43728);
    arb_clear(bound);
    ew_mode_clear(mode);
}

/* Lemma B holds at the poster's bound over a grid of the whole range, and what it says is seen: from any
 * random start below the bound it proved, X < 2 for 300 steps of doubles. */
static void lemma_b_holds(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 1};
    ew_mode_t mode;
    arb_t gap;
    fmpq_t better;
    ew_mode_init(mode);
    arb_init(gap);
    fmpq_init(better);
    for (slong L = 2; L <= 40; L += L < 6 ? 1 : 17)
        for (slong s = 201; s <= 282; s += 27) {
            mode->depth = L;
            fmpq_set_si(mode->eta, s, 100 * (ulong)L);
            assert_int_equal(ew_balance_bound(gap, mode, 128), EW_OK);
            arb_sqr(gap, gap, 128);
            assert_int_equal(ew_balance_region(mode, gap, 128), EW_YES);
            ew_balance_better_bound(better, mode, 128);
            double limit = fmpq_get_d(better), h = (double)s / (100 * (double)L);
            assert_true(limit * limit > arf_get_d(arb_midref(gap), ARF_RND_NEAR));
            for (int i = 0; i < 20; i++) {
                double a = 0, b = limit * (double)(1 + ew_random_below(&random, 1000)) / 1000;
                for (int t = 0; t < 300; t++) {
                    double k = h * pow(b, (double)L - 2) * (1 - a * pow(b, (double)L - 1));
                    assert_true(k * k < 2 && b > 0 && a > -1e-12);
                    double next = a + k * b;
                    b += k * a;
                    a = next;
                }
            }
        }
    /* and it must fail where X > 2 is a fact: L = 2, s > 2 sqrt 2 (first step X = s^2/4) */
    mode->depth = 2;
    fmpq_set_si(mode->eta, 3, 2);
    arb_set_d(gap, 1e-6);
    assert_int_equal(ew_balance_region(mode, gap, 128), EW_UNKNOWN);
    fmpq_set_si(mode->eta, 11, 10);
    arb_set_d(gap, 1.0);
    assert_int_equal(ew_balance_region(mode, gap, 128), EW_UNKNOWN);
    fmpq_clear(better);
    arb_clear(gap);
    ew_mode_clear(mode);
}

/* The threshold of lemma B in gap, in doubles on a fine grid: what the balls prove may be a little less, never
 * more. */
static double lemma_b_threshold(double L, double s)
{
    double lo = 0, hi = 1, h = s / L;
    for (int i = 0; i < 40; i++) {
        double delta = (lo + hi) / 2, P = 0;
        bool holds = true;
        for (int j = 0; j <= 2000; j++) {
            double p = j / 2000.0, q = pow(p, 2 / L) + delta;
            double K = h * pow(q, (L - 2) / 2) * (1 - p),
                   bracket = q * (1 + K * K) + 2 * h * p * (1 - p);
            holds = holds && K * K < 2;
            P = bracket > P ? bracket : P;
        }
        double kappa = h * pow(P + delta, (L - 2) / 2) * (pow(P, L / 2) - 1);
        holds = holds && kappa * kappa < 1 - delta;
        *(holds ? &lo : &hi) = delta;
    }
    return lo;
}

static void lemma_b_by_formula(void **state)
{
    (void)state;
    ew_mode_t mode;
    fmpq_t better;
    ew_mode_init(mode);
    fmpq_init(better);
    for (slong L = 2; L <= 40; L += L < 6 ? 1 : 17)
        for (slong s = 150; s <= 310; s += 40) {
            mode->depth = L;
            fmpq_set_si(mode->eta, s, 100 * (ulong)L);
            ew_balance_better_bound(better, mode, 128);
            double found = fmpq_get_d(better),
                   limit = sqrt(lemma_b_threshold((double)L, (double)s / 100));
            assert_true(found <= limit * (1 + 1e-6));
            assert_true(found >= limit * 0.99 - 1e-4);
        }
    fmpq_clear(better);
    ew_mode_clear(mode);
}

/* v(x) of a nonzero rational, the long way. */
static slong naive_valuation(const fmpq_t x, ulong q)
{
    slong v = 0;
    fmpq_t y;
    fmpq_init(y);
    for (fmpq_set(y, x); fmpz_divisible_si(fmpq_numref(y), (slong)q); v++)
        fmpz_divexact_ui(fmpq_numref(y), fmpq_numref(y), q);
    for (; fmpz_divisible_si(fmpq_denref(y), (slong)q); v--)
        fmpz_divexact_ui(fmpq_denref(y), fmpq_denref(y), q);
    fmpq_clear(y);
    return v;
}

/* The hypothesis of lemma C at a state. */
static bool hypothesis_of_c(const fmpq_t a, const fmpq_t b, const ew_mode_t mode, ulong q)
{
    slong A = naive_valuation(a, q), B = naive_valuation(b, q), L = mode->depth;
    slong p = A + (L - 1) * B, K = naive_valuation(mode->eta, q) + p + (L - 2) * B;
    return p < naive_valuation(mode->sigma, q) && K < A - B && K < B - A;
}

/* Lemma C: what it says holds on further exact steps: r, X - 1, b never 0, and the sizes grow. */
static void lemma_c_holds(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 2};
    ew_mode_t mode;
    fmpq_t a, b, k;
    fmpz_t rest, prime;
    ew_mode_init(mode);
    fmpq_init(a), fmpq_init(b), fmpq_init(k);
    fmpz_init(rest), fmpz_init(prime);
    int decided = 0;
    for (int i = 0; i < 200; i++) {
        ew_random_mode(mode, &random, 2 + i % 4);
        fmpq_set_si(mode->alpha, 1 + (slong)ew_random_below(&random, 20),
                    1 + ew_random_below(&random, 20));
        if (i == 0) { /* K < 0 but not K < -|A - B| at step 1 */
            mode->depth = 2;
            fmpq_set_si(mode->eta, 2, 1);
            fmpq_set_si(mode->sigma, 8, 1);
            fmpq_set_si(mode->alpha, 1, 8);
        }
        ulong q;
        slong step, last = 0;
        if (ew_balance_never_lands(&q, &step, mode) != EW_YES)
            continue;
        decided++;
        fmpq_zero(a);
        fmpq_set(b, mode->alpha);
        fmpz_set_ui(prime, q);
        for (slong t = 0; t < step + 3; t++) {
            if (t >= step)
                assert_true(hypothesis_of_c(a, b, mode, q));
            ew_pair_step_exact(a, b, k, mode);
            assert_false(fmpq_is_zero(k) || fmpq_is_one(k));
            fmpq_neg(k, k);
            assert_false(fmpq_is_one(k));
            slong size = fmpz_remove(rest, fmpq_denref(k), prime);
            if (t >= step) {
                assert_true(size > last);
                last = size;
            }
        }
    }
    assert_true(decided > 150);
    fmpq_clear(a), fmpq_clear(b), fmpq_clear(k);
    fmpz_clear(rest), fmpz_clear(prime);
    ew_mode_clear(mode);
}

/* Exact landings are seen as such. */
static void landings_are_found(void **state)
{
    (void)state;
    ew_mode_t mode;
    ulong q;
    slong step;
    ew_mode_init(mode);
    /* L = 2, eta = sigma = 1: X = 1 at the first step, balanced for ever */
    assert_int_equal(ew_balance_never_lands(&q, &step, mode), EW_NO);
    assert_int_equal(step, 0);
    /* L = 2, eta = 4, sigma = 1, alpha = 1/2: (0, 1/2) -> (2, 1/2), p = 1: r = 0 at step 1 */
    fmpq_set_si(mode->eta, 4, 1);
    fmpq_set_si(mode->alpha, 1, 2);
    assert_int_equal(ew_balance_never_lands(&q, &step, mode), EW_NO);
    assert_int_equal(step, 1);
    fmpq_zero(mode->alpha);
    assert_int_equal(ew_balance_never_lands(&q, &step, mode), EW_NO);
    /* no denominators at all: nothing is known */
    fmpq_set_si(mode->eta, 3, 1);
    fmpq_set_si(mode->alpha, 1, 1);
    assert_int_equal(ew_balance_never_lands(&q, &step, mode), EW_UNKNOWN);
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(bound_by_formula),   cmocka_unit_test(known_bound),
    cmocka_unit_test(lemma_b_holds),      cmocka_unit_test(lemma_c_holds),
    cmocka_unit_test(lemma_b_by_formula), cmocka_unit_test(landings_are_found),
};
EW_TESTS(tests)
