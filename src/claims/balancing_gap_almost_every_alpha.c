/* balancing-gap-almost-every-alpha: theory/balancing-gap-almost-every-alpha.md. Lemma B with the bound
 * itself covers every alpha below it; the exceptions are zeros of countably many polynomials. */
#include "claims/checks.h"
#include "claims/shared/case.h"

void ew_check_balancing_gap_almost_every_alpha(ew_finding_t finding, ew_case *about)
{
    if (!ew_case_in_balancing_range(finding, about))
        return;
    arb_t bound, gap;
    arb_init(bound);
    arb_init(gap);
    ew_answer answer = EW_UNKNOWN;
    slong prec = about->effort.prec;
    for (; answer == EW_UNKNOWN && prec <= 16 * about->effort.prec; prec *= 4) {
        ew_balance_bound(bound, about->mode, prec);
        arb_sqr(gap, bound, prec);
        answer = ew_balance_region(about->mode, gap, prec);
    }
    ew_finding_ball(finding, "bound", bound);
    if (answer == EW_YES)
        ew_finding_decide(finding, EW_PROVED,
                          "this L, eta, sigma; all alpha in (0, bound) but the "
                          "zeros of countably many nonzero polynomials",
                          "X < 2 at every step for every alpha below the bound (lemma B, balls)");
    else
        ew_finding_decide(finding, EW_UNDECIDED, "this L, eta, sigma",
                          "lemma B does not hold at the bound with %ld bits", prec / 4);
    arb_clear(bound);
    arb_clear(gap);
}
