/* balancing-below-edge: theory/balancing-below-edge.md. Never grows: lemma B or the ball trajectory; then
 * the limit is at most alpha^2, so O(alpha^2), and for L = 2 of a higher order still. */
#include "claims/checks.h"
#include "claims/shared/case.h"

/* Notes the true order of the limit in alpha: theory/balancing-below-edge.md (3), (4). */
static void note_order(ew_finding_t finding, ew_case *about)
{
    if (about->mode->depth > 2) {
        ew_finding_text(finding, "order", "alpha^2");
        return;
    }
    arb_t h, down, up;
    arb_init(h);
    arb_init(down);
    arb_init(up);
    slong prec = about->effort.prec;
    ew_mode_s(h, about->mode, prec);
    arb_mul_2exp_si(h, h, -1); /* 1 - log(1-h) / log(1+h) */
    arb_neg(down, h);
    arb_log1p(down, down, prec);
    arb_log1p(up, h, prec);
    arb_div(down, down, up, prec);
    arb_sub_ui(down, down, 1, prec);
    arb_neg(down, down);
    ew_finding_text(finding, "order", "alpha^exponent");
    ew_finding_ball(finding, "exponent", down);
    arb_clear(h);
    arb_clear(down);
    arb_clear(up);
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
    } else if (follow->grows_at >= 0 && ew_case_gap_stays_nonzero(about))
        ew_finding_decide(finding, EW_REFUTED, "this exact start", "X > 2 at step %ld",
                          follow->grows_at);
    else
        ew_finding_decide(finding, EW_UNDECIDED, "this exact start",
                          "X < 2 not proved for ever: %ld steps followed with up to %ld bits",
                          follow->step, follow->prec);
}
