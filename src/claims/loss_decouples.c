/* loss-decouples: theory/loss-decouples.md, the poster's equation (1). */
#include "claims/checks.h"
#include "claims/shared/network.h"

void ew_check_loss_decouples(ew_finding_t finding, ew_network_case *about)
{
    char text[160];
    bool run = ew_network_exact(finding, about);
    if (run && !about->exact_loss)
        ew_finding_decide(finding, EW_REFUTED, ew_network_exact_text(text, about),
                          "the loss of an exact step differs from the sum: the algebra or the "
                          "program is wrong");
    else
        ew_finding_decide(
            finding, EW_PROVED, "every eta, alpha, target and step",
            "by algebra (theory/loss-decouples.md), p_i signed%s%s%s", run ? "; two steps of " : "",
            run ? ew_network_exact_text(text, about) : "", run ? " agree in exact rationals" : "");
}
