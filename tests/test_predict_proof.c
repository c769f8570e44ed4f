/* Proofs over boxes: the thresholds that their forms imply against those found by jets of the cycle, steps of gradient descent
 * inside the trap, all roots against the structural route, resumption and threads. */
#include "modes.h"
#include "predict/proof/lemma.h"
#include "test.h"
#include <edgewise/predict.h>
#include <edgewise/proof.h>
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

static const lemma *find_lemma(const char *name)
{
    for (int i = 0; i < LEMMA_COUNT; i++)
        if (strcmp(ew_lemma_table[i].name, name) == 0)
            return ew_lemma_table + i;
    fail_msg("no lemma %s", name);
    return NULL;
}

/* Does that reason hold at the point? */
static bool holds_at(const char *name, int reason, const arb_struct *point)
{
    jet_pool pool;
    ew_jet_pool_init(&pool, LEMMA_JETS, 128);
    bool holds = find_lemma(name)->holds(&pool, point, reason);
    ew_jet_pool_clear(&pool);
    return holds;
}

/* Psi(1/L, z) by elementary functions, theory/orbit-roots.md (3). */
static double step_at(double e, double z)
{
    double t = sqrt(z);
    return 2 * (sinh(e * t) / (e * sinh(t))) * pow(cosh((2 - e) * t), 2 - 2 * e) /
           pow(cosh((1 - e) * t), 1 - 2 * e);
}

/* m passes -1, as the lemma's form has it, where the flip threshold is that is found by Newton's method on the cycle. */
static void threshold_of_form(void **state)
{
    (void)state;
    static const slong depths[] = {2, 3, 4, 8, 31, 1000};
    /* s <= 2 sqrt 2 implies t <= 1/2 for L >= 3, by far: theory/rank-p-for-all-depths.md */
    assert_true(step_at(1.0 / 3, 0.25) > 2.87 && step_at(1e-6, 0.25) > 2.87);
    arb_ptr point = _arb_vec_init(3);
    arb_t s2;
    arb_init(s2);
    for (size_t i = 0; i < sizeof depths / sizeof depths[0]; i++) {
        double lo = 1e-3, hi = 2;
        arb_set_ui(point, 1);
        arb_div_ui(point, point, (ulong)depths[i], 128);
        for (int k = 0; k < 34; k++) { /* further apart than the margin of the forms */
            double middle = (lo + hi) / 2;
            arb_set_d(point + 1, middle);
            bool below = holds_at("rises", 1, point);
            assert_true(below != holds_at("rises", 2, point));
            assert_true(below == holds_at("falls", 1, point));
            assert_true(holds_at("falls", 0, point)); /* m_z < 0 about there */
            *(below ? &hi : &lo) = middle;
        }
        assert_int_equal(ew_flip_threshold(s2, depths[i], 64), EW_OK);
        double expected = arf_get_d(arb_midref(s2), ARF_RND_NEAR);
        assert_true(fabs(step_at(1.0 / (double)depths[i], lo) - expected) < 1e-8);
    }
    _arb_vec_clear(point, 3);
    arb_clear(s2);
}

/* Wherever the trap's lemma gives a reason, a step of gradient descent does what the reason says. */
static void trap_is_what_descent_does(void **state)
{
    (void)state;
    ew_random rnd = {ew_test_seed()};
    arb_ptr point = _arb_vec_init(3);
    int seen[3] = {0, 0, 0};
    for (int i = 0; i < 20000; i++) {
        slong depth = 3 + (slong)ew_random_below(&rnd, 20);
        double e = 1.0 / (double)depth,
               y = -4 + 5 * (double)ew_random_below(&rnd, 1 << 20) / (1 << 20);
        double c = -1 + 2 * (double)ew_random_below(&rnd, 1 << 20) / (1 << 20), b = exp(e * y);
        if (b * b + e * c < 1e-9)
            continue;
        arb_set_ui(point, 1);
        arb_div_si(point, point, depth, 128);
        arb_set_d(point + 1, y);
        arb_set_d(point + 2, c);
        int reason = 0;
        while (reason < 3 && !holds_at("trap", reason, point))
            reason++;
        double a = sqrt(b * b + e * c), p = a * pow(b, (double)depth - 1), top = 2 - 1.2 * e;
        double k = (17.0 / 4 - 3 * e) * e * pow(b, (double)depth - 2) * (1 - p);
        double next_a = a + k * b, next_b = b + k * a;
        assert_true(reason < 3);
        seen[reason]++;
        if (reason == 0) {
            assert_true(p > top);
            continue;
        }
        assert_true(k * k < 2 && next_a > 0 && next_b > 0);
        assert_true(next_a * pow(next_b, (double)depth - 1) < top);
        assert_true(reason != 1 || p > 1);
    }
    for (int r = 0; r < 3; r++)
        assert_true(seen[r] > 100);
    _arb_vec_clear(point, 3);
}

