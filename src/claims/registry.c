/* The table of claims, and the check of one claim or of a whole problem. To add a claim: a file here,
 * a line in this table, a page in theory/, a test in tests/. */
#include "claims/checks.h"
#include "claims/shared/network.h"
#include "model/domain.h"
#include <string.h>

const ew_claim ew_claims[] = {
    {"orbit-degree",
     "For every L >= 2, eta > 0, sigma > 0: the orbit polynomial has degree exactly (2L-1)(2L-2).",
     true, false, ew_check_orbit_degree, NULL},
    {"orbit-low-root",
     "For eta > 2/S: exactly one real root of Phi lies in (0, sigma^(1/L)), and it is simple.",
     true, false, ew_check_orbit_low_root, NULL},
    {"orbit-high-root",
     "For eta > 2/S: exactly one real root of Phi lies in (sigma^(1/L), (2 sigma)^(1/L)).", true,
     false, ew_check_orbit_high_root, NULL},
    {"orbit-only-two", "For eta > 2/S: Phi has exactly two real roots.", true, false,
     ew_check_orbit_only_two, NULL},
    {"orbit-attracts",
     "For eta > 2/S: gradient descent from (0, alpha), this alpha > 0, converges to the 2-cycle "
     "{rho_1, rho_2}.",
     true, false, ew_check_orbit_attracts, NULL},
    {"balancing-gap",
     "For eta > 2/S and this alpha in (0, bound): |a^2 - b^2| strictly decreases at every step t "
     ">= "
     "0.",
     false, false, ew_check_balancing_gap, NULL},
    {"balancing-gap-every-alpha",
     "For eta > 2/S and every alpha in (0, bound): |a^2 - b^2| strictly decreases at every step.",
     true, false, ew_check_balancing_gap_every_alpha, NULL},
    {"balancing-gap-almost-every-alpha",
     "For eta > 2/S and all but countably many alpha in (0, bound): |a^2 - b^2| strictly decreases "
     "at every step.",
     false, false, ew_check_balancing_gap_almost_every_alpha, NULL},
    {"balancing-below-edge",
     "For eta < 2/S and this alpha > 0: |a^2 - b^2| never increases, and its limit is O(alpha).",
     true, true, ew_check_balancing_below_edge, NULL},
    {"balancing-beyond-edge", "For eta > 2/S and this alpha > 0: |a^2 - b^2| tends to zero.", true,
     false, ew_check_balancing_beyond_edge, NULL},
    {"oscillation-threshold",
     "For this alpha > 0: the singular value oscillates for ever, neither converging nor "
     "diverging, "
     "if eta > 2/S, and converges to sigma if eta < 2/S.",
     true, false, ew_check_oscillation_threshold, NULL},
    {"static-singular-vectors",
     "For every eta > 0, alpha, target and step t: W_L(t) = U D_L V^T and W_l(t) = V D_l V^T with "
     "diagonal D.",
     true, false, NULL, ew_check_static_singular_vectors},
    {"static-singular-vectors-stable",
     "Near the rank-p orbit: every multiplier transverse to the invariant set lies inside the unit "
     "circle, but for those that symmetry fixes at 1.",
     false, false, NULL, ew_check_static_singular_vectors_stable},
    {"loss-decouples",
     "For every eta > 0, alpha, target and step t: the loss is the sum over i <= r of (p_i(t) - "
     "sigma_i)^2 / 2.",
     true, false, NULL, ew_check_loss_decouples},
    {"rank-p-decomposition",
     "For 2/S_p < eta < 2/S_(p+1), s_1 < s_2(L) and this alpha > 0: the end-to-end map tends to "
     "sum_{i "
     "<= p} rho_(j_i)^L u_i v_i^T + sum_{p < k <= r} sigma_k u_k v_k^T, rho_1 and rho_2 those of "
     "sigma_i, j_i alternating between 1 and 2, each i <= p with a phase of its own.",
     false, false, NULL, ew_check_rank_p_decomposition},
    {"rank-p-decomposition-literal",
     "For every p with eta > 2/S_p and this alpha > 0: the end-to-end map tends to sum_{i <= p} "
     "rho_j^L u_i v_i^T + sum_{p < k <= r} sigma_k u_k v_k^T, stationary for all k > p, with one "
     "alternating j for all i <= p.",
     true, false, NULL, ew_check_rank_p_decomposition_literal},
    {"rank-p-attracts",
     "For eta > 2/S_1: every multiplier of the rank-p orbit, in the phases that gradient descent "
     "takes "
     "from (0, alpha), lies inside the unit circle, but for those that symmetry fixes at 1.",
     false, false, NULL, ew_check_rank_p_attracts},
    {"hessian-spectrum",
     "At the balanced minimum: the Hessian has the eigenvalues S_i, sum_l sigma_i^(2(L-l)/L) "
     "sigma_j^(2(l-1)/L) for i != j, and zeros.",
     false, false, NULL, ew_check_hessian_spectrum},
    {"hessian-spectrum-past-rank",
     "The zeros past the rank, left at (0, alpha) by gradient descent, add to the spectrum what "
     "they "
     "add at the balanced minimum.",
     false, false, NULL, ew_check_hessian_spectrum_past_rank},
    {"flow-conserves",
     "For every target and start: gradient flow keeps W_(l+1)^T W_(l+1) - W_l W_l^T, so every "
     "a^2 - b^2.",
     true, false, NULL, ew_check_flow_conserves},
    {"balanced-flattest",
     "For every minimum W_L .. W_1 = M: the sharpness is at least S_1, its value where the layers "
     "are "
     "balanced.",
     true, false, NULL, ew_check_balanced_flattest},
    {"progressive-sharpening",
     "For eta > 2/S_1 and this alpha > 0: the sharpness rises at every step until it exceeds "
     "2/eta, and "
     "then hovers about it: its two limits lie on either side.",
     true, false, NULL, ew_check_progressive_sharpening},
    {NULL, NULL, false, false, NULL, NULL}};

