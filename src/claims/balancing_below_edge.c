/* balancing-below-edge: theory/balancing-below-edge.md. Never grows: lemma B or the ball trajectory; then
 * the limit is at most alpha^2, so O(alpha^2), and for L = 2 of a higher order still. */
#include "claims/checks.h"
#include "claims/shared/case.h"

/* gamma = 1 - log(1-h) / log(1+h), h = s/2 < 1, at depth 2: theory/balancing-below-edge.md (4). */
static void depth_two_exponent(arb_t gamma, const ew_mode_t mode, slong prec)
{
    arb_t h, up;
    arb_init(h);
    arb_init(up);
    for (arb_indeterminate(gamma); !arb_is_finite(gamma); prec *= 2) { /* s may be close to 2 */
        ew_mode_s(h, mode, prec);
        arb_mul_2exp_si(h, h, -1);
        arb_neg(gamma, h);
        arb_log1p(gamma, gamma, prec);
        arb_log1p(up, h, prec);
        arb_div(gamma, gamma, up, prec);
        arb_sub_ui(gamma, gamma, 1, prec);
        arb_neg(gamma, gamma);
    }
    arb_clear(h);
    arb_clear(up);
}

/* Notes the true order of the limit in alpha: theory/balancing-below-edge.md (3), (4). */
static void note_order(ew_finding_t finding, ew_case *about)
{
    if (about->mode->depth > 2) {
        ew_finding_text(finding, "order", "alpha^2");
        return;
    }
    arb_t gamma;
    arb_init(gamma);
    depth_two_exponent(gamma, about->mode, about->effort.prec);
    ew_finding_text(finding, "order", "alpha^exponent");
    ew_finding_ball(finding, "exponent", gamma);
    arb_clear(gamma);
}

/* The exact trajectory comes to rest or to exact balance at `step`: did the gap never grow before? */
static bool contracts_until(ew_case *about, slong step)
{
    fmpq_t a, b, k;
    fmpq_init(a);
    fmpq_init(b);
    fmpq_init(k);
    fmpq_set(b, about->mode->alpha);
    bool contracts = true;
    for (slong t = 0; t <= step && contracts; t++) {
        ew_pair_step_exact(a, b, k, about->mode);
        fmpq_mul(k, k, k);
        contracts = fmpq_cmp_si(k, 2) < 0;
    }
    fmpq_clear(a);
    fmpq_clear(b);
    fmpq_clear(k);
    return contracts;
}

void ew_check_balancing_below_edge(ew_finding_t finding, ew_case *about)
{
    if (fmpq_is_zero(about->mode->sigma)) {
        ew_finding_decide(finding, EW_DEGENERATE, "sigma = 0, every alpha",
                          "(0, alpha) is a fixed point: the gap is alpha^2 for ever");
        return;
    }
    if (!ew_case_alpha_positive(finding, about))
        return;
    if (about->regime != EW_BELOW) {
        ew_finding_decide(finding, EW_VACUOUS, "this eta, sigma",
                          "s >= 2 exactly: eta < 2/S does not hold");
        return;
    }
    ulong prime;
    slong step;
    ew_answer lands_not = ew_case_never_lands(about, &prime, &step);
    bool region = ew_case_region(finding, about, about->mode->alpha) == EW_YES;
    const ew_follow_struct *follow = ew_case_follow(about);
    bool converges = follow->fate == EW_CONVERGES;
    if (converges)
        ew_finding_ball(finding, "gap_limit", follow->gap_limit);
    if (region || (converges && follow->contracts)) {
        note_order(finding, about);
        ew_finding_decide(finding, EW_PROVED, "this exact start, every step",
                          "X < 2 at every step (%s), so the gap falls to at most alpha^2",
                          region ? "lemma B" : "balls, then the region of convergence");
    } else if (lands_not == EW_NO && contracts_until(about, step))
        ew_finding_decide(
            finding, EW_PROVED, "this exact start, every step",
            "X < 2 up to step %ld, where it is 0 or 1 exactly: the gap stands still from then on",
            step);
    else if (ew_case_gap_grows(about))
        ew_finding_decide(finding, EW_REFUTED, "this exact start", "X > 2 at step %s",
                          ew_case_grows(about));
    else
        ew_finding_decide(finding, EW_UNDECIDED, "this exact start",
                          "X < 2 not proved for ever: %s steps followed with up to %ld bits%s",
                          ew_case_step(about), follow->prec, ew_case_help(about));
}
