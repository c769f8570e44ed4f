/* The escape lemma. theory/trapping.md (12) */
#ifndef EDGEWISE_OBSERVE_ESCAPE_H
#define EDGEWISE_OBSERVE_ESCAPE_H

#include <edgewise/observe.h>

/* True when the lemma proves that every trajectory from the box (a, b), with its k and r, diverges.
 * */
bool ew_escapes(const arb_t a, const arb_t b, const arb_t k, const arb_t r,
                const ew_ball_mode_t ball);

#endif
