/* balancing-gap-almost-every-alpha: theory/balancing-gap-almost-every-alpha.md. Lemma B with the bound
 * itself covers every alpha below it; the exceptions are zeros of countably many polynomials. */
#include "claims/checks.h"
#include "claims/shared/case.h"

void ew_check_balancing_gap_almost_every_alpha(ew_finding_t finding, ew_case *about)
{
    if (!ew_case_in_balancing_range(finding, about))
        return;
    arb_t bound;
    arb_init(bound);
    if (ew_balance_bound(bound, about->mode, about->effort.prec) == EW_OK)
        ew_finding_ball(finding, "bound", bound);
    arb_clear(bound);
    if (ew_case_region(finding, about, NULL) == EW_YES)
        ew_finding_decide(
            finding, EW_PROVED,
            "this L, eta, sigma; all alpha in (0, bound) but the zeros of countably many "
            "nonzero polynomials",
            "X < 2 at every step for every alpha below the bound (lemma B, balls)");
    else
        ew_finding_decide(
            finding, EW_UNDECIDED, "this L, eta, sigma",
            "lemma B was not proved at the bound with up to %ld bits; no option would "
            "help where it does not hold",
            FLINT_MIN(16 * about->effort.prec, about->effort.max_prec));
}
