/* What the theorems say: the orbit polynomial, its real roots, the stability of the orbit, and the
 * balancing bound. Nothing here runs gradient descent in floating point. */
#ifndef EDGEWISE_PREDICT_H
#define EDGEWISE_PREDICT_H

#include <edgewise/model.h>

EW_BEGIN_API

/* ---- The orbit polynomial (theory/orbit-polynomial.md) ------------------------------------- */

/* Phi(x) = (g(g(x)) - x) / (g(x) - x) = 1 + u^(2L-1) - sigma eta x^(L-2) u^(L-1) (1 + u + ... +
 * u^(L-1)), u = 1 + eta x^(L-2) (sigma - x^L): the second dynatomic polynomial of the balanced map.
 * Its degree (2L-1)(2L-2) for a depth; 0 when that does not fit a slong. */
slong ew_orbit_poly_degree(slong depth);

/* Bytes that the expanded polynomial and its making need, roughly and from above. */
double ew_orbit_poly_bytes(const ew_mode_t mode);

/* The primitive integer multiple of Phi with the sign of Phi, expanded. Needs sigma > 0.
 *   _build        from the division-free identity above; products by Kronecker substitution, and the
 *                 result checked against the unexpanded form modulo a random word-size prime
 *   _by_division  the second route: F = x^L (1 + u^(2L-1)) - sigma (1 + u^(L-1)) divided by
 *                 x^L - sigma, exact division with a check that nothing remains
 * Returns EW_OK; EW_RESOURCES when the memory is not there (nothing is allocated then); EW_UNDECIDED_STATUS when the library
 * below returned a wrong product; EW_BAD_INPUT for a bad mode. */
EW_MUST_CHECK ew_status ew_orbit_poly_build(fmpz_poly_t phi, const ew_mode_t mode);
EW_MUST_CHECK ew_status ew_orbit_poly_by_division(fmpz_poly_t phi, const ew_mode_t mode);

/* Phi at a point, unexpanded, in O(log L) multiplications: exact, ball, MPFR. `dphi` (may be NULL)
 * receives the derivative. The ball version encloses the values at all points of the ball x. In the
 * MPFR version every operation rounds to nearest at the precision of `value`; there is no bound. */
void ew_orbit_eval_exact(fmpq_t value, const fmpq_t x, const ew_mode_t mode);
void ew_orbit_eval_ball(arb_t value, arb_t dphi, const arb_t x, const ew_ball_mode_t ball);
void ew_orbit_eval_mpfr(mpfr_t value, const mpfr_t x, const ew_mode_t mode);

/* The number of distinct real roots of the expanded polynomial by an algorithm that shares nothing
 * with ew_orbit_roots: for even L the factor 1 + u is divided out and x^2 deflated; then the
 * square-free part is counted by FLINT's exact algorithms. An independent check for small depths
 * (seconds at L = 12). Returns as ew_orbit_poly_build. */
EW_MUST_CHECK ew_status ew_orbit_count_expanded(slong *count, const ew_mode_t mode);

/* An exact product checked modulo a random word-size prime at a random point: true when it stands.
 * (FLINT 2.9.0 and 3.1.3 can return a wrong product from fmpz_poly_mul.) */
bool ew_poly_product_stands(const fmpz_poly_t product, const fmpz_poly_t a, const fmpz_poly_t b);

/* ---- The real roots (theory/orbit-roots.md) ------------------------------------------------ */

/* Where a root x lies, with e = sigma^(1/L): x < 0; 0 < x < e; x = e; e < x < (2 sigma)^(1/L); at or
 * beyond (2 sigma)^(1/L). */
typedef enum { EW_NEGATIVE, EW_LOW, EW_AT_EDGE, EW_HIGH, EW_OUTER } ew_place;

/* "negative", "low", "edge", "high", "outer"; static storage. */
const char *ew_place_text(ew_place place);

typedef struct {
    arb_t x;            /* an isolating enclosure: exactly one root of Phi in it */
    slong multiplicity; /* exact */
    ew_place place;
    bool on_orbit; /* u > 0: rho_1, rho_2 of the theorem, or the edge at s = 2 */
} ew_root_struct;

