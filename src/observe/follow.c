/* The exact trajectory in balls until its fate is proved. theory/trapping.md (13)
 *
 * A look ahead in floating point (shadow.c) says what there is to prove. Then a box that encloses
 * the exact trajectory (plane.c) is moved along; at every state it is tried whether the box lies in
 * a trap, in a region of convergence, or where escape is certain, and at every step X is
 * compared with 0, 1 and 2. Where the box is too wide for that, all starts again with twice the
 * precision. */
#include "model/domain.h"
#include "observe/escape.h"
#include "observe/exact.h"
#include "observe/minimum.h"
#include "observe/plane.h"
#include "observe/plateau.h"
#include "observe/shadow.h"
#include "observe/trap.h"
#include <math.h>

enum { FIRST_PREC = 128, TRAP_PREC = 1024, SHORT_STRETCH = 1024 };

/* What a run may cost, in bits times steps: with something to prove in sight (more where more steps are allowed), and
 * without. */
static const double budget_with_goal = 1 << 28, bits_a_step = 512, budget_without = 1 << 22;

/* Up to so many steps of a plateau are taken one by one, as that costs no more than crossing it; a crossing stops so many
 * steps before its exit at first, which are taken quickly, and farther away where the box is too wide then. */
enum { WALKED = 1 << 14, NEAR = 1 << 14 };

/* How small the residual is made, in bits, after convergence has been proved: for a sharp limit. */
enum { RESIDUAL_BITS = 48 };

/* How wide a box may become, in bits below the state: it can be made again with more precision, or not. */
enum { WIDE = 20, VERY_WIDE = 4 };

typedef enum { GO_ON, SETTLED, SPENT, WANTS_PRECISION, STOPPED } outcome;

/* Everything about one call of ew_follow. */
typedef struct {
    ew_follow_struct *out;
    const ew_progress *progress;
    slong max_steps;
    slong max_prec;
    bool goal;      /* the shadow has seen something that may be provable */
    bool have_trap; /* then: the largest one, and one inside it on which more is known */
    ew_trap_t trap, inner;
    ew_trap_facts facts, inner_facts;
    ew_exact_t path;
    const ew_crossing_struct *from; /* where the run starts; NULL: at (0, alpha) */
    ew_tube_struct *tube;           /* the present run's */
    bool last_chance;               /* of the present run: no more precision is allowed */
    bool stays;                     /* CONVERGES: r != 0 is proved for ever */
} hunt;

void ew_follow_init(ew_follow_t follow)
{
    follow->fate = EW_NOT_YET;
    follow->period = 0;
    follow->step = 0;
    follow->prec = 0;
    fmpz_init(follow->skipped);
    arb_init(follow->point);
    arb_init(follow->point_a);
    arb_init(follow->gap_limit);
    follow->contracts = follow->never_lands = follow->gap_grows = false;
    follow->grows_at = -1;
    follow->limit = EW_LIMIT_NONE;
    follow->needs = 0;
}

void ew_follow_clear(ew_follow_t follow)
{
    fmpz_clear(follow->skipped);
    arb_clear(follow->point);
    arb_clear(follow->point_a);
    arb_clear(follow->gap_limit);
}

/* Nothing proved yet, nothing failed yet. */
static void start(ew_follow_t out, slong prec)
{
    out->fate = EW_NOT_YET;
    out->period = 0;
    out->step = 0;
    out->prec = prec;
    arb_indeterminate(out->point);
    arb_indeterminate(out->point_a);
    arb_indeterminate(out->gap_limit);
    out->contracts = out->never_lands = true;
    out->grows_at = -1;
    out->gap_grows = false;
    out->limit = EW_LIMIT_NONE;
    out->needs = 0;
}

static void decide(ew_follow_t out, ew_fate fate, slong period, slong step)
{
    out->fate = fate;
    out->period = period;
    out->step = step;
}

/* The trap's part: in the large trap the fate is proved, in the inner one the rest as well. */
static outcome try_trap(hunt *h, slong t)
{
    ew_follow_struct *out = h->out;
    ew_tube_struct *tube = h->tube;
    ew_tube_pair(tube);
    if (out->fate == EW_NOT_YET && ew_trap_contains(h->trap, tube->a, tube->b)) {
        decide(out, EW_PERIODIC, h->trap->period, t);
        arb_set(out->point, h->trap->x);
        arb_zero(out->gap_limit);
    }
    if (out->fate != EW_PERIODIC || !ew_trap_contains(h->inner, tube->a, tube->b))
        return GO_ON;
    h->facts = h->inner_facts;
    return SETTLED;
}

/* |r| < 2^-bits sigma, certainly. */
static bool residual_below(const ew_tube_t tube, slong bits)
{
    arb_t size, allowed;
    arb_init(size);
    arb_init(allowed);
    arb_abs(size, tube->r);
    arb_mul_2exp_si(allowed, tube->coarse->sigma, -bits);
    bool below = arb_lt(size, allowed);
    arb_clear(size);
    arb_clear(allowed);
    return below;
}

