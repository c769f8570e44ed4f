/* The simulator in hardware doubles: what a script would print.
 *
 * The bits are those of theory/simulation.md as long as the compiler neither fuses a multiplication
 * with an addition (ISO mode, -std=c17, forbids that) nor keeps excess precision. */
#include "observe/sim.h"

#include <stdlib.h>

typedef struct {
    double eta, sigma;
    double gap;     /* a^2 - b^2 by its factor */
    double *prefix; /* EW_LAYERS: depth + 1 products, inside the same allocation */
    double d[];     /* the scalars */
} double_state;

/* What one step is made from. */
typedef struct {
    double p, r;
    double c; /* eta r */
    double k; /* the factor of the pair */
} double_terms;

/* x^n by squaring, lowest bit first, without the product by 1: each operation here delays the next step.
 * theory/simulation.md (1) */
static inline double power(double x, slong n)
{
    if (n == 0)
        return 1;
    for (; (n & 1) == 0; n >>= 1)
        x *= x;
    double y = x;
    while ((n >>= 1) > 0) {
        x *= x;
        if (n & 1)
            y *= x;
    }
    return y;
}

/* theory/simulation.md (2); for EW_BALANCED a = b = x. */
static inline double_terms pair_terms(const double_state *s, double a, double b, slong depth)
{
    double_terms t;
    double w = power(b, depth - 2);
    t.p = a * (w * b);
    t.r = t.p - s->sigma;
    t.c = s->eta * t.r;
    t.k = -(t.c * w);
    return t;
}

/* theory/simulation.md (3) */
static double_terms layers_terms(const double_state *s, slong depth)
{
    double_terms t;
    s->prefix[0] = 1;
    for (slong l = 0; l < depth; l++)
        s->prefix[l + 1] = s->prefix[l] * s->d[l];
    double middle = 1;
    for (slong l = 1; l + 1 < depth; l++)
        middle *= s->d[l];
    t.p = s->prefix[depth];
    t.r = t.p - s->sigma;
    t.c = s->eta * t.r;
    t.k = -(t.c * middle);
    return t;
}

static double_terms terms(const ew_sim *sim)
{
    const double_state *s = sim->state;
    if (sim->dynamics == EW_LAYERS)
        return layers_terms(s, sim->depth);
    return pair_terms(s, s->d[0], s->d[sim->size - 1], sim->depth);
}

static void *double_make(const ew_sim *sim, const ew_mode_t mode)
{
    size_t size = (size_t)sim->size;
    double_state *s = malloc(sizeof *s + (2 * size + 1) * sizeof *s->d);
    if (s == NULL)
        return NULL;
    double alpha = ew_rational_double(mode->alpha);
    s->eta = ew_rational_double(mode->eta);
    s->sigma = ew_rational_double(mode->sigma);
    s->prefix = s->d + size;
    for (size_t j = 0; j < size; j++)
        s->d[j] = alpha;
    if (sim->dynamics == EW_LAYERS)
        s->d[size - 1] = 0;
    if (sim->dynamics == EW_PAIR)
        s->d[0] = 0;
    s->gap = -(alpha * alpha);
    return s;
}

static void double_free(void *state, const ew_sim *sim)
{
    (void)sim;
    free(state);
}

static void layers_step(double_state *s, slong depth)
{
    double_terms t = layers_terms(s, depth);
    double suffix = 1;
    for (slong l = depth - 1; l >= 0; l--) {
        double old = s->d[l];
        s->d[l] = old - t.c * (s->prefix[l] * suffix);
        suffix *= old;
    }
    s->gap *= 1 - t.k * t.k;
}

/* A step waits for the one before: what it waits for stays in registers. */
static void pair_run(double_state *s, slong depth, slong size, slong steps)
{
    double a = s->d[0], b = s->d[size - 1], gap = s->gap; /* balanced: a = b, and stays so */
    for (slong i = 0; i < steps; i++) {
        double_terms t = pair_terms(s, a, b, depth);
        double next = a + t.k * b;
        b = b + t.k * a;
        a = next;
        gap *= 1 - t.k * t.k;
    }
    s->d[0] = a;
    s->d[size - 1] = b;
    s->gap = gap;
}

static void double_run(ew_sim *sim, slong steps)
{
    double_state *s = sim->state;
    if (sim->dynamics != EW_LAYERS)
        pair_run(s, sim->depth, sim->size, steps);
    else
        for (slong i = 0; i < steps; i++)
            layers_step(s, sim->depth);
}

static void double_get(arb_t x, const ew_sim *sim, slong j)
{
    const double_state *s = sim->state;
    arb_set_d(x, s->d[j]);
}

static void double_record(ew_record_t record, const ew_sim *sim)
{
    const double_state *s = sim->state;
    double_terms t = terms(sim);
    arb_set_d(record->product, t.p);
    arb_set_d(record->residual, t.r);
    arb_set_d(record->loss, t.r * t.r / 2);
    arb_set_d(record->factor, t.k * t.k);
    if (sim->dynamics == EW_BALANCED)
        return;
    bool layers = sim->dynamics == EW_LAYERS;
    double a = layers ? s->d[sim->depth - 1] : s->d[0], b = layers ? s->d[0] : s->d[1];
    arb_set_d(record->gap, a * a - b * b);
    arb_set_d(record->gap_tracked, s->gap);
}

const ew_sim_ops ew_sim_double_ops = {double_make, double_free, double_run, double_get,
                                      double_record};
