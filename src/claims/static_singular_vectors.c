/* static-singular-vectors: theory/static-singular-vectors.md. True for every input by algebra; two steps of this very
 * problem are checked in exact rationals. */
#include "claims/checks.h"
#include "claims/shared/network.h"

void ew_check_static_singular_vectors(ew_finding_t finding, ew_network_case *about)
{
    if (ew_network_exact(finding, about) && !about->exact_static)
        ew_finding_decide(finding, EW_REFUTED, "this problem",
                          "an exact step leaves the invariant set: the algebra or the program is "
                          "wrong");
    else
        ew_finding_decide(finding, EW_PROVED, "every eta, alpha, target and step",
                          "by algebra (theory/static-singular-vectors.md)%s",
                          about->exact_run ? "; two steps of this problem agree in exact rationals"
                                           : "");
}
