/* The simulators' common face: which arithmetic, which dynamics, how many steps. */
#include "observe/sim.h"
#include "model/domain.h"

#include <stdlib.h>

static const ew_sim_ops *const arithmetics[] = {
    [EW_DOUBLE] = &ew_sim_double_ops,
    [EW_MPFR] = &ew_sim_mpfr_ops,
    [EW_BALL] = &ew_sim_ball_ops,
};

ew_sim *ew_sim_new(ew_arithmetic arithmetic, ew_dynamics dynamics, const ew_mode_t mode, slong prec)
{
    if ((unsigned)arithmetic > EW_BALL || (unsigned)dynamics > EW_BALANCED || !ew_mode_fits(mode) ||
        (arithmetic != EW_DOUBLE && (!ew_prec_fits(prec) || !ew_prec_is_affordable(prec))))
        return NULL;
    if (arithmetic == EW_IN_FORMAT)
        return NULL; /* which? ew_sim_new_in_format */
    /* EW_LAYERS: the scalars and the products before each of them */
    double scalars = dynamics == EW_LAYERS ? 2 * (double)mode->depth : 2;
    if (ew_memory_check(scalars * ((double)sizeof(arb_struct) + (double)prec / 8)) != EW_OK)
        return NULL;
    ew_sim *sim = malloc(sizeof *sim);
    if (sim == NULL)
        return NULL;
    sim->ops = arithmetics[arithmetic];
    sim->arithmetic = arithmetic;
    sim->dynamics = dynamics;
    sim->depth = mode->depth;
    sim->size = dynamics == EW_LAYERS ? mode->depth : dynamics == EW_PAIR ? 2 : 1;
    sim->steps = 0;
    sim->prec = arithmetic == EW_DOUBLE ? 53 : prec;
    sim->state = sim->ops->make(sim, mode);
    if (sim->state == NULL) {
        free(sim);
        return NULL;
    }
    arb_init(sim->sigma);
    arb_set_fmpq(sim->sigma, mode->sigma, 64);
    return sim;
}

void ew_sim_free(ew_sim *sim)
{
    if (sim == NULL)
        return;
    sim->ops->free(sim->state, sim);
    arb_clear(sim->sigma);
    free(sim);
}

void ew_sim_step(ew_sim *sim)
{
    ew_sim_run(sim, 1);
}

void ew_sim_run(ew_sim *sim, slong steps)
{
    if (steps < 0)
        return;
    sim->ops->run(sim, steps);
    sim->steps += steps;
}

slong ew_sim_steps(const ew_sim *sim)
{
    return sim->steps;
}

slong ew_sim_size(const ew_sim *sim)
{
    return sim->size;
}

void ew_sim_get(arb_t x, const ew_sim *sim, slong j)
{
    if (j < 0 || j >= sim->size) {
        arb_indeterminate(x);
        return;
    }
    sim->ops->get(x, sim, j);
}

void ew_record_init(ew_record_t record)
{
    record->step = 0;
    arb_init(record->product);
    arb_init(record->residual);
    arb_init(record->loss);
    arb_init(record->gap);
    arb_init(record->gap_tracked);
    arb_init(record->factor);
}

void ew_record_clear(ew_record_t record)
{
    arb_clear(record->product);
    arb_clear(record->residual);
    arb_clear(record->loss);
    arb_clear(record->gap);
    arb_clear(record->gap_tracked);
    arb_clear(record->factor);
}

void ew_sim_record(ew_record_t record, const ew_sim *sim)
{
    record->step = sim->steps;
    arb_zero(record->gap);
    arb_zero(record->gap_tracked);
    sim->ops->record(record, sim);
}
