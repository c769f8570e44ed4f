/* How a script tries each claim about one singular value. theory/stress.md (8) */
#include "claims/stress/script.h"
#include <math.h>
#include <string.h>

enum { POINTS = 400, DEEPEST_SCAN = 64 };

const ew_script_run *ew_script_run_of(ew_script *s)
{
    if (!s->made) {
        s->made = true;
        ew_status status =
            ew_script_watch(&s->run, s->format, s->rounding, s->order, s->mode, s->steps, s->seed);
        s->status = status != EW_OK ? status : s->status;
    }
    return &s->run;
}

static ew_script_answer answer(ew_says says, slong step, const char *why)
{
    return (ew_script_answer){.says = says, .step = step, .predicted = -1, .why = why};
}

/* An answer that is decided by the run's having come to an end; true when it has. */
static bool ended(ew_script_answer *out, ew_script *s)
{
    const ew_script_run *run = ew_script_run_of(s);
    if (run->overflow_at >= 0) {
        bool lengths = s->format->kind == EW_EXACT || s->format->kind == EW_BALLS;
        *out = lengths ? answer(EW_SAYS_NOTHING, run->overflow_at,
                                "the numbers became too long, or too wide")
                       : answer(EW_SAYS_NO, run->overflow_at, "a number that is not finite");
        out->overflow = !lengths;
        out->predicted = ew_script_predict_overflow(s->truth, s->format);
    } else if (run->stuck_at >= 0) {
        *out = answer(EW_SAYS_NO, run->stuck_at, "every update rounds to nothing");
        out->stuck = true;
        out->predicted = ew_script_predict_stuck(s->truth, s->format);
    } else if (run->no_exit) {
        *out =
            answer(EW_SAYS_NO, -1, "a fixed point of the rounded map lies ahead: no exit (proved)");
        out->stuck = true;
        if (run->log2_steps < 60)
            out->predicted = (slong)exp2(run->log2_steps);
    }
    return run->overflow_at >= 0 || run->stuck_at >= 0 || run->no_exit;
}

static ew_script_answer orbit_attracts(ew_script *s)
{
    ew_script_answer out;
    if (ended(&out, s))
        return out;
    const ew_script_run *run = ew_script_run_of(s);
    if (run->period == 2)
        out = answer(EW_SAYS_YES, -1, "the states recur with period 2");
    else if (run->period == 0)
        out = answer(EW_SAYS_NOTHING, -1, "nothing recurs yet");
    else
        out = answer(EW_SAYS_NO, -1,
                     run->fitted ? "it converges" : "the states recur with another period");
    out.wrong_period = run->period != 0 && s->true_period != 0 && run->period != s->true_period;
    return out;
}

static ew_script_answer balancing_gap(ew_script *s)
{
    const ew_script_run *run = ew_script_run_of(s);
    ew_script_answer out;
    if (ended(&out, s) && (run->stalls_at < 0 || out.overflow))
        return out;
    if (run->stalls_at < 0)
        return answer(EW_SAYS_YES, -1, "the gap shrank at every step");
    bool stuck = run->stuck_at >= 0 && run->stalls_at >= run->stuck_at;
    out = answer(EW_SAYS_NO, run->stalls_at, "the gap did not shrink");
    out.stuck = stuck;
    out.predicted = ew_script_predict_stall(s->truth, s->format);
    return out;
}

static ew_script_answer balancing_below_edge(ew_script *s)
{
    const ew_script_run *run = ew_script_run_of(s);
    ew_script_answer out;
    if (ended(&out, s) && out.overflow)
        return out;
    if (run->grows_at < 0)
        return answer(EW_SAYS_YES, -1, "the gap never grew");
    out = answer(EW_SAYS_NO, run->grows_at, "the gap grew");
    out.predicted = ew_script_predict_stall(s->truth, s->format);
    return out;
}

static ew_script_answer balancing_beyond_edge(ew_script *s)
{
    const ew_script_run *run = ew_script_run_of(s);
    ew_script_answer out;
    if (ended(&out, s))
        return out;
    if (run->last_gap < run->first_gap / 1000)
        return answer(EW_SAYS_YES, -1, "the gap fell below a thousandth");
    if (s->truth->shrinks > -10)
        return answer(EW_SAYS_NOTHING, -1, "too few steps, in any arithmetic");
    out = answer(EW_SAYS_NO, s->steps, "the gap does not shrink");
    out.predicted = ew_script_predict_stall(s->truth, s->format);
    return out;
}

static ew_script_answer oscillation_threshold(ew_script *s)
{
    ew_script_answer out;
    if (ended(&out, s))
        return out;
    const ew_script_run *run = ew_script_run_of(s);
    bool beyond = s->regime == EW_BEYOND;
    if (run->fitted)
        return answer(beyond ? EW_SAYS_NO : EW_SAYS_YES, -1, "it converges");
    if (run->period > 1)
        return answer(beyond ? EW_SAYS_YES : EW_SAYS_NO, -1, "it oscillates");
    return beyond && run->period == 0 ? answer(EW_SAYS_YES, -1, "it is still moving")
                                      : answer(EW_SAYS_NOTHING, -1, "nothing has settled");
}

