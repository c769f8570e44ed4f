/* orbit-only-two: theory/orbit-only-two.md. The poster's literal "the two real roots". */
#include "claims/checks.h"
#include "claims/shared/roots.h"

void ew_check_orbit_only_two(ew_finding_t finding, ew_case *about)
{
    const ew_roots_struct *roots = ew_claim_roots(finding, about);
    if (roots == NULL)
        return;
    for (slong i = 0; i < roots->count; i++)
        if (!roots->roots[i].on_orbit) {
            ew_finding_ball(finding, "another_root", roots->roots[i].x);
            ew_finding_decide(finding, EW_REFUTED, "this L, eta, sigma",
                              "Phi has %ld certified real roots", roots->count);
            return;
        }
    ew_finding_decide(finding, EW_PROVED, "this L, eta, sigma", "the complete count is two");
}