/* How roots were found: by the closed form on the unexpanded Phi, or from the expanded polynomial by general means. */
typedef enum { EW_STRUCTURED, EW_EXPANDED } ew_orbit_method;

/* "structured", "expanded"; static storage. */
const char *ew_orbit_method_text(ew_orbit_method method);

typedef struct {
    ew_root_struct *roots; /* all real roots, ascending, enclosures pairwise disjoint */
    slong count;
    slong low;              /* index of rho_1, or -1 */
    slong high;             /* index of rho_2, or -1 */
    ew_orbit_method method; /* of the call that filled it */
} ew_roots_struct;
typedef ew_roots_struct ew_roots_t[1];

void ew_roots_init(ew_roots_t roots);
void ew_roots_clear(ew_roots_t roots);

/* All real roots of Phi, each enclosed with a relative radius below 2^-prec, no two enclosures overlapping. Any depth >= 2,
 * sigma > 0.
 *   _roots             decides by itself: the structured route, whose cost hardly grows with L; should it stay undecided
 *                      for a small depth and short numbers, the expanded one
 *   _roots_structured  complete by the theorem of theory/orbit-roots.md; each certified by an interval Newton step on the
 *                      unexpanded Phi, or as the image of one that was (or exact arithmetic at s = 2)
 *   _roots_expanded    of the expanded polynomial, by ew_poly_real_roots, which knows nothing of its origin: the theorem
 *                      is not used. For depths up to some 100: time grows like L^6. theory/expanded-roots.md
 *   prec      relative accuracy asked, in bits
 *   max_prec  cap on the working precision, >= prec
 * Returns EW_OK, EW_UNDECIDED_STATUS when max_prec was not enough, EW_RESOURCES, EW_STOPPED, EW_BAD_INPUT for a bad mode or
 * precision. */
EW_MUST_CHECK ew_status ew_orbit_roots(ew_roots_t roots, const ew_mode_t mode, slong prec,
                                       slong max_prec, const ew_progress *progress);
EW_MUST_CHECK ew_status ew_orbit_roots_structured(ew_roots_t roots, const ew_mode_t mode,
                                                  slong prec, slong max_prec,
                                                  const ew_progress *progress);
EW_MUST_CHECK ew_status ew_orbit_roots_expanded(ew_roots_t roots, const ew_mode_t mode, slong prec,
                                                slong max_prec, const ew_progress *progress);

/* The orbit alone: rho_1 and rho_2, of a mode beyond the edge, as by the structured route.
 *   high  may be NULL, for rho_1 only
 * Returns EW_OK, EW_BAD_INPUT for s <= 2 or a bad mode or precision, EW_UNDECIDED_STATUS, EW_RESOURCES. */
EW_MUST_CHECK ew_status ew_orbit_pair(arb_t low, arb_ptr high, const ew_mode_t mode, slong prec,
                                      slong max_prec);

/* The places of the roots change in s where the second cycle's upper root meets (2 sigma)^(1/L):
 * s_outer = L 4^(1/L) for even L, L (1 + v) 2^(2/L - 1) with 2 v^(2L-1) + v^(L-1) = 1 for odd L. For
 * 2 < s <= s_outer there is exactly one root in the upper interval, beyond it two.
 * theory/orbit-roots.md (12) */
void ew_orbit_outer_threshold(arb_t s, slong depth, slong prec);

/* ---- Stability of the orbit (theory/orbit-stability.md) ------------------------------------ */

typedef enum { EW_NO, EW_YES, EW_UNKNOWN } ew_answer;

typedef struct {
    arb_t along;  /* multiplier g'(rho_1) g'(rho_2) of the two-step balanced map */
    arb_t across; /* multiplier across the balanced line, (1 - k_1)(1 - k_2) = 5 - 2 (u + 1/u) */
    ew_answer attracts; /* both moduli below 1; EW_UNKNOWN when a ball contains +-1 */
} ew_stability_struct;
typedef ew_stability_struct ew_stability_t[1];

void ew_stability_init(ew_stability_t stability);
void ew_stability_clear(ew_stability_t stability);

/* The stability of the cycle {rho_1, rho_2} in `roots` (both indices >= 0), from the roots'
 * enclosures at working precision `prec`. */
void ew_orbit_stability(ew_stability_t stability, const ew_roots_t roots, const ew_mode_t mode,
                        slong prec);

