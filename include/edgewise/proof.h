/* Theorems for every depth and every step size, proved by bisection in ball arithmetic, with certificates that a second
 * program checks (docs/certificates.md). theory/proofs.md */
#ifndef EDGEWISE_PROOF_H
#define EDGEWISE_PROOF_H

#include <edgewise/model.h>

EW_BEGIN_API

enum { EW_PROOF_LEMMAS = 4, EW_PROOF_VARIABLES = 3, EW_PROOF_REASONS = 5, EW_ROOT_BOXES = 100000 };

/* One inequality over one box, and the tree of bisections that shows it. */
typedef struct {
    const char *name; /* of the lemma; NULL for a problem's polynomial */
    const char *form; /* its functions, in words */
    const char *reasons
        [EW_PROOF_REASONS]; /* what a leaf 'a', 'b', .. shows all over its box; NULL past the last */
    int variables;
    const char *variable[EW_PROOF_VARIABLES];
    arf_struct lo[EW_PROOF_VARIABLES], hi[EW_PROOF_VARIABLES]; /* the box; dyadic, exact */
    slong prec; /* bits at which every leaf was found */
    char *tree; /* in pre-order, a character a node (docs/certificates.md); owned */
    slong leaves;
    slong undecided; /* leaves that show nothing: 0 when the lemma is proved */
    /* undecided > 0: the first such box, and whether the lemma holds at its midpoint: if not, it is likely false there */
    arf_struct open_lo[EW_PROOF_VARIABLES], open_hi[EW_PROOF_VARIABLES];
    bool midpoint_holds;
} ew_lemma_proof;

typedef struct {
    const char *theorem; /* its name */
    const char *words;   /* its statement */
    const char *where;   /* what the terms of the statement mean */
    slong first, last;   /* the depths; last 0: every depth from `first` on, and the limit */
    bool of_problem;     /* about `mode` alone, not about a range of depths */
    ew_mode_t mode;      /* of_problem */
    slong roots;         /* of "real-roots": how many were found; else -1 */
    ew_lemma_proof lemmas[EW_PROOF_LEMMAS];
    int count;
} ew_proof_struct;
typedef ew_proof_struct ew_proof_t[1];

void ew_proof_init(ew_proof_t proof);
void ew_proof_clear(ew_proof_t proof);

/* The name of theorem number i for ranges of depths, NULL past the last; static storage. */
const char *ew_theorem_name(int i);

/* The name of the lemma as it is held here, static storage, or NULL when there is none of that name. */
const char *ew_lemma_name(const char *lemma);

/* The statement of a theorem in words, quantifiers first, and what its terms mean; static storage. NULL for an unknown
 * name. */
const char *ew_theorem_words(const char *theorem);
const char *ew_theorem_where(const char *theorem);

/* The least depth that a theorem speaks of; 0 for an unknown name. */
slong ew_theorem_least(const char *theorem);

/* Proves a theorem for all depths first <= L <= last, all step sizes and singular values at once.
 *   proof     out: an initialised proof; what was in it is dropped
 *   theorem   one that ew_theorem_name lists
 *   first, last  2 <= first <= last, or last = 0: no last one, and the limit of infinite depth. Depths below the least
 *             that the theorem speaks of are left out; a range with no other is bad input
 *   prec      bits of the balls, >= 32; 64 will do
 *   earlier   a proof of the same theorem and depths to go on from, or NULL; it is not trusted: its leaves are shown again
 * Returns EW_OK when it is proved; EW_UNDECIDED_STATUS when some box is undecided; EW_BAD_INPUT; EW_RESOURCES;
 * EW_STOPPED, with what was reached in `proof`, the rest undecided. Does not depend on the number of threads. */
EW_MUST_CHECK ew_status ew_prove(ew_proof_t proof, const char *theorem, slong first, slong last,
                                 slong prec, const ew_proof_struct *earlier,
                                 const ew_progress *progress);

/* Is the problem in the range of the theorem balancing-gap: s < 2 sqrt 2 (L = 2) or s <= 17/4 - 3/L (L >= 3), and
 * 0 < alpha <= sigma^(1/L)/sqrt(L)? Both exactly. alpha = 0 stands for every alpha in the range. False also for a mode
 * with a depth below 2, or an eta or sigma that is not above 0. theory/proofs.md, balancing-gap; theory/model.md (4) */
bool ew_gap_in_range(const ew_mode_t mode);

/* Proves the theorem balancing-gap for one problem, or for every alpha at its depth, eta and sigma (alpha = 0): a proof of
 * "balancing-gap-of-problem".
 *   proof     out: an initialised proof; what was in it is dropped
 *   prec      bits of the balls, >= 32; 64 will do
 * Returns as ew_prove; EW_BAD_INPUT also for a problem that is not in range. */
EW_MUST_CHECK ew_status ew_prove_gap(ew_proof_t proof, const ew_mode_t mode, slong prec,
                                     const ew_progress *progress);

/* Isolates all real roots of the orbit polynomial of one problem by bisection of the whole line: a proof of "real-roots"
 * that uses no theorem on them but the value at the edge for s = 2. An independent way to ew_orbit_roots.
 *   prec, max_prec  bits to start with; it doubles up to the cap while something is undecided
 * Returns as ew_prove; EW_UNDECIDED_STATUS also where EW_ROOT_BOXES boxes are too few, as for very large s, where u and
 * sigma eta x^(L-2) nearly cancel over a long range of x. theory/certificates.md (5), (6) */
EW_MUST_CHECK ew_status ew_prove_real_roots(ew_proof_t proof, const ew_mode_t mode, slong prec,
                                            slong max_prec, const ew_progress *progress);

/* True when no box of any lemma is undecided. */
bool ew_proof_is_complete(const ew_proof_t proof);

EW_END_API

#endif
