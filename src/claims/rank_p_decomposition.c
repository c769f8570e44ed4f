/* rank-p-decomposition: theory/rank-p-decomposition.md, equation (2) with the hypotheses that it needs. */
#include "claims/checks.h"
#include "claims/shared/network.h"
#include <string.h>

/* Does the flip come before s_1? Sets VACUOUS and returns false when it does. */
static bool below_flip(ew_finding_t finding, ew_network_case *about)
{
    const ew_stability_struct *stability = ew_case_stability(about->mode);
    if (stability == NULL || stability->attracts != EW_NO)
        return true;
    ew_finding_decide(finding, EW_VACUOUS, "this eta, sigma",
                      "s_1 > s_2(L): the orbit of sigma_1 repels even within the invariant set");
    return false;
}

/* "low, high, ...": where each of the p values is at even steps. */
static void note_phases(ew_finding_t finding, const int *phase, slong p)
{
    char text[256] = "";
    for (slong i = 0; i < p && strlen(text) < sizeof text - 8; i++) {
        strcat(text, i > 0 ? " " : "");
        strcat(text, phase[i] ? "high" : "low");
    }
    ew_finding_text(finding, "at_even_steps", text);
}

/* The first mode that does not do what (2) says, or -1; `undecided` when nothing is proved of it. */
static slong first_failure(ew_network_case *about, bool *undecided)
{
    slong unknown = -1;
    for (slong i = 0; i < about->problem->count; i++) {
        ew_case *mode = about->mode + i;
        const ew_follow_struct *follow = ew_case_follow(mode);
        bool beyond = mode->regime == EW_BEYOND;
        if (beyond ? ew_case_on_orbit(mode, NULL) : follow->fate == EW_CONVERGES)
            continue;
        bool other_cycle = beyond && follow->fate == EW_PERIODIC && follow->period == 2;
        if (follow->fate == EW_NOT_YET || other_cycle) {
            unknown = unknown < 0 ? i : unknown;
            continue;
        }
        *undecided = false;
        return i;
    }
    *undecided = unknown >= 0;
    return unknown;
}

void ew_check_rank_p_decomposition(ew_finding_t finding, ew_network_case *about)
{
    if (!ew_case_alpha_positive(finding, about->mode) || !ew_network_beyond_edge(finding, about) ||
        !below_flip(finding, about))
        return;
    const char *scope = "this exact start, exact arithmetic";
    slong p = about->oscillating;
    bool undecided;
    ew_finding_integer(finding, "p", p);
    slong failed = first_failure(about, &undecided);
    if (failed < 0) {
        int *phase = flint_malloc((size_t)about->problem->count * sizeof(int));
        ew_network_phases(phase, about);
        note_phases(finding, phase, p);
        bool common = true;
        for (slong i = 1; i < p; i++)
            common = common && phase[i] == phase[0];
        flint_free(phase);
        ew_finding_decide(finding, EW_PROVED, scope,
                          "%ld %s trapped by the orbit, %ld converge; %s", p,
                          p == 1 ? "value is" : "values are", about->problem->count - p,
                          p == 1   ? "one phase"
                          : common ? "the phases happen to agree"
                                   : "the phases differ");
        return;
    }
    ew_case *mode = about->mode + failed;
    const ew_follow_struct *follow = ew_case_follow(mode);
    if (undecided && follow->fate != EW_NOT_YET)
        ew_finding_decide(finding, EW_UNDECIDED, scope,
                          "sigma_%ld: trapped by a 2-cycle that was not identified with the orbit",
                          failed + 1);
    else if (undecided)
        ew_finding_decide(finding, EW_UNDECIDED, scope,
                          "sigma_%ld: no fate proved in %s steps with up to %ld bits%s", failed + 1,
                          ew_case_step(mode), follow->prec, ew_case_help(mode));
    else
        ew_finding_decide(
            finding, EW_REFUTED, scope, "sigma_%ld: its trajectory %s (proved)", failed + 1,
            follow->fate == EW_PERIODIC ? "is trapped by another cycle" : ew_case_fate(mode));
}
