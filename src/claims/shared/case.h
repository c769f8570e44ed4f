/* What the checks of one mode share: each piece is made once, when it is first asked for. */
#ifndef EDGEWISE_CLAIMS_SHARED_CASE_H
#define EDGEWISE_CLAIMS_SHARED_CASE_H

#include "num/domain.h"
#include <edgewise/claims.h>

/* Is it an effort that a check can be given? */
static inline bool ew_effort_fits(const ew_effort *effort)
{
    return effort != NULL && ew_prec_fits(effort->prec) && ew_prec_fits(effort->max_prec) &&
           effort->max_steps >= 0;
}

struct ew_case_struct {
    ew_mode_t mode;
    ew_effort effort;
    ew_regime regime;
    ew_status stopped; /* EW_STOPPED once the caller's progress said stop */

    bool roots_made;
    ew_status roots_status;
    ew_roots_t roots;
    ew_stability_t stability; /* made with the roots when rho_1 and rho_2 exist */

    bool follow_made;
    ew_follow_t follow;
    char *step_text, *grows_text;
    char help[160];

    bool lands_made;
    ew_answer never_lands;
    ulong lands_prime;
    slong lands_step;
};

/* The precision to try after `prec`, twice as much, at last `most` itself; 0 when that was tried. */
slong ew_case_more_bits(slong prec, slong most);

/* The effort's first precision is lowered to its cap, so that every loop between the two tries something. */
void ew_case_init(ew_case *about, const ew_mode_t mode, const ew_effort *effort);
void ew_case_clear(ew_case *about);

/* The roots of Phi, or NULL when they could not be certified within the effort. */
const ew_roots_struct *ew_case_roots(ew_case *about);

/* The stability of the orbit, or NULL; s > 2. */
const ew_stability_struct *ew_case_stability(ew_case *about);

/* The ball trajectory from (0, alpha), followed to its fate or to the end of the effort. */
const ew_follow_struct *ew_case_follow(ew_case *about);

/* The step that the follower came to, and that at which X > 2 is proved, the plateau's included, as decimals; owned by
 * the case. `_note_step` adds the first as a fact: a number, or text where it is too long for one. */
const char *ew_case_step(ew_case *about);
const char *ew_case_grows(ew_case *about);
void ew_case_note_step(ew_finding_t finding, ew_case *about);

/* What the followed trajectory is proved to do, for a reason: "converges to a minimum", ... */
const char *ew_case_fate(ew_case *about);

/* What would help where the followed trajectory does not decide a claim, to be put behind the reason: "; --steps 61000 is
 * predicted to do", another option, or that none would. Owned by the case; to be read at once. */
const char *ew_case_help(ew_case *about);

/* True when the followed trajectory is proved to end on the 2-cycle {rho_1, rho_2}. `phase` (out, may be NULL): 0 when
 * it is near rho_1 at even steps, 1 at odd ones. */
bool ew_case_on_orbit(ew_case *about, int *phase);

/* ew_balance_never_lands, with its prime and step. */
ew_answer ew_case_never_lands(ew_case *about, ulong *prime, slong *step);

/* Adds that prime as a fact. */
void ew_case_note_prime(ew_finding_t finding, ulong prime);

/* True when the gap is proved never to become exactly zero (no X is 1): by lemma C or along the followed
 * trajectory. A gap of zero would neither grow nor fail to tend to zero, whatever X does. */
bool ew_case_gap_stays_nonzero(ew_case *about);

/* True when |gap| is proved to grow at some step: X > 2 there, and no X before was 1. */
bool ew_case_gap_grows(ew_case *about);

/* Lemma B (ew_balance_region) for every start at or below alpha; alpha = NULL: below the poster's bound. Notes
 * the answer and the precision of the last attempt. */
ew_answer ew_case_region(ew_finding_t finding, ew_case *about, const fmpq *alpha);

/* Sets VACUOUS or DEGENERATE and returns false when the hypothesis eta > 2/S fails: for the claims
 * on the orbit. */
bool ew_case_beyond_edge(ew_finding_t finding, ew_case *about);

/* Sets VACUOUS and returns false when not 2 < s < 2 sqrt 2, the range of the balancing theorem. */
bool ew_case_in_balancing_range(ew_finding_t finding, ew_case *about);

/* Sets VACUOUS and returns false when alpha = 0, from where nothing moves. */
bool ew_case_alpha_positive(ew_finding_t finding, ew_case *about);

/* The sign of alpha - bound, decided; the bound as a ball. s < 2 sqrt 2. 0 only when undecided. */
int ew_case_cmp_bound(arb_t bound, ew_case *about, const fmpq_t alpha);

#endif
