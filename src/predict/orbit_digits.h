/* Many digits of the real roots of Phi, in fewer multiplications than Phi itself takes. theory/orbit-roots.md (14) - (16) */
#ifndef EDGEWISE_PREDICT_ORBIT_DIGITS_H
#define EDGEWISE_PREDICT_ORBIT_DIGITS_H

#include <edgewise/model.h>

/* A mode whose roots are sought, and who may stop the search: it is asked before each multiplication of numbers so long that
 * one takes a good part of a second. */
typedef struct {
    const ew_mode_struct *mode;
    const ew_progress *progress;
    bool stopped; /* it was */
} hunt_t;

/* Newton's image N = m - f(m) / f'(X) at wp bits, m the midpoint of X, with the slope at half of that; `had` are the bits to
 * which X is accurate. Every zero of f in X lies in N; not finite where f' may vanish on X, or X has 0 in it, or when it was
 * stopped.
 *   ew_orbit_image        f = F = (x^L - sigma) Phi
 *   ew_orbit_outer_image  f = 1 + u, which divides Phi for even L */
void ew_orbit_image(arb_t N, const arb_t X, hunt_t *hunt, slong wp, slong had);
void ew_orbit_outer_image(arb_t N, const arb_t X, hunt_t *hunt, slong wp, slong had);

/* y = g(x): the other point of a 2-cycle; void when it was stopped. */
void ew_orbit_partner(arb_t y, const arb_t x, hunt_t *hunt, slong prec);

/* May the search go on? Remembers a no. */
bool ew_orbit_may_go_on(hunt_t *hunt, slong done, slong total);

#endif
