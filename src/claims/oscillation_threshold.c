/* oscillation-threshold: theory/oscillation-threshold.md. */
#include "claims/checks.h"
#include "claims/shared/case.h"

/* Beyond the edge: a trap, or no landing and a gap that tends to zero (theory/oscillation-threshold.md (2)). */
static void decide_beyond(ew_finding_t finding, ew_case *about)
{
    const char *scope = "this exact start";
    ulong prime;
    slong step;
    ew_answer lands_not = ew_case_never_lands(about, &prime, &step);
    const ew_follow_struct *follow = ew_case_follow(about);
    if (follow->fate == EW_PERIODIC)
        ew_finding_decide(finding, EW_PROVED, scope,
                          "s > 2, and trapped by a cycle of exact period %ld at step %s",
                          follow->period, ew_case_step(about));
    else if (follow->fate == EW_CONVERGES)
        ew_finding_decide(finding, EW_REFUTED, scope, "s > 2, yet it converges to a minimum");
    else if (follow->fate == EW_DIVERGES)
        ew_finding_decide(finding, EW_REFUTED, scope,
                          "s > 2, and it diverges (certified at step %s)", ew_case_step(about));
    else if (follow->fate == EW_RESTS)
        ew_finding_decide(finding, EW_REFUTED, scope,
                          "s > 2, yet it %s from step %s on (exact arithmetic)",
                          ew_case_fate(about), ew_case_step(about));
    else if (lands_not == EW_YES && ew_case_region(finding, about, about->mode->alpha) == EW_YES)
        ew_finding_decide(finding, EW_PROVED, scope,
                          "s > 2: every minimum repels and none is landed on (%lu-adic size grows "
                          "from step %ld, lemma C); X < 2 for ever keeps it bounded (lemma B)",
                          prime, step);
    else
        ew_finding_decide(finding, EW_UNDECIDED, scope,
                          "s > 2; no fate proved in %s steps with up to %ld bits%s",
                          ew_case_step(about), follow->prec, ew_case_help(about));
}

void ew_check_oscillation_threshold(ew_finding_t finding, ew_case *about)
{
    if (!ew_case_alpha_positive(finding, about))
        return;
    if (about->regime == EW_EDGE) {
        ew_finding_decide(finding, EW_DEGENERATE, "this eta, sigma",
                          "s = 2 exactly: the statement says nothing");
        return;
    }
    if (about->regime == EW_BEYOND) {
        decide_beyond(finding, about);
        return;
    }
    const ew_follow_struct *follow = ew_case_follow(about);
    if (follow->fate == EW_CONVERGES)
        ew_finding_decide(finding, EW_PROVED, "this exact start",
                          "s < 2, and it enters a region of convergence at step %s",
                          ew_case_step(about));
    else if (follow->fate == EW_NOT_YET)
        ew_finding_decide(finding, EW_UNDECIDED, "this exact start",
                          "s < 2; no fate proved in %s steps with up to %ld bits%s",
                          ew_case_step(about), follow->prec, ew_case_help(about));
    else
        ew_finding_decide(finding, EW_REFUTED, "this exact start",
                          "s < 2, yet it %s (certified at step %s)", ew_case_fate(about),
                          ew_case_step(about));
}
