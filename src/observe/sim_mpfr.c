/* The simulator in MPFR, every operation rounded to nearest at one precision and in the same order
 * as sim_double.c: with 53 bits the two agree bit for bit. theory/simulation.md */
#include "observe/sim.h"

#include <stdlib.h>

#define RN MPFR_RNDN

typedef struct {
    mpfr_t eta, sigma, gap;
    mpfr_t p, r, c, k, u, v; /* the step's terms and scratch */
    mpfr_t *d;               /* the scalars, then (EW_LAYERS) depth + 1 prefix products */
    mpfr_t *prefix;
    slong count; /* of d and prefix together */
} mpfr_state;

/* y = x^n by squaring, lowest bit first. theory/simulation.md (1) */
static void power(mpfr_t y, const mpfr_t x, slong n, mpfr_t scratch)
{
    mpfr_set_ui(y, 1, RN);
    mpfr_set(scratch, x, RN);
    for (; n > 0; n >>= 1) {
        if (n & 1)
            mpfr_mul(y, y, scratch, RN);
        if (n > 1)
            mpfr_mul(scratch, scratch, scratch, RN);
    }
}

/* p, r, c, k of the pair. theory/simulation.md (2) */
static void pair_terms(mpfr_state *s, const mpfr_t a, const mpfr_t b, slong depth)
{
    power(s->u, b, depth - 2, s->v);
    mpfr_mul(s->p, s->u, b, RN);
    mpfr_mul(s->p, a, s->p, RN);
    mpfr_sub(s->r, s->p, s->sigma, RN);
    mpfr_mul(s->c, s->eta, s->r, RN);
    mpfr_mul(s->k, s->c, s->u, RN);
    mpfr_neg(s->k, s->k, RN);
}

/* p, r, c, k of the layers. theory/simulation.md (3) */
static void layers_terms(mpfr_state *s, slong depth)
{
    mpfr_set_ui(s->prefix[0], 1, RN);
    for (slong l = 0; l < depth; l++)
        mpfr_mul(s->prefix[l + 1], s->prefix[l], s->d[l], RN);
    mpfr_set_ui(s->u, 1, RN);
    for (slong l = 1; l + 1 < depth; l++)
        mpfr_mul(s->u, s->u, s->d[l], RN);
    mpfr_set(s->p, s->prefix[depth], RN);
    mpfr_sub(s->r, s->p, s->sigma, RN);
    mpfr_mul(s->c, s->eta, s->r, RN);
    mpfr_mul(s->k, s->c, s->u, RN);
    mpfr_neg(s->k, s->k, RN);
}

static void terms(const ew_sim *sim)
{
    mpfr_state *s = sim->state;
    if (sim->dynamics == EW_LAYERS)
        layers_terms(s, sim->depth);
    else
        pair_terms(s, s->d[0], s->d[sim->size - 1], sim->depth);
}

static void *mpfr_make(const ew_sim *sim, const ew_mode_t mode)
{
    slong count = sim->dynamics == EW_LAYERS ? 2 * sim->size + 1 : sim->size;
    mpfr_state *s = malloc(sizeof *s);
    mpfr_t *d = malloc((size_t)count * sizeof *d);
    if (s == NULL || d == NULL) {
        free(s);
        free(d);
        return NULL;
    }
    mpfr_inits2(sim->prec, s->eta, s->sigma, s->gap, s->p, s->r, s->c, s->k, s->u, s->v,
                (mpfr_ptr)NULL);
    s->d = d;
    s->prefix = d + sim->size;
    s->count = count;
    for (slong j = 0; j < count; j++) {
        mpfr_init2(d[j], sim->prec);
        fmpq_get_mpfr(d[j], mode->alpha, RN);
    }
    fmpq_get_mpfr(s->eta, mode->eta, RN);
    fmpq_get_mpfr(s->sigma, mode->sigma, RN);
    mpfr_mul(s->gap, d[0], d[0], RN);
    mpfr_neg(s->gap, s->gap, RN);
    if (sim->dynamics == EW_LAYERS)
        mpfr_set_zero(d[sim->size - 1], 1);
    if (sim->dynamics == EW_PAIR)
        mpfr_set_zero(d[0], 1);
    return s;
}