/* The flip threshold s_2(L): the cycle's multiplier falls strictly from 1 at s = 2 to -1 at s_2 (both
 * proved for this depth by a cover of balls), so it attracts the balanced map for 2 < s < s_2.
 * Returns EW_OK with a ball of relative radius below 2^-prec, EW_UNDECIDED_STATUS, EW_RESOURCES, or EW_BAD_INPUT for a bad
 * depth or precision. */
EW_MUST_CHECK ew_status ew_flip_threshold(arb_t s2, slong depth, slong prec);

/* ---- Balancing (theory/balancing-gap.md) --------------------------------------------------- */

/* The poster's bound on alpha, (ln(2 sqrt 2 / s) sigma^(4/L) / (L^2 2^((2L-3)/L)))^(1/4).
 * Returns EW_OK; or EW_BAD_INPUT when s >= 2 sqrt 2, where no alpha satisfies the hypothesis (alpha
 * is set to 0). The theorem also asks for s > 2, which is not checked here. EW_BAD_INPUT and
 * EW_RESOURCES also for a bad mode or precision, and one that there is no memory for. */
EW_MUST_CHECK ew_status ew_balance_bound(arb_t alpha, const ew_mode_t mode, slong prec);

/* Proves that along EVERY trajectory of the mode that starts at (0, alpha'), alpha'^2 <= gap, the
 * factor X = k^2 stays below 2 at every step for ever, so |a^2 - b^2| never grows: a one-dimensional
 * inequality, checked by balls over p/sigma in [0, 1]. theory/balancing-gap.md (lemma B)
 *   gap  alpha^2, in the units of the problem
 * Returns EW_YES or EW_UNKNOWN (the lemma is sufficient, not necessary). */
ew_answer ew_balance_region(const ew_mode_t mode, const arb_t gap, slong prec);

/* The largest alpha found by bisection for which ew_balance_region says yes: a proved bound on alpha,
 * not only for s < 2 sqrt 2. alpha = 0 when none was found. A lower bound, exact. */
void ew_balance_better_bound(fmpq_t alpha, const ew_mode_t mode, slong prec);

/* Proves by the q-adic size of the exact trajectory from (0, alpha) that X_t != 0 and X_t != 1 at EVERY
 * step t: it never comes to rest (on a minimum, or at b = 0 for L >= 3) and is never exactly balanced.
 *   prime, step  out on EW_YES: the prime q and the step from which the sizes grow for ever
 *                (every earlier step was checked exactly)
 * Returns EW_YES; EW_NO when the exact trajectory has X_t = 0 or 1 at t = `step`; EW_UNKNOWN.
 * theory/balancing-gap.md (lemma C) */
ew_answer ew_balance_never_lands(ulong *prime, slong *step, const ew_mode_t mode);

/* ---- The Hessian on the invariant set (theory/hessian-spectrum.md) -------------------------- */

/* The Hessian splits there: a depth x depth block per mode, and a 2 depth x 2 depth block per pair of modes,
 * which couples the entries (i,j) of all layers (first half) to the entries (j,i) (second half).
 *   h     out, depth x depth, or 2 depth x 2 depth
 *   i, j  modes of the point, from 0; i = j for a pair within the zeros past the rank */
void ew_hessian_diagonal(arb_mat_t h, const ew_point_t point, slong i, slong prec);
void ew_hessian_pair(arb_mat_t h, const ew_point_t point, slong i, slong j, slong prec);

typedef enum {
    EW_EIGEN_DIAGONAL, /* from the block of one mode */
    EW_EIGEN_PAIR,     /* from the block of a pair */
    EW_EIGEN_ZERO      /* exactly zero */
} ew_eigen_kind;

/* "diagonal", "pair", "zero"; static storage. */
const char *ew_eigen_kind_text(ew_eigen_kind kind);

typedef struct {
    arb_t value;
    fmpz_t multiplicity; /* that of zero can be larger than a machine word */
    ew_eigen_kind kind;
    slong i,
        j; /* the modes, from 1; rank + 1 stands for the zeros past the rank; 0, 0 for EW_EIGEN_ZERO */
} ew_eigen;

