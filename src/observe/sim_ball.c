/* The simulator in balls: every state encloses the exact one, as plainly as possible (each scalar
 * its own ball). For proofs about long trajectories see follow.c, whose enclosure grows more
 * slowly. */
#include "observe/sim.h"

#include <stdlib.h>

typedef struct {
    ew_ball_mode_t mode;
    arb_t gap;
    arb_t p, r, c, k, t; /* the step's terms and scratch */
    arb_ptr d;           /* the scalars */
    arb_ptr prefix;      /* EW_LAYERS: depth + 1 products */
} ball_state;

/* p, r, c, k of the layers. theory/simulation.md (3) */
static void layers_terms(ball_state *s)
{
    slong depth = s->mode->depth, prec = s->mode->prec;
    arb_one(s->prefix);
    for (slong l = 0; l < depth; l++)
        arb_mul(s->prefix + l + 1, s->prefix + l, s->d + l, prec);
    arb_one(s->k);
    for (slong l = 1; l + 1 < depth; l++)
        arb_mul(s->k, s->k, s->d + l, prec);
    arb_set(s->p, s->prefix + depth);
    arb_sub(s->r, s->p, s->mode->sigma, prec);
    arb_mul(s->c, s->mode->eta, s->r, prec);
    arb_mul(s->k, s->k, s->c, prec);
    arb_neg(s->k, s->k);
}

static void *ball_make(const ew_sim *sim, const ew_mode_t mode)
{
    ball_state *s = malloc(sizeof *s);
    if (s == NULL)
        return NULL;
    ew_ball_mode_init(s->mode, mode, sim->prec);
    arb_init(s->gap);
    arb_init(s->p);
    arb_init(s->r);
    arb_init(s->c);
    arb_init(s->k);
    arb_init(s->t);
    s->d = _arb_vec_init(sim->size);
    s->prefix = _arb_vec_init(sim->size + 1);
    for (slong j = 0; j < sim->size; j++)
        arb_set_fmpq(s->d + j, mode->alpha, sim->prec);
    arb_sqr(s->gap, s->d, sim->prec);
    arb_neg(s->gap, s->gap);
    if (sim->dynamics == EW_LAYERS)
        arb_zero(s->d + sim->size - 1);
    if (sim->dynamics == EW_PAIR)
        arb_zero(s->d);
    return s;
}

static void ball_free(void *state, const ew_sim *sim)
{
    ball_state *s = state;
    ew_ball_mode_clear(s->mode);
    arb_clear(s->gap);
    arb_clear(s->p);
    arb_clear(s->r);
    arb_clear(s->c);
    arb_clear(s->k);
    arb_clear(s->t);
    _arb_vec_clear(s->d, sim->size);
    _arb_vec_clear(s->prefix, sim->size + 1);
    free(s);
}

static void layers_step(ball_state *s)
{
    slong prec = s->mode->prec;
    layers_terms(s);
    arb_one(s->p); /* suffix */
    for (slong l = s->mode->depth - 1; l >= 0; l--) {
        arb_mul(s->t, s->prefix + l, s->p, prec);
        arb_mul(s->p, s->p, s->d + l, prec);
        arb_submul(s->d + l, s->c, s->t, prec);
    }
}

static void ball_step(ew_sim *sim)
{
    ball_state *s = sim->state;
    slong prec = sim->prec;
    if (sim->dynamics == EW_BALANCED) {
        ew_balanced_step_ball(s->d, NULL, s->mode);
        return;
    }
    if (sim->dynamics == EW_LAYERS)
        layers_step(s);
    else
        ew_pair_step_ball(s->d, s->d + 1, s->k, s->r, s->mode);
    arb_sqr(s->t, s->k, prec);
    arb_sub_ui(s->t, s->t, 1, prec);
    arb_neg(s->t, s->t);
    arb_mul(s->gap, s->gap, s->t, prec);
}

static void ball_run(ew_sim *sim, slong steps)
{
    for (slong i = 0; i < steps; i++)
        ball_step(sim);
}

static void ball_get(arb_t x, const ew_sim *sim, slong j)
{
    const ball_state *s = sim->state;
    arb_set(x, s->d + j);
}

static void ball_record(ew_record_t record, const ew_sim *sim)
{
    ball_state *s = sim->state;
    slong prec = sim->prec, last = sim->size - 1;
    if (sim->dynamics == EW_LAYERS)
        layers_terms(s);
    else {
        ew_pair_factor_ball(s->k, s->r, s->d, s->d + last, s->mode);
        arb_pow_ui(s->p, s->d + last, (ulong)sim->depth - 1, prec);
        arb_mul(s->p, s->p, s->d, prec);
    }
    arb_set(record->product, s->p);
    arb_set(record->residual, s->r);
    arb_sqr(record->loss, s->r, prec);
    arb_mul_2exp_si(record->loss, record->loss, -1);
    arb_sqr(record->factor, s->k, prec);
    if (sim->dynamics == EW_BALANCED)
        return;
    bool layers = sim->dynamics == EW_LAYERS;
    arb_sqr(record->gap, s->d + (layers ? last : 0), prec);
    arb_sqr(s->t, s->d + (layers ? 0 : 1), prec);
    arb_sub(record->gap, record->gap, s->t, prec);
    arb_set(record->gap_tracked, s->gap);
}

const ew_sim_ops ew_sim_ball_ops = {ball_make, ball_free, ball_run, ball_get, ball_record};
