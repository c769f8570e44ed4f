/* hessian-spectrum-past-rank: theory/hessian-spectrum.md (6). (0, alpha) is a fixed point for sigma = 0, so gradient
 * descent leaves the zeros there, where they have eigenvalues of their own. */
#include "claims/checks.h"
#include "claims/shared/network.h"

void ew_check_hessian_spectrum_past_rank(ew_finding_t finding, ew_network_case *about)
{
    const ew_problem_struct *problem = about->problem;
    if (problem->dim == problem->count) {
        ew_finding_decide(finding, EW_VACUOUS, "this target", "it has full rank: no zeros");
        return;
    }
    if (fmpq_is_zero(problem->alpha)) {
        ew_finding_decide(finding, EW_VACUOUS, "alpha = 0",
                          "the hypothesis alpha > 0 does not hold");
        return;
    }
    arb_t value;
    arb_init(value);
    arb_set_fmpq(value, problem->alpha, about->effort.prec);
    arb_pow_ui(value, value, 2 * (ulong)problem->depth - 2, about->effort.prec);
    ew_finding_ball(finding, "extra_eigenvalue", value);
    double zeros = (double)(problem->dim - problem->count);
    ew_finding_integer(finding, "extra_multiplicity", (slong)(zeros * zeros));
    ew_finding_decide(finding, EW_REFUTED, "every alpha > 0",
                      "alpha^(2L-2) > 0 is an eigenvalue of each of the %.0f entries of pairs of "
                      "zeros, and those shared with sigma_i grow by sums in alpha^2",
                      zeros * zeros);
    arb_clear(value);
}
