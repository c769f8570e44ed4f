/* The table of claims, and the check of one claim or of a whole problem. To add a claim: a file here,
 * a line in this table, a page in theory/, a test in tests/. */
#include "claims/checks.h"
#include "claims/shared/case.h"
#include <string.h>

const ew_claim ew_claims[] = {
    {"orbit-degree",
     "For every L >= 2, eta > 0, sigma > 0: the orbit polynomial has degree exactly (2L-1)(2L-2).",
     true, false, ew_check_orbit_degree},
    {"orbit-low-root",
     "For eta > 2/S: exactly one real root of Phi lies in (0, sigma^(1/L)), and it is simple.",
     true, false, ew_check_orbit_low_root},
    {"orbit-high-root",
     "For eta > 2/S: exactly one real root of Phi lies in (sigma^(1/L), (2 sigma)^(1/L)).", true,
     false, ew_check_orbit_high_root},
    {"orbit-only-two", "For eta > 2/S: Phi has exactly two real roots.", true, false,
     ew_check_orbit_only_two},
    {"orbit-attracts",
     "For eta > 2/S: gradient descent from (0, alpha), this alpha > 0, converges to the 2-cycle "
     "{rho_1, rho_2}.",
     true, false, ew_check_orbit_attracts},
    {"balancing-gap",
     "For eta > 2/S and this alpha in (0, bound): |a^2 - b^2| strictly decreases at every step t "
     ">= "
     "0.",
     false, false, ew_check_balancing_gap},
    {"balancing-gap-every-alpha",
     "For eta > 2/S and every alpha in (0, bound): |a^2 - b^2| strictly decreases at every step.",
     true, false, ew_check_balancing_gap_every_alpha},
    {"balancing-gap-almost-every-alpha",
     "For eta > 2/S and all but countably many alpha in (0, bound): |a^2 - b^2| strictly decreases "
     "at every step.",
     false, false, ew_check_balancing_gap_almost_every_alpha},
    {"balancing-below-edge",
     "For eta < 2/S and this alpha > 0: |a^2 - b^2| never increases, and its limit is O(alpha).",
     true, true, ew_check_balancing_below_edge},
    {"balancing-beyond-edge", "For eta > 2/S and this alpha > 0: |a^2 - b^2| tends to zero.", true,
     false, ew_check_balancing_beyond_edge},
    {NULL, NULL, false, false, NULL}};

const ew_claim *ew_claim_find(const char *id)
{
    for (const ew_claim *claim = ew_claims; claim->id != NULL; claim++)
        if (strcmp(claim->id, id) == 0)
            return claim;
    return NULL;
}

ew_effort ew_effort_default(void)
{
    return (ew_effort){.prec = 128, .max_prec = 32768, .max_steps = 20000, .progress = NULL};
}

/* Runs one check on a shared case. */
static ew_status check(ew_finding_t finding, const ew_claim *claim, ew_case *about, slong index)
{
    ew_finding_init(finding);
    finding->id = claim->id;
    finding->index = index;
    claim->check(finding, about);
    return about->stopped;
}

ew_status ew_claim_check(ew_finding_t finding, const ew_claim *claim, const ew_mode_t mode,
                         slong index, const ew_effort *effort)
{
    ew_case about;
    ew_case_init(&about, mode, effort);
    ew_finding_clear(finding);
    ew_status status = check(finding, claim, &about, index);
    ew_case_clear(&about);
    return status;
}

void ew_findings_init(ew_findings_t findings)
{
    findings->findings = NULL;
    findings->count = 0;
}

void ew_findings_clear(ew_findings_t findings)
{
    for (slong i = 0; i < findings->count; i++)
        ew_finding_clear(findings->findings + i);
    flint_free(findings->findings);
    ew_findings_init(findings);
}

ew_status ew_verify(ew_findings_t findings, const ew_problem_t problem, const ew_effort *effort)
{
    ew_findings_clear(findings);
    slong claims = (slong)(sizeof ew_claims / sizeof ew_claims[0]) - 1;
    slong modes = problem->count + (problem->dim > problem->count);
    findings->findings = flint_malloc((size_t)(claims * modes) * sizeof(ew_finding_struct));
    ew_status status = EW_OK;
    ew_mode_t mode;
    ew_mode_init(mode);
    for (slong i = 0; i < modes && status == EW_OK; i++) {
        ew_case about;
        ew_problem_mode(mode, problem, i);
        ew_case_init(&about, mode, effort);
        for (slong j = 0; j < claims && status == EW_OK; j++) {
            if (i == problem->count && !ew_claims[j].past_rank)
                continue;
            if (!ew_progress_tick(effort->progress, ew_claims[j].id, (ulong)(i * claims + j),
                                  (ulong)(modes * claims)))
                status = EW_STOPPED;
            else
                status =
                    check(findings->findings + findings->count++, ew_claims + j, &about, i + 1);
        }
        ew_case_clear(&about);
    }
    ew_mode_clear(mode);
    return status;
}

int ew_findings_exit(const ew_findings_t findings)
{
    bool undecided = false;
    for (slong i = 0; i < findings->count; i++) {
        if (findings->findings[i].verdict == EW_REFUTED)
            return EW_REFUTED_STATUS;
        undecided = undecided || findings->findings[i].verdict == EW_UNDECIDED;
    }
    return undecided ? EW_UNDECIDED_STATUS : 0;
}
