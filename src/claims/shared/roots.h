/* What the claims on the roots of Phi have in common. */
#ifndef EDGEWISE_CLAIMS_SHARED_ROOTS_H
#define EDGEWISE_CLAIMS_SHARED_ROOTS_H

#include "claims/shared/case.h"

/* The certified roots for s > 2; NULL, with the verdict set, when the hypothesis fails or the roots
 * were not certified. Notes the number of real roots, and at small depth checks it against the exact
 * count of the expanded polynomial (a disagreement is UNDECIDED and NULL: one of the two is wrong). */
const ew_roots_struct *ew_claim_roots(ew_finding_t finding, ew_case *about);

/* The number of roots at a place. */
slong ew_claim_count_place(const ew_roots_struct *roots, ew_place place);

/* Decides PROVED for the one root x of an interval, called `name`. */
void ew_claim_prove_root(ew_finding_t finding, const char *name, const arb_t x);

#endif
