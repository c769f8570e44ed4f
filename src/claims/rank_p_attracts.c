/* rank-p-attracts: theory/rank-p-attracts.md. */
#include "claims/checks.h"
#include "claims/shared/network.h"

void ew_check_rank_p_attracts(ew_finding_t finding, ew_network_case *about)
{
    if (!ew_network_beyond_edge(finding, about))
        return;
    ew_finding_integer(finding, "p", about->oscillating);
    ew_network_decide_multipliers(finding, about, false);
}
