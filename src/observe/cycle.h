/* Certified cycles of the balanced map. theory/trapping.md (4) */
#ifndef EDGEWISE_OBSERVE_CYCLE_H
#define EDGEWISE_OBSERVE_CYCLE_H

#include <edgewise/observe.h>

/* Finds a cycle of exact period n of g near the midpoint of `near`, by interval Newton steps.
 *   points  out: n balls, each enclosing one point of one cycle, in the order of the map
 * Returns false when existence, uniqueness or the exact period could not be proved. */
bool ew_cycle_find(arb_ptr points, const arb_t near, slong n, const ew_ball_mode_t ball);

/* points[1 .. n-1] from points[0]. */
void ew_cycle_fill(arb_ptr points, slong n, const ew_ball_mode_t ball);

#endif
