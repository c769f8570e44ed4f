/* Gradient descent of one singular value in any format, in four orders of operations. theory/formats.md (2) - (5) */
#include "model/domain.h"
#include "num/arith.h"
#include <edgewise/observe.h>
#include <stdlib.h>
#include <string.h>

static const char *const orders[] = {"written", "tree", "fused", "wide"};

const char *ew_order_text(ew_order order)
{
    return EW_WORD_OF(orders, order);
}

ew_status ew_order_named(ew_order *order, const char *name)
{
    if (order == NULL || name == NULL)
        return EW_BAD_INPUT;
    for (int i = 0; i < 4; i++)
        if (strcmp(orders[i], name) == 0) {
            *order = (ew_order)i;
            return EW_OK;
        }
    return EW_BAD_INPUT;
}

enum { ETA, SIGMA, W, P, R, C, K, Y, FIXED };

struct ew_rounded {
    ew_arith narrow, wide; /* the state's, and that of the operations: the same but for EW_WIDE */
    ew_order order;
    ew_dynamics dynamics;
    slong depth, size, steps;
    ew_number *state; /* size numbers, narrow */
    ew_number *
        inside; /* size numbers, wide: the state's copy; and `size + 1` prefix products for EW_LAYERS */
    ew_number fixed[FIXED]; /* wide */
    ew_number scratch;      /* narrow */
    slong inside_count;
};

static ew_number *numbers(slong count, const ew_arith *A)
{
    ew_number *list = malloc((size_t)count * sizeof *list);
    for (slong i = 0; list != NULL && i < count; i++)
        A->ops->init(list + i, A);
    return list;
}

static void release(ew_number *list, slong count, const ew_arith *A)
{
    for (slong i = 0; list != NULL && i < count; i++)
        A->ops->clear(list + i);
    free(list);
}

ew_rounded *ew_rounded_new(const ew_format *format, ew_rounding rounding, ew_order order,
                           ew_dynamics dynamics, const ew_mode_t mode, ulong seed)
{
    if (!ew_format_fits(format) || (unsigned)rounding > EW_STOCHASTIC ||
        (unsigned)order > EW_WIDE || (unsigned)dynamics > EW_BALANCED || !ew_mode_fits(mode))
        return NULL;
    ew_format wider = *format;
    double scalars = dynamics == EW_LAYERS ? 3 * (double)mode->depth : 4;
    if (ew_memory_check(scalars * ((double)sizeof(ew_number) + (double)format->bits / 8)) != EW_OK)
        return NULL;
    ew_rounded *run = calloc(1, sizeof *run);
    if (run == NULL)
        return NULL;
    if (order == EW_WIDE)
        ew_format_wider(&wider, format);
    ew_rounding inner = order == EW_WIDE ? EW_TO_NEAREST : rounding;
    if (ew_arith_init(&run->narrow, format, rounding, seed) != EW_OK ||
        ew_arith_init(&run->wide, &wider, inner, seed) != EW_OK) {
        free(run);
        return NULL;
    }
    run->order = order;
    run->dynamics = dynamics;
    run->depth = mode->depth;
    run->size = dynamics == EW_LAYERS ? mode->depth : dynamics == EW_PAIR ? 2 : 1;
    run->inside_count = dynamics == EW_LAYERS ? 2 * run->size + 1 : run->size;
    run->state = numbers(run->size, &run->narrow);
    run->inside = numbers(run->inside_count, &run->wide);
    for (int i = 0; i < FIXED; i++)
        run->wide.ops->init(run->fixed + i, &run->wide);
    run->narrow.ops->init(&run->scratch, &run->narrow);
    if (run->state == NULL || run->inside == NULL) {
        ew_rounded_free(run);
        return NULL;
    }
    fmpq_t zero; /* the inputs are the format's, also where the operations are wider */
    fmpq_init(zero);
    run->narrow.ops->set_fmpq(&run->scratch, mode->eta, &run->narrow);
    ew_number_convert(run->fixed + ETA, &run->wide, &run->scratch, &run->narrow);
    run->narrow.ops->set_fmpq(&run->scratch, mode->sigma, &run->narrow);
    ew_number_convert(run->fixed + SIGMA, &run->wide, &run->scratch, &run->narrow);
    run->narrow.ops->set_fmpq(&run->scratch, mode->alpha, &run->narrow);
    for (slong j = 0; j < run->size; j++)
        run->narrow.ops->set(run->state + j, &run->scratch);
    if (dynamics == EW_LAYERS)
        run->narrow.ops->set_fmpq(run->state + run->size - 1, zero, &run->narrow);
    if (dynamics == EW_PAIR)
        run->narrow.ops->set_fmpq(run->state, zero, &run->narrow);
    fmpq_clear(zero);
    return run;
}

