/* What gradient descent does: simulators in three arithmetics behind one interface, cycle detection,
 * and certified trapping regions. Nothing here knows a prediction. */
#ifndef EDGEWISE_OBSERVE_H
#define EDGEWISE_OBSERVE_H

#include <edgewise/format.h>
#include <edgewise/model.h>

EW_BEGIN_API

/* ---- Simulators ---------------------------------------------------------------------------- */

/* EW_IN_FORMAT: a number format, ew_sim_new_in_format. */
typedef enum { EW_DOUBLE, EW_MPFR, EW_BALL, EW_IN_FORMAT } ew_arithmetic;
typedef enum {
    EW_LAYERS,  /* L factors d_1 .. d_L, started at (alpha, ..., alpha, 0) */
    EW_PAIR,    /* (a, b) = (d_L, the others), started at (0, alpha) */
    EW_BALANCED /* one x = a = b, started at alpha */
} ew_dynamics;

/* A simulator; opaque. */
typedef struct ew_sim ew_sim;

/* A simulator of the mode at step 0.
 *   prec  working precision in bits of MPFR and balls (>= 2); ignored by EW_DOUBLE
 * In EW_DOUBLE and EW_MPFR eta, sigma, alpha are rounded to nearest once and every operation rounds to
 * nearest; the order of operations is that of theory/simulation.md. In EW_BALL every state encloses
 * the exact one.
 * Returns NULL when the memory is not there. The caller's to free with ew_sim_free (NULL allowed). */
ew_sim *ew_sim_new(ew_arithmetic arithmetic, ew_dynamics dynamics, const ew_mode_t mode,
                   slong prec);
void ew_sim_free(ew_sim *sim);

/* One step of gradient descent; `steps` >= 0 of them, to the same bits, in doubles faster than one by one. */
void ew_sim_step(ew_sim *sim);
void ew_sim_run(ew_sim *sim, slong steps);

/* What a simulator shows: steps made, number of scalars (L, 2 or 1), and scalar number j as a ball,
 * exact for EW_DOUBLE and EW_MPFR (NaN and infinities give a ball that is not finite). Order: EW_LAYERS
 * d_1 .. d_L, EW_PAIR a, b. */
slong ew_sim_steps(const ew_sim *sim);
slong ew_sim_size(const ew_sim *sim);
void ew_sim_get(arb_t x, const ew_sim *sim, slong j);

/* One recorded step. Quantities are computed in the simulator's own arithmetic, so that a double run
 * shows what a double script would print; `gap` is a^2 - b^2 as a script subtracts it, `gap_tracked`
 * the same quantity followed by its exact factor, gap(t+1) = (1 - X(t)) gap(t), which does not cancel.
 * For EW_BALANCED gap = gap_tracked = 0. */
typedef struct {
    slong step;
    arb_t product;     /* p = d_1 ... d_L */
    arb_t residual;    /* r = p - sigma */
    arb_t loss;        /* r^2 / 2 */
    arb_t gap;         /* a^2 - b^2 by subtraction */
    arb_t gap_tracked; /* a^2 - b^2 by its factor */
    arb_t factor;      /* X of the step to come */
} ew_record_struct;
typedef ew_record_struct ew_record_t[1];

void ew_record_init(ew_record_t record);
void ew_record_clear(ew_record_t record);
void ew_sim_record(ew_record_t record, const ew_sim *sim);

/* ---- Runs in any format (theory/formats.md) -------------------------------------------------- */

/* In which order, and with how much room, a step's operations are made. theory/formats.md (2) - (5) */
typedef enum {
    EW_WRITTEN, /* as the poster writes it: every product from the left, factor by factor */
    EW_TREE,    /* powers by squaring, prefix and suffix products: theory/simulation.md */
    EW_FUSED,   /* the same with a fused multiply-add in the residual and in the updates */
    EW_WIDE     /* the same in a wider format (ew_format_wider), the new state rounded back */
} ew_order;

/* "written", "tree", "fused", "wide"; static storage. */
const char *ew_order_text(ew_order order);

/* Reads one of these names: EW_OK or EW_BAD_INPUT. */
EW_MUST_CHECK ew_status ew_order_named(ew_order *order, const char *name);

/* Gradient descent of one singular value in a format; opaque. */
typedef struct ew_rounded ew_rounded;

