/* Proved fates: against known ones, against plain iteration in high precision, and at degenerate
 * input. */
#include "modes.h"
#include "test.h"
#include <edgewise/observe.h>
#include <string.h>

typedef struct {
    slong depth;
    const char *eta, *sigma, *alpha;
    slong max_steps;
    bool proved;
    ew_fate fate;
    slong period;
    bool contracts, never_lands;
    slong grows_at;
} row;

static const row rows[] = {
    {2, "23/20", "1", "1/4", 20000, true, EW_PERIODIC, 2, true, true, -1},
    {3, "23/30", "1", "1/10", 20000, true, EW_PERIODIC, 2, true, true, -1},
    {8, "23/80", "1", "1/2", 20000, true, EW_PERIODIC, 2, true, true, -1},
    {2, "253/200", "1", "1/10", 20000, true, EW_PERIODIC, 4, true, true, -1},
    {2, "129/100", "1", "1/10", 20000, true, EW_PERIODIC, 8, true, true, -1},
    {2, "2001/2000", "1", "1/10", 20000, true, EW_PERIODIC, 2, true, true, -1},
    /* just below the flip: the multiplier is -0.9995 */
    {2, "1236/1000", "1", "1/10", 20000, true, EW_PERIODIC, 2, true, true, -1},
    {3, "1", "1/2", "1/5", 20000, true, EW_CONVERGES, 1, true, true, -1},
    {2, "1/2", "1", "1/10", 20000, true, EW_CONVERGES, 1, true, true, -1},
    {6, "1/30", "3", "1/2", 20000, true, EW_CONVERGES, 1, true, true, -1},
    {2, "5/2", "1", "1/10", 20000, true, EW_DIVERGES, 0, false, true, 0},
    {3, "3", "2", "1/2", 20000, true, EW_DIVERGES, 0, false, true, 0},
    {3, "2", "1", "2/5", 20000, true, EW_DIVERGES, 0, false, true, 3},
    /* the plateau of L = 32 and chaos: nothing to prove, and quickly so */
    {32, "23/320", "1", "2/25", 20000, false, EW_NOT_YET, 0, true, true, -1},
    {2, "7/5", "1", "1/10", 20000, false, EW_NOT_YET, 0, true, true, -1},
    /* s = 2 exactly: too slow; X = 1 exactly at step 0 of L = 2, for every alpha */
    {2, "1", "1", "1/10", 3000, false, EW_NOT_YET, 0, true, false, -1},
    {3, "2/3", "1", "1/10", 3000, false, EW_NOT_YET, 0, true, true, -1},
    /* sigma = 0: at rest from the start; alpha = 0: a saddle at rest, but for sigma = 0 */
    {2, "1", "0", "1/10", 100, true, EW_CONVERGES, 1, true, false, -1},
    {5, "1/3", "0", "2/7", 100, true, EW_CONVERGES, 1, true, false, -1},
    {3, "1", "1", "0", 100, true, EW_RESTS, 1, true, false, -1},
    {2, "1", "1", "0", 100, true, EW_RESTS, 1, true, false, -1},
    {2, "2", "1", "0", 100, true, EW_RESTS, 1, false, false, 0},
    {2, "1", "0", "0", 100, true, EW_CONVERGES, 1, true, false, -1},
    /* lands on a minimum at step 1: p_1 = eta sigma alpha^(2L-2) = sigma */
    {2, "1/4", "1", "2", 100, true, EW_CONVERGES, 1, true, false, -1},
    {3, "1/16", "1", "2", 100, true, EW_CONVERGES, 1, true, false, -1},
    /* and balanced there: X = 1 at step 0, and (1, 1) is a minimum */
    {3, "1", "1", "1", 100, true, EW_CONVERGES, 1, true, false, -1},
    {4, "1", "1", "1", 100, true, EW_CONVERGES, 1, true, false, -1},
    /* on a saddle: (-3/2, 0) with gaps -1, -3/4, 9/4; (-9/20, 0), X < 2; (0, 0) from (1, 1) */
    {3, "5", "1/10", "1", 100, true, EW_RESTS, 1, false, false, 1},
    {3, "41/16", "64/205", "1", 100, true, EW_RESTS, 1, true, false, -1},
    {3, "2", "1/2", "1", 100, true, EW_RESTS, 1, true, false, -1},
    {2, "2", "1/2", "1", 100, true, EW_RESTS, 1, true, false, -1},
    /* between (1, 1) and (-1, -1): k = -2, so X = 4, but the gap is zero */
    {4, "3", "1/3", "1", 100, true, EW_RESTS, 2, false, false, 1},
    {6, "3", "1/3", "1", 100, true, EW_RESTS, 2, false, false, 1},
    {2, "3", "1/3", "1", 100, true, EW_RESTS, 2, false, false, 1},
    /* not so for odd L: there (1, 1) is left for something else */
    {3, "3", "1/3", "1", 1, false, EW_NOT_YET, 0, true, false, -1},
};