void ew_rounded_free(ew_rounded *run)
{
    if (run == NULL)
        return;
    release(run->state, run->size, &run->narrow);
    release(run->inside, run->inside_count, &run->wide);
    for (int i = 0; i < FIXED; i++)
        run->wide.ops->clear(run->fixed + i);
    run->narrow.ops->clear(&run->scratch);
    free(run);
}

/* out = x^n as theory/simulation.md (1) has it; y is scratch. n = 0: 1. */
static void power(ew_number *out, ew_number *y, const ew_number *x, slong n, ew_arith *A)
{
    bool started = false;
    A->ops->set(y, x);
    for (; n > 0; n >>= 1) {
        if (n & 1) {
            if (started)
                A->ops->mul(out, out, y, A);
            else
                A->ops->set(out, y);
            started = true;
        }
        if (n > 1)
            A->ops->mul(y, y, y, A);
    }
    if (!started) {
        fmpq_t one;
        fmpq_init(one);
        fmpq_one(one);
        A->ops->set_fmpq(out, one, A);
        fmpq_clear(one);
    }
}

/* out = x y .. y, n factors y, from the left. */
static void repeated(ew_number *out, const ew_number *x, const ew_number *y, slong n, ew_arith *A)
{
    A->ops->set(out, x);
    for (slong i = 0; i < n; i++)
        A->ops->mul(out, out, y, A);
}

/* a <- a - eta r b .. b, b <- b - eta r a b .. b. theory/formats.md (2) */
static void pair_written(ew_number *a, ew_number *b, ew_rounded *run)
{
    ew_arith *A = &run->wide;
    ew_number *f = run->fixed;
    repeated(f + P, a, b, run->depth - 1, A);
    A->ops->sub(f + R, f + P, f + SIGMA, A);
    A->ops->mul(f + C, f + ETA, f + R, A);
    repeated(f + K, f + C, b, run->depth - 1, A);
    A->ops->mul(f + C, f + C, a, A);
    repeated(f + W, f + C, b, run->depth - 2, A);
    A->ops->sub(a, a, f + K, A);
    A->ops->sub(b, b, f + W, A);
}

/* k = -eta r b^(L-2). theory/formats.md (3), (4) */
static void pair_factor(const ew_number *a, const ew_number *b, ew_rounded *run)
{
    ew_arith *A = &run->wide;
    ew_number *f = run->fixed;
    power(f + W, f + Y, b, run->depth - 2, A);
    A->ops->mul(f + P, f + W, b, A);
    if (run->order == EW_FUSED) {
        A->ops->neg(f + R, f + SIGMA);
        A->ops->fma(f + R, a, f + P, f + R, A);
    } else {
        A->ops->mul(f + P, a, f + P, A);
        A->ops->sub(f + R, f + P, f + SIGMA, A);
    }
    A->ops->mul(f + C, f + ETA, f + R, A);
    A->ops->mul(f + K, f + C, f + W, A);
    A->ops->neg(f + K, f + K);
}

/* x + k y. */
static void update(ew_number *z, const ew_number *x, const ew_number *y, ew_rounded *run)
{
    ew_arith *A = &run->wide;
    if (run->order == EW_FUSED) {
        A->ops->fma(z, run->fixed + K, y, x, A);
        return;
    }
    A->ops->mul(run->fixed + C, run->fixed + K, y, A);
    A->ops->add(z, x, run->fixed + C, A);
}

static void pair_step(ew_rounded *run)
{
    ew_number *a = run->inside, *b = run->inside + run->size - 1, *f = run->fixed;
    if (run->order == EW_WRITTEN && run->dynamics == EW_PAIR) {
        pair_written(a, b, run);
        return;
    }
    if (run->order == EW_WRITTEN) { /* x - eta r x .. x */
        ew_arith *A = &run->wide;
        repeated(f + P, a, a, run->depth - 1, A);
        A->ops->sub(f + R, f + P, f + SIGMA, A);
        A->ops->mul(f + C, f + ETA, f + R, A);
        repeated(f + K, f + C, a, run->depth - 1, A);
        A->ops->sub(a, a, f + K, A);
        return;
    }
    pair_factor(a, b, run);
    update(f + W, a, b, run); /* a' */
    if (run->dynamics == EW_PAIR)
        update(b, b, a, run);
    run->wide.ops->set(a, f + W);
}