/* A run at step 0: eta, sigma, alpha rounded once. `seed` only matters for stochastic rounding. NULL when the memory is not
 * there or the format does not know the rounding. Freed by ew_rounded_free (NULL allowed). */
ew_rounded *ew_rounded_new(const ew_format *format, ew_rounding rounding, ew_order order,
                           ew_dynamics dynamics, const ew_mode_t mode, ulong seed);
void ew_rounded_free(ew_rounded *run);

void ew_rounded_step(ew_rounded *run);

/* Steps made; number of scalars; scalar number j, in the order of ew_sim_get; the arithmetic. */
slong ew_rounded_steps(const ew_rounded *run);
slong ew_rounded_size(const ew_rounded *run);
const ew_number *ew_rounded_state(const ew_rounded *run, slong j);
ew_arith *ew_rounded_arith(ew_rounded *run);

/* Is every scalar finite? */
bool ew_rounded_finite(const ew_rounded *run);

/* a^2 - b^2 (a the last layer, b the first), p, p - sigma, and k of the step to come (products from the left), as the format
 * computes them. `z` initialised by the arithmetic. */
void ew_rounded_gap(ew_number *z, ew_rounded *run);
void ew_rounded_product(ew_number *z, ew_rounded *run);
void ew_rounded_residual(ew_number *z, ew_rounded *run);
void ew_rounded_k(ew_number *z, ew_rounded *run);

/* Is the state of one run that of the other, number by number? Of the same format and dynamics. */
bool ew_rounded_same(const ew_rounded *run, const ew_rounded *other);

/* other <- run: the whole state, of a run made with the same arguments. */
void ew_rounded_copy(ew_rounded *other, const ew_rounded *run);

/* The same run as a simulator, for ew_sim_record, ew_watch_feed and all that takes one; sim->prec is the format's bits. NULL as
 * ew_rounded_new; not for balls and exact rationals. */
ew_sim *ew_sim_new_in_format(const ew_format *format, ew_rounding rounding, ew_order order,
                             ew_dynamics dynamics, const ew_mode_t mode, ulong seed);

/* ---- What a trajectory does in the end ----------------------------------------------------- */

typedef enum {
    EW_NOT_YET,   /* nothing settled within the steps given */
    EW_CONVERGES, /* to a minimum (period 1) */
    EW_PERIODIC,  /* to a cycle of period 2 .. 64 */
    EW_DIVERGES,
    EW_RESTS /* p = a b^(L-1) stands still, but not at sigma: the exact state is a saddle, or goes to and fro between x
                and -x on the balanced line. Only exact arithmetic tells (ew_follow); never observed */
} ew_fate;

/* "not yet", "converges", "periodic", "diverges", "rests"; static storage. */
const char *ew_fate_text(ew_fate fate);

/* Follows a trajectory that is fed one state at a time and says what it has settled on, judged by
 * recurrence to within a tolerance over a window: an observation, never a proof. */
typedef struct ew_watch ew_watch;

/* A watcher for states of `size` scalars from arithmetic with `prec` bits (53 for double). The caller's
 * to free. NULL when the memory is not there. */
ew_watch *ew_watch_new(slong size, slong prec);
void ew_watch_free(ew_watch *watch);

/* Feeds the simulator's present state. `period` (out) is the smallest period n in 1, 2, .. 64 for
 * which the state has recurred over the last window, 1 for EW_CONVERGES, 0 else. A state that stands
 * still counts as EW_CONVERGES only where |p - sigma| is small against sigma: not on a plateau. */
ew_fate ew_watch_feed(slong *period, ew_watch *watch, const ew_sim *sim);

/* ---- Trapping regions (theory/trapping.md) ------------------------------------------------- */

/* A certified neighbourhood of a balanced n-cycle in the (a, b) plane, around the cycle's point `x`:
 *     N = { |(a + b)/2 - x| <= radius_along, |a - b|/2 <= radius_across }
 * that the n-th iterate maps into itself and contracts: every trajectory that enters N converges to
 * the cycle. Points of the cycle are pairwise distinct, so n is its exact period. */
typedef struct {
    slong period;
    arb_t x; /* encloses one point of the cycle */
    arf_t radius_along;
    arf_t radius_across;
    slong prec;
} ew_trap_struct;
typedef ew_trap_struct ew_trap_t[1];

void ew_trap_init(ew_trap_t trap);
void ew_trap_clear(ew_trap_t trap);