static void known_fates(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_follow_t f;
    ew_mode_init(mode);
    ew_follow_init(f);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const row *r = rows + i;
        ew_set_mode(mode, r->depth, r->eta, r->sigma, r->alpha);
        ew_status status = ew_follow(f, mode, r->max_steps, 32768, NULL);
        if (status != (r->proved ? EW_OK : EW_UNDECIDED_STATUS) || f->fate != r->fate ||
            f->period != r->period || f->contracts != r->contracts ||
            f->never_lands != r->never_lands || f->grows_at != r->grows_at)
            fail_msg("row %d: status %d, %s %ld at %ld, contracts %d, never_lands %d, grows_at %ld",
                     (int)i, (int)status, ew_fate_text(f->fate), (long)f->period, (long)f->step,
                     f->contracts, f->never_lands, (long)f->grows_at);
    }
    ew_follow_clear(f);
    ew_mode_clear(mode);
}

/* The state after `steps` steps in balls of many bits. */
static void iterate(arb_t b, arb_t gap, const ew_mode_t mode, slong steps, slong prec)
{
    ew_sim *sim = ew_sim_new(EW_BALL, EW_PAIR, mode, prec);
    ew_record_t record;
    ew_record_init(record);
    for (slong t = 0; t < steps; t++)
        ew_sim_step(sim);
    ew_sim_record(record, sim);
    ew_sim_get(b, sim, 1);
    arb_set(gap, record->gap_tracked);
    ew_record_clear(record);
    ew_sim_free(sim);
}

/* The limits hold what 3000 bits come to after 1000 steps, and are sharp. */
static void limits_hold(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        const char *eta, *sigma, *alpha;
    } at[] = {{3, "1", "1/2", "1/5"},   {2, "1/2", "1", "1/10"},  {2, "9/10", "1", "1/3"},
              {4, "1/3", "2/3", "3/5"}, {7, "1/100", "5", "4/5"}, {2, "1", "3/4", "1/7"}};
    ew_mode_t mode;
    ew_follow_t f;
    arb_t b, gap;
    ew_mode_init(mode);
    ew_follow_init(f);
    arb_init(b);
    arb_init(gap);
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        ew_set_mode(mode, at[i].depth, at[i].eta, at[i].sigma, at[i].alpha);
        assert_int_equal(ew_follow(f, mode, 20000, 4096, NULL), EW_OK);
        assert_int_equal(f->fate, EW_CONVERGES);
        iterate(b, gap, mode, 1000, 6000);
        assert_true(arb_rel_accuracy_bits(b) > 200);
        assert_true(arb_contains(f->point, b));
        assert_true(arb_contains(f->gap_limit, gap));
        assert_true(arb_rel_accuracy_bits(f->gap_limit) > 40);
        assert_true(arb_rel_accuracy_bits(f->point) > 40);
        assert_true(arb_is_negative(f->gap_limit)); /* |a| < |b| from the start on */
    }
    ew_follow_clear(f);
    arb_clear(b);
    arb_clear(gap);
    ew_mode_clear(mode);
}

/* One exact start that lands: L = 2, eta = 1/4, sigma = 1, alpha = 2 gives (1/2, 2), p = 1. */
static void exact_landing(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_follow_t f;
    ew_mode_init(mode);
    ew_follow_init(f);
    ew_set_mode(mode, 2, "1/4", "1", "2");
    assert_int_equal(ew_follow(f, mode, 100, 4096, NULL), EW_OK);
    fmpq_t gap;
    fmpq_init(gap);
    fmpq_set_si(gap, -15, 4);
    assert_true(arb_contains_fmpq(f->gap_limit, gap) && arb_contains_si(f->point, 2));
    assert_true(arb_rel_accuracy_bits(f->gap_limit) > 100);
    assert_int_equal(f->step, 1);
    ew_set_mode(mode, 3, "1", "0", "1/2"); /* and one at rest: -alpha^2 */
    assert_int_equal(ew_follow(f, mode, 100, 4096, NULL), EW_OK);
    fmpq_set_si(gap, -1, 4);
    assert_true(arb_contains_fmpq(f->gap_limit, gap));
    assert_int_equal(f->step, 0);
    ew_set_mode(mode, 3, "5/4", "8/5",
                "1"); /* at rest in (3/2, 0): X = 0 though r is not, no minimum */
    assert_int_equal(ew_follow(f, mode, 100, 4096, NULL), EW_OK);
    assert_int_equal(f->fate, EW_RESTS);
    assert_int_equal(f->step, 2);
    assert_false(f->never_lands);
    fmpq_set_si(gap, 9, 4);
    assert_true(arb_contains_fmpq(f->gap_limit, gap) && arb_is_zero(f->point));
    fmpq_set_si(gap, 3, 2);
    assert_true(arb_contains_fmpq(f->point_a, gap));
    ew_set_mode(mode, 3, "5/4", "8/5", "1"); /* it takes two steps to get there */
    assert_int_equal(ew_follow(f, mode, 1, 4096, NULL), EW_UNDECIDED_STATUS);
    fmpq_clear(gap);
    ew_follow_clear(f);
    ew_mode_clear(mode);
}

