/* What a script sees: one run of one singular value in a format, and its answers to the claims. */
#ifndef EDGEWISE_CLAIMS_STRESS_SCRIPT_H
#define EDGEWISE_CLAIMS_STRESS_SCRIPT_H

#include <edgewise/stress.h>

/* All that the claims ask of one run of `steps` steps. Steps are -1 where the thing did not happen. */
typedef struct {
    slong steps;
    slong overflow_at; /* the first state that is not finite */
    slong stuck_at;    /* the first state that equals the next, away from a minimum */
    slong period;      /* over the last states: 1 still, 2 .. 64, or 0 */
    bool fitted;       /* period 1 with a small residual: a minimum */
    slong stalls_at;   /* the first t with |gap(t+1)| >= |gap(t)| */
    slong grows_at;    /* the first t with |gap(t+1)| > |gap(t)| */
    double first_gap, last_gap;
    bool no_exit;      /* it creeps towards a fixed point of the rounded map: proved */
    double log2_steps; /* then: of the steps until it stands, roughly */
    bool low;          /* period 2: is it at its low point at even steps? */
} ew_script_run;

/* Runs it. Returns EW_OK or EW_RESOURCES. */
EW_MUST_CHECK ew_status ew_script_watch(ew_script_run *seen, const ew_format *format,
                                        ew_rounding rounding, ew_order order, const ew_mode_t mode,
                                        slong steps, ulong seed);

/* Counts the changes of sign of Phi on a grid of `points` points from lo to hi (exact rationals), evaluated in the format;
 * -1 when a value is not finite. */
slong ew_script_scan(const ew_format *format, ew_rounding rounding, ew_order order,
                     const ew_mode_t mode, const fmpq_t lo, const fmpq_t hi, slong points,
                     ulong seed);

/* The exact trajectory to 256 bits, and where a format of that many bits must lose sight of it. */
typedef struct {
    slong steps;
    double *gap_change; /* log2 of |gap(t+1) - gap(t)| / max(a^2, b^2) */
    double *motion;     /* log2 of the largest relative change of a and b in the step t */
    double *size;       /* log2 of max(|a|, |b|) */
    double shrinks;     /* log2 of |gap| at the end over that at the start */
} ew_script_truth;

EW_MUST_CHECK ew_status ew_script_truth_make(ew_script_truth *truth, const ew_mode_t mode,
                                             slong steps);
void ew_script_truth_clear(ew_script_truth *truth);

/* The first step at which the change of the gap is below an ulp of a^2; at which no number moves; at which one overflows.
 * -1: none. */
slong ew_script_predict_stall(const ew_script_truth *truth, const ew_format *format);
slong ew_script_predict_stuck(const ew_script_truth *truth, const ew_format *format);
slong ew_script_predict_overflow(const ew_script_truth *truth, const ew_format *format);

/* ---- What the script answers ---------------------------------------------------------------- */

typedef enum { EW_SAYS_NO, EW_SAYS_YES, EW_SAYS_NOTHING } ew_says;

/* An answer, and the step at which it was settled (-1: none). */
typedef struct {
    ew_says says;
    slong step, predicted;
    bool stuck, overflow, wrong_period; /* how it came about */
    const char *why;                    /* static */
} ew_script_answer;

enum { EW_GRID = 8 }; /* starts below the bound that a script tries for "every alpha" */

/* Everything a script makes in one format and order for one singular value; made on demand. */
typedef struct {
    const ew_format *format;
    ew_rounding rounding;
    ew_order order;
    slong steps;
    ulong seed;
    const ew_mode_struct *mode;
    const ew_script_truth *truth;
    ew_regime regime;
    slong true_period; /* proved; 0: not known */
    ew_script_run run;
    bool made, grid_made;
    ew_script_run grid[EW_GRID];
    ew_status status;
} ew_script;

/* The run itself. */
const ew_script_run *ew_script_run_of(ew_script *script);

/* Can a script try this claim about one singular value? */
bool ew_script_knows(const char *claim);

/* What it says. Sets script->status when memory is short. */
ew_script_answer ew_script_ask(ew_script *script, const char *claim);

/* What the answer amounts to beside the truth. */
ew_outcome_kind ew_script_judge(const ew_script_answer *answer, ew_verdict truth);

#endif
