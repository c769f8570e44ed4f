/* How a script tries the claims about the whole network: one run with rotated singular vectors, watched until they have
 * turned. theory/stress.md (9) */
#include "claims/stress/stress.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Singular vectors that have turned by this are seen to have turned; losses that differ by this much, to differ. */
static const double ANGLE = 1e-3, LOSS = 1e-3;

/* What the run showed; steps are -1 where it did not happen. */
typedef struct {
    slong steps, left_at, loss_at, overflow_at;
    slong predicted; /* of left_at */
    bool as_claimed; /* the end-to-end map's own entries do what equation (2) says */
} net_run;

typedef struct {
    ew_cells_struct *cells;
    const ew_problem_struct *problem;
    const ew_findings_struct *findings;
    const ew_stress_plan *plan;
    const ew_progress *progress;
    ew_target_t target;
    ew_departure_t departure;
    bool have_departure;
} network_work;

/* Do the last states of the singular values' own entries look like equation (2): the first ones alternate, the others stand
 * at sigma? `last` holds the rank entries of the last three steps, the newest first. */
static bool looks_like_orbit(const double *last, const ew_problem_t problem)
{
    const double tau = 1e-2;
    slong n = problem->count;
    bool fine = true;
    ew_mode_t mode;
    ew_mode_init(mode);
    for (slong i = 0; i < n && fine; i++) {
        double now = last[i], before = last[n + i], earlier = last[2 * n + i];
        ew_problem_mode(mode, problem, i);
        double sigma = ew_rational_double(mode->sigma);
        if (ew_mode_regime(mode) == EW_BEYOND)
            fine = fabs(now - earlier) < tau * sigma && fabs(now - before) > tau * sigma;
        else
            fine = fabs(now - sigma) < tau * sigma;
    }
    ew_mode_clear(mode);
    return fine;
}

/* Runs until the vectors have turned, and the loss has parted, or the steps are over. */
static ew_status watch(net_run *seen, const network_work *w, const ew_format *format,
                       ew_order order)
{
    *seen = (net_run){
        .steps = w->plan->steps, .left_at = -1, .loss_at = -1, .overflow_at = -1, .predicted = -1};
    ew_rounded_net *net = ew_rounded_net_new(format, ew_stress_rounding(w->plan, format), order,
                                             w->target, w->problem, w->plan->seed);
    if (net == NULL)
        return EW_RESOURCES;
    slong n = w->problem->count;
    double *last = calloc((size_t)(3 * n), sizeof(double));
    ew_status status = last == NULL ? EW_RESOURCES : EW_OK;
    ew_rounded_net_view view;
    for (slong t = 1;
         t <= seen->steps && status == EW_OK && (seen->left_at < 0 || seen->loss_at < 0); t++) {
        memmove(last + n, last, 2 * (size_t)n * sizeof(double));
        ew_rounded_net_step(net);
        ew_rounded_net_look(&view, last, net);
        if (!view.finite) {
            seen->overflow_at = t;
            break;
        }
        if (seen->left_at < 0 && view.angle > ANGLE)
            seen->left_at = t;
        if (seen->loss_at < 0 && fabs(view.loss - view.loss_by_values) > LOSS * view.loss)
            seen->loss_at = t;
        if (!ew_progress_tick(w->progress, format->name, (ulong)t, (ulong)seen->steps)) {
            status = EW_STOPPED;
            break;
        }
    }
    if (status == EW_OK && seen->left_at < 0 && seen->overflow_at < 0)
        seen->as_claimed = looks_like_orbit(last, w->problem);
    free(last);
    ew_rounded_net_free(net);
    slong lo, hi;
    if (w->have_departure && format->kind != EW_EXACT && format->kind != EW_BALLS)
        ew_departure_steps_at(&lo, &seen->predicted, &hi, w->departure, format->bits, ANGLE);
    return status;
}

static ew_script_answer answer(ew_says says, slong step, slong predicted, const char *why)
{
    return (ew_script_answer){.says = says, .step = step, .predicted = predicted, .why = why};
}

