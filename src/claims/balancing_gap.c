/* balancing-gap: theory/balancing-gap.md. X < 2 for ever by lemma B, no landing by lemma C; where a
 * lemma does not apply, the ball trajectory itself. */
#include "claims/checks.h"
#include "claims/shared/case.h"

/* Is alpha below the bound? Decides VACUOUS or UNDECIDED when it is not certainly so. */
static bool hypothesis_holds(ew_finding_t finding, ew_case *about)
{
    arb_t bound;
    arb_init(bound);
    int sign = ew_case_cmp_bound(bound, about, about->mode->alpha);
    ew_finding_ball(finding, "bound", bound);
    if (sign > 0)
        ew_finding_decide(finding, EW_VACUOUS, "this alpha",
                          "alpha is above the bound: the hypothesis does not hold");
    if (sign == 0)
        ew_finding_decide(finding, EW_UNDECIDED, "this alpha",
                          "alpha and the bound agree to %ld bits; more bits: --prec %ld",
                          about->effort.max_prec, 2 * about->effort.max_prec);
    arb_clear(bound);
    return sign < 0;
}

/* The verdict from the followed trajectory. */
static void decide_by_trajectory(ew_finding_t finding, ew_case *about)
{
    const ew_follow_struct *follow = ew_case_follow(about);
    ew_case_note_step(finding, about);
    ew_finding_integer(finding, "prec", follow->prec);
    if (follow->grows_at >= 0)
        ew_finding_decide(finding, EW_REFUTED, "this exact start", "X > 2 at step %s",
                          ew_case_grows(about));
    else if (!follow->contracts || !follow->never_lands)
        ew_finding_decide(finding, EW_UNDECIDED, "this exact start",
                          "0 < X < 2 was not decided at every one of %s steps%s",
                          ew_case_step(about), ew_case_help(about));
    else if (follow->fate == EW_PERIODIC || follow->fate == EW_CONVERGES)
        ew_finding_decide(
            finding, EW_PROVED, "this exact start, every step",
            "0 < X < 2, X != 1 in balls up to step %s and in the trapping region after",
            ew_case_step(about));
    else
        ew_finding_decide(finding, EW_CONFIRMED, "this exact start, the steps followed",
                          "0 < X < 2, X != 1 in balls before step %s", ew_case_step(about));
}

void ew_check_balancing_gap(ew_finding_t finding, ew_case *about)
{
    if (!ew_case_alpha_positive(finding, about) || !ew_case_in_balancing_range(finding, about) ||
        !hypothesis_holds(finding, about))
        return;
    ulong prime;
    slong step;
    bool below_two = ew_case_region(finding, about, about->mode->alpha) == EW_YES;
    ew_answer lands_not = ew_case_never_lands(about, &prime, &step);
    if (lands_not == EW_NO)
        ew_finding_decide(finding, EW_REFUTED, "this exact start",
                          "X is 0 or 1 exactly at step %ld (exact arithmetic)", step);
    else if (below_two && lands_not == EW_YES) {
        ew_case_note_prime(finding, prime);
        ew_finding_integer(finding, "exact_steps", step);
        ew_finding_decide(
            finding, EW_PROVED, "this exact start, every step",
            "X < 2 for ever (lemma B); X is never 0 or 1 as the %lu-adic size grows for "
            "ever from step %ld (lemma C)",
            prime, step);
    } else
        decide_by_trajectory(finding, about);
}