/* The lemmas are not about nothing: beyond their range they fail. */
static void forms_can_fail(void **state)
{
    (void)state;
    arb_ptr point = _arb_vec_init(3);
    arb_set_d(point, 0.5);
    assert_false(holds_at("trap-start", 0, point)); /* v^(1-3e) is no longer small */
    arb_set_d(point, 0.4);
    arb_set_d(point + 1, 4); /* cosh(2et) > 3/2 */
    assert_false(holds_at("across", 0, point));
    arb_set_d(point + 1, 0.1);
    assert_false(holds_at("falls", 1, point));
    arb_set_d(point, 0.62); /* p' beyond 99/64 for a gap that is too wide */
    arb_set_d(point + 1, 0.9);
    assert_false(holds_at("trap-two", 0, point) || holds_at("trap-two", 1, point));
    _arb_vec_clear(point, 3);
}

/* The tree is the same for any number of threads, and when it is stopped and taken up again. */
typedef struct {
    int left;
} patience;

static bool tick(void *context, const char *what, ulong done, ulong total)
{
    patience *p = context;
    (void)what;
    assert_true(done <= total);
    return p->left-- > 0;
}

static void stopped_and_resumed(void **state)
{
    (void)state;
    ew_proof_t whole, part, again;
    ew_proof_init(whole);
    ew_proof_init(part);
    ew_proof_init(again);
    int threads = omp_get_max_threads();
    omp_set_num_threads(1);
    assert_int_equal(ew_prove(whole, "orbit-roots", 2, 0, 64, NULL, NULL), EW_OK);
    omp_set_num_threads(3);
    assert_int_equal(ew_prove(again, "orbit-roots", 2, 0, 64, NULL, NULL), EW_OK);
    assert_string_equal(whole->lemmas[0].tree, again->lemmas[0].tree);
    omp_set_num_threads(1);
    patience few = {100};
    ew_progress progress = {tick, &few};
    assert_int_equal(ew_prove(part, "orbit-roots", 2, 0, 64, NULL, &progress), EW_STOPPED);
    assert_true(part->lemmas[0].undecided > 0 && !ew_proof_is_complete(part));
    assert_true(part->lemmas[0].midpoint_holds);
    assert_int_equal(ew_prove(again, "orbit-roots", 2, 0, 64, part, NULL), EW_OK);
    assert_string_equal(whole->lemmas[0].tree, again->lemmas[0].tree);
    /* An earlier tree is not trusted: leaves that show nothing are shown again. */
    memset(part->lemmas[0].tree, 'a', 1);
    part->lemmas[0].tree[1] = '\0';
    assert_int_equal(ew_prove(again, "orbit-roots", 2, 0, 64, part, NULL), EW_OK);
    assert_true(again->lemmas[0].undecided == 0 && again->lemmas[0].leaves > 100);
    omp_set_num_threads(threads);
    ew_proof_clear(whole);
    ew_proof_clear(part);
    ew_proof_clear(again);
}

/* The boxes of the roots, in ascending order, from the tree. */
static slong root_boxes(double *at, const ew_lemma_proof *p)
{
    double lo[5000], hi[5000];
    slong top = 0, count = 0;
    lo[0] = arf_get_d(p->lo, ARF_RND_NEAR);
    hi[0] = arf_get_d(p->hi, ARF_RND_NEAR);
    for (const char *c = p->tree; *c != '\0'; c++) {
        double middle = (lo[top] + hi[top]) / 2;
        if (*c == '0') {
            lo[top + 1] = lo[top];
            hi[top + 1] = middle;
            lo[top++] = middle;
            continue;
        }
        if (*c == 'c' || *c == 'd') {
            at[2 * count] = lo[top];
            at[2 * count++ + 1] = hi[top];
        }
        top--;
    }
    assert_int_equal(top, -1);
    return count;
}