static ew_script_answer stays(const net_run *run)
{
    if (run->left_at < 0 && run->overflow_at >= 0) {
        ew_script_answer out =
            answer(EW_SAYS_NO, run->overflow_at, -1, "a weight that is not finite");
        out.overflow = true;
        return out;
    }
    if (run->left_at >= 0)
        return answer(EW_SAYS_NO, run->left_at, run->predicted, "the singular vectors have turned");
    return answer(EW_SAYS_YES, -1, run->predicted, "the singular vectors stay");
}

static ew_script_answer like_the_orbit(const net_run *run)
{
    ew_script_answer out = stays(run);
    return out.says != EW_SAYS_YES || run->as_claimed
               ? out
               : answer(EW_SAYS_NO, run->steps, -1, "the singular values do not do it");
}

static ew_script_answer loss_agrees(const net_run *run)
{
    if (run->loss_at >= 0)
        return answer(EW_SAYS_NO, run->loss_at, run->predicted,
                      "the loss is not that of the singular values");
    if (run->overflow_at >= 0)
        return stays(run);
    return answer(EW_SAYS_YES, -1, run->predicted, "the loss is that of the singular values");
}

static const struct {
    const char *claim;
    ew_script_answer (*ask)(const net_run *run);
} experiments[] = {
    {"static-singular-vectors", stays}, {"static-singular-vectors-stable", stays},
    {"loss-decouples", loss_agrees},    {"rank-p-decomposition", like_the_orbit},
    {"rank-p-attracts", stays},
};
enum { EXPERIMENTS = sizeof experiments / sizeof experiments[0] };

bool ew_stress_knows_network(const char *claim)
{
    for (size_t i = 0; i < EXPERIMENTS; i++)
        if (strcmp(experiments[i].claim, claim) == 0)
            return true;
    return false;
}

/* A false refutation by vectors that have turned is called what it is: the orbit was left. */
static ew_outcome_kind judge(const ew_script_answer *said, const net_run *run, ew_verdict truth)
{
    ew_outcome_kind outcome = ew_script_judge(said, truth);
    return outcome == EW_FALSE_REFUTATION && run->left_at >= 0 ? EW_LEFT_ORBIT : outcome;
}

static void fill(network_work *w, const net_run *run, const ew_format *format, ew_order order,
                 bool possible)
{
    for (const ew_claim *claim = ew_claims; claim->id != NULL; claim++) {
        const ew_finding_struct *finding = ew_stress_finding(w->findings, claim->id, 0);
        if (finding == NULL || claim->check_network == NULL || !ew_stress_wants(w->plan, claim->id))
            continue;
        ew_script_answer said = answer(EW_SAYS_NOTHING, -1, -1, "no script tries this");
        for (size_t i = 0; i < EXPERIMENTS; i++)
            if (strcmp(experiments[i].claim, claim->id) == 0)
                said = possible ? experiments[i].ask(run)
                                : answer(EW_SAYS_NOTHING, -1, -1,
                                         "networks of up to 64 x 64, in numbers that are rounded");
        if (!ew_verdict_is_certified(finding->verdict))
            said = answer(EW_SAYS_NOTHING, -1, -1, "there is no certified verdict to compare with");
        ew_cell *cell = ew_cells_add(w->cells);
        cell->claim = claim->id;
        cell->index = 0;
        cell->format = *format;
        cell->order = order;
        cell->truth = finding->verdict;
        cell->outcome = judge(&said, run, finding->verdict);
        cell->why = said.why;
        cell->step = said.step; /* also where it agrees: the instability seen */
        cell->predicted = said.predicted;
    }
}

/* ---- The bits from which a claim is seen ---------------------------------------------------- */

/* Runs by number of bits, in one order; made when asked for. */
typedef struct {
    network_work *w;
    ew_order order;
    net_run *runs;
    bool *made;
    ew_status status;
} search;

static bool agrees(search *s, ew_script_answer (*ask)(const net_run *run), ew_verdict truth,
                   slong bits)
{
    if (!s->made[bits] && s->status == EW_OK) {
        ew_format format;
        ew_format_set_bits(&format, EW_UNBOUNDED, bits);
        s->status = watch(s->runs + bits, s->w, &format, s->order);
        s->made[bits] = true;
    }
    ew_script_answer said = ask(s->runs + bits);
    return ew_script_judge(&said, truth) == EW_AGREES;
}