/* Builds a trap around the balanced n-cycle near the point x, the largest found by halving.
 *   x  an approximation of a point of the cycle, any ball; its midpoint is used
 * Returns EW_OK, or EW_UNDECIDED_STATUS when no contraction could be proved (no cycle there, a
 * repelling one, or one too close to its bifurcation for this precision), EW_RESOURCES, or EW_BAD_INPUT for a bad mode
 * or precision, or a period that is not 1 to 1024. */
EW_MUST_CHECK ew_status ew_trap_build(ew_trap_t trap, const ew_mode_t mode, const arb_t x,
                                      slong period, slong prec);

/* True when the whole box (a, b) certainly lies in the trap. */
bool ew_trap_contains(const ew_trap_t trap, const arb_t a, const arb_t b);

/* True when r != 0, X != 0 and X != 1 certainly hold on the whole region and on its images under 1 .. n - 1
 * steps: then a trajectory in it never lands on a minimum. */
bool ew_trap_never_lands(const ew_trap_t trap, const ew_mode_t mode);

/* What ended an attempt to prove a fate. */
typedef enum {
    EW_LIMIT_NONE,  /* it is proved */
    EW_LIMIT_STEPS, /* a fate is in sight, but takes more than max_steps steps */
    EW_LIMIT_PREC,  /* a fate is in sight, but takes more than max_prec bits */
    EW_LIMIT_SIGHT /* none is in sight within max_steps steps: chaos, or something slower than that */
} ew_limit;

/* How a ball trajectory from (0, alpha) ended: proved. */
typedef struct {
    ew_fate fate; /* proved; EW_NOT_YET when nothing was proved */
    slong
        period; /* of the cycle, EW_PERIODIC; 1 for EW_CONVERGES; of the state, 1 or 2, for EW_RESTS */
    fmpz_t
        skipped; /* steps of a plateau that were taken at once; `step` and `grows_at` count from there */
    slong step; /* the step at which the trajectory entered the region that proves the fate, or
                        the number of steps followed: signs are then decided at 0 .. step - 1 */
    slong prec; /* working precision of the last attempt */
    arb_t
        point; /* a point of the cycle; the limit of b for EW_CONVERGES; b at `step` for EW_RESTS */
    arb_t point_a; /* EW_CONVERGES, EW_RESTS: the same of a */
    arb_t
        gap_limit; /* encloses lim a^2 - b^2 for EW_CONVERGES, EW_RESTS and EW_PERIODIC (0 there) */
    bool contracts;   /* X < 2 proved at every step followed, and for ever when a fate is proved
                        (not EW_DIVERGES) */
    bool never_lands; /* likewise X != 0 (r != 0; b != 0 for L >= 3) and X != 1 */
    slong grows_at;   /* first step with X > 2 proved, or -1 */
    bool gap_grows;   /* at that step the gap is proved not to be zero: so |gap| grows there */
    ew_limit limit;   /* EW_NOT_YET: what was not enough */
    double
        needs; /* EW_LIMIT_STEPS: so many steps are predicted to do, from the rates at which the cycle in sight
                     attracts; 0 where they are not known. Not a bound. theory/trapping.md (15) */
} ew_follow_struct;
typedef ew_follow_struct ew_follow_t[1];

/* The number of steps that the plateau takes from (0, alpha), to leading order, at most 1e300; 0 where there is none:
 * depth 2, alpha or sigma = 0. A prediction, not a bound. theory/plateau.md (1) */
double ew_plateau_length(const ew_mode_t mode);

void ew_follow_init(ew_follow_t follow);
void ew_follow_clear(ew_follow_t follow);

/* Follows the exact trajectory of (a, b) from (0, alpha) in balls until its fate is proved: a trap of
 * period 2 .. 64, convergence to a minimum (a region in which the residual contracts and the drift is
 * bounded), or escape to infinity. Starts at 128 bits and doubles the precision as needed.
 * First the exact trajectory is run in rationals as long as they are short: it may land on a minimum, on a saddle or on a
 * balanced cycle of period 2 exactly, which no ball can tell (theory/trapping.md (14)).
 * A plateau of more than 2^14 steps (small alpha, depth 3 or more) is crossed at once, its steps counted exactly (theory/plateau.md).
 *   max_steps, max_prec  caps
 * Where the first look ahead (in floating point) sees nothing to prove, a plateau or chaos, only a
 * stretch is followed: `step` says how far. alpha = 0 < sigma is a saddle: EW_RESTS.
 * Returns EW_OK (fate proved), EW_UNDECIDED_STATUS (caps reached; the fields say what was proved on
 * the way), EW_STOPPED, EW_RESOURCES, EW_BAD_INPUT for a bad mode or cap. */
