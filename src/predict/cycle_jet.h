/* A cycle of the balanced map as a zero of a system of two equations. Units with sigma = 1; depth 0 stands for the limit of
 * infinite depth, where the variable is y = L ln x. theory/cascade.md (1), (2) */
#ifndef EDGEWISE_PREDICT_CYCLE_JET_H
#define EDGEWISE_PREDICT_CYCLE_JET_H

#include "model/domain.h"

/* May a cycle be asked for like that? The depth 0 is the limit. */
static inline bool ew_cycle_fits(slong depth, slong period, slong multiplier, slong prec)
{
    return (depth == 0 || ew_depth_fits(depth)) && period >= 1 && period <= WORD(1) << 20 &&
           multiplier >= -1 && multiplier <= 1 && ew_prec_fits(prec);
}

/* x_n and its derivatives by x_0 (p), s (q), x_0 twice (pp), x_0 and s (pq); the product of the factors across (c). */
typedef struct {
    arb_t x, p, q, pp, pq, c;
} cycle_jet;

void ew_cycle_jet_init(cycle_jet *jet);
void ew_cycle_jet_clear(cycle_jet *jet);

/* n steps from x. */
void ew_cycle_jet_run(cycle_jet *jet, const arb_t x, const arb_t s, slong n, slong depth,
                      slong prec);

#endif
