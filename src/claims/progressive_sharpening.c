/* progressive-sharpening: theory/progressive-sharpening.md. The sharpness along the exact trajectory in balls, from the
 * blocks of the Hessian; then at the two points of the orbit on which it ends. */
#include "claims/checks.h"
#include "claims/shared/network.h"
#include <math.h>

enum { LONGEST_CLIMB = 400 };

typedef struct {
    ew_network_case *about;
    ew_point_t point;
    arb_t limit; /* 2 / eta */
    slong prec;
    slong longest; /* steps of the climb that are followed */
} sharpening;

/* The state of every mode at the present step. */
static void set_point(sharpening *s, ew_sim **sims)
{
    arb_t a, b;
    arb_init(a);
    arb_init(b);
    for (slong i = 0; i < s->point->modes; i++) {
        ew_sim_get(a, sims[i], 0);
        ew_sim_get(b, sims[i], 1);
        ew_point_set_pair(s->point, i, a, b);
    }
    arb_clear(a);
    arb_clear(b);
}

/* How the climb ends: the step at which it exceeds 2/eta; or the step after which it fell before that. */
typedef enum { CLIMBS, FALLS, NOT_TOLD } climb_end;

static climb_end climb(slong *step, sharpening *s, ew_sim **sims)
{
    climb_end end = NOT_TOLD;
    arb_t before, now;
    arb_init(before);
    arb_init(now);
    for (*step = 0; *step <= s->longest; (*step)++) {
        set_point(s, sims);
        ew_sharpness_point(now, s->point, s->prec);
        if (*step > 0 && !arb_gt(now, before)) {
            end = arb_le(now, before) ? FALLS : NOT_TOLD;
            break;
        }
        if (!arb_le(now, s->limit)) {
            end = arb_gt(now, s->limit) ? CLIMBS : NOT_TOLD;
            break;
        }
        arb_swap(before, now);
        for (slong i = 0; i < s->point->modes; i++)
            ew_sim_step(sims[i]);
        if (!ew_progress_tick(s->about->effort.progress, "sharpness", (ulong)*step,
                              LONGEST_CLIMB)) {
            s->about->stopped = EW_STOPPED;
            break;
        }
    }
    arb_clear(before);
    arb_clear(now);
    return end;
}

/* The climb from the start, in balls. */
static climb_end run_climb(slong *step, sharpening *s)
{
    ew_sim **sims = flint_calloc((size_t)s->point->modes, sizeof(ew_sim *));
    bool fine = true;
    for (slong i = 0; i < s->point->modes; i++) {
        sims[i] = ew_sim_new(EW_BALL, EW_PAIR, s->about->mode[i].mode, s->prec + s->longest);
        fine = fine && sims[i] != NULL;
    }
    *step = 0;
    climb_end end = fine ? climb(step, s, sims) : NOT_TOLD;
    for (slong i = 0; i < s->point->modes; i++)
        ew_sim_free(sims[i]);
    flint_free(sims);
    return end;
}

/* The point of the value's cycle to which it tends at the steps t, t + n, t + 2 n, ... */
static void cycle_point(arb_t x, ew_case *mode, slong t, slong prec)
{
    const ew_follow_struct *follow = ew_case_follow(mode);
    slong n = follow->period;
    slong entered = (follow->step + (slong)fmpz_fdiv_ui(follow->skipped, (ulong)n)) % n;
    ew_ball_mode_t ball;
    ew_ball_mode_init(ball, mode->mode, prec);
    arb_set(x, follow->point);
    for (slong j = entered; (j - t) % n != 0; j++)
        ew_balanced_step_ball(x, NULL, ball);
    ew_ball_mode_clear(ball);
}

/* The point to which the network tends at the steps t, t + N, ..., N a multiple of all periods, whose least one is left in
 * `period`; false where a value's fate is not known. Values that end between x and -x count as at rest: the two points
 * are the same up to signs (theory/progressive-sharpening.md). */
static bool set_limit(ulong *period, sharpening *s, slong t)
{
    bool known = true;
    arb_t x;
    arb_init(x);
    *period = 1;
    ew_point_set_start(s->point, s->about->problem, s->prec); /* the zeros stay there */
    for (slong i = 0; i < s->about->problem->count && known; i++) {
        ew_case *mode = s->about->mode + i;
        const ew_follow_struct *follow = ew_case_follow(mode);
        known = follow->fate == EW_CONVERGES || follow->fate == EW_RESTS;
        if (known)
            ew_point_set_pair(s->point, i, follow->point_a, follow->point);
        if (follow->fate != EW_PERIODIC)
            continue;
        known = true;
        cycle_point(x, mode, t, s->prec);
        ew_point_set_pair(s->point, i, x, x);
        *period *= (ulong)follow->period / n_gcd(*period, (ulong)follow->period);
    }
    arb_clear(x);
    return known;
}

static bool any_diverges(ew_network_case *about)
{
    bool any = false;
    for (slong i = 0; i < about->problem->count; i++)
        any = any || ew_case_follow(about->mode + i)->fate == EW_DIVERGES;
    return any;
}

/* Where the limits at even and odd steps lie. */
typedef enum { NOT_KNOWN, EITHER_SIDE, SAME_SIDE, ONE_LIMIT, NO_LIMIT } limits;