EW_MUST_CHECK ew_status ew_follow(ew_follow_t follow, const ew_mode_t mode, slong max_steps,
                                  slong max_prec, const ew_progress *progress);

/* ---- Networks (theory/network.md) ---------------------------------------------------------- */

/* The target M = U Sigma V^T of a network, in the arithmetic in which it is to be trained: in doubles, or in Arb
 * matrices. */
typedef struct {
    ew_arithmetic arithmetic;
    slong dim;
    slong rank; /* singular values that are not zero */
    slong prec;
    double *sigma_d, *m_d, *u_d,
        *v_d;          /* EW_DOUBLE: dim numbers, and row-major matrices; else NULL */
    arb_ptr sigma;     /* else: dim numbers, NULL for EW_DOUBLE */
    arb_mat_t m, u, v; /* 0 x 0 for EW_DOUBLE */
} ew_target_struct;
typedef ew_target_struct ew_target_t[1];

void ew_target_init(ew_target_t target);
void ew_target_clear(ew_target_t target);

/* The target of the problem's singular values in a frame: U = V = 1, or two independent Haar draws (GSL's Gaussian
 * numbers from `seed`, orthogonalised with positive diagonal). For EW_MPFR U and V are orthogonal to `prec` bits; for
 * EW_BALL they are balls that contain exactly orthogonal matrices.
 * Returns EW_OK, EW_RESOURCES, or EW_BAD_INPUT for a bad problem, arithmetic or precision. */
EW_MUST_CHECK ew_status ew_target_from_problem(ew_target_t target, const ew_problem_t problem,
                                               ew_arithmetic arithmetic, bool haar, ulong seed,
                                               slong prec);

/* The target given as a matrix; its singular value decomposition is computed in the arithmetic (for EW_BALL the
 * matrix is exact, U and V are those of floating point and only serve to observe). `rank` counts singular values
 * above dim 2^(10-prec) times the largest.
 * Returns EW_OK, EW_RESOURCES, or EW_BAD_INPUT for the zero matrix, one that is not square, or a bad precision. */
EW_MUST_CHECK ew_status ew_target_from_matrix(ew_target_t target, const fmpq_mat_t matrix,
                                              ew_arithmetic arithmetic, slong prec);

/* Singular value k (from 0) as a ball, exact for EW_DOUBLE. */
void ew_target_sigma(arb_t sigma, const ew_target_t target, slong k);

/* Where a network starts. */
typedef enum {
    EW_START_POSTER,     /* W_L = 0, W_l = alpha 1 */
    EW_START_UNBALANCED, /* W_L = 0, W_l = l alpha 1 */
    EW_START_ORTHOGONAL, /* every W_l = alpha Q_l, Q_l Haar */
    EW_START_GAUSSIAN    /* every entry of every W_l: alpha / sqrt(dim) times a normal number */
} ew_start_kind;

typedef struct {
    ew_start_kind kind;
    ulong seed;
    const fmpq *off_diagonal; /* NULL, or a number added to all off-diagonal entries of V^T W_1 V */
} ew_start;

/* A network in training; opaque. */
typedef struct ew_net ew_net;

/* Bytes that a network needs, for ew_memory_check. */
double ew_net_bytes(slong depth, slong dim, ew_arithmetic arithmetic, slong prec);

/* A network of the target's arithmetic and precision, at step 0: depth, eta and alpha from the problem. The target
 * must outlive it. In EW_MPFR every matrix product is one of Arb's approximate ones at target->prec; in EW_BALL every
 * weight encloses the exact one. NULL when the memory is not there. Freed by ew_net_free (NULL allowed). */
ew_net *ew_net_new(const ew_target_t target, const ew_problem_t problem, const ew_start *start);
void ew_net_free(ew_net *net);

/* One step of gradient descent: 3 (depth - 1) matrix products. */
void ew_net_step(ew_net *net);

