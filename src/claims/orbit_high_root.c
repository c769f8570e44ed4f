/* orbit-high-root: theory/orbit-high-root.md. False where the second cycle's upper root has entered the
 * interval, from s = s_outer(L) on. */
#include "claims/checks.h"
#include "claims/shared/roots.h"

void ew_check_orbit_high_root(ew_finding_t finding, ew_case *about)
{
    const ew_roots_struct *roots = ew_claim_roots(finding, about);
    if (roots == NULL)
        return;
    slong count = ew_claim_count_place(roots, EW_HIGH);
    arb_t threshold;
    arb_init(threshold);
    ew_orbit_outer_threshold(threshold, about->mode->depth, 64);
    ew_finding_integer(finding, "roots_in_interval", count);
    ew_finding_ball(finding, "true_up_to_s", threshold);
    arb_clear(threshold);
    ew_finding_ball(finding, "rho_2", roots->roots[roots->high].x);
    if (count == 1) {
        ew_claim_prove_root(finding, "rho_2", roots->roots[roots->high].x);
        return;
    }
    for (slong i = 0; i < roots->count; i++)
        if (roots->roots[i].place == EW_HIGH && i != roots->high)
            ew_finding_ball(finding, "second_root", roots->roots[i].x);
    ew_finding_decide(finding, EW_REFUTED, "this L, eta, sigma",
                      "%ld certified roots lie in the interval; rho_2 is the one with u > 0",
                      count);
}