const char *ew_claim_symbols(void)
{
    return "In the statements: layers W_L .. W_1, L >= 2, each d x d; target M = U diag(sigma_1 >= "
           "sigma_2 "
           ">= .. > 0, 0, ..) V^T with r of them positive, u_i and v_i the columns of U and V; "
           "gradient "
           "descent of step eta on |W_L .. W_1 - M|^2 / 2 from W_L = 0 and W_l = alpha 1 for l < "
           "L; the "
           "end-to-end map is W_L .. W_1. S_i = L sigma_i^(2-2/L), s_i = eta S_i, so that eta > "
           "2/S_i says "
           "s_i > 2; without an index they, and sigma, are those of the singular value at hand. "
           "D_l: what the "
           "layers are in the frames U and V; (a, b): on the diagonals of a value, a of the last "
           "layer and b "
           "of the others; p_i = a b^(L-1); its gap is a^2 - b^2. bound = (ln(2 sqrt 2 / s) "
           "sigma^(4/L) / (L^2 "
           "2^((2L-3)/L)))^(1/4), for s < 2 sqrt 2. On a = b = x a step is g(x) = x - eta x^(L-1) "
           "(x^L - "
           "sigma); Phi(x) = (g(g(x)) - x) / (g(x) - x) is the orbit polynomial; rho_1 < "
           "sigma^(1/L) < rho_2 are "
           "its real roots with g(rho_1) = rho_2 and g(rho_2) = rho_1, the 2-cycle, the balanced "
           "orbit. The "
           "rank-p orbit: every i <= p with s_i > 2 on its 2-cycle, the others at sigma_i; its "
           "multipliers are "
           "the eigenvalues of two steps' derivative there. s_2(L): the step s at which that "
           "2-cycle loses its "
           "stability. Sharpness: the largest eigenvalue of the Hessian of the loss.";
}

const ew_claim *ew_claim_find(const char *id)
{
    if (id == NULL)
        return NULL;
    for (const ew_claim *claim = ew_claims; claim->id != NULL; claim++)
        if (strcmp(claim->id, id) == 0)
            return claim;
    return NULL;
}

ew_effort ew_effort_default(void)
{
    return (ew_effort){.prec = 128, .max_prec = 32768, .max_steps = 500000, .progress = NULL};
}