/* Gradient flow for the time dt, EW_DOUBLE only: GSL's adaptive Runge-Kutta-Prince-Dormand (8, 9) with the absolute
 * and relative tolerance given. Returns EW_OK, EW_UNDECIDED_STATUS when the integrator gives up, EW_RESOURCES, or
 * EW_BAD_INPUT for a network in another arithmetic, or a time or tolerance out of range. */
EW_MUST_CHECK ew_status ew_net_flow(ew_net *net, double dt, double tolerance);

slong ew_net_steps(const ew_net *net);

/* The weights: doubles of EW_DOUBLE, row-major, layer after layer, NULL for another arithmetic; or entry (i, j) of layer l + 1 as a ball. */
const double *ew_net_weights(const ew_net *net);
void ew_net_get(arb_t x, const ew_net *net, slong l, slong i, slong j);

/* One recorded step, computed in the network's arithmetic. The diagonal of U^T P V, P the end-to-end map, follows
 * each singular value through crossings, which the sorted singular values do not. */
typedef struct {
    slong step;
    slong dim, depth, rank;
    bool finite;      /* false: the network has diverged, and nothing below is set */
    arb_t loss;       /* 1/2 ||P - M||^2 */
    arb_ptr singular; /* dim singular values of P, descending */
    arb_ptr product;  /* rank entries u_i^T P v_i */
    arb_t
        angle; /* the largest angle between P v_i and u_i or P^T u_i and v_i as lines, i <= rank */
    arb_ptr distance;   /* depth: Frobenius norm of the off-diagonal part of V^T W_l V, U^T W_L V */
    arb_ptr gap;        /* rank: (U^T W_L V)_ii^2 - (V^T W_1 V)_ii^2 */
    arb_t conserved;    /* max_l ||(W_(l+1)^T W_(l+1) - W_l W_l^T)(t) - the same at step 0|| */
    bool has_sharpness; /* the rest is set */
    double sharpness;   /* the largest eigenvalue of the Hessian, in doubles */
} ew_net_record_struct;
typedef ew_net_record_struct ew_net_record_t[1];

void ew_net_record_init(ew_net_record_t record, const ew_net *net);
void ew_net_record_clear(ew_net_record_t record);

/* Fills the record. Returns EW_OK, EW_RESOURCES, EW_UNDECIDED_STATUS when the sharpness did not converge, or EW_BAD_INPUT for
 * the record of a network of another shape. */
EW_MUST_CHECK ew_status ew_net_observe(ew_net_record_t record, const ew_net *net, bool sharpness);

/* Is there no way out of the plateau from (0, alpha) in this format? True when a fixed point (a*, alpha) of the rounded map is
 * found below which the map is monotone, so that the run, which starts below it, can never pass it: a proof, by three exact
 * comparisons (theory/formats.md (7)). False when none is found, and where
 * rounding is not monotone: stochastic, dd.
 *   log2_steps  out: log2 of the steps after which the run stands still, roughly: a* over what a step adds */
bool ew_rounded_no_exit(double *log2_steps, const ew_format *format, ew_rounding rounding,
                        ew_order order, const ew_mode_t mode);

/* ---- Networks in any format (theory/formats.md (6)) ------------------------------------------ */

/* A network in training in a format; opaque. dim <= 64. */
typedef struct ew_rounded_net ew_rounded_net;

/* At step 0 of the poster's start. The target (EW_MPFR, its precision well above the format's) is rounded once to the format;
 * NULL when the memory is not there, the format does not know the rounding, or dim > 64. */
ew_rounded_net *ew_rounded_net_new(const ew_format *format, ew_rounding rounding, ew_order order,
                                   const ew_target_t target, const ew_problem_t problem,
                                   ulong seed);
void ew_rounded_net_free(ew_rounded_net *net);

/* One step: 3 (depth - 1) products, every sum of a product in the order chosen. */
void ew_rounded_net_step(ew_rounded_net *net);

/* What is seen of it, in doubles: is every weight finite; the largest angle of its singular vectors from the target's
 * (as in ew_net_record_struct); the loss, and what it would be by the singular values' own entries; those entries
 * (rank numbers; may be NULL). */
typedef struct {
    bool finite;
    double angle, loss, loss_by_values;
} ew_rounded_net_view;
void ew_rounded_net_look(ew_rounded_net_view *view, double *product, const ew_rounded_net *net);

EW_END_API

#endif