/* EW_GRID starts, evenly below the poster's bound; no bound, no grid. */
static bool make_grid(ew_script *s)
{
    if (s->grid_made)
        return true;
    arb_t bound;
    arb_init(bound);
    bool there = ew_balance_bound(bound, s->mode, 64) == EW_OK && arb_is_positive(bound);
    ew_mode_t mode;
    ew_mode_init(mode);
    ew_mode_set(mode, s->mode);
    for (slong k = 0; there && k < EW_GRID; k++) {
        arf_get_fmpq(mode->alpha, arb_midref(bound));
        fmpq_mul_si(mode->alpha, mode->alpha, 2 * k + 1);
        fmpq_div_2exp(mode->alpha, mode->alpha, 4);
        ew_status status =
            ew_script_watch(s->grid + k, s->format, s->rounding, s->order, mode, s->steps, s->seed);
        s->status = status != EW_OK ? status : s->status;
    }
    s->grid_made = there;
    ew_mode_clear(mode);
    arb_clear(bound);
    return there;
}

static ew_script_answer on_a_grid(ew_script *s)
{
    if (!make_grid(s))
        return answer(EW_SAYS_NOTHING, -1, "no alpha below the bound");
    for (slong k = 0; k < EW_GRID; k++)
        if (s->grid[k].stalls_at >= 0 || s->grid[k].overflow_at >= 0)
            return answer(EW_SAYS_NO, s->grid[k].stalls_at,
                          "the gap did not shrink for some alpha of a grid");
    return answer(EW_SAYS_YES, -1, "the gap shrank at every step for every alpha of a grid");
}

/* x0 + f (2 sigma)^(1/L), x0 = g sigma^(1/L), as rationals. */
static void landmark(fmpq_t out, const ew_mode_t mode, ulong doubled, slong num, ulong den)
{
    arb_t x;
    fmpq_t f;
    arb_init(x);
    fmpq_init(f);
    arb_set_fmpq(x, mode->sigma, 128);
    arb_mul_ui(x, x, doubled, 128);
    arb_root_ui(x, x, (ulong)mode->depth, 128);
    arf_get_fmpq(out, arb_midref(x));
    fmpq_set_si(f, num, den);
    fmpq_mul(out, out, f);
    arb_clear(x);
    fmpq_clear(f);
}

/* Changes of sign between two landmarks against the number claimed. */
static ew_script_answer scan(ew_script *s, const fmpq_t lo, const fmpq_t hi, slong claimed)
{
    if (s->mode->depth > DEEPEST_SCAN)
        return answer(EW_SAYS_NOTHING, -1, "too deep for a scan");
    slong found =
        ew_script_scan(s->format, s->rounding, s->order, s->mode, lo, hi, POINTS, s->seed);
    if (found < 0) {
        ew_script_answer out = answer(EW_SAYS_NO, -1, "a value that is not finite");
        out.overflow = true;
        return out;
    }
    return answer(found == claimed ? EW_SAYS_YES : EW_SAYS_NO, -1,
                  found == claimed  ? "as many changes of sign as claimed"
                  : found < claimed ? "fewer changes of sign"
                                    : "more changes of sign");
}

static ew_script_answer scan_between(ew_script *s, int which)
{
    fmpq_t lo, hi;
    fmpq_init(lo);
    fmpq_init(hi);
    if (which == 0)
        landmark(hi, s->mode, 1, 1, 1);
    else if (which == 1) {
        landmark(lo, s->mode, 1, 1, 1);
        landmark(hi, s->mode, 2, 1, 1);
    } else {
        landmark(lo, s->mode, 2, -5, 2);
        landmark(hi, s->mode, 2, 5, 2);
    }
    ew_script_answer out = scan(s, lo, hi, which == 2 ? 2 : 1);
    fmpq_clear(lo);
    fmpq_clear(hi);
    return out;
}

static ew_script_answer low_root(ew_script *s)
{
    return scan_between(s, 0);
}

static ew_script_answer high_root(ew_script *s)
{
    return scan_between(s, 1);
}

static ew_script_answer only_two(ew_script *s)
{
    return scan_between(s, 2);
}

static const struct {
    const char *claim;
    ew_script_answer (*ask)(ew_script *s);
} experiments[] = {
    {"orbit-low-root", low_root},
    {"orbit-high-root", high_root},
    {"orbit-only-two", only_two},
    {"orbit-attracts", orbit_attracts},
    {"balancing-gap", balancing_gap},
    {"balancing-gap-every-alpha", on_a_grid},
    {"balancing-gap-almost-every-alpha", on_a_grid},
    {"balancing-below-edge", balancing_below_edge},
    {"balancing-beyond-edge", balancing_beyond_edge},
    {"oscillation-threshold", oscillation_threshold},
};
enum { EXPERIMENTS = sizeof experiments / sizeof experiments[0] };

static int find(const char *claim)
{
    for (int i = 0; i < EXPERIMENTS; i++)
        if (strcmp(experiments[i].claim, claim) == 0)
            return i;
    return -1;
}

bool ew_script_knows(const char *claim)
{
    return find(claim) >= 0;
}

ew_script_answer ew_script_ask(ew_script *script, const char *claim)
{
    return experiments[find(claim)].ask(script);
}

ew_outcome_kind ew_script_judge(const ew_script_answer *said, ew_verdict truth)
{
    bool yes = truth == EW_PROVED;
    if (!ew_verdict_is_certified(truth) || said->says == EW_SAYS_NOTHING)
        return EW_CANNOT_TELL;
    if (said->wrong_period)
        return EW_WRONG_PERIOD;
    if ((said->says == EW_SAYS_YES) == yes)
        return EW_AGREES;
    if (!yes)
        return EW_FALSE_CONFIRMATION;
    return said->overflow ? EW_OVERFLOW : said->stuck ? EW_STUCK : EW_FALSE_REFUTATION;
}
