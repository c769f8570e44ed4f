/* The lemmas on a pair of singular values, each on its orbit of period 2, or one of them stationary. */
#ifndef EDGEWISE_PREDICT_PROOF_PAIR_H
#define EDGEWISE_PREDICT_PROOF_PAIR_H

#include "predict/proof/jet.h"

/* F over a box of (e, tau, lambda), with two derivatives by tau where the pool holds series.
 * theory/rank-p-for-all-depths.md (21), (27) */
jet ew_pair_both(jet_pool *pool, arb_srcptr box);
jet ew_pair_beside(jet_pool *pool, arb_srcptr box);

bool ew_pair_holds(jet_pool *pool, arb_srcptr box, int r);
bool ew_pair_far_holds(jet_pool *pool, arb_srcptr box, int r);
bool ew_beside_holds(jet_pool *pool, arb_srcptr box, int r);
bool ew_beside_far_holds(jet_pool *pool, arb_srcptr box, int r);

#endif
