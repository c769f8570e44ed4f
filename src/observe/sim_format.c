/* Simulators in a number format: a run of rounded.c behind the simulators' common face. */
#include "observe/sim.h"
#include <stdlib.h>

typedef struct {
    ew_rounded *run;
    ew_number gap, x, one; /* gap_tracked, scratch, and 1 */
} format_state;

static void format_free(void *state, const ew_sim *sim)
{
    (void)sim;
    format_state *s = state;
    const ew_arith *A = ew_rounded_arith(s->run);
    A->ops->clear(&s->gap);
    A->ops->clear(&s->x);
    A->ops->clear(&s->one);
    ew_rounded_free(s->run);
    free(s);
}

/* The tracked gap first: its factor is that of the old state. */
static void format_step(ew_sim *sim)
{
    format_state *s = sim->state;
    ew_arith *A = ew_rounded_arith(s->run);
    if (sim->dynamics != EW_BALANCED) {
        ew_rounded_k(&s->x, s->run);
        A->ops->mul(&s->x, &s->x, &s->x, A);
        A->ops->sub(&s->x, &s->one, &s->x, A);
        A->ops->mul(&s->gap, &s->gap, &s->x, A);
    }
    ew_rounded_step(s->run);
}

static void format_run(ew_sim *sim, slong steps)
{
    for (slong i = 0; i < steps; i++)
        format_step(sim);
}

static void format_get(arb_t x, const ew_sim *sim, slong j)
{
    const format_state *s = sim->state;
    ew_rounded_arith(s->run)->ops->get_arb(x, ew_rounded_state(s->run, j));
}

static void format_record(ew_record_t record, const ew_sim *sim)
{
    format_state *s = sim->state;
    ew_arith *A = ew_rounded_arith(s->run);
    ew_rounded_product(&s->x, s->run);
    A->ops->get_arb(record->product, &s->x);
    ew_rounded_residual(&s->x, s->run);
    A->ops->get_arb(record->residual, &s->x);
    A->ops->mul(&s->x, &s->x, &s->x, A);
    A->ops->get_arb(record->loss, &s->x);
    arb_mul_2exp_si(record->loss, record->loss, -1);
    ew_rounded_k(&s->x, s->run);
    A->ops->mul(&s->x, &s->x, &s->x, A);
    A->ops->get_arb(record->factor, &s->x);
    if (sim->dynamics == EW_BALANCED)
        return;
    ew_rounded_gap(&s->x, s->run);
    A->ops->get_arb(record->gap, &s->x);
    A->ops->get_arb(record->gap_tracked, &s->gap);
}

static const ew_sim_ops format_ops = {NULL, format_free, format_run, format_get, format_record};

ew_sim *ew_sim_new_in_format(const ew_format *format, ew_rounding rounding, ew_order order,
                             ew_dynamics dynamics, const ew_mode_t mode, ulong seed)
{
    if (format->kind == EW_EXACT || format->kind == EW_BALLS)
        return NULL;
    ew_sim *sim = calloc(1, sizeof *sim);
    format_state *s = calloc(1, sizeof *s);
    ew_rounded *run = ew_rounded_new(format, rounding, order, dynamics, mode, seed);
    if (sim == NULL || s == NULL || run == NULL) {
        free(sim);
        free(s);
        ew_rounded_free(run);
        return NULL;
    }
    ew_arith *A = ew_rounded_arith(run);
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    A->ops->init(&s->gap, A);
    A->ops->init(&s->x, A);
    A->ops->init(&s->one, A);
    A->ops->set_fmpq(&s->one, one, A);
    fmpq_clear(one);
    s->run = run;
    ew_rounded_gap(&s->gap, run);
    sim->ops = &format_ops;
    sim->arithmetic = EW_IN_FORMAT;
    sim->dynamics = dynamics;
    sim->depth = mode->depth;
    sim->size = ew_rounded_size(run);
    sim->prec = format->bits;
    sim->state = s;
    arb_init(sim->sigma);
    arb_set_fmpq(sim->sigma, mode->sigma, 64);
    return sim;
}
