/* Inside the simulators: what an arithmetic has to provide. One file per arithmetic, sim_<name>.c;
 * the order of operations they share is that of theory/simulation.md. */
#ifndef EDGEWISE_OBSERVE_SIM_H
#define EDGEWISE_OBSERVE_SIM_H

#include <edgewise/observe.h>

typedef struct {
    /* The arithmetic's state at step 0 for sim's dynamics and depth; NULL when memory is short. */
    void *(*make)(const ew_sim *sim, const ew_mode_t mode);
    void (*free)(void *state, const ew_sim *sim);
    void (*run)(ew_sim *sim, slong steps);
    void (*get)(arb_t x, const ew_sim *sim, slong j);
    /* All of the record but the step number; gap and gap_tracked are left alone (zero) for
     * EW_BALANCED. */
    void (*record)(ew_record_t record, const ew_sim *sim);
} ew_sim_ops;

struct ew_sim {
    const ew_sim_ops *ops;
    ew_arithmetic arithmetic;
    ew_dynamics dynamics;
    slong depth;
    slong size; /* scalars: depth, 2 or 1 */
    slong steps;
    slong prec;
    arb_t sigma; /* the exact sigma to 64 bits, for the watcher's sense of scale */
    void *state; /* the arithmetic's own */
};

extern const ew_sim_ops ew_sim_double_ops;
extern const ew_sim_ops ew_sim_mpfr_ops;
extern const ew_sim_ops ew_sim_ball_ops;

/* Moves a pair of EW_MPFR to the middle of the box (a, b). */
void ew_sim_mpfr_place(ew_sim *sim, const arb_t a, const arb_t b);

#endif