typedef struct {
    ew_eigen *list; /* not sorted */
    slong count;
    arb_t sharpness; /* the largest eigenvalue */
} ew_spectrum_struct;
typedef ew_spectrum_struct ew_spectrum_t[1];

void ew_spectrum_init(ew_spectrum_t spectrum);
void ew_spectrum_clear(ew_spectrum_t spectrum);

/* Sorts the list by decreasing midpoint. */
void ew_spectrum_sort(ew_spectrum_t spectrum);

/* The sum of all multiplicities, depth dim^2. */
void ew_spectrum_size(fmpz_t size, const ew_spectrum_t spectrum);

/* The whole spectrum at the minimum with balanced layers, in closed form; the zeros past the rank sit at
 * (a, b) = (0, null): null = 0 is the balanced minimum, null = alpha where gradient descent leaves them.
 * Enclosures of about `prec` bits. Returns EW_OK, EW_RESOURCES, or EW_BAD_INPUT for a bad problem or precision.
 * theory/hessian-spectrum.md (5), (6) */
EW_MUST_CHECK ew_status ew_spectrum_minimum(ew_spectrum_t spectrum, const ew_problem_t problem,
                                            const fmpq_t null, slong prec);

/* The whole spectrum at any point of the invariant set, from the blocks: enclosures of every eigenvalue, of about
 * `prec` bits where the point is as good; or in doubles from the midpoints (exact numbers without error bounds),
 * a hundred times faster. Within one block equal eigenvalues are listed singly.
 * Returns EW_OK, EW_RESOURCES (also when LAPACK fails: a value that is not finite), EW_STOPPED, EW_BAD_INPUT for a
 * point of no problem or a bad precision. */
EW_MUST_CHECK ew_status ew_spectrum_point(ew_spectrum_t spectrum, const ew_point_t point,
                                          slong prec, const ew_progress *progress);
EW_MUST_CHECK ew_status ew_spectrum_point_double(ew_spectrum_t spectrum, const ew_point_t point,
                                                 const ew_progress *progress);

/* Only the largest eigenvalue at a point of the invariant set, as a ball. */
void ew_sharpness_point(arb_t sharpness, const ew_point_t point, slong prec);

/* ---- Floquet multipliers of the rank-p orbit (theory/floquet.md) ---------------------------- */

/* The rank-p orbit of equation (2): values beyond the edge on their balanced 2-cycles, the others at their balanced
 * minima, the zeros past the rank at (0, alpha). A multiplier is an eigenvalue of the product of 1 - eta Hessian
 * over the two phases. */

/* Why a multiplier is exactly 1, or (the last) has modulus exactly 1; theory/floquet.md (4) - (8). */
typedef enum {
    EW_NOT_NEUTRAL, /* not known to be 1; its ball tells */
    EW_GAUGE,       /* the layers' orthogonal gauge W_(l+1) O^T, O W_l */
    EW_MINIMA,      /* along the manifold of minima */
    EW_ROTATION,    /* equal singular values: rotations of the target's own plane */
    EW_CRITICAL,    /* a singular value at s = 2 exactly: (-1)^2 */
    EW_RESONANCE, /* depth 2 on the curve u_j(low) + u_i(high) = 2: a Jordan block, growth algebraic */
    EW_BOUNDARY /* modulus exactly 1: depth 2, one stationary, s_j = 4 - s_i: a pair on the unit circle, not at 1; or
                   beside the zeros past the rank, the Hessian's eigenvalue being exactly 2/eta: (1 - 2)^2 = 1 */
} ew_neutral;

/* "no", "gauge", "minima", "rotation", "critical", "resonance", "boundary"; static storage. */
const char *ew_neutral_text(ew_neutral neutral);

typedef struct {
    slong i, j; /* the modes, from 1, i <= j; i = j: the mode itself (or a pair within the zeros) */
    bool phased;        /* both modes oscillate: in phase and antiphase have rows of their own */
    bool anti;          /* the row is that of antiphase */
    bool along;         /* a multiplier of the mode's own block, not of a pair */
    slong multiplicity; /* of this value in this block, times the copies of the block */
    acb_t value;        /* enclosure; exactly 1 where neutral, but for EW_BOUNDARY */
    arb_t modulus;
    ew_neutral neutral;
    ew_answer outside; /* modulus > 1: proved, disproved, or not decided */
    ew_answer inside;  /* modulus < 1, likewise */
} ew_multiplier;