/* The minimum's part: after the first success the limit is sharpened until the residual is small.
 * */
static outcome try_minimum(hunt *h, slong t)
{
    ew_follow_struct *out = h->out;
    ew_tube_struct *tube = h->tube;
    if (!residual_below(tube, 2))
        return GO_ON;
    bool moving = !arb_contains_zero(tube->r); /* else r = 0 is for decide_signs to tell */
    ew_minimum_t minimum;
    ew_minimum_init(minimum);
    ew_tube_pair(tube);
    if (ew_minimum_reached(minimum, tube->a, tube->b, tube->r, tube->coarse)) {
        if (out->fate == EW_NOT_YET)
            decide(out, EW_CONVERGES, 1, t);
        h->stays = h->stays || (moving && minimum->residual_stays);
        arb_set(out->point, minimum->limit_b);
        arb_set(out->point_a, minimum->limit_a);
        /* the gap is 4 x m */
        arb_mul(out->gap_limit, tube->x, tube->m, tube->fine->prec);
        arb_mul_2exp_si(out->gap_limit, out->gap_limit, 2);
        arb_mul(out->gap_limit, out->gap_limit, minimum->gap_ratio, tube->fine->prec);
    }
    ew_minimum_clear(minimum);
    bool sharp = residual_below(tube, RESIDUAL_BITS) && (moving || !out->never_lands);
    return out->fate == EW_CONVERGES && sharp ? SETTLED : GO_ON;
}

/* The exact state is a minimum, or a saddle: it stays. */
static outcome rest(hunt *h, slong t, bool minimum)
{
    ew_follow_struct *out = h->out;
    fmpq_t gap, b2;
    fmpq_init(gap);
    fmpq_init(b2);
    if (out->fate == EW_NOT_YET)
        decide(out, minimum ? EW_CONVERGES : EW_RESTS, 1, t);
    fmpq_mul(gap, h->path->a, h->path->a);
    fmpq_mul(b2, h->path->b, h->path->b);
    fmpq_sub(gap, gap, b2);
    arb_set_fmpq(out->point, h->path->b, out->prec);
    arb_set_fmpq(out->point_a, h->path->a, out->prec);
    arb_set_fmpq(out->gap_limit, gap, out->prec);
    out->never_lands = h->stays = false;
    fmpq_clear(gap);
    fmpq_clear(b2);
    return SETTLED;
}

/* Is X = 0 (r = 0, or b = 0 for L >= 3), and the signs of X - 1 and X - 2 at the present step: by balls, else exactly, else with more
 * precision, else the answers they carry are given up. */
static outcome decide_signs(hunt *h, slong t)
{
    ew_follow_struct *out = h->out;
    arb_t X, two;
    arb_init(X);
    arb_init(two);
    arb_sqr(X, h->tube->k, h->tube->fine->prec);
    arb_set_ui(two, 2);
    bool below = arb_lt(X, two), above = arb_gt(X, two);
    bool lands_not = !arb_contains_zero(h->tube->k) && !arb_contains_si(X, 1);
    arb_clear(X);
    arb_clear(two);
    bool open = (out->contracts && !below && !above) || (out->never_lands && !lands_not);
    if (open && h->from == NULL && ew_exact_reach(h->path, t)) {
        bool minimum, at_rest;
        int against_1, against_2;
        ew_exact_signs(&minimum, &at_rest, &against_1, &against_2, h->path);
        if (minimum || at_rest)
            return rest(h, t, minimum);
        below = against_2 < 0;
        above = against_2 > 0;
        lands_not = against_1 != 0;
    } else if (open && !h->last_chance)
        return WANTS_PRECISION;
    if (above && out->grows_at < 0) {
        out->grows_at = t;
        out->gap_grows = out->never_lands; /* so far */
    }
    out->contracts = out->contracts && below;
    out->never_lands = out->never_lands && lands_not;
    return GO_ON;
}

/* One state and the step from it. */
static outcome visit(hunt *h, slong t, slong limit)
{
    ew_tube_struct *tube = h->tube;
    ew_tube_look(tube);
    if (ew_tube_is_wide(tube, h->from == NULL ? WIDE : VERY_WIDE))
        return WANTS_PRECISION;
    outcome what = h->have_trap ? try_trap(h, t) : GO_ON;
    if (what == GO_ON && h->out->fate != EW_PERIODIC)
        what = try_minimum(h, t);
    if (what == GO_ON && t >= limit)
        what = SPENT;
    if (what == GO_ON && !(h->out->fate == EW_CONVERGES && h->stays)) /* all is proved then */
        what = decide_signs(h, t);
    if (what == GO_ON && h->out->fate == EW_NOT_YET) {
        ew_tube_pair(tube);
        if (ew_escapes(tube->a, tube->b, tube->k, tube->r, tube->fine)) {
            decide(h->out, EW_DIVERGES, 0, t);
            what = SETTLED;
        }
    }
    return what;
}

