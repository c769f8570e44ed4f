/* orbit-attracts: theory/orbit-attracts.md. */
#include "claims/checks.h"
#include "claims/shared/case.h"

/* The verdict when the ball trajectory has a proved fate. */
static void decide_fate(ew_finding_t finding, ew_case *about)
{
    const ew_follow_struct *follow = ew_case_follow(about);
    const char *scope = "this exact start";
    ew_finding_integer(finding, "period", follow->period);
    if (follow->fate == EW_CONVERGES)
        ew_finding_decide(finding, EW_REFUTED, scope, "the trajectory converges to a minimum");
    else if (follow->fate != EW_PERIODIC)
        ew_finding_decide(finding, EW_REFUTED, scope, "the trajectory %s (certified at step %s)",
                          ew_case_fate(about), ew_case_step(about));
    else if (follow->period != 2)
        ew_finding_decide(finding, EW_REFUTED, scope,
                          "the trajectory is trapped by a cycle of exact period %ld at step %s",
                          follow->period, ew_case_step(about));
    else if (ew_case_on_orbit(about, NULL))
        ew_finding_decide(finding, EW_PROVED, scope,
                          "the ball trajectory enters a trapping region of the orbit at step %s",
                          ew_case_step(about));
    else
        ew_finding_decide(
            finding, EW_UNDECIDED, scope,
            "trapped by a 2-cycle that was not identified with the orbit; no option would "
            "help where it is another one");
}

void ew_check_orbit_attracts(ew_finding_t finding, ew_case *about)
{
    if (!ew_case_alpha_positive(finding, about) || !ew_case_beyond_edge(finding, about))
        return;
    const ew_stability_struct *stability = ew_case_stability(about);
    if (stability != NULL) {
        ew_finding_ball(finding, "multiplier_along", stability->along);
        ew_finding_ball(finding, "multiplier_across", stability->across);
    }
    const ew_follow_struct *follow = ew_case_follow(about);
    ew_case_note_step(finding, about);
    ew_finding_integer(finding, "prec", follow->prec);
    ew_finding_text(finding, "fate", ew_fate_text(follow->fate));
    if (follow->fate != EW_NOT_YET)
        decide_fate(finding, about);
    else
        ew_finding_decide(finding, EW_UNDECIDED, "this exact start",
                          "no fate proved in %s steps with up to %ld bits%s%s", ew_case_step(about),
                          follow->prec,
                          stability != NULL && stability->attracts == EW_NO
                              ? "; the orbit repels, so only its stable manifold ends on it"
                              : "",
                          ew_case_help(about));
}
