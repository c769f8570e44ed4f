/* flow-conserves: theory/flow-conserves.md. The identity W_(l+1)^T G_(l+1) = G_l W_l^T is checked exactly on and off the
 * invariant set; a short run of GSL's integrator is shown beside it. */
#include "claims/checks.h"
#include "claims/shared/network.h"

/* The change of what is conserved over 20 times 1 at tolerance 1e-12, where the network is small. */
static void note_drift(ew_finding_t finding, const ew_problem_t problem)
{
    if (problem->dim > 16 || problem->depth > 8)
        return;
    ew_target_t target;
    ew_start start = {EW_START_POSTER, 1, NULL};
    ew_target_init(target);
    ew_net *net = NULL;
    if (ew_target_from_problem(target, problem, EW_DOUBLE, true, 1, 53) == EW_OK)
        net = ew_net_new(target, problem, &start);
    if (net != NULL && ew_net_flow(net, 20, 1e-12) == EW_OK) {
        ew_net_record_t record;
        ew_net_record_init(record, net);
        if (ew_net_observe(record, net, false) == EW_OK && record->finite)
            ew_finding_ball(finding, "drift_observed", record->conserved);
        ew_net_record_clear(record);
    }
    ew_net_free(net);
    ew_target_clear(target);
}

void ew_check_flow_conserves(ew_finding_t finding, ew_network_case *about)
{
    char text[160];
    bool run = ew_network_exact(finding, about);
    note_drift(finding, about->problem);
    if (run && !about->exact_conserved)
        ew_finding_decide(finding, EW_REFUTED, ew_network_exact_text(text, about),
                          "the exact velocity is not zero: the algebra or the program is wrong");
    else
        ew_finding_decide(finding, EW_PROVED, "every target, start and time",
                          "by algebra (theory/flow-conserves.md)%s%s",
                          run ? "; the identity holds in exact rationals on and off the invariant "
                                "set of "
                              : "",
                          run ? ew_network_exact_text(text, about) : "");
}
