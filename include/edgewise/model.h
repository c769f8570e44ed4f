/* The learning problem and its maps.
 *
 * A deep linear network W_L ... W_1 fitted to a target with singular values sigma_1, sigma_2, ... by
 * gradient descent of step eta on 1/2 ||W_L ... W_1 - M||_F^2, from W_L = 0, W_l = alpha I (l < L).
 * Each singular value evolves alone (a "mode"), as L scalars of which L - 1 stay equal:
 *
 *     a = sigma_L,  b = the others,  p = a b^(L-1),  r = p - sigma,
 *     a <- a + k b,  b <- b + k a,   with  k = -eta r b^(L-2).                    theory/model.md (1)
 *
 * Hence (a + b) <- (1 + k)(a + b), (a - b) <- (1 - k)(a - b), and the balancing gap a^2 - b^2 is
 * multiplied by 1 - X with X = k^2. Balanced (a = b = x): x <- g(x) = x + eta x^(L-1) (sigma - x^L).
 * Only L and s = eta S, S = L sigma^(2-2/L), matter up to scale; s = 2 is the edge of stability. */
#ifndef EDGEWISE_MODEL_H
#define EDGEWISE_MODEL_H

#include <edgewise/num.h>

EW_BEGIN_API

/* One singular value of a problem: depth L >= 2, eta > 0, sigma >= 0, alpha >= 0, all exact. */
typedef struct {
    slong depth;
    fmpq_t eta;
    fmpq_t sigma;
    fmpq_t alpha;
} ew_mode_struct;
typedef ew_mode_struct ew_mode_t[1];

void ew_mode_init(ew_mode_t mode); /* L = 2, eta = sigma = 1, alpha = 1/10 */
void ew_mode_clear(ew_mode_t mode);
void ew_mode_set(ew_mode_t out, const ew_mode_t in);

/* A whole problem: dim x dim target with `count` positive singular values, largest first. */
typedef struct {
    slong depth;
    slong dim;
    slong count;
    fmpq_t eta;
    fmpq_t alpha;
    fmpq *sigma; /* count entries, owned */
} ew_problem_struct;
typedef ew_problem_struct ew_problem_t[1];

void ew_problem_init(ew_problem_t problem); /* no singular values yet */
void ew_problem_clear(ew_problem_t problem);

/* Copies `count` > 0 singular values in, sorted so that the largest comes first; none for a smaller count. */
void ew_problem_set_sigma(ew_problem_t problem, const fmpq *sigma, slong count);

/* Mode number i of the problem, 0 <= i < count; i = count gives sigma = 0 (past the rank). */
void ew_problem_mode(ew_mode_t mode, const ew_problem_t problem, slong i);

/* The largest depth, and the largest dimension and number of singular values. */
#define EW_DEPTH_MAX WORD(1000000000)
#define EW_DIM_MAX WORD(1000000)

/* What is wrong with a mode or a problem, in words; static storage. */
typedef struct {
    const char *argument; /* "depth", "eta", "sigma", "alpha" or "dim" */
    const char *what;     /* such as "is negative" */
} ew_fault;

/* Is this a mode, a problem, that the library works on? 2 <= depth <= EW_DEPTH_MAX, eta > 0, alpha >= 0, all rationals in lowest
 * terms; of a mode sigma >= 0; of a problem at least one sigma, all positive, the largest first, and
 * count <= dim <= EW_DIM_MAX. Every function asks this of its own arguments, too (see edgewise.h).
 *   fault  out on failure, may be NULL
 * Returns EW_OK or EW_BAD_INPUT. */
EW_MUST_CHECK ew_status ew_mode_check(ew_fault *fault, const ew_mode_t mode);
EW_MUST_CHECK ew_status ew_problem_check(ew_fault *fault, const ew_problem_t problem);

/* ---- Regime -------------------------------------------------------------------------------- */

typedef enum { EW_BELOW, EW_EDGE, EW_BEYOND } ew_regime; /* s < 2, s = 2, s > 2 */

/* "below", "edge" or "beyond"; static storage. */
const char *ew_regime_text(ew_regime regime);

/* Decides s against 2 exactly: s^L = (eta L)^L sigma^(2L-2) is rational. theory/model.md (4) */
ew_regime ew_mode_regime(const ew_mode_t mode);

/* The sign of s - q for any rational q > 0, and of s - 2 sqrt 2 (where the balancing bound ends);
 * exact in the same way. */
int ew_mode_cmp_s(const ew_mode_t mode, const fmpq_t q);
int ew_mode_cmp_s_sqrt8(const ew_mode_t mode);

/* The same sign of s - q, and s as a ball of about `prec` bits, for a sigma >= 0 of which the square is given: sigma itself
 * may be irrational. */
int ew_square_cmp_s(slong depth, const fmpq_t eta, const fmpq_t square, const fmpq_t q);
void ew_square_s(arb_t s, slong depth, const fmpq_t eta, const fmpq_t square, slong prec);

