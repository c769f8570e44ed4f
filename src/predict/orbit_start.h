/* First approximations of the real roots of Phi, from the closed form of theory/orbit-roots.md. */
#ifndef EDGEWISE_PREDICT_ORBIT_START_H
#define EDGEWISE_PREDICT_ORBIT_START_H

#include <edgewise/model.h>

typedef enum { EW_RHO_LOW, EW_RHO_HIGH, EW_RHO_OUTER, EW_RHO_NEGATIVE } ew_which_root;

/* x near the lower point of a 2-cycle (the upper one follows as its image): EW_RHO_LOW (s > 2), or
 * EW_RHO_NEGATIVE for odd L; and EW_RHO_OUTER for even L. `distance` = min(|x - e|, |x|), e =
 * sigma^(1/L), is a length against which x is good to some 20 bits. Not certified: the caller proves.
 *   s  the mode's s as a ball, s - 2 with some accurate bits */
void ew_orbit_start(arb_t x, arb_t distance, ew_which_root which, const ew_mode_t mode,
                    const arb_t s);

/* Is the second cycle's upper root (2 sigma)^(1/L) exactly, for even L? eta sigma^2 = (2 sigma)^(2/L), in rationals.
 * theory/orbit-roots.md (12) */
bool ew_orbit_ends_at_outer(const ew_mode_t mode);

#endif