/* Bisection of the line against the structural theorem: the same roots on random problems. */
static void roots_by_bisection(void **state)
{
    (void)state;
    ew_random rnd = {ew_test_seed()};
    ew_mode_t mode;
    ew_roots_t roots;
    ew_proof_t proof;
    ew_mode_init(mode);
    ew_roots_init(roots);
    for (int i = 0; i < 150; i++) {
        double at[200];
        mode->depth = 2 + (slong)ew_random_below(&rnd, i % 10 == 0 ? 200 : 12);
        fmpq_set_si(mode->sigma, 1 + (slong)ew_random_below(&rnd, 9), 1 + ew_random_below(&rnd, 9));
        fmpq_set_si(mode->eta, 1 + (slong)ew_random_below(&rnd, 50), (ulong)mode->depth * 8);
        if (i % 7 == 0) { /* s = 2 */
            fmpq_one(mode->sigma);
            fmpq_set_si(mode->eta, 2, (ulong)mode->depth);
        }
        ew_proof_init(proof);
        assert_int_equal(ew_prove_real_roots(proof, mode, 64, 4096, NULL), EW_OK);
        assert_int_equal(ew_orbit_roots(roots, mode, 64, 4096, NULL), EW_OK);
        assert_int_equal(root_boxes(at, proof->lemmas), proof->roots);
        assert_int_equal(proof->roots, roots->count);
        for (slong k = 0; k < roots->count; k++) {
            double x = arf_get_d(arb_midref(roots->roots[k].x), ARF_RND_NEAR);
            assert_true(at[2 * k] < x && x < at[2 * k + 1]);
        }
        ew_proof_clear(proof);
    }
    ew_roots_clear(roots);
    ew_mode_clear(mode);
}

