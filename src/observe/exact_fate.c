/* Fates that exact arithmetic alone can tell: the state does not move any more, or comes back after two steps. No ball can,
 * as the equality holds at one point only. theory/trapping.md (14) */
#include "observe/exact.h"

/* As far as this is looked: what lands soon has short numbers. */
enum { MOST_STEPS = 64, MOST_BITS = 1 << 15, LONGEST_STEP = 1 << 24 };

/* The walk so far: the state before the present one, and what its steps have been like. */
typedef struct {
    ew_exact_t path;
    fmpq_t a, b;    /* the state one step ago */
    bool contracts; /* X < 2 at every step */
    bool balanced;  /* the gap is zero */
    slong grows_at;
    bool gap_grows;
} walk;

static void walk_init(walk *w, const ew_mode_t mode)
{
    ew_exact_init(w->path, mode);
    fmpq_init(w->a);
    fmpq_init(w->b);
    w->contracts = true;
    w->balanced = fmpq_is_zero(mode->alpha);
    w->grows_at = -1;
    w->gap_grows = false;
}

static void walk_clear(walk *w)
{
    ew_exact_clear(w->path);
    fmpq_clear(w->a);
    fmpq_clear(w->b);
}

/* Takes the step from the present state; X = 2 cannot be, as k is rational. */
static void take_step(walk *w)
{
    fmpq_t k, X;
    fmpq_init(k);
    fmpq_init(X);
    fmpq_set(w->a, w->path->a);
    fmpq_set(w->b, w->path->b);
    ew_pair_step_exact(w->path->a, w->path->b, k, w->path->mode);
    w->path->step++;
    fmpq_mul(X, k, k);
    if (fmpq_cmp_si(X, 2) > 0 && w->grows_at < 0) {
        w->grows_at = w->path->step - 1;
        w->gap_grows = !w->balanced;
    }
    w->contracts = w->contracts && fmpq_cmp_si(X, 2) < 0;
    w->balanced = w->balanced || fmpq_is_one(X);
    fmpq_clear(k);
    fmpq_clear(X);
}

/* Is the state one step ago a minimum? */
static bool is_minimum(const walk *w)
{
    fmpq_t p;
    fmpq_init(p);
    fmpq_pow_si(p, w->b, w->path->mode->depth - 1);
    fmpq_mul(p, p, w->a);
    bool minimum = fmpq_equal(p, w->path->mode->sigma);
    fmpq_clear(p);
    return minimum;
}

/* The fate of the state one step ago, which the present step leaves or brings back as it is; EW_NOT_YET when it does
 * neither. A cycle of two is x, -x when x and its image add to zero: then p is the same at both. */
static ew_fate fate_of(slong *period, walk *w)
{
    const ew_exact_struct *path = w->path;
    *period = 1;
    if (fmpq_equal(w->a, path->a) && fmpq_equal(w->b, path->b))
        return is_minimum(w) ? EW_CONVERGES : EW_RESTS;
    if (!fmpq_equal(w->a, w->b))
        return EW_NOT_YET;
    fmpq_t a, b, k;
    fmpq_init(a);
    fmpq_init(b);
    fmpq_init(k);
    fmpq_set(a, path->a);
    fmpq_set(b, path->b);
    ew_pair_step_exact(a, b, k, path->mode);
    ew_fate fate = fmpq_equal(a, w->a) ? EW_PERIODIC : EW_NOT_YET;
    fmpq_add(a, w->a, path->a);
    if (fate == EW_PERIODIC && fmpq_is_zero(a) && path->mode->depth % 2 == 0)
        fate = EW_RESTS;
    *period = 2;
    fmpq_clear(a);
    fmpq_clear(b);
    fmpq_clear(k);
    return fate;
}

/* The fate, reached one step ago. On a cycle both steps count for X, and the second one has been looked at only here. */
static void report(ew_follow_t out, walk *w, ew_fate fate, slong period, slong prec)
{
    fmpq_t gap, t;
    fmpq_init(gap);
    fmpq_init(t);
    fmpq_mul(gap, w->a, w->a);
    fmpq_mul(t, w->b, w->b);
    fmpq_sub(gap, gap, t);
    out->fate = fate;
    out->period = period;
    out->step = w->path->step - 1;
    out->prec = prec;
    arb_set_fmpq(out->point, w->b, prec);
    arb_set_fmpq(out->point_a, w->a, prec);
    arb_set_fmpq(out->gap_limit, gap, prec);
    if (period > 1)
        take_step(w);
    out->contracts = w->contracts;
    out->never_lands =
        false; /* at rest X is 0 or the gap is; on the cycle the gap is 0, so X was 1 */
    out->grows_at = w->grows_at;
    out->gap_grows = w->gap_grows;
    fmpq_clear(gap);
    fmpq_clear(t);
}

/* Would the next step be too long? It takes powers up to b^(L-1), whose length is L times that of b but where b is 1. */
static bool is_too_long(const walk *w)
{
    double bits = (double)(fmpq_height_bits(w->path->a) + fmpq_height_bits(w->path->b));
    return bits > MOST_BITS || 2 * (double)w->path->mode->depth * (bits - 2) > LONGEST_STEP;
}

bool ew_exact_fate(ew_follow_t out, const ew_mode_t mode, slong max_steps, slong prec)
{
    walk w;
    walk_init(&w, mode);
    ew_fate fate = EW_NOT_YET;
    slong period;
    for (slong t = 0; t <= FLINT_MIN(MOST_STEPS, max_steps) && fate == EW_NOT_YET; t++) {
        if (is_too_long(&w))
            break;
        take_step(&w);
        fate = fate_of(&period, &w);
    }
    if (fate != EW_NOT_YET)
        report(out, &w, fate, period, prec);
    walk_clear(&w);
    return fate != EW_NOT_YET;
}
