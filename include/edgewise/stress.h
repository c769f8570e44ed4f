/* In which arithmetic can a claim be seen? Each claim is tried the way a script would try it, in a format and an order of
 * operations, and what the script would say is held against the certified verdict. theory/stress.md */
#ifndef EDGEWISE_STRESS_H
#define EDGEWISE_STRESS_H

#include <edgewise/claims.h>
#include <edgewise/format.h>

EW_BEGIN_API

typedef enum {
    EW_AGREES,
    EW_FALSE_REFUTATION,   /* the format says no, the truth is yes */
    EW_FALSE_CONFIRMATION, /* the format says yes, the truth is no */
    EW_WRONG_PERIOD,       /* it settles on another period than the proved one */
    EW_LEFT_ORBIT, /* it leaves the invariant set, or the orbit, that exact arithmetic stays on */
    EW_STUCK,      /* every update rounds to nothing, away from any minimum */
    EW_OVERFLOW,   /* a number that is not finite, where the exact trajectory is bounded */
    EW_CANNOT_TELL /* no certified verdict, no experiment, or an experiment without an answer */
} ew_outcome_kind;

/* "agrees", "false-refutation", ...; static storage. */
const char *ew_outcome_text(ew_outcome_kind outcome);

typedef struct {
    const char *claim; /* id, static */
    slong index;       /* the singular value, from 1; 0 for the network */
    ew_format format;
    ew_order order;
    ew_verdict truth;
    ew_outcome_kind outcome;
    slong step; /* the first at which the truth is lost; -1: none */
    slong
        predicted; /* the same from the exact trajectory and the size of an ulp; -1: no prediction */
    slong
        bits_needed; /* with mpfr-N in this order the outcome is "agrees" for every N tried from here on;
                          -1: for none up to the most tried, or not tried */
    bool
        bits_tried; /* was the search for bits_needed made: with a certified verdict, and by a script */
    bool monotone;   /* no smaller N agrees */
    const char *why; /* static: what the script saw */
} ew_cell;

typedef struct {
    ew_cell *cells;
    slong count;
} ew_cells_struct;
typedef ew_cells_struct ew_cells_t[1];

void ew_cells_init(ew_cells_t cells);
void ew_cells_clear(ew_cells_t cells);

/* What to try. */
typedef struct {
    const ew_format *formats;
    slong format_count;
    const ew_order *orders;
    slong order_count;
    ew_rounding rounding; /* of the formats that know it; the others round to nearest */
    slong steps;          /* of gradient descent per run */
    slong most_bits;      /* of the search for bits_needed; 0: no search */
    ulong seed;           /* of stochastic rounding, and of the network's frame */
    const char *claim;    /* NULL: every claim; else only that one */
} ew_stress_plan;

/* All cells: for every claim with an experiment, every singular value, format and order. `effort` is that of the certified
 * verdicts. Returns EW_OK, EW_RESOURCES, EW_STOPPED, or EW_BAD_INPUT for a bad problem, plan or effort. */
EW_MUST_CHECK ew_status ew_stress(ew_cells_t cells, const ew_problem_t problem,
                                  const ew_stress_plan *plan, const ew_effort *effort);

/* 1 when some cell lost the truth, else 3 when some cell cannot tell, else 0. */
int ew_cells_exit(const ew_cells_t cells);

/* ---- How many bits a claim needs ------------------------------------------------------------ */

typedef struct {
    slong index; /* the singular value, from 1; 0 for the network */
    ew_verdict truth;
    slong predicted; /* bits, from the exact trajectory and its conditioning; -1: no prediction */
    slong measured;  /* as bits_needed of a cell; -1: not up to the most bits tried, or not tried */
    bool monotone;
    bool tried; /* as bits_tried of a cell */
} ew_precision;

/* For one claim, to be seen for plan->steps steps in plan->orders[0]: a row for each singular value, or one for the network.
 *   rows, count  out: the caller's to free with flint_free
 * Returns as ew_stress; EW_BAD_INPUT when no script tries the claim. theory/stress.md (10) */
EW_MUST_CHECK ew_status ew_precision_needed(ew_precision **rows, slong *count,
                                            const ew_problem_t problem, const ew_stress_plan *plan,
                                            const ew_effort *effort);

/* ---- Chaos, and the edge, in formats (theory/chaos-in-formats.md) ----------------------------- */

/* What rounding does to a chaotic trajectory. Steps are -1 where the thing was not found. */
typedef struct {
    ew_format format;
    slong
        departs; /* the first step at which b is certainly 1/128 away from the exact trajectory (balls) */
    slong predicted; /* the same from the growth of rounding along the exact trajectory */
    double lyapunov, lyapunov_error; /* of the run, mean of ln |g'(b)|, with its sampling error */
    double mean, spread;             /* of b, and its standard deviation */
    double distance; /* L1 distance of the run's histogram of b from the reference's */
    slong transient,
        cycle; /* steps before the cycle that the format ends in, and its length (Brent) */
    double
        expected_cycle; /* sqrt(pi N / 8), N the format's numbers between the run's least and largest b */
} ew_chaos_row;

typedef struct {
    ew_chaos_row *rows; /* one per format */
    slong count;
    ew_chaos_row reference; /* in 160 bits */
    double
        distance_noise; /* L1 distance between the reference's two halves: what sampling alone gives */
} ew_chaos_struct;
typedef ew_chaos_struct ew_chaos_t[1];

void ew_chaos_init(ew_chaos_t chaos);
void ew_chaos_clear(ew_chaos_t chaos);

/* Runs every format in the plan's first order for plan->steps steps; cycles are looked for in formats of at most 24 bits.
 * Returns EW_OK, EW_RESOURCES, EW_STOPPED, or EW_BAD_INPUT for a bad mode or plan. */
EW_MUST_CHECK ew_status ew_chaos_run(ew_chaos_t chaos, const ew_mode_t mode,
                                     const ew_stress_plan *plan, const ew_progress *progress);

/* Near the edge, sigma = 1 and s = 2 + 2^-k: from which k on a format calls the regime wrongly. */
typedef struct {
    ew_format format;
    slong
        parameter; /* the first k for which eta, rounded to the format, has s <= 2: the problem itself is another one */
    slong
        dynamics; /* the first k for which a run of plan->steps steps with s > 2 seems to converge; -1: none up to the
                        last tried */
} ew_edge_row;

/* k = 1 .. most_k. rows: plan->format_count of them. Returns as ew_chaos_run; EW_UNDECIDED_STATUS where the orbit was not
 * certified. */
EW_MUST_CHECK ew_status ew_edge_run(ew_edge_row *rows, slong depth, slong most_k,
                                    const ew_stress_plan *plan, const ew_progress *progress);

EW_END_API

#endif