/* What a proved fate says about all later steps. */
static void conclude(hunt *h)
{
    ew_follow_struct *out = h->out;
    if (out->fate == EW_PERIODIC) {
        out->contracts = out->contracts && h->facts.contracts;
        out->never_lands = out->never_lands && h->facts.never_lands;
    }
    if (out->fate == EW_CONVERGES)
        out->never_lands = out->never_lands && h->stays;
}

/* One run at one precision; `reached` is the step it came to. */
static outcome run(hunt *h, slong *reached, const ew_mode_t mode, slong prec, slong limit)
{
    ew_tube_t tube;
    ew_tube_init(tube, mode, prec);
    if (h->from != NULL)
        ew_tube_place(tube, h->from->x, h->from->m);
    h->tube = tube;
    h->stays = false;
    start(h->out, prec);
    outcome what = GO_ON;
    slong t = 0;
    for (; what == GO_ON; t++) {
        if (t % 256 == 0 &&
            !ew_progress_tick(h->progress, "following the trajectory", (ulong)t, (ulong)limit)) {
            what = STOPPED;
            break;
        }
        what = visit(h, t, limit);
        if (what != GO_ON)
            break;
        ew_tube_step(tube);
    }
    *reached = t;
    if (h->out->fate == EW_NOT_YET)
        h->out->step = t;
    if (what == SPENT && h->have_trap)
        h->out->needs = (double)t + 1.5 * ew_trap_wait(h->trap, tube->x, tube->m, tube->coarse);
    ew_tube_clear(tube);
    return what;
}

static bool all(ew_trap_facts facts)
{
    return facts.never_lands && facts.contracts;
}

/* The largest trap by halving on which as much is known as on a very small one. */
static void set_inner(hunt *h, const ew_mode_t mode)
{
    enum { HALVINGS = 40 };
    for (int i = 0; i < HALVINGS; i++)
        ew_trap_halve(h->inner);
    ew_trap_facts best = ew_trap_examine(h->inner, mode);
    ew_trap_set(h->inner, h->trap);
    if (best.never_lands <= h->facts.never_lands && best.contracts <= h->facts.contracts)
        return;
    for (int i = 0; i < HALVINGS && (h->inner_facts.never_lands < best.never_lands ||
                                     h->inner_facts.contracts < best.contracts);
         i++) {
        ew_trap_halve(h->inner);
        h->inner_facts = ew_trap_examine(h->inner, mode);
    }
}

/* Builds the trap that the shadow suggests, and the one inside it. */
static void set_trap(hunt *h, const ew_shadow_t shadow, const ew_mode_t mode)
{
    for (slong i = 0; i < shadow->count && !h->have_trap; i++)
        for (slong prec = FLINT_MIN(FIRST_PREC, h->max_prec);
             prec <= FLINT_MIN(TRAP_PREC, h->max_prec) && !h->have_trap; prec *= 2)
            h->have_trap =
                ew_trap_build(h->trap, mode, shadow->x, shadow->period[i], prec) == EW_OK;
    if (!h->have_trap)
        return;
    h->facts = h->inner_facts = ew_trap_examine(h->trap, mode);
    ew_trap_set(h->inner, h->trap);
    if (!all(h->facts))
        set_inner(h, mode);
}

/* Runs with growing precision until something is proved or the caps are reached. */
static outcome pursue(hunt *h, const ew_mode_t mode)
{
    outcome what = WANTS_PRECISION;
    double budget =
        h->goal ? fmax(budget_with_goal, bits_a_step * (double)h->max_steps) : budget_without;
    for (slong prec = FLINT_MIN(FIRST_PREC, h->max_prec); what == WANTS_PRECISION; prec *= 2) {
        slong limit = h->max_steps, reached;
        if (!h->goal)
            limit = FLINT_MIN(limit, FLINT_MAX(SHORT_STRETCH, (slong)(budget / (double)prec)));
        h->last_chance = 2 * prec > h->max_prec || h->from != NULL; /* its width is given */
        what = run(h, &reached, mode, prec, limit);
        bool dear = 2 * (double)prec * (double)reached > budget;
        h->out->limit = !h->goal                                   ? EW_LIMIT_SIGHT
                        : what == SPENT || dear || h->from != NULL ? EW_LIMIT_STEPS
                                                                   : EW_LIMIT_PREC;
        if (what == WANTS_PRECISION && h->goal && dear)
            h->out->needs = 4 * (double)prec * (double)reached / bits_a_step;
        if (h->last_chance || dear)
            break;
    }
    if (h->out->fate != EW_NOT_YET)
        h->out->limit = EW_LIMIT_NONE;
    return what;
}

