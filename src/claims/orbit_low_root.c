/* orbit-low-root: theory/orbit-low-root.md. */
#include "claims/checks.h"
#include "claims/shared/roots.h"

void ew_check_orbit_low_root(ew_finding_t finding, ew_case *about)
{
    const ew_roots_struct *roots = ew_claim_roots(finding, about);
    if (roots == NULL)
        return;
    slong count = ew_claim_count_place(roots, EW_LOW);
    ew_finding_integer(finding, "roots_in_interval", count);
    if (count != 1) {
        ew_finding_decide(finding, EW_REFUTED, "this L, eta, sigma",
                          "%ld roots lie in (0, sigma^(1/L))", count);
        return;
    }
    ew_finding_ball(finding, "rho_1", roots->roots[roots->low].x);
    ew_claim_prove_root(finding, "rho_1", roots->roots[roots->low].x);
}