/* By bisection between 2 bits and the most, which has to agree; what else was tried for other claims is looked at too. */
static slong threshold(bool *monotone, search *s, ew_script_answer (*ask)(const net_run *run),
                       ew_verdict truth)
{
    slong most = s->w->plan->most_bits, bad = 1, good = most;
    *monotone = true;
    if (!agrees(s, ask, truth, most))
        return -1;
    while (good > bad + 1 && s->status == EW_OK) {
        slong middle = bad + (good - bad) / 2;
        if (agrees(s, ask, truth, middle))
            good = middle;
        else
            bad = middle;
    }
    for (slong bits = most; bits > good && s->status == EW_OK; bits--)
        if (s->made[bits] && !agrees(s, ask, truth, bits)) {
            good = bits + 1;
            *monotone = false;
            break;
        }
    for (slong bits = 2; bits < good; bits++)
        if (s->made[bits] && agrees(s, ask, truth, bits))
            *monotone = false;
    return good;
}

static ew_status search_bits(network_work *w, ew_order order)
{
    slong most = w->plan->most_bits;
    search s = {.w = w, .order = order, .status = EW_OK};
    s.runs = calloc((size_t)most + 1, sizeof *s.runs);
    s.made = calloc((size_t)most + 1, sizeof *s.made);
    if (s.runs == NULL || s.made == NULL)
        s.status = EW_RESOURCES;
    for (size_t i = 0; i < EXPERIMENTS && s.status == EW_OK; i++) {
        const ew_finding_struct *finding = ew_stress_finding(w->findings, experiments[i].claim, 0);
        if (finding == NULL || !ew_stress_wants(w->plan, experiments[i].claim) ||
            !ew_verdict_is_certified(finding->verdict))
            continue;
        bool monotone;
        slong bits = threshold(&monotone, &s, experiments[i].ask, finding->verdict);
        for (slong k = 0; k < w->cells->count; k++) {
            ew_cell *cell = w->cells->cells + k;
            if (cell->order == order && cell->index == 0 &&
                strcmp(cell->claim, experiments[i].claim) == 0) {
                cell->bits_needed = bits;
                cell->bits_tried = true;
                cell->monotone = monotone;
            }
        }
    }
    free(s.runs);
    free(s.made);
    return s.status;
}

ew_status ew_stress_network(ew_cells_t cells, const ew_problem_t problem,
                            const ew_findings_t findings, const ew_stress_plan *plan,
                            const ew_progress *progress)
{
    network_work w = {.cells = cells,
                      .problem = problem,
                      .findings = findings,
                      .plan = plan,
                      .progress = progress};
    slong most = FLINT_MAX(256, 2 * plan->most_bits);
    for (slong f = 0; f < plan->format_count; f++)
        most = FLINT_MAX(most, 2 * plan->formats[f].bits);
    ew_target_init(w.target);
    ew_departure_init(w.departure);
    ew_status status = ew_target_from_problem(w.target, problem, EW_MPFR, true, plan->seed, most);
    w.have_departure = ew_departure_make(w.departure, problem, plan->steps) == EW_OK;
    for (slong o = 0; o < plan->order_count && status == EW_OK; o++) {
        for (slong f = 0; f < plan->format_count && status == EW_OK; f++) {
            const ew_format *format = plan->formats + f;
            net_run run = {0};
            bool possible =
                problem->dim <= 64 && format->kind != EW_EXACT && format->kind != EW_BALLS;
            if (possible)
                status = watch(&run, &w, format, plan->orders[o]);
            if (status == EW_OK)
                fill(&w, &run, format, plan->orders[o], possible);
        }
        if (status == EW_OK && plan->most_bits > 1 && problem->dim <= 64)
            status = search_bits(&w, plan->orders[o]);
    }
    ew_departure_clear(w.departure);
    ew_target_clear(w.target);
    return status;
}
