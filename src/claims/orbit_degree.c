/* orbit-degree: theory/orbit-degree.md. The leading coefficient of Phi is (-eta)^(2L-1), never zero; for
 * the depths at which Phi can be expanded the degree is read off as well. */
#include "claims/checks.h"
#include "claims/shared/case.h"

void ew_check_orbit_degree(ew_finding_t finding, ew_case *about)
{
    enum { EXPAND_UP_TO = 24 };
    slong degree = ew_orbit_poly_degree(about->mode->depth);
    ew_finding_integer(finding, "degree", degree);
    bool expanded = about->mode->depth <= EXPAND_UP_TO;
    ew_finding_truth(finding, "expanded", expanded);
    if (expanded) {
        fmpz_poly_t phi;
        fmpz_poly_init(phi);
        ew_status status = ew_orbit_poly_build(phi, about->mode);
        bool agrees = fmpz_poly_degree(phi) == degree;
        fmpz_poly_clear(phi);
        if (status != EW_OK) {
            ew_finding_decide(finding, EW_UNDECIDED, "this L, eta, sigma",
                              "Phi could not be expanded: %s", ew_status_text(status));
            return;
        }
        if (!agrees) {
            ew_finding_decide(finding, EW_REFUTED, "this L, eta, sigma",
                              "the expanded polynomial has another degree");
            return;
        }
    }
    ew_finding_decide(finding, EW_PROVED, "every eta, sigma > 0 at this L",
                      "the leading coefficient is (-eta)^(2L-1)%s",
                      expanded ? "; the exact expansion agrees" : "");
}