/* From the sharpness at the `count` points to which the network tends, an even number. */
static limits sides(arb_srcptr x, slong count, const arb_t limit)
{
    int above = 0, below = 0;
    for (slong t = 0; t < count; t++) {
        if (!arb_overlaps(x + t, x + (t + 2) % count))
            return NO_LIMIT;
        above += arb_gt(x + t, limit);
        below += arb_lt(x + t, limit);
    }
    return count > 2                  ? NOT_KNOWN
           : above == 1 && below == 1 ? EITHER_SIDE
           : above == 2 || below == 2 ? SAME_SIDE
                                      : NOT_KNOWN;
}

/* The sharpness has a limit at even and one at odd steps only where the network's period is 1 or 2, and none where a value
 * diverges: the Hessian's diagonal holds b^(2L-2). */
static limits hovers(ew_finding_t finding, sharpening *s)
{
    enum { MOST = 128 };
    static const char *const names[] = {"limit_even", "limit_odd"};
    ulong period;
    if (any_diverges(s->about))
        return NO_LIMIT;
    if (!set_limit(&period, s, 0) || period > MOST)
        return NOT_KNOWN;
    slong count = (slong)(period % 2 == 0 ? period : 2 * period);
    arb_ptr x = _arb_vec_init(count);
    for (slong t = 0; t < count; t++) {
        set_limit(&period, s, t);
        ew_sharpness_point(x + t, s->point, s->prec);
        if (count == 2)
            ew_finding_ball(finding, names[t], x + t);
    }
    limits where = period == 1 ? ONE_LIMIT : sides(x, count, s->limit);
    _arb_vec_clear(x, count);
    return where;
}

/* What would help where the limits are not known: what helps the first value whose fate is not. */
static const char *help(ew_network_case *about)
{
    for (slong i = 0; i < about->problem->count; i++)
        if (ew_case_follow(about->mode + i)->fate == EW_NOT_YET)
            return ew_case_help(about->mode + i);
    return "; no option would help";
}

static void decide(ew_finding_t finding, climb_end end, slong step, limits side,
                   ew_network_case *about)
{
    const char *scope = "this exact start";
    if (end == FALLS)
        ew_finding_decide(finding, EW_REFUTED, scope,
                          "the sharpness does not rise from step %ld to %ld, below 2/eta", step - 1,
                          step);
    else if (side == NO_LIMIT)
        ew_finding_decide(finding, EW_REFUTED, scope,
                          "%sthe sharpness has no limit at even or at odd steps: some value %s",
                          end == CLIMBS ? "it climbs over 2/eta, but then " : "",
                          any_diverges(about) ? "diverges" : "ends on a longer cycle");
    else if (side == ONE_LIMIT)
        ew_finding_decide(finding, EW_REFUTED, scope,
                          "%sthe sharpness tends to one limit: no value ends on its orbit",
                          end == CLIMBS ? "it climbs over 2/eta, but then " : "");
    else if (side == SAME_SIDE)
        ew_finding_decide(finding, EW_REFUTED, scope,
                          "%sboth limits, at even and at odd steps, lie on the same side of 2/eta",
                          end == CLIMBS ? "it climbs over 2/eta, but then " : "");
    else if (end == CLIMBS && side == EITHER_SIDE)
        ew_finding_decide(
            finding, EW_PROVED, scope,
            "it rises at every step up to %ld, where it exceeds 2/eta; its limits lie "
            "on either side",
            step);
    else
        ew_finding_decide(
            finding, EW_UNDECIDED, scope,
            end == CLIMBS ? "it climbs over 2/eta (step %ld); on which sides of it the limits lie "
                            "is not known%s"
                          : "the climb was not decided beyond step %ld, below 2/eta: %s",
            step, end == CLIMBS ? help(about) : "no option allows more steps or bits of it");
}

void ew_check_progressive_sharpening(ew_finding_t finding, ew_network_case *about)
{
    const ew_problem_struct *problem = about->problem;
    if (!ew_case_alpha_positive(finding, about->mode) || !ew_network_beyond_edge(finding, about))
        return;
    double n = 2 * (double)problem->depth, pairs = (double)about->modes * (double)about->modes;
    if (pairs * n * n * n > 2e5) {
        ew_finding_decide(finding, EW_UNDECIDED, "this problem",
                          "blocks of %.0f x %.0f for %ld values at every step are more than verify "
                          "tries, and no option allows more",
                          n, n, about->modes);
        return;
    }
    sharpening s = {.about = about, .prec = about->effort.prec};
    s.longest = (slong)fmin(LONGEST_CLIMB, 4e6 / (pairs * n * n * n));
    ew_point_init(s.point, problem, s.prec);
    arb_init(s.limit);
    arb_set_fmpq(s.limit, problem->eta, s.prec);
    arb_ui_div(s.limit, 2, s.limit, s.prec);
    ew_finding_ball(finding, "two_over_eta", s.limit);
    slong step;
    climb_end end = run_climb(&step, &s);
    if (end == CLIMBS)
        ew_finding_integer(finding, "crossing_step", step);
    limits side = hovers(finding, &s);
    decide(finding, end, step, side, about);
    ew_point_clear(s.point);
    arb_clear(s.limit);
}
