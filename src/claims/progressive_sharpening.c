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

/* The limit point at even (odd) steps; false where a value's fate is not known. `moving` (out): does some value end on
 * its orbit? The others end at a point, or between two that are the same up to signs
 * (theory/progressive-sharpening.md). */
static bool set_limit(bool *moving, sharpening *s, int odd)
{
    bool known = true;
    *moving = false;
    ew_point_set_start(s->point, s->about->problem, s->prec); /* the zeros stay there */
    for (slong i = 0; i < s->about->problem->count && known; i++) {
        ew_case *mode = s->about->mode + i;
        int phase = 0;
        if (ew_case_on_orbit(mode, &phase)) {
            const ew_roots_struct *roots = ew_case_roots(mode);
            arb_srcptr x = roots->roots[phase == odd ? roots->low : roots->high].x;
            ew_point_set_pair(s->point, i, x, x);
            *moving = true;
            continue;
        }
        const ew_follow_struct *follow = ew_case_follow(mode);
        known = follow->fate == EW_CONVERGES || follow->fate == EW_RESTS;
        if (known)
            ew_point_set_pair(s->point, i, follow->point_a, follow->point);
    }
    return known;
}

/* Where the limits at even and odd steps lie. */
typedef enum { NOT_KNOWN, EITHER_SIDE, SAME_SIDE, ONE_LIMIT } limits;

static limits hovers(ew_finding_t finding, sharpening *s)
{
    static const char *const names[] = {"limit_even", "limit_odd"};
    int above = 0, below = 0, one_limit = 0;
    bool moving;
    arb_t x;
    arb_init(x);
    for (int odd = 0; odd < 2 && set_limit(&moving, s, odd); odd++) {
        ew_sharpness_point(x, s->point, s->prec);
        ew_finding_ball(finding, names[odd], x);
        above += arb_gt(x, s->limit);
        below += arb_lt(x, s->limit);
        one_limit += !moving;
    }
    arb_clear(x);
    return one_limit == 2             ? ONE_LIMIT
           : above == 1 && below == 1 ? EITHER_SIDE
           : above == 2 || below == 2 ? SAME_SIDE
                                      : NOT_KNOWN;
}

static void decide(ew_finding_t finding, climb_end end, slong step, limits side)
{
    const char *scope = "this exact start";
    if (end == FALLS)
        ew_finding_decide(finding, EW_REFUTED, scope,
                          "the sharpness does not rise from step %ld to %ld, below 2/eta", step - 1,
                          step);
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
                            "is not known"
                          : "the climb was not decided beyond step %ld, below 2/eta",
            step);
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
                          "tries",
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
    decide(finding, end, step, side);
    ew_point_clear(s.point);
    arb_clear(s.limit);
}
