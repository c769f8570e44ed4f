/* balancing-beyond-edge: theory/balancing-beyond-edge.md. Beyond the edge every minimum repels, so under
 * lemma B the gap tends to zero unless the trajectory lands on a minimum exactly. */
#include "claims/checks.h"
#include "claims/shared/case.h"

/* The exact trajectory has k = 0 (at rest) or k = +-1 (balanced) at `step`. */
static void decide_landing(ew_finding_t finding, ew_case *about, slong step)
{
    fmpq_t a, b, k;
    fmpq_init(a);
    fmpq_init(b);
    fmpq_init(k);
    fmpq_set(b, about->mode->alpha);
    for (slong t = 0; t <= step; t++)
        ew_pair_step_exact(a, b, k, about->mode);
    fmpq_mul(a, a, a);
    fmpq_mul(b, b, b);
    fmpq_sub(a, a, b);
    ew_finding_rational(finding, "gap", a);
    if (fmpq_is_zero(a))
        ew_finding_decide(finding, EW_PROVED, "this exact start",
                          "exactly balanced from step %ld on (exact arithmetic)", step + 1);
    else /* k = 0, as X = 1 balances */
        ew_finding_decide(finding, EW_REFUTED, "this exact start",
                          "at rest from step %ld on, unbalanced (exact arithmetic)", step);
    fmpq_clear(a);
    fmpq_clear(b);
    fmpq_clear(k);
}

static void decide_by_trajectory(ew_finding_t finding, ew_case *about)
{
    const ew_follow_struct *follow = ew_case_follow(about);
    const char *scope = "this exact start";
    ew_case_note_step(finding, about);
    ew_finding_integer(finding, "prec", follow->prec);
    if (follow->fate == EW_PERIODIC)
        ew_finding_decide(finding, EW_PROVED, scope,
                          "trapped by a balanced cycle of period %ld at step %s", follow->period,
                          ew_case_step(about));
    else if (follow->fate == EW_DIVERGES && ew_case_gap_stays_nonzero(about))
        ew_finding_decide(finding, EW_REFUTED, scope,
                          "the trajectory diverges, and the gap with it (certified at step %s)",
                          ew_case_step(about));
    else if (follow->fate == EW_CONVERGES && !arb_contains_zero(follow->gap_limit)) {
        ew_finding_ball(finding, "gap_limit", follow->gap_limit);
        ew_finding_decide(finding, EW_REFUTED, scope, "converges to an unbalanced minimum");
    } else
        ew_finding_decide(finding, EW_UNDECIDED, scope,
                          "no fate proved in %s steps with up to %ld bits%s", ew_case_step(about),
                          follow->prec, ew_case_help(about));
}

void ew_check_balancing_beyond_edge(ew_finding_t finding, ew_case *about)
{
    if (!ew_case_alpha_positive(finding, about))
        return;
    if (about->regime != EW_BEYOND) {
        ew_finding_decide(finding, EW_VACUOUS, "this eta, sigma",
                          "s <= 2 exactly: eta > 2/S does not hold");
        return;
    }
    ulong prime;
    slong step;
    ew_answer lands_not = ew_case_never_lands(about, &prime, &step);
    if (lands_not == EW_NO)
        decide_landing(finding, about, step);
    else if (lands_not == EW_YES && ew_case_region(finding, about, about->mode->alpha) == EW_YES) {
        ew_case_note_prime(finding, prime);
        ew_finding_integer(finding, "exact_steps", step);
        ew_finding_decide(finding, EW_PROVED, "this exact start",
                          "every minimum repels (s > 2), X < 2 for ever (lemma B), and no landing "
                          "(%lu-adic size grows from step %ld, lemma C)",
                          prime, step);
    } else
        decide_by_trajectory(finding, about);
}