/* From (0, alpha), or from behind the plateau. */
static ew_status follow_from(ew_follow_t follow, const ew_crossing_struct *from,
                             const ew_mode_t mode, slong max_steps, slong max_prec,
                             const ew_progress *progress)
{
    ew_shadow_t shadow;
    ew_shadow_init(shadow);
    hunt h = {.out = follow,
              .from = from,
              .progress = progress,
              .max_steps = max_steps,
              .max_prec = max_prec};
    ew_trap_init(h.trap);
    ew_trap_init(h.inner);
    ew_exact_init(h.path, mode);
    start(follow, 0);
    ew_status status = ew_shadow_run(shadow, mode, from, max_steps, progress);
    if (status == EW_OK) {
        set_trap(&h, shadow, mode);
        h.goal = h.have_trap || shadow->fate == EW_CONVERGES || shadow->fate == EW_DIVERGES;
        outcome what = pursue(&h, mode);
        conclude(&h);
        if (what == STOPPED)
            status = EW_STOPPED;
        else if (follow->fate == EW_NOT_YET)
            status = EW_UNDECIDED_STATUS;
    }
    ew_trap_clear(h.trap);
    ew_trap_clear(h.inner);
    ew_exact_clear(h.path);
    ew_shadow_clear(shadow);
    return status;
}

/* One way to the fate: the plateau at once, to some `left` steps before its exit, and on from the box there; or, with
 * left = 0, all steps one by one. EW_BAD_INPUT where there is no such plateau. */
static ew_status follow_way(ew_follow_t follow, slong left, const ew_mode_t mode, slong max_steps,
                            slong max_prec, const ew_progress *progress)
{
    if (left == 0)
        return follow_from(follow, NULL, mode, max_steps, max_prec, progress);
    ew_crossing_t crossing;
    ew_crossing_init(crossing);
    ew_status status = ew_plateau_cross(crossing, mode, left, progress);
    if (status == EW_OK)
        status = follow_from(follow, crossing, mode, max_steps, max_prec, progress);
    if (follow->prec > 0) /* it was crossed, and something was followed behind it */
        fmpz_set(follow->skipped, crossing->steps);
    ew_crossing_clear(crossing);
    return status;
}

/* Are the signs of X - 1 and X - 2 known as well, not only the fate? Behind a plateau the box may be too wide for them. */
static bool is_sharp(const ew_follow_t follow)
{
    return follow->never_lands && (follow->contracts || follow->grows_at >= 0);
}

/* The ways in the order of their cost, until one tells the fate and all signs. */
static ew_status follow_ways(ew_follow_t follow, const slong *left, int ways, const ew_mode_t mode,
                             slong max_steps, slong max_prec, const ew_progress *progress)
{
    ew_status known = EW_UNDECIDED_STATUS;
    for (int i = 0; i < ways && !(known == EW_OK && is_sharp(follow)); i++) {
        ew_follow_t next;
        ew_follow_init(next);
        ew_status status = follow_way(next, left[i], mode, max_steps, max_prec, progress);
        if (status == EW_OK || follow->prec == 0) { /* what is known stays known */
            ew_follow_struct before = *follow;
            *follow = *next;
            *next = before;
        }
        ew_follow_clear(next);
        if (status == EW_STOPPED || status == EW_RESOURCES)
            return status;
        known = status == EW_OK ? EW_OK : known;
    }
    return known;
}

ew_status ew_follow(ew_follow_t follow, const ew_mode_t mode, slong max_steps, slong max_prec,
                    const ew_progress *progress)
{
    if (follow == NULL || !ew_mode_fits(mode) || max_steps < 0 || !ew_prec_fits(max_prec))
        return EW_BAD_INPUT;
    fmpz_zero(follow->skipped);
    start(follow, 0);
    if (ew_exact_fate(follow, mode, max_steps, FLINT_MIN(FIRST_PREC, max_prec)))
        return EW_OK;
    slong left[3] = {0, 0, 0};
    int ways = 0;
    double length = ew_plateau_length(mode);
    if (length > WALKED) {
        slong near = ew_plateau_left(mode, FLINT_MIN(NEAR, max_steps / 2));
        slong far = ew_plateau_left(mode, max_steps / 2);
        if (near > 0)
            left[ways++] = near;
        if (far > near)
            left[ways++] = far;
    }
    if (ways == 0 || length <= (double)max_steps)
        left[ways++] = 0;
    ew_status status = follow_ways(follow, left, ways, mode, max_steps, max_prec, progress);
    if (status == EW_UNDECIDED_STATUS && follow->prec == 0) /* no crossing: a stretch of it */
        status = follow_from(follow, NULL, mode, max_steps, max_prec, progress);
    return status;
}