/* Layer l of the written order: the product of all the others from the left, from the old layers d. */
static void layer_written(ew_number *out, const ew_number *d, slong l, ew_rounded *run)
{
    ew_arith *A = &run->wide;
    A->ops->set(out, run->fixed + C);
    for (slong m = run->depth - 1; m >= 0; m--)
        if (m != l)
            A->ops->mul(out, out, d + m, A);
}

static void layers_written(ew_rounded *run)
{
    ew_arith *A = &run->wide;
    ew_number *d = run->inside, *next = run->inside + run->size, *f = run->fixed;
    A->ops->set(f + P, d + run->depth - 1);
    for (slong m = run->depth - 2; m >= 0; m--)
        A->ops->mul(f + P, f + P, d + m, A);
    A->ops->sub(f + R, f + P, f + SIGMA, A);
    A->ops->mul(f + C, f + ETA, f + R, A);
    for (slong l = 0; l < run->depth; l++) {
        layer_written(f + K, d, l, run);
        A->ops->sub(next + l, d + l, f + K, A);
    }
    for (slong l = 0; l < run->depth; l++)
        A->ops->set(d + l, next + l);
}

/* theory/simulation.md (3), with c negated for the fused update. */
static void layers_step(ew_rounded *run)
{
    if (run->order == EW_WRITTEN) {
        layers_written(run);
        return;
    }
    ew_arith *A = &run->wide;
    ew_number *d = run->inside, *prefix = run->inside + run->size, *f = run->fixed;
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    A->ops->set_fmpq(prefix, one, A);
    A->ops->set_fmpq(f + Y, one, A);
    fmpq_clear(one);
    for (slong l = 0; l < run->depth; l++)
        A->ops->mul(prefix + l + 1, prefix + l, d + l, A);
    A->ops->sub(f + R, prefix + run->depth, f + SIGMA, A);
    A->ops->mul(f + C, f + ETA, f + R, A);
    A->ops->neg(f + C, f + C);
    for (slong l = run->depth - 1; l >= 0; l--) {
        A->ops->mul(f + W, prefix + l, f + Y, A);
        A->ops->mul(f + Y, f + Y, d + l, A);
        if (run->order == EW_FUSED)
            A->ops->fma(d + l, f + C, f + W, d + l, A);
        else {
            A->ops->mul(f + W, f + C, f + W, A);
            A->ops->add(d + l, d + l, f + W, A);
        }
    }
}

void ew_rounded_step(ew_rounded *run)
{
    bool wide = run->order == EW_WIDE;
    for (slong j = 0; j < run->size; j++)
        if (wide)
            ew_number_convert(run->inside + j, &run->wide, run->state + j, &run->narrow);
        else
            run->wide.ops->set(run->inside + j, run->state + j);
    if (run->dynamics == EW_LAYERS)
        layers_step(run);
    else
        pair_step(run);
    for (slong j = 0; j < run->size; j++)
        if (wide)
            ew_number_convert(run->state + j, &run->narrow, run->inside + j, &run->wide);
        else
            run->narrow.ops->set(run->state + j, run->inside + j);
    run->steps++;
}

slong ew_rounded_steps(const ew_rounded *run)
{
    return run->steps;
}

slong ew_rounded_size(const ew_rounded *run)
{
    return run->size;
}

const ew_number *ew_rounded_state(const ew_rounded *run, slong j)
{
    if (j < 0 || j >= run->size)
        return NULL;
    return run->state + j;
}

ew_arith *ew_rounded_arith(ew_rounded *run)
{
    return &run->narrow;
}

bool ew_rounded_finite(const ew_rounded *run)
{
    for (slong j = 0; j < run->size; j++)
        if (!run->narrow.ops->finite(run->state + j))
            return false;
    return true;
}

void ew_rounded_gap(ew_number *z, ew_rounded *run)
{
    ew_arith *A = &run->narrow;
    const ew_number *a = run->state + (run->dynamics == EW_LAYERS ? run->size - 1 : 0);
    const ew_number *b = run->state + (run->dynamics == EW_PAIR ? 1 : 0);
    A->ops->mul(z, a, a, A);
    A->ops->mul(&run->scratch, b, b, A);
    A->ops->sub(z, z, &run->scratch, A);
}

void ew_rounded_product(ew_number *z, ew_rounded *run)
{
    ew_arith *A = &run->narrow;
    slong last = run->size - 1;
    if (run->dynamics == EW_LAYERS) {
        A->ops->set(z, run->state + last);
        for (slong l = last - 1; l >= 0; l--)
            A->ops->mul(z, z, run->state + l, A);
    } else
        repeated(z, run->state, run->state + last, run->depth - 1, A);
}

