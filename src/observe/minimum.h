/* The region of convergence to a minimum. theory/trapping.md (7) .. (11) */
#ifndef EDGEWISE_OBSERVE_MINIMUM_H
#define EDGEWISE_OBSERVE_MINIMUM_H

#include <edgewise/observe.h>

/* What is proved of every trajectory from a box. */
typedef struct {
    arb_t limit_a, limit_b; /* enclose lim a, lim b */
    arb_t gap_ratio;        /* encloses lim gap / gap now, in [0, 1] */
    bool residual_stays;    /* the residual, if not 0 now, is never 0 */
} ew_minimum_struct;
typedef ew_minimum_struct ew_minimum_t[1];

void ew_minimum_init(ew_minimum_t minimum);
void ew_minimum_clear(ew_minimum_t minimum);

/* Proves that every trajectory from the box (a, b), where the residual is in r, converges to a
 * minimum with |k| < 1 at every step from here on. False when it cannot. */
bool ew_minimum_reached(ew_minimum_t minimum, const arb_t a, const arb_t b, const arb_t r,
                        const ew_ball_mode_t ball);

#endif
