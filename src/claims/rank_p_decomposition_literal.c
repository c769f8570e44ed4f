/* rank-p-decomposition-literal: theory/rank-p-decomposition-literal.md. With two values beyond the edge the hypothesis
 * holds for p = 1 as well, where (2) makes the second one stationary. */
#include "claims/checks.h"
#include "claims/shared/network.h"

/* Is it proved that the second value does not converge? */
static bool second_moves(ew_network_case *about)
{
    ew_finding_t finding;
    ew_finding_init(finding);
    ew_check_oscillation_threshold(finding, about->mode + 1);
    bool moves = finding->verdict == EW_PROVED;
    ew_finding_clear(finding);
    return moves || ew_case_follow(about->mode + 1)->fate == EW_DIVERGES;
}

/* Is s_1 proved to be beyond the flip? */
static bool repels(ew_case *first)
{
    const ew_stability_struct *stability = ew_case_stability(first);
    return stability != NULL && stability->attracts == EW_NO;
}

void ew_check_rank_p_decomposition_literal(ew_finding_t finding, ew_network_case *about)
{
    if (!ew_case_alpha_positive(finding, about->mode) || !ew_network_beyond_edge(finding, about))
        return;
    slong p = about->oscillating;
    ew_finding_integer(finding, "p", p);
    if (p > 1) {
        ew_finding_decide(finding, EW_REFUTED, "this exact start",
                          second_moves(about)
                              ? "eta > 2/S_1 is the hypothesis for p = 1, yet sigma_2 is not "
                                "stationary: eta < 2/S_(p+1) is missing"
                              : "eta > 2/S_2: for p = 1 it makes sigma_2 stationary, for p = 2 "
                                "oscillating; both cannot be: eta < 2/S_(p+1) is missing");
        return;
    }
    ew_case *first = about->mode;
    const ew_follow_struct *follow = ew_case_follow(first);
    if (follow->fate == EW_NOT_YET)
        ew_finding_decide(finding, EW_UNDECIDED, "this exact start",
                          "no fate proved in %s steps with up to %ld bits%s", ew_case_step(first),
                          follow->prec, ew_case_help(first));
    else if (!ew_case_on_orbit(first, NULL) && follow->fate == EW_PERIODIC && follow->period == 2)
        ew_finding_decide(
            finding, EW_UNDECIDED, "this exact start",
            "trapped by a 2-cycle that was not identified with the orbit; no option would "
            "help where it is another one");
    else if (!ew_case_on_orbit(first, NULL))
        ew_finding_decide(finding, EW_REFUTED, "this exact start",
                          "eta > 2/S_1, yet sigma_1 does not end on the 2-cycle (proved at step "
                          "%s)%s",
                          ew_case_step(first), repels(first) ? ": s_1 < s_2(L) is missing" : "");
    else {
        for (slong k = 1; k < about->problem->count; k++) {
            const ew_follow_struct *other = ew_case_follow(about->mode + k);
            if (other->fate == EW_CONVERGES)
                continue;
            ew_case *mode = about->mode + k;
            if (other->fate == EW_NOT_YET)
                ew_finding_decide(finding, EW_UNDECIDED, "this exact start",
                                  "sigma_%ld is not proved to be stationary%s", k + 1,
                                  ew_case_help(mode));
            else
                ew_finding_decide(finding, EW_REFUTED, "this exact start",
                                  "sigma_%ld is not stationary: its trajectory %s", k + 1,
                                  ew_case_fate(mode));
            return;
        }
        ew_finding_decide(finding, EW_PROVED, "this exact start, exact arithmetic",
                          "sigma_1 is trapped by the orbit, the others converge");
    }
}