typedef struct {
    ew_multiplier *list;
    slong count;
    slong prec; /* working precision of the last attempt */
} ew_floquet_struct;
typedef ew_floquet_struct ew_floquet_t[1];

void ew_floquet_init(ew_floquet_t floquet);
void ew_floquet_clear(ew_floquet_t floquet);

/* All multipliers: every mode's own, and every pair's, in phase and in antiphase where both oscillate. The neutral
 * directions are deflated before the rest is enclosed; `prec` is doubled, up to max_prec, until each is decided to be
 * inside or outside the unit circle.
 * Returns EW_OK; EW_UNDECIDED_STATUS when some stayed undecided at max_prec (or, with an empty list, when a mode
 * beyond the edge has no certified orbit there); EW_RESOURCES; EW_STOPPED; EW_BAD_INPUT for a bad problem or precision. */
EW_MUST_CHECK ew_status ew_floquet(ew_floquet_t floquet, const ew_problem_t problem, slong prec,
                                   slong max_prec, const ew_progress *progress);

/* Bytes that ew_floquet needs at that precision, roughly. */
double ew_floquet_bytes(const ew_problem_t problem, slong prec);

/* What they come to for one choice of phases.
 *   phase     per mode (count entries): 0 or 1, which of its two points is taken at even steps; NULL: all 0
 *   outside   out: multipliers with modulus > 1, proved, counted with multiplicity
 *   undecided out: those neither proved outside nor inside nor neutral
 *   largest   out: encloses the largest modulus of those not neutral; 0 when there is none */
void ew_floquet_count(slong *outside, slong *undecided, arb_t largest, const ew_floquet_t floquet,
                      const int *phase, slong count);

/* Steps until rounding at `bits` bits has grown to the size of the orbit under a two-step multiplier of that
 * modulus > 1: bits ln 2 / (ln(modulus) / 2). Infinite otherwise. theory/floquet.md (11) */
void ew_departure_steps(arb_t steps, const arb_t modulus, slong bits, slong prec);

/* Depth 2: do u_j(low) + 1/u_i(low) = 2 or u_i(low) + 1/u_j(low) = 2 hold exactly for two modes beyond the edge?
 * Decided in rationals. theory/floquet.md (9) */
bool ew_floquet_resonant(const ew_mode_t i, const ew_mode_t j);

/* Depth 2: is s_j = 4 - s_i exactly, for i beyond the edge and j stationary? theory/floquet.md (10) */
bool ew_floquet_on_boundary(const ew_mode_t i, const ew_mode_t j);

/* ---- When rounding is seen (theory/departure.md) --------------------------------------------- */

/* How rounding grows across the invariant set, for a target with rotated singular vectors. */
typedef struct {
    slong steps;
    double *
        amplitude; /* per step: the rms angle of singular vectors when every weight is rounded once a step to a
                          relative 1 (so: times 2^-bits) */
    double more, less; /* what rounding can be at most, and in an unlucky case, beside that rms */
} ew_departure_struct;
typedef ew_departure_struct ew_departure_t[1];

void ew_departure_init(ew_departure_t departure);
void ew_departure_clear(ew_departure_t departure);

/* Along the trajectory from (0, alpha), in doubles: a prediction, not a bound. Returns EW_OK, EW_RESOURCES (also for a
 * depth above 64), or EW_BAD_INPUT for a bad problem or a negative number of steps. */
EW_MUST_CHECK ew_status ew_departure_make(ew_departure_t departure, const ew_problem_t problem,
                                          slong steps);

/* The steps at which singular vectors have turned by `angle` in arithmetic of that many bits: the earliest that the
 * argument allows, the typical, the latest; -1 where not within the steps. */
void ew_departure_steps_at(slong *lo, slong *typical, slong *hi, const ew_departure_t departure,
                           slong bits, double angle);

/* ---- Period doubling (theory/cascade.md) ----------------------------------------------------- */

/* A cycle of the balanced map, in units with sigma = 1, with a multiplier that is exactly -1, 0 or 1, and the step size at which
 * it has it. Depth 0 stands for the limit of infinite depth, x then for y = lim L ln x. */
