/* The simulator in MPFR, every operation rounded to nearest at one precision and in the same order
 * as sim_double.c: with 53 bits the two agree bit for bit. theory/simulation.md */
#include "observe/sim.h"

#include <stdlib.h>

#define RN MPFR_RNDN

typedef struct {
    mpfr_t eta, sigma, gap;
    mpfr_t
        one; /* of the full precision: MPFR is slower where precisions differ, as in mpfr_ui_sub */
    mpfr_t p, r, c, k, u, v; /* the step's terms and scratch */
    mpfr_t *d;               /* the scalars, then (EW_LAYERS) depth + 1 prefix products */
    mpfr_t *prefix;
    slong count; /* of d and prefix together */
} mpfr_state;

/* x^n for n > 0 by squaring, lowest bit first: x itself or `product`. The products by 1, which are exact, would cost as much as
 * any other. theory/simulation.md (1) */
static mpfr_srcptr power(mpfr_t product, mpfr_t square, mpfr_srcptr x, slong n)
{
    for (; (n & 1) == 0; n >>= 1) {
        mpfr_sqr(product, x, RN);
        x = product;
    }
    mpfr_srcptr s = x;
    while ((n >>= 1) > 0) {
        mpfr_sqr(square, s, RN);
        s = square;
        if (n & 1) {
            mpfr_mul(product, x, square, RN);
            x = product;
        }
    }
    return x;
}

/* p, r, c, k of the pair. theory/simulation.md (2) */
static void pair_terms(mpfr_state *s, mpfr_srcptr a, mpfr_srcptr b, slong depth)
{
    mpfr_srcptr w = depth > 2 ? power(s->u, s->v, b, depth - 2) : NULL; /* none: 1 */
    mpfr_srcptr wb = w == NULL ? b : s->p;
    if (w == b)
        mpfr_sqr(s->p, b, RN);
    else if (w != NULL)
        mpfr_mul(s->p, w, b, RN);
    if (wb == a)
        mpfr_sqr(s->p, a, RN);
    else
        mpfr_mul(s->p, a, wb, RN);
    mpfr_sub(s->r, s->p, s->sigma, RN);
    mpfr_mul(s->c, s->eta, s->r, RN);
    if (w == NULL)
        mpfr_set(s->k, s->c, RN);
    else
        mpfr_mul(s->k, s->c, w, RN);
    mpfr_neg(s->k, s->k, RN);
}

/* p, r, c, k of the layers. theory/simulation.md (3) */
static void layers_terms(mpfr_state *s, slong depth)
{
    mpfr_set(s->prefix[1], s->d[0], RN); /* P_1 = 1 is nowhere needed */
    for (slong l = 1; l < depth; l++)
        mpfr_mul(s->prefix[l + 1], s->prefix[l], s->d[l], RN);
    if (depth > 2)
        mpfr_set(s->u, s->d[1], RN);
    else
        mpfr_set_ui(s->u, 1, RN);
    for (slong l = 2; l + 1 < depth; l++)
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
    mpfr_inits2(sim->prec, s->eta, s->sigma, s->gap, s->one, s->p, s->r, s->c, s->k, s->u, s->v,
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
    mpfr_set_ui(s->one, 1, RN);
    mpfr_sqr(s->gap, d[0], RN);
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
    mpfr_clears(s->eta, s->sigma, s->gap, s->one, s->p, s->r, s->c, s->k, s->u, s->v,
                (mpfr_ptr)NULL);
    free(s->d);
    free(s);
}

/* x = old - c (prefix suffix) going down the layers; the top's suffix and the bottom's prefix are 1. theory/simulation.md (3) */
static void layers_move(mpfr_state *s, slong depth)
{
    mpfr_mul(s->v, s->c, s->prefix[depth - 1], RN);
    mpfr_set(s->u, s->d[depth - 1], RN); /* suffix */
    mpfr_sub(s->d[depth - 1], s->d[depth - 1], s->v, RN);
    for (slong l = depth - 2; l > 0; l--) {
        mpfr_mul(s->v, s->prefix[l], s->u, RN);
        mpfr_mul(s->v, s->c, s->v, RN);
        mpfr_mul(s->u, s->u, s->d[l], RN);
        mpfr_sub(s->d[l], s->d[l], s->v, RN);
    }
    mpfr_mul(s->v, s->c, s->u, RN);
    mpfr_sub(s->d[0], s->d[0], s->v, RN);
}

static void mpfr_run(ew_sim *sim, slong steps)
{
    mpfr_state *s = sim->state;
    for (slong i = 0; i < steps; i++) {
        terms(sim);
        mpfr_ptr a = s->d[0], b = s->d[sim->size - 1];
        if (sim->dynamics == EW_LAYERS)
            layers_move(s, sim->depth);
        else {
            mpfr_mul(s->u, s->k, b, RN);
            if (sim->dynamics == EW_PAIR)
                mpfr_mul(s->v, s->k, a, RN);
            mpfr_add(a, a, s->u, RN);
        }
        if (sim->dynamics == EW_BALANCED)
            continue; /* no gap */
        if (sim->dynamics == EW_PAIR)
            mpfr_add(b, b, s->v, RN);
        mpfr_sqr(s->u, s->k, RN);
        mpfr_sub(s->u, s->one, s->u, RN);
        mpfr_mul(s->gap, s->gap, s->u, RN);
    }
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
    mpfr_sqr(s->u, s->r, RN);
    mpfr_div_2ui(s->u, s->u, 1, RN);
    set_mpfr(record->loss, s->u);
    mpfr_sqr(s->u, s->k, RN);
    set_mpfr(record->factor, s->u);
    if (sim->dynamics == EW_BALANCED)
        return;
    bool layers = sim->dynamics == EW_LAYERS;
    mpfr_srcptr a = layers ? s->d[sim->depth - 1] : s->d[0], b = layers ? s->d[0] : s->d[1];
    mpfr_sqr(s->u, a, RN);
    mpfr_sqr(s->v, b, RN);
    mpfr_sub(s->u, s->u, s->v, RN);
    set_mpfr(record->gap, s->u);
    set_mpfr(record->gap_tracked, s->gap);
}

void ew_sim_mpfr_place(ew_sim *sim, const arb_t a, const arb_t b)
{
    mpfr_state *s = sim->state;
    arf_get_mpfr(s->d[0], arb_midref(a), RN);
    arf_get_mpfr(s->d[1], arb_midref(b), RN);
    mpfr_sqr(s->gap, s->d[0], RN);
    mpfr_sqr(s->u, s->d[1], RN);
    mpfr_sub(s->gap, s->gap, s->u, RN);
}

const ew_sim_ops ew_sim_mpfr_ops = {mpfr_make, mpfr_state_free, mpfr_run, mpfr_get, mpfr_record};
