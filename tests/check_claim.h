/* One line per expectation on a claim's verdict. */
#ifndef EDGEWISE_TESTS_CHECK_CLAIM_H
#define EDGEWISE_TESTS_CHECK_CLAIM_H

#include "problems.h"
#include "test.h"
#include <edgewise/claims.h>
#include <string.h>

/* Runs the claim on exact input and leaves the finding to the caller. */
static inline void run_claim(ew_finding_t finding, const char *id, slong depth, const char *eta,
                             const char *sigma, const char *alpha)
{
    ew_mode_t mode;
    ew_mode_init(mode);
    ew_set_mode(mode, depth, eta, sigma, alpha);
    ew_effort effort = ew_effort_default();
    const ew_claim *claim = ew_claim_find(id);
    assert_non_null(claim);
    assert_int_equal(ew_claim_check(finding, claim, mode, 1, &effort), EW_OK);
    assert_string_equal(finding->id, id);
    assert_non_null(finding->scope);
    assert_true(strlen(finding->why) > 5); /* a verdict without its reason is worth nothing */
    ew_mode_clear(mode);
}

/* The fact of that name, or NULL. */
static inline const ew_fact *find_fact(const ew_finding_t finding, const char *name)
{
    for (slong i = 0; i < finding->fact_count; i++)
        if (strcmp(finding->facts[i].name, name) == 0)
            return finding->facts + i;
    return NULL;
}

/* Expects a verdict, and that the reason contains `why` (NULL: anything). */
static inline void expect(const char *id, slong depth, const char *eta, const char *sigma,
                          const char *alpha, ew_verdict verdict, const char *why)
{
    ew_finding_t finding;
    ew_finding_init(finding);
    run_claim(finding, id, depth, eta, sigma, alpha);
    if (finding->verdict != verdict || (why != NULL && strstr(finding->why, why) == NULL))
        fail_msg("%s at L=%ld eta=%s sigma=%s alpha=%s: %s (%s), expected %s", id, depth, eta,
                 sigma, alpha, ew_verdict_text(finding->verdict), finding->why,
                 ew_verdict_text(verdict));
    ew_finding_clear(finding);
}

/* The same for a claim on a whole network; the finding is left to the caller. */
static inline void run_network_claim(ew_finding_t finding, const char *id, slong depth,
                                     const char *eta, const char *sigma, slong dim,
                                     const char *alpha)
{
    ew_problem_t problem;
    ew_problem_init(problem);
    ew_set_problem(problem, depth, eta, sigma, dim, alpha);
    ew_effort effort = ew_effort_default();
    const ew_claim *claim = ew_claim_find(id);
    assert_non_null(claim);
    assert_non_null(claim->check_network);
    assert_int_equal(ew_claim_check_network(finding, claim, problem, &effort), EW_OK);
    assert_string_equal(finding->id, id);
    assert_int_equal(finding->index, 0);
    assert_non_null(finding->scope);
    assert_true(strlen(finding->why) > 5);
    ew_problem_clear(problem);
}

static inline void expect_network(const char *id, slong depth, const char *eta, const char *sigma,
                                  slong dim, const char *alpha, ew_verdict verdict, const char *why)
{
    ew_finding_t finding;
    ew_finding_init(finding);
    run_network_claim(finding, id, depth, eta, sigma, dim, alpha);
    if (finding->verdict != verdict || (why != NULL && strstr(finding->why, why) == NULL))
        fail_msg("%s at L=%ld eta=%s sigma=%s dim=%ld alpha=%s: %s (%s), expected %s", id, depth,
                 eta, sigma, dim, alpha, ew_verdict_text(finding->verdict), finding->why,
                 ew_verdict_text(verdict));
    ew_finding_clear(finding);
}

#endif