static void bad_questions(void **state)
{
    (void)state;
    ew_proof_t proof;
    ew_mode_t mode;
    ew_proof_init(proof);
    ew_mode_init(mode);
    assert_int_equal(ew_prove(proof, "no-such", 2, 0, 64, NULL, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_prove(proof, "orbit-roots", 1, 0, 64, NULL, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_prove(proof, "orbit-roots", 5, 4, 64, NULL, NULL), EW_BAD_INPUT);
    assert_int_equal(ew_prove(proof, "orbit-roots", 2, 0, 8, NULL, NULL), EW_BAD_INPUT);
    fmpq_zero(mode->sigma);
    assert_int_equal(ew_prove_real_roots(proof, mode, 64, 64, NULL), EW_BAD_INPUT);
    assert_false(ew_proof_is_complete(proof));
    assert_null(ew_theorem_words("no-such"));
    assert_null(ew_lemma_name("no-such"));
    ew_proof_clear(proof);
    ew_mode_clear(mode);
}

/* s = 3e30: of the 10^22 boxes that bisection would need it makes 10^5, and no precision helps. */
static void too_many_boxes(void **state)
{
    (void)state;
    ew_proof_t proof;
    ew_mode_t mode;
    ew_proof_init(proof);
    ew_mode_init(mode);
    mode->depth = 3;
    fmpq_set_str(mode->eta, "1000000000000000000000000000000", 10);
    fmpq_canonicalise(mode->eta);
    fmpq_one(mode->sigma);
    assert_int_equal(ew_prove_real_roots(proof, mode, 256, 1 << 16, NULL), EW_UNDECIDED_STATUS);
    assert_false(ew_proof_is_complete(proof));
    ew_proof_clear(proof);
    ew_mode_clear(mode);
}

/* The two identities behind flow and flatness, exactly: the flow's d_l d_l' is -r p for each l, so no gap d_l^2 - d_m^2 moves;
 * and the terms (p/d_l)^2 of the sharpness have product p^(2L-2). theory/proofs.md */
static void identities_of_flow_and_flatness(void **state)
{
    (void)state;
    ew_random rnd = {ew_test_seed()};
    fmpq_t p, speed[2], product, power;
    fmpq_init(p), fmpq_init(speed[0]), fmpq_init(speed[1]), fmpq_init(product), fmpq_init(power);
    for (slong depth = 2; depth <= 40; depth++) {
        fmpq *d = _fmpq_vec_init(depth);
        fmpq_one(p);
        for (slong l = 0; l < depth; l++) {
            fmpq_set_si(d + l, 1 + (slong)ew_random_below(&rnd, 99), 1 + ew_random_below(&rnd, 99));
            fmpq_mul(p, p, d + l);
        }
        fmpq_one(product);
        for (slong l = 0; l < depth;
             l++) { /* the gradient of layer l by the product of the others */
            fmpq_t others;
            fmpq_init(others);
            fmpq_one(others);
            for (slong m = 0; m < depth; m++)
                if (m != l)
                    fmpq_mul(others, others, d + m);
            fmpq_mul(speed[l % 2], d + l, others);
            assert_true(fmpq_equal(speed[l % 2], p));
            fmpq_mul(product, product, others);
            fmpq_mul(product, product, others);
            fmpq_clear(others);
        }
        fmpq_pow_si(power, p, 2 * depth - 2);
        assert_true(fmpq_equal(product, power));
        _fmpq_vec_clear(d, depth);
    }
    fmpq_clear(p), fmpq_clear(speed[0]), fmpq_clear(speed[1]), fmpq_clear(product),
        fmpq_clear(power);
}

static jet times_zero(jet_pool *pool, jet x)
{
    return ew_jet_mul(pool, ew_jet_ratio(pool, 0, 1), x);
}

static jet one_over(jet_pool *pool, jet x)
{
    return ew_jet_div(pool, ew_jet_ratio(pool, 1, 1), x);
}

static jet zero_over(jet_pool *pool, jet x)
{
    return ew_jet_div(pool, ew_jet_ratio(pool, 0, 1), x);
}

static jet plus_one(jet_pool *pool, jet x)
{
    return ew_jet_line(pool, 1, 1, x);
}

/* No function makes a number of a ball that is none: nothing is decided from it. */
static void no_number_comes_of_none(void **state)
{
    (void)state;
    jet (*const functions[])(jet_pool *, jet) = {
        ew_jet_exp,    ew_jet_log,         ew_jet_root, ew_jet_log_ratio, ew_jet_cosh, ew_jet_sinhc,
        ew_jet_square, ew_jet_sinhc_slope, times_zero,  one_over,         zero_over,   plus_one};
    enum { INPUTS = 4, FUNCTIONS = sizeof functions / sizeof functions[0] };
    jet_pool pool;
    arb_ptr inputs = _arb_vec_init(INPUTS);
    ew_jet_pool_init(&pool, LEMMA_JETS, 64);
    arb_indeterminate(inputs);
    arb_zero_pm_inf(inputs + 1);
    arb_pos_inf(inputs + 2);
    arb_neg_inf(inputs + 3);
    for (int kept = 0; kept < 3; kept++) /* the value; two derivatives; a series */
        for (int f = 0; f < FUNCTIONS; f++) {
            if (kept == 2)
                ew_jet_pool_reset_to_series(&pool);
            else
                ew_jet_pool_reset(&pool, 2 * kept);
            for (int i = 0; i < INPUTS; i++) {
                jet y = functions[f](&pool, ew_jet_variable(&pool, inputs + i, 0));
                bool is_sum = functions[f] == plus_one; /* its slope is 1 everywhere */
                for (int part = 0; part <= (is_sum ? 0 : pool.gradient); part++)
                    if (arb_is_finite(y + part))
                        fail_msg("function %d of input %d, part %d, kept %d", f, i, part, kept);
                assert_false(ew_jet_is_above_zero(y));
            }
        }
    /* no slope without a value */
    ew_jet_pool_reset(&pool, 1);
    arb_set_si(inputs, -3);
    jet y = ew_jet_log(&pool, ew_jet_variable(&pool, inputs, 0));
    assert_false(arb_is_finite(y) || arb_is_finite(y + 1));
    ew_jet_pool_clear(&pool);
    _arb_vec_clear(inputs, INPUTS);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(too_many_boxes),
    cmocka_unit_test(threshold_of_form),
    cmocka_unit_test(trap_is_what_descent_does),
    cmocka_unit_test(forms_can_fail),
    cmocka_unit_test(no_number_comes_of_none),
    cmocka_unit_test(stopped_and_resumed),
    cmocka_unit_test(roots_by_bisection),
    cmocka_unit_test(bad_questions),
    cmocka_unit_test(identities_of_flow_and_flatness),
};
EW_TESTS(tests)