/* s = eta L sigma^(2-2/L), and sigma^(1/L), as balls of about `prec` bits. */
void ew_mode_s(arb_t s, const ew_mode_t mode, slong prec);
void ew_mode_edge(arb_t x, const ew_mode_t mode, slong prec);

/* The step eta = s / (L sigma^(2-2/L)) for an exact s > 0, sigma > 0. It is rational iff sigma^2 is
 * the L-th power of a rational (theory/model.md (5)).
 * Returns EW_OK with the exact eta; or EW_BAD_INPUT when eta is irrational, with `eta` set to the
 * nearest rational of 15 significant decimals, for use in a message. */
EW_MUST_CHECK ew_status ew_eta_from_s(fmpq_t eta, slong depth, const fmpq_t s, const fmpq_t sigma);

/* ---- Maps ---------------------------------------------------------------------------------- */

/* One step on (a, b) in exact arithmetic, in place; `k` (out) is the step's factor, see above. */
void ew_pair_step_exact(fmpq_t a, fmpq_t b, fmpq_t k, const ew_mode_t mode);

/* eta and sigma as balls of `prec` bits, made once for many ball steps. For a bad mode or precision the depth is 0, and all
 * that is computed with it is no number. */
typedef struct {
    slong depth;
    slong prec;
    arb_t eta;
    arb_t sigma;
} ew_ball_mode_struct;
typedef ew_ball_mode_struct ew_ball_mode_t[1];

void ew_ball_mode_init(ew_ball_mode_t ball, const ew_mode_t mode, slong prec);
void ew_ball_mode_clear(ew_ball_mode_t ball);

/* k and the residual r = a b^(L-1) - sigma at (a, b). Aliasing of outputs with inputs is allowed. */
void ew_pair_factor_ball(arb_t k, arb_t r, const arb_t a, const arb_t b, const ew_ball_mode_t ball);

/* One step on (a, b), in place, with k and r as they were before the step. The balls contain the
 * exact images of all points of the box (a, b). */
void ew_pair_step_ball(arb_t a, arb_t b, arb_t k, arb_t r, const ew_ball_mode_t ball);

/* One balanced step x <- g(x), in place, and the derivative g' at the old x (dg may be NULL). */
void ew_balanced_step_ball(arb_t x, arb_t dg, const ew_ball_mode_t ball);

/* ---- Points of the invariant set ----------------------------------------------------------- */

/* A network on the invariant set W_L = U D_L V^T, W_l = V D_l V^T (l < L): one mode per positive singular
 * value, and where dim > count one more that stands for the dim - count zeros past the rank.
 * theory/network.md (2) */
typedef struct {
    slong depth;
    slong modes;
    slong *copies;   /* of each mode: 1, and dim - count for the zeros */
    arb_ptr sigma;   /* target of each mode */
    arb_ptr scalars; /* the diagonal entry of layer l + 1 in mode i is scalars[i * depth + l] */
} ew_point_struct;
typedef ew_point_struct ew_point_t[1];

/* Bytes that a point of the problem needs, for ew_memory_check. */
double ew_point_bytes(const ew_problem_t problem, slong prec);

/* The origin; sigma rounded to balls of `prec` bits. For a bad problem or precision a point of no modes. */
void ew_point_init(ew_point_t point, const ew_problem_t problem, slong prec);
void ew_point_clear(ew_point_t point);

/* Sets mode i to d_1 = .. = d_(L-1) = b, d_L = a. */
void ew_point_set_pair(ew_point_t point, slong i, const arb_t a, const arb_t b);

/* The poster's start: a = 0, b = alpha in every mode. */
void ew_point_set_start(ew_point_t point, const ew_problem_t problem, slong prec);

/* The balanced minimum: a = b = sigma^(1/L), and for the zeros past the rank a = 0, b = null. */
void ew_point_set_minimum(ew_point_t point, const ew_problem_t problem, const fmpq_t null,
                          slong prec);

/* ---- The Hessian of a whole network, without forming it ------------------------------------ */

/* Weights W_1 .. W_L of dim x dim matrices in doubles, row-major one after the other, and the target. Not owned. */
typedef struct {
    slong depth;
    slong dim;
    const double *weights;
    const double *target;
} ew_weights;

/* Bytes that ew_hessian_top needs. */
double ew_hessian_top_bytes(slong depth, slong dim, slong k);

/* The k largest eigenvalues of the Hessian of 1/2 ||W_L .. W_1 - M||^2 at any weights, descending, by ARPACK on exact
 * Hessian-vector products (12 (depth - 1) matrix products each); small networks (depth dim^2 <= 64) by LAPACK on the
 * dense matrix. In doubles, to about the square root of rounding or better, without error bounds.
 *   values  out: k doubles, 1 <= k <= depth dim^2
 * Returns EW_OK; EW_BAD_INPUT for weights that are not finite; EW_RESOURCES; EW_UNDECIDED_STATUS when ARPACK did not
 * converge. theory/network.md (5) */
EW_MUST_CHECK ew_status ew_hessian_top(double *values, slong k, const ew_weights *at);

EW_END_API

#endif