static void mpfr_state_free(void *state, const ew_sim *sim)
{
    (void)sim;
    mpfr_state *s = state;
    for (slong j = 0; j < s->count; j++)
        mpfr_clear(s->d[j]);
    mpfr_clears(s->eta, s->sigma, s->gap, s->p, s->r, s->c, s->k, s->u, s->v, (mpfr_ptr)NULL);
    free(s->d);
    free(s);
}

/* x = old - c (prefix suffix) going down the layers. theory/simulation.md (3) */
static void layers_move(mpfr_state *s, slong depth)
{
    mpfr_set_ui(s->u, 1, RN); /* suffix */
    for (slong l = depth - 1; l >= 0; l--) {
        mpfr_mul(s->v, s->prefix[l], s->u, RN);
        mpfr_mul(s->v, s->c, s->v, RN);
        mpfr_mul(s->u, s->u, s->d[l], RN);
        mpfr_sub(s->d[l], s->d[l], s->v, RN);
    }
}

static void mpfr_step(ew_sim *sim)
{
    mpfr_state *s = sim->state;
    terms(sim);
    if (sim->dynamics == EW_LAYERS)
        layers_move(s, sim->depth);
    else {
        mpfr_ptr a = s->d[0], b = s->d[sim->size - 1];
        mpfr_mul(s->u, s->k, b, RN);
        mpfr_mul(s->v, s->k, a, RN);
        mpfr_add(a, a, s->u, RN);
        if (sim->dynamics == EW_PAIR)
            mpfr_add(b, b, s->v, RN);
    }
    mpfr_mul(s->u, s->k, s->k, RN);
    mpfr_ui_sub(s->u, 1, s->u, RN);
    mpfr_mul(s->gap, s->gap, s->u, RN);
}

/* The exact ball of an MPFR number. */
static void set_mpfr(arb_t x, const mpfr_t value)
{
    arf_set_mpfr(arb_midref(x), value);
    mag_zero(arb_radref(x));
}

static void mpfr_get(arb_t x, const ew_sim *sim, slong j)
{
    const mpfr_state *s = sim->state;
    set_mpfr(x, s->d[j]);
}

static void mpfr_record(ew_record_t record, const ew_sim *sim)
{
    mpfr_state *s = sim->state;
    terms(sim);
    set_mpfr(record->product, s->p);
    set_mpfr(record->residual, s->r);
    mpfr_mul(s->u, s->r, s->r, RN);
    mpfr_div_2ui(s->u, s->u, 1, RN);
    set_mpfr(record->loss, s->u);
    if (sim->dynamics == EW_BALANCED)
        return;
    bool layers = sim->dynamics == EW_LAYERS;
    mpfr_srcptr a = layers ? s->d[sim->depth - 1] : s->d[0], b = layers ? s->d[0] : s->d[1];
    mpfr_mul(s->u, a, a, RN);
    mpfr_mul(s->v, b, b, RN);
    mpfr_sub(s->u, s->u, s->v, RN);
    set_mpfr(record->gap, s->u);
    set_mpfr(record->gap_tracked, s->gap);
    mpfr_mul(s->u, s->k, s->k, RN);
    set_mpfr(record->factor, s->u);
}

void ew_sim_mpfr_place(ew_sim *sim, const arb_t a, const arb_t b)
{
    mpfr_state *s = sim->state;
    arf_get_mpfr(s->d[0], arb_midref(a), RN);
    arf_get_mpfr(s->d[1], arb_midref(b), RN);
    mpfr_mul(s->gap, s->d[0], s->d[0], RN);
    mpfr_mul(s->u, s->d[1], s->d[1], RN);
    mpfr_sub(s->gap, s->gap, s->u, RN);
}

const ew_sim_ops ew_sim_mpfr_ops = {mpfr_make, mpfr_state_free, mpfr_step, mpfr_get, mpfr_record};