typedef struct {
    slong period;     /* exact */
    slong multiplier; /* -1: doubling; 0: superstable; 1: birth */
    arb_t s, x;       /* enclosures: one and only one such (x, s) lies in them */
    arb_t across;     /* the multiplier across the balanced line there; 1 in the limit */
} ew_threshold_struct;
typedef ew_threshold_struct ew_threshold_t[1];

void ew_threshold_init(ew_threshold_t threshold);
void ew_threshold_clear(ew_threshold_t threshold);

/* The minimum itself, as the cycle of period 1: its multiplier is 1 - s. Exact. */
void ew_threshold_minimum(ew_threshold_t out, slong depth, slong multiplier);

/* Certifies the one near (x, s), to about `prec` bits. Returns EW_OK, EW_UNDECIDED_STATUS,
 * EW_RESOURCES, or EW_BAD_INPUT: a depth that is neither 0 nor good, a period that is not 1 to 2^20, a multiplier that is not
 * -1, 0, 1, a bad precision, an x or s that is not finite. theory/cascade.md (1) - (4) */
EW_MUST_CHECK ew_status ew_threshold_certify(ew_threshold_t out, slong depth, slong period,
                                             slong multiplier, double x, double s, slong prec);

/* The same cycle at another multiplier: followed there by Newton's method in eight steps, an observation, and certified there.
 * Returns as ew_threshold_certify. */
EW_MUST_CHECK ew_status ew_threshold_continue(ew_threshold_t out, const ew_threshold_t from,
                                              slong depth, slong multiplier, slong prec);

typedef struct {
    ew_threshold_struct *list;        /* periods 1, 2, 4, .. : multiplier -1 */
    ew_threshold_struct *superstable; /* the same cycles: multiplier 0 */
    slong count;
} ew_cascade_struct;
typedef ew_cascade_struct ew_cascade_t[1];

void ew_cascade_init(ew_cascade_t cascade);
void ew_cascade_clear(ew_cascade_t cascade);

/* s_1 = 2, s_2, s_4, .. s_(2^doublings), at each of which a cycle of that period has multiplier -1, and before each the step
 * size at which such a cycle is superstable. What was found stays in the lists also when the status is EW_UNDECIDED_STATUS (their
 * last entries are then void) or EW_STOPPED. EW_RESOURCES; EW_BAD_INPUT as ew_threshold_certify, and for doublings that are not
 * 0 to 20. */
EW_MUST_CHECK ew_status ew_cascade_run(ew_cascade_t cascade, slong depth, slong doublings,
                                       slong prec, const ew_progress *progress);

/* (s_k - s_(k-1)) / (s_(k+1) - s_k), 1 <= k < count - 1: tends to Feigenbaum's 4.6692.. */
void ew_cascade_quotient(arb_t delta, const ew_cascade_t cascade, slong k, slong prec);

/* A window of that period between two step sizes: its birth, its superstable step and its doubling, window[0 .. 2] initialised
 * by the caller; certified, in this order, followed from the superstable one (ew_threshold_continue). Returns EW_OK,
 * EW_UNDECIDED_STATUS when none was found, EW_RESOURCES, EW_BAD_INPUT as ew_threshold_certify. */
EW_MUST_CHECK ew_status ew_window_find(ew_threshold_struct window[3], slong depth, slong period,
                                       double from, double to, slong prec);

/* What the image of the critical point meets. */
typedef enum { EW_MEETS_ZERO, EW_MEETS_SECOND_CYCLE } ew_crisis;

/* The one step size s > 2 at which it does, at this finite depth, to about `prec` bits. From EW_MEETS_ZERO on the attractor in
 * x > 0 is no more: for even L it merges with its mirror image, for odd L starts fall to 0. From EW_MEETS_SECOND_CYCLE on starts
 * around the critical point diverge; before it nothing between the two points of the second cycle does. Returns EW_OK,
 * EW_UNDECIDED_STATUS, EW_RESOURCES, or EW_BAD_INPUT for a bad depth or precision. theory/cascade.md (7) - (9) */
EW_MUST_CHECK ew_status ew_crisis_threshold(arb_t s, slong depth, ew_crisis crisis, slong prec);

EW_END_API

#endif