void ew_rounded_residual(ew_number *z, ew_rounded *run)
{
    ew_arith *A = &run->narrow;
    ew_rounded_product(z, run);
    ew_number_convert(&run->scratch, A, run->fixed + SIGMA, &run->wide);
    A->ops->sub(z, z, &run->scratch, A);
}

void ew_rounded_k(ew_number *z, ew_rounded *run)
{
    ew_arith *A = &run->narrow;
    slong last = run->size - 1;
    ew_rounded_residual(z, run);
    ew_number_convert(&run->scratch, A, run->fixed + ETA, &run->wide);
    A->ops->mul(z, &run->scratch, z, A);
    for (slong l = 1; l < run->depth - 1; l++) /* the layers between the last and the first */
        A->ops->mul(z, z, run->state + (run->dynamics == EW_LAYERS ? l : last), A);
    A->ops->neg(z, z);
}

bool ew_rounded_same(const ew_rounded *run, const ew_rounded *other)
{
    for (slong j = 0; j < run->size; j++)
        if (run->narrow.ops->compare(run->state + j, other->state + j) != 0)
            return false;
    return true;
}

void ew_rounded_copy(ew_rounded *other, const ew_rounded *run)
{
    for (slong j = 0; j < run->size; j++)
        run->narrow.ops->set(other->state + j, run->state + j);
    other->steps = run->steps;
    other->narrow.state = run->narrow.state;
    other->wide.state = run->wide.state;
}

/* Scalar j <- q, rounded once. */
static void place(ew_rounded *run, slong j, const fmpq_t q)
{
    run->narrow.ops->set_fmpq(run->state + j, q, &run->narrow);
}

/* From (a, alpha): does a step leave both numbers alone, and is the residual inside it -sigma as it is at a = 0? Then the same
 * holds for b and r at every smaller a, and a <- fl(a + c) with one c. theory/formats.md (7) */
static bool is_fixed(ew_rounded *run, const ew_rounded *start, const fmpq_t a, const fmpq_t alpha)
{
    place(run, 0, a);
    place(run, 1, alpha);
    ew_arith *A = &run->wide;
    ew_number before, minus;
    run->narrow.ops->init(&before, &run->narrow);
    A->ops->init(&minus, A);
    run->narrow.ops->set(&before, run->state);
    ew_rounded_step(run);
    A->ops->neg(&minus, run->fixed + SIGMA);
    bool fixed = run->narrow.ops->compare(run->state, &before) == 0 &&
                 run->narrow.ops->compare(run->state + 1, start->state + 1) == 0 &&
                 A->ops->compare(run->fixed + R, &minus) == 0;
    run->narrow.ops->clear(&before);
    A->ops->clear(&minus);
    return fixed;
}

bool ew_rounded_no_exit(double *log2_steps, const ew_format *format, ew_rounding rounding,
                        ew_order order, const ew_mode_t mode)
{
    if (log2_steps == NULL || !ew_format_fits(format) || (unsigned)rounding > EW_STOCHASTIC ||
        (unsigned)order > EW_WIDE || !ew_mode_is_positive(mode))
        return false;
    bool monotone = format->kind == EW_FLOATING || format->kind == EW_UNBOUNDED;
    if (rounding == EW_STOCHASTIC || !monotone || mode->depth < 3)
        return false;
    ew_rounded *run = ew_rounded_new(format, rounding, order, EW_PAIR, mode, 0);
    ew_rounded *start = ew_rounded_new(format, rounding, order, EW_PAIR, mode, 0);
    bool found = false;
    if (run != NULL && start != NULL) {
        arb_t first, x;
        fmpq_t a;
        arb_init(first);
        arb_init(x);
        fmpq_init(a);
        ew_rounded_step(run); /* a = what a step adds */
        bool moves = run->narrow.ops->compare(run->state, start->state) == 1;
        run->narrow.ops->get_arb(first, run->state);
        slong most = format->bits + 8;
        arb_set(x, first);
        for (slong j = 0; j <= most && moves && !found;
             j++) { /* powers of two times that, below alpha */
            arf_get_fmpq(a, arb_midref(x));
            if (fmpq_cmp(a, mode->alpha) > 0)
                break;
            found = is_fixed(run, start, a, mode->alpha);
            *log2_steps = (double)j;
            arb_mul_2exp_si(x, x, 1);
        }
        if (!moves) { /* even the first step rounds to nothing */
            fmpq_zero(a);
            found = is_fixed(run, start, a, mode->alpha);
            *log2_steps = 0;
        }
        arb_clear(first);
        arb_clear(x);
        fmpq_clear(a);
    }
    ew_rounded_free(run);
    ew_rounded_free(start);
    return found;
}
