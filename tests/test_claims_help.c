/* What an UNDECIDED says would decide it: followed, it does. */
#include "check_claim.h"
#include <stdlib.h>

typedef struct {
    slong depth;
    const char *eta, *alpha; /* sigma = 1 */
    slong steps;
} row;

/* Near the edge on either side, near the flip on either side, plateaus, and few steps. */
static const row rows[] = {
    {3, "2001/3000", "1/10", 2000},
    {2, "10001/10000", "1/10", 9000},
    {3, "24893/30000", "1/10", 3000},
    {2, "24722/20000", "1/10", 2000},
    {4, "201/400", "1/10", 300},
    {6, "2/5", "3/10", 100},
    {3, "1/2", "1/10", 20},
    {3, "2471/3000", "1/10", 50},
    {8, "11/40", "1/10", 1000},
    {5, "2003/5000", "1/10", 1000},
    {3, "1999/3000", "1/10", 300},
    {2, "999/1000", "1/10", 300},
    {4, "1/2", "1/10", 9},
    {7, "3/10", "1/5", 200},
};

static void verify(ew_findings_t findings, const row *r, slong steps)
{
    ew_problem_t problem;
    ew_problem_init(problem);
    ew_set_problem(problem, r->depth, r->eta, "1", 1, r->alpha);
    ew_effort effort = ew_effort_default();
    effort.max_steps = steps;
    assert_int_equal(ew_verify(findings, problem, &effort), EW_OK);
    ew_problem_clear(problem);
}

/* The largest number behind "--steps " in the reasons of what is undecided, 0 where there is none; every such reason names
 * an option or says that none helps. */
static slong named_steps(slong *undecided, const ew_findings_t findings)
{
    slong most = 0;
    *undecided = 0;
    for (slong i = 0; i < findings->count; i++) {
        const ew_finding_struct *f = findings->findings + i;
        if (f->verdict != EW_UNDECIDED)
            continue;
        ++*undecided;
        const char *at = strstr(f->why, "--steps ");
        if (strstr(f->why, "--") == NULL && strstr(f->why, "no option") == NULL)
            fail_msg("%s: %s", f->id, f->why);
        if (at != NULL && strtol(at + 8, NULL, 10) > most)
            most = strtol(at + 8, NULL, 10);
    }
    return most;
}

static void named_steps_decide(void **state)
{
    (void)state;
    int named = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ew_findings_t findings;
        slong undecided;
        ew_findings_init(findings);
        verify(findings, rows + i, rows[i].steps);
        slong steps = named_steps(&undecided, findings);
        if (undecided > 0) {
            if (steps <= rows[i].steps)
                fail_msg("row %d: %ld steps are named", (int)i, steps);
            named++;
            verify(findings, rows + i, steps);
            named_steps(&undecided, findings);
            if (undecided > 0)
                fail_msg("row %d: undecided with the %ld steps named", (int)i, steps);
        }
        ew_findings_clear(findings);
    }
    assert_true(named >= 12);
}

/* At s = 2 + 10^-12 no number of steps that is allowed would do, and that is said. */
static void too_slow(void **state)
{
    (void)state;
    static const row edge = {3, "2000000000001/3000000000000", "1/10", 5000};
    ew_findings_t findings;
    slong undecided;
    ew_findings_init(findings);
    verify(findings, &edge, edge.steps);
    assert_int_equal(named_steps(&undecided, findings), 0);
    assert_true(undecided > 0);
    for (slong i = 0; i < findings->count; i++)
        if (strcmp(findings->findings[i].id, "orbit-attracts") == 0)
            assert_non_null(strstr(findings->findings[i].why, "more than --steps allows"));
    ew_findings_clear(findings);
    expect("orbit-attracts", 2, "7/5", "1", "1/10", EW_UNDECIDED, "in chaos no option helps");
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(named_steps_decide),
                                          cmocka_unit_test(too_slow)};
EW_TESTS(tests)