/* Starts a finding about the singular value `index` (0: the network). */
static void start(ew_finding_t finding, const ew_claim *claim, slong index)
{
    ew_finding_init(finding);
    finding->id = claim->id;
    finding->index = index;
}

ew_status ew_claim_check(ew_finding_t finding, const ew_claim *claim, const ew_mode_t mode,
                         slong index, const ew_effort *effort)
{
    if (finding == NULL || claim == NULL || !ew_mode_fits(mode) || !ew_effort_fits(effort))
        return EW_BAD_INPUT;
    if (claim->check == NULL)
        return EW_BAD_INPUT;
    ew_case about;
    ew_case_init(&about, mode, effort);
    ew_finding_clear(finding);
    start(finding, claim, index);
    claim->check(finding, &about);
    ew_status status = about.stopped;
    ew_case_clear(&about);
    return status;
}

ew_status ew_claim_check_network(ew_finding_t finding, const ew_claim *claim,
                                 const ew_problem_t problem, const ew_effort *effort)
{
    if (finding == NULL || claim == NULL || !ew_problem_fits(problem) || !ew_effort_fits(effort))
        return EW_BAD_INPUT;
    if (claim->check_network == NULL)
        return EW_BAD_INPUT;
    ew_network_case about;
    ew_finding_clear(finding);
    if (ew_network_case_init(&about, problem, effort) != EW_OK)
        return EW_RESOURCES;
    start(finding, claim, 0);
    claim->check_network(finding, &about);
    ew_status status = ew_network_case_stopped(&about);
    ew_network_case_clear(&about);
    return status;
}

void ew_findings_init(ew_findings_t findings)
{
    findings->findings = NULL;
    findings->count = 0;
}

void ew_findings_clear(ew_findings_t findings)
{
    for (slong i = 0; i < findings->count; i++)
        ew_finding_clear(findings->findings + i);
    flint_free(findings->findings);
    ew_findings_init(findings);
}

/* Every claim about mode i (i < 0: about the network), appended. */
static ew_status check_all(ew_findings_t findings, ew_network_case *network, slong i)
{
    const ew_progress *progress = network->effort.progress;
    slong modes = network->modes, count = network->problem->count;
    for (const ew_claim *claim = ew_claims; claim->id != NULL; claim++) {
        bool asked = i < 0 ? claim->check_network != NULL
                           : claim->check != NULL && (i < count || claim->past_rank);
        if (!asked)
            continue;
        if (!ew_progress_tick(progress, claim->id, (ulong)(i < 0 ? modes : i), (ulong)modes + 1))
            return EW_STOPPED;
        ew_finding_struct *finding = findings->findings + findings->count++;
        start(finding, claim, i + 1);
        if (i < 0)
            claim->check_network(finding, network);
        else
            claim->check(finding, network->mode + i);
        if (ew_network_case_stopped(network) != EW_OK)
            return EW_STOPPED;
    }
    return EW_OK;
}

ew_status ew_verify(ew_findings_t findings, const ew_problem_t problem, const ew_effort *effort)
{
    if (findings == NULL || !ew_problem_fits(problem) || !ew_effort_fits(effort))
        return EW_BAD_INPUT;
    ew_findings_clear(findings);
    slong claims = (slong)(sizeof ew_claims / sizeof ew_claims[0]) - 1;
    ew_network_case network;
    if (ew_network_case_init(&network, problem, effort) != EW_OK)
        return EW_RESOURCES;
    findings->findings =
        flint_malloc((size_t)(claims * (network.modes + 1)) * sizeof(ew_finding_struct));
    ew_status status = EW_OK;
    for (slong i = 0; i < network.modes && status == EW_OK; i++)
        status = check_all(findings, &network, i);
    if (status == EW_OK)
        status = check_all(findings, &network, -1);
    ew_network_case_clear(&network);
    return status;
}

int ew_findings_exit(const ew_findings_t findings)
{
    bool undecided = false;
    for (slong i = 0; i < findings->count; i++) {
        if (findings->findings[i].verdict == EW_REFUTED)
            return EW_REFUTED_STATUS;
        undecided = undecided || findings->findings[i].verdict == EW_UNDECIDED;
    }
    return undecided ? EW_UNDECIDED_STATUS : 0;
}
