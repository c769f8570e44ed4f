/* loss-decouples: theory/loss-decouples.md, the poster's equation (1). */
#include "claims/checks.h"
#include "claims/shared/network.h"

void ew_check_loss_decouples(ew_finding_t finding, ew_network_case *about)
{
    if (ew_network_exact(finding, about) && !about->exact_loss)
        ew_finding_decide(finding, EW_REFUTED, "this problem",
                          "the loss of an exact step differs from the sum: the algebra or the "
                          "program is wrong");
    else
        ew_finding_decide(finding, EW_PROVED, "every eta, alpha, target and step",
                          "by algebra (theory/loss-decouples.md), p_i signed%s",
                          about->exact_run ? "; two steps of this problem agree in exact rationals"
                                           : "");
}
