/* What the checks of a whole network share: a case per mode, and the multipliers of the rank-p orbit. */
#ifndef EDGEWISE_CLAIMS_SHARED_NETWORK_H
#define EDGEWISE_CLAIMS_SHARED_NETWORK_H

#include "claims/shared/case.h"

struct ew_network_case_struct {
    const ew_problem_struct *problem; /* not owned */
    ew_effort effort;
    slong modes;       /* count, and one more for the zeros past the rank */
    slong oscillating; /* modes with s > 2 */
    slong at_edge;     /* modes with s = 2 */
    ew_case *mode;
    ew_status stopped;

    bool floquet_made, floquet_tried;
    ew_status floquet_status;
    ew_floquet_t floquet;

    bool exact_made, exact_run; /* the exact run of exact_network.c: made or refused; carried out */
    slong exact_dim, exact_depth;
    bool exact_static, exact_loss, exact_conserved;
};

/* EW_OK, or EW_RESOURCES with nothing to clear. */
EW_MUST_CHECK ew_status ew_network_case_init(ew_network_case *about, const ew_problem_t problem,
                                             const ew_effort *effort);
void ew_network_case_clear(ew_network_case *about);

/* EW_STOPPED once the caller's progress said stop, of any of its cases. */
EW_MUST_CHECK ew_status ew_network_case_stopped(const ew_network_case *about);

/* The multipliers, or NULL with the verdict UNDECIDED where the blocks are too many or too large, or the orbit was not
 * certified. Single rows may be undecided. */
const ew_floquet_struct *ew_network_floquet(ew_finding_t finding, ew_network_case *about);

/* The phases that gradient descent takes, one per singular value: true when all oscillating ones are proved to end on
 * their orbit. False leaves zeros for those that are not. */
bool ew_network_phases(int *phase, ew_network_case *about);

/* Decides a claim that all multipliers, or with `transverse` those of pairs alone, lie inside. */
void ew_network_decide_multipliers(ew_finding_t finding, ew_network_case *about, bool transverse);

/* Sets VACUOUS and returns false when nothing is beyond the edge; DEGENERATE for a mode exactly at it. */
bool ew_network_beyond_edge(ew_finding_t finding, ew_network_case *about);

/* What ew_network_exact ran, for a reason: "two steps of this problem", or of which smaller one; static until the next
 * call with the same `text`. */
const char *ew_network_exact_text(char text[160], const ew_network_case *about);

/* Runs two exact steps of a network in rationals, of the problem's own eta, alpha and largest singular values, with
 * rational orthogonal U and V: sets exact_static, exact_loss, exact_conserved and the size of that network (at most
 * 3 x 3 and depth 4), and notes the size. False when the numbers are too long for it. theory/network.md (9) */
bool ew_network_exact(ew_finding_t finding, ew_network_case *about);

#endif
