/* Many digits of the real roots of Phi, in fewer multiplications than Phi itself takes. theory/orbit-roots.md (14) - (16) */
#ifndef EDGEWISE_PREDICT_ORBIT_DIGITS_H
#define EDGEWISE_PREDICT_ORBIT_DIGITS_H

#include <edgewise/model.h>

/* Newton's image N = m - f(m) / f'(X) at wp bits, m the midpoint of X, with the slope at half of that; `had` are the bits to
 * which X is accurate. Every zero of f in X lies in N; not finite where f' may vanish on X, or X has 0 in it.
 *   ew_orbit_image        f = F = (x^L - sigma) Phi
 *   ew_orbit_outer_image  f = 1 + u, which divides Phi for even L */
void ew_orbit_image(arb_t N, const arb_t X, const ew_mode_t mode, slong wp, slong had);
void ew_orbit_outer_image(arb_t N, const arb_t X, const ew_mode_t mode, slong wp, slong had);

/* y = g(x): the other point of a 2-cycle. */
void ew_orbit_partner(arb_t y, const arb_t x, const ew_mode_t mode, slong prec);

#endif
