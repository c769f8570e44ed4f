/* What little effort, a stop and a wrong call do to the checks: never a wrong verdict. */
#include "check_claim.h"

typedef struct {
    slong depth;
    const char *eta, *sigma;
    slong dim;
    const char *alpha;
} row;

/* In phase, in antiphase, beside the edge, on the resonance, landing exactly, in chaos, below the edge. */
static const row rows[] = {
    {2, "23/20", "1", 1, "1/4"},
    {3, "4/5", "1,19/20,9/10", 4, "1/10"},
    {3, "23/30", "1,9/10", 2, "1/10"},
    {2, "21/20", "1,62/63", 2, "1/10"},
    {3, "1", "1", 1, "1"},
    {4, "3", "1/3", 1, "1"},
    {2, "7/5", "1", 2, "1/10"},
    {3, "1/2", "1,1/2", 3, "1/5"},
    {2, "9/10", "1", 1, "5"},
    {8, "11/40", "1", 2, "1/10"},
    {2, "4/3", "1/2", 2, "1"},
    {3, "41/16", "64/205", 1, "1"},
    {2, "23/20", "1,169/230", 2, "1/7"},
};

static void make(ew_problem_t problem, const row *r)
{
    ew_problem_init(problem);
    ew_set_problem(problem, r->depth, r->eta, r->sigma, r->dim, r->alpha);
}

static bool is_decided(ew_verdict verdict)
{
    return verdict != EW_UNDECIDED && verdict != EW_CONFIRMED;
}

/* With few bits or few steps a verdict is the same or open, and says what would help. */
static void less_effort_decides_less(void **state)
{
    (void)state;
    static const struct {
        slong prec, steps;
    } little[] = {{8, 5000}, {24, 5000}, {64, 5000}, {128, 3}, {128, 40}};
    int open = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ew_problem_t problem;
        ew_findings_t full, less;
        make(problem, rows + i);
        ew_findings_init(full);
        ew_findings_init(less);
        ew_effort effort = ew_effort_default();
        effort.max_steps = 5000;
        assert_int_equal(ew_verify(full, problem, &effort), EW_OK);
        for (size_t k = 0; k < sizeof little / sizeof little[0]; k++) {
            effort.prec = effort.max_prec = little[k].prec;
            effort.max_steps = little[k].steps;
            assert_int_equal(ew_verify(less, problem, &effort), EW_OK);
            assert_int_equal(less->count, full->count);
            for (slong n = 0; n < full->count; n++) {
                const ew_finding_struct *a = full->findings + n, *b = less->findings + n;
                assert_string_equal(a->id, b->id);
                open += b->verdict == EW_UNDECIDED;
                bool says = strstr(b->why, "--") != NULL || strstr(b->why, "no option") != NULL;
                if ((is_decided(b->verdict) && is_decided(a->verdict) &&
                     b->verdict != a->verdict) ||
                    (b->verdict == EW_UNDECIDED && !says))
                    fail_msg("row %d, %ld bits, %ld steps: %s %ld is %s (%s), with more %s (%s)",
                             (int)i, little[k].prec, little[k].steps, b->id, b->index,
                             ew_verdict_text(b->verdict), b->why, ew_verdict_text(a->verdict),
                             a->why);
            }
        }
        ew_findings_clear(full);
        ew_findings_clear(less);
        ew_problem_clear(problem);
    }
    assert_true(open > 50);
}

static bool stop_at(void *context, const char *what, ulong done, ulong total)
{
    (void)done;
    (void)total;
    assert_non_null(what);
    slong *left = context;
    return --*left > 0;
}

/* Stopped at any tick, it says so; and with none left it ends. */
static void stops_at_every_tick(void **state)
{
    (void)state;
    for (size_t i = 1; i < 4; i++) {
        ew_problem_t problem;
        make(problem, rows + i);
        ew_status status = EW_STOPPED;
        for (slong ticks = 1; status == EW_STOPPED; ticks += 1 + ticks / 6) {
            slong left = ticks;
            ew_progress progress = {stop_at, &left};
            ew_effort effort = ew_effort_default();
            effort.max_steps = 5000;
            effort.progress = &progress;
            ew_findings_t findings;
            ew_findings_init(findings);
            status = ew_verify(findings, problem, &effort);
            assert_true(status == (left > 0 ? EW_OK : EW_STOPPED));
            ew_findings_clear(findings);
        }
        ew_problem_clear(problem);
    }
}

static void wrong_calls(void **state)
{
    (void)state;
    ew_problem_t problem;
    ew_mode_t mode;
    ew_finding_t finding;
    ew_effort effort = ew_effort_default();
    make(problem, rows);
    ew_mode_init(mode);
    ew_problem_mode(mode, problem, 0);
    ew_finding_init(finding);
    assert_null(ew_claim_find("balancing"));
    assert_int_equal(ew_claim_check(finding, ew_claim_find("rank-p-attracts"), mode, 1, &effort),
                     EW_BAD_INPUT);
    assert_int_equal(
        ew_claim_check_network(finding, ew_claim_find("orbit-degree"), problem, &effort),
        EW_BAD_INPUT);
    ew_finding_clear(finding);
    ew_mode_clear(mode);
    ew_problem_clear(problem);
}

/* The exit code: 1 as soon as one is refuted, else 3 where one is undecided. */
static void exit_codes(void **state)
{
    (void)state;
    ew_finding_struct list[3];
    ew_findings_t findings = {{list, 3}};
    for (int i = 0; i < 3; i++) {
        ew_finding_init(list + i);
        list[i].verdict = EW_PROVED;
    }
    assert_int_equal(ew_findings_exit(findings), 0);
    list[0].verdict = EW_UNDECIDED;
    assert_int_equal(ew_findings_exit(findings), EW_UNDECIDED_STATUS);
    list[2].verdict = EW_REFUTED;
    assert_int_equal(ew_findings_exit(findings), EW_REFUTED_STATUS);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(less_effort_decides_less), cmocka_unit_test(stops_at_every_tick),
    cmocka_unit_test(wrong_calls), cmocka_unit_test(exit_codes)};
EW_TESTS(tests)
