/* The blocks that floquet.c lists the multipliers of. */
#ifndef EDGEWISE_PREDICT_FLOQUET_H
#define EDGEWISE_PREDICT_FLOQUET_H

#include <edgewise/predict.h>

/* (1 - eta H_2)(1 - eta H_1) for the pair (i, j) at two points, 2 depth x 2 depth. */
void ew_floquet_pair(arb_mat_t m, const ew_point_t one, const ew_point_t two, slong i, slong j,
                     const arb_t eta, slong prec);

/* The directions at `point` that are known to be neutral, as columns of g: the depth - 1 gauge rotations between
 * neighbouring layers, and with `rotation` that between the last and the first. g is 2 depth x (depth - 1 or
 * depth). theory/floquet.md (4) */
void ew_floquet_neutral(arb_mat_t g, const ew_point_t point, slong i, slong j, bool rotation);

/* The action of m on the quotient by the columns of g, which m leaves fixed: n has the other multipliers.
 * Returns false when the columns are not certainly independent. n: (2 depth - columns) square.
 * theory/floquet.md (5) */
bool ew_floquet_deflate(arb_mat_t n, const arb_mat_t m, const arb_mat_t g, slong prec);

/* A stationary mode i, or one of the zeros past the rank (sigma = 0), beside another of those zeros: is eta times the
 * eigenvalue of (i, zero) of the Hessian exactly 2, so that 1 - eta lambda = -1? theory/floquet.md (12) */
bool ew_floquet_null_boundary(const ew_mode_t i);

/* Enclosures of all eigenvalues of the square ball n. False when they could not be made. */
bool ew_floquet_eigenvalues(acb_ptr value, const arb_mat_t n, slong prec);

#endif