/* Every answer on random problems against what plain high precision shows. */
static void random_fates_agree(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed()};
    ew_mode_t mode;
    ew_follow_t f;
    ew_mode_init(mode);
    ew_follow_init(f);
    int proved = 0;
    for (int i = 0; i < 40; i++) {
        slong L = 2 + i % 4;
        mode->depth = L;
        fmpq_set_si(mode->sigma, 1, 1);
        fmpq_set_si(mode->eta, 50 + (slong)ew_random_below(&random, 400), 100 * (ulong)L);
        fmpq_set_si(mode->alpha, 10 + (slong)ew_random_below(&random, 80), 100);
        ew_status status = ew_follow(f, mode, 3000, 4096, NULL);
        assert_true(status == EW_OK || status == EW_UNDECIDED_STATUS);
        ew_sim *sim = ew_sim_new(EW_MPFR, EW_PAIR, mode, 2500);
        ew_watch *watch = ew_watch_new(2, 60);
        ew_record_t record;
        ew_record_init(record);
        ew_fate fate = EW_NOT_YET;
        slong period = 0, grows_at = -1;
        bool landed = false;
        for (slong t = 0; t < 3000 && fate == EW_NOT_YET; t++) {
            fate = ew_watch_feed(&period, watch, sim);
            ew_sim_record(record, sim);
            if (grows_at < 0 && arf_cmp_si(arb_midref(record->factor), 2) > 0)
                grows_at = t;
            landed = landed || arf_is_zero(arb_midref(record->residual));
            ew_sim_step(sim);
        }
        /* close to a bifurcation the proof may come before the watcher has seen enough */
        if (f->fate != EW_NOT_YET && fate != EW_NOT_YET) {
            proved++;
            assert_int_equal(f->fate, fate);
            assert_int_equal(f->period, fate == EW_DIVERGES ? 0 : period);
            assert_int_equal(f->grows_at, grows_at);
            assert_true(f->contracts == (grows_at < 0));
        }
        if (f->grows_at >= 0)
            assert_int_equal(f->grows_at, grows_at);
        if (f->never_lands)
            assert_false(landed);
        ew_record_clear(record);
        ew_watch_free(watch);
        ew_sim_free(sim);
    }
    assert_true(proved > 8);
    ew_follow_clear(f);
    ew_mode_clear(mode);
}

/* |gap| grows where X > 2 and the gap is not zero: gaps -1, -3/4, 9/4 do, (1, 1) -> (-1, -1) does not. */
static void gap_grows(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        const char *eta, *sigma, *alpha;
        bool grows;
    } at[] = {{3, "5", "1/10", "1", true},
              {4, "3", "1/3", "1", false},
              {2, "2", "1", "0", false},
              {2, "5/2", "1", "1/10", true},
              {3, "2", "1", "2/5", true}};
    ew_mode_t mode;
    ew_follow_t f;
    ew_mode_init(mode);
    ew_follow_init(f);
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        ew_set_mode(mode, at[i].depth, at[i].eta, at[i].sigma, at[i].alpha);
        assert_int_equal(ew_follow(f, mode, 100, 4096, NULL), EW_OK);
        assert_true(f->grows_at >= 0);
        assert_true(f->gap_grows == at[i].grows);
    }
    ew_follow_clear(f);
    ew_mode_clear(mode);
}

static bool stop_at(void *context, const char *what, ulong done, ulong total)
{
    (void)total;
    int *left = context;
    assert_non_null(what);
    (void)done;
    return --*left > 0;
}

static void stops_when_told(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_follow_t f;
    ew_mode_init(mode);
    ew_set_mode(mode, 32, "23/320", "1", "2/25");
    for (int left = 1; left < 40; left += 3) {
        int count = left;
        ew_progress progress = {stop_at, &count};
        ew_follow_init(f);
        assert_int_equal(ew_follow(f, mode, 20000, 4096, &progress), EW_STOPPED);
        ew_follow_clear(f);
    }
    ew_mode_clear(mode);
}

/* Caps hold: few bits or few steps never give a wrong answer. */
static void caps_hold(void **state)
{
    (void)state;
    ew_mode_t mode;
    ew_follow_t f;
    ew_mode_init(mode);
    ew_follow_init(f);
    ew_set_mode(mode, 2, "23/20", "1", "1/4");
    for (slong prec = 4; prec < 200; prec += 9)
        for (slong steps = 0; steps < 60; steps += 7) {
            ew_status status = ew_follow(f, mode, steps, prec, NULL);
            assert_true(f->prec <= prec && f->step <= steps);
            assert_true(f->grows_at == -1);
            if (status == EW_OK)
                assert_true(f->fate == EW_PERIODIC && f->period == 2);
            else
                assert_true(status == EW_UNDECIDED_STATUS && f->fate == EW_NOT_YET);
        }
    ew_follow_clear(f);
    ew_mode_clear(mode);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(known_fates),        cmocka_unit_test(limits_hold),
    cmocka_unit_test(exact_landing),      cmocka_unit_test(gap_grows),
    cmocka_unit_test(random_fates_agree), cmocka_unit_test(stops_when_told),
    cmocka_unit_test(caps_hold),
};

EW_TESTS(tests)
