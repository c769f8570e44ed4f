/* static-singular-vectors: theory/static-singular-vectors.md. True for every input by algebra; two steps, of this
 * very problem where it is small, are checked in exact rationals. */
#include "claims/checks.h"
#include "claims/shared/network.h"

void ew_check_static_singular_vectors(ew_finding_t finding, ew_network_case *about)
{
    char text[160];
    bool run = ew_network_exact(finding, about);
    if (run && !about->exact_static)
        ew_finding_decide(finding, EW_REFUTED, ew_network_exact_text(text, about),
                          "an exact step leaves the invariant set: the algebra or the program is "
                          "wrong");
    else
        ew_finding_decide(
            finding, EW_PROVED, "every eta, alpha, target and step",
            "by algebra (theory/static-singular-vectors.md)%s%s%s", run ? "; two steps of " : "",
            run ? ew_network_exact_text(text, about) : "", run ? " agree in exact rationals" : "");
}
