/* Singular values, orthogonal factors and symmetric eigenvalues of real matrices at any precision: what Arb
 * lacks. One method does it all, one-sided Jacobi rotations: simple, accurate, and its factors are orthogonal
 * whatever the multiplicities. theory/network.md (6) - (8) */
#ifndef EDGEWISE_NUM_MAT_H
#define EDGEWISE_NUM_MAT_H

#include <edgewise/num.h>

/* a ~ u diag(sigma) v^T in floating point of `prec` bits on the midpoints of the square matrix a; sigma
 * descending, all >= 0, u and v orthogonal to about prec bits (u completed where a is singular). Exact numbers
 * come out, without error bounds. Outputs do not alias the input. */
void ew_mat_svd_approx(arb_mat_t u, arb_ptr sigma, arb_mat_t v, const arb_mat_t a, slong prec);

/* Enclosures of the singular values of every matrix in the square ball a: entry k of `sigma`, descending, holds
 * the k-th. */
void ew_mat_singular_values(arb_ptr sigma, const arb_mat_t a, slong prec);

/* Enclosures of the eigenvalues of every symmetric matrix in the ball h, descending likewise. */
void ew_mat_symmetric_eigenvalues(arb_ptr lambda, const arb_mat_t h, slong prec);

/* The orthogonal factor q of a = q r with positive diagonal of r (Gram-Schmidt, twice), in floating point on the
 * midpoints; exact numbers without error bounds. Columns that depend on earlier ones are replaced. */
void ew_mat_orthonormalise(arb_mat_t q, const arb_mat_t a, slong prec);

/* Widens q, orthogonal up to rounding, until it contains an exactly orthogonal matrix: its polar factor, which is
 * no further than |q^T q - 1|. */
void ew_mat_widen_to_orthogonal(arb_mat_t q, slong prec);

/* c = a b: in balls when `balls`, else in floating point on the midpoints, exact numbers out. */
void ew_mat_mul(arb_mat_t c, const arb_mat_t a, const arb_mat_t b, bool balls, slong prec);

#endif
