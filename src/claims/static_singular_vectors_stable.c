/* static-singular-vectors-stable: theory/static-singular-vectors-stable.md. */
#include "claims/checks.h"
#include "claims/shared/network.h"

void ew_check_static_singular_vectors_stable(ew_finding_t finding, ew_network_case *about)
{
    if (about->modes == 1 && about->problem->dim == 1)
        ew_finding_decide(finding, EW_DEGENERATE, "dimension 1",
                          "there are no directions transverse to the invariant set");
    else if (about->at_edge > 0)
        ew_finding_decide(finding, EW_DEGENERATE, "this eta, sigma",
                          "s_%ld = 2 exactly: multipliers of modulus 1", about->oscillating + 1);
    else
        ew_network_decide_multipliers(finding, about, true);
}
