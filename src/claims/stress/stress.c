/* The table claim x format x order, and the bits from which a claim is seen. theory/stress.md */
#include "claims/stress/stress.h"
#include "claims/shared/case.h"
#include "model/domain.h"
#include "num/arith.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 1000000 };

const char *ew_outcome_text(ew_outcome_kind outcome)
{
    static const char *const text[] = {"agrees",       "false-refutation", "false-confirmation",
                                       "wrong-period", "left-orbit",       "stuck",
                                       "overflow",     "cannot-tell"};
    return EW_WORD_OF(text, outcome);
}

void ew_cells_init(ew_cells_t cells)
{
    cells->cells = NULL;
    cells->count = 0;
}

void ew_cells_clear(ew_cells_t cells)
{
    flint_free(cells->cells);
    ew_cells_init(cells);
}

int ew_cells_exit(const ew_cells_t cells)
{
    bool silent = false;
    for (slong i = 0; i < cells->count; i++) {
        if (cells->cells[i].outcome == EW_CANNOT_TELL)
            silent = true;
        else if (cells->cells[i].outcome != EW_AGREES)
            return EW_REFUTED_STATUS;
    }
    return silent ? EW_UNDECIDED_STATUS : 0;
}

ew_cell *ew_cells_add(ew_cells_t cells)
{
    if ((cells->count & (cells->count + 1)) == 0) /* room for the next power of two */
        cells->cells =
            flint_realloc(cells->cells, 2 * (size_t)(cells->count + 1) * sizeof(ew_cell));
    ew_cell *cell = cells->cells + cells->count++;
    *cell = (ew_cell){.step = -1, .predicted = -1, .bits_needed = -1};
    return cell;
}

const ew_finding_struct *ew_stress_finding(const ew_findings_t findings, const char *claim,
                                           slong index)
{
    for (slong i = 0; i < findings->count; i++)
        if (findings->findings[i].index == index && strcmp(findings->findings[i].id, claim) == 0)
            return findings->findings + i;
    return NULL;
}

ew_rounding ew_stress_rounding(const ew_stress_plan *plan, const ew_format *format)
{
    bool rounds = format->kind == EW_FLOATING || format->kind == EW_UNBOUNDED;
    return rounds ? plan->rounding : EW_TO_NEAREST;
}

bool ew_stress_wants(const ew_stress_plan *plan, const char *claim)
{
    return plan->claim == NULL || strcmp(plan->claim, claim) == 0;
}

/* ---- One singular value -------------------------------------------------------------------- */

typedef struct {
    ew_cells_struct *cells;
    const ew_findings_struct *findings;
    const ew_stress_plan *plan;
    const ew_progress *progress;
    ew_mode_t mode;
    slong index;
    ew_regime regime;
    slong true_period;
    ew_script_truth truth;
    ulong done, total;
} work;

static ew_script script_of(const work *w, const ew_format *format, ew_order order)
{
    return (ew_script){.format = format,
                       .rounding = ew_stress_rounding(w->plan, format),
                       .order = order,
                       .steps = w->plan->steps,
                       .seed = w->plan->seed,
                       .mode = w->mode,
                       .truth = &w->truth,
                       .regime = w->regime,
                       .true_period = w->true_period};
}

/* The period that is proved of this value, or 0. */
static slong proved_period(const ew_findings_t findings, slong index)
{
    const ew_finding_struct *finding = ew_stress_finding(findings, "orbit-attracts", index);
    if (finding == NULL || !ew_verdict_is_certified(finding->verdict))
        return 0;
    for (slong i = 0; i < finding->fact_count; i++)
        if (strcmp(finding->facts[i].name, "period") == 0)
            return finding->facts[i].integer;
    return 0;
}

/* One format and order: a cell for each claim. */
static ew_status fill(work *w, const ew_format *format, ew_order order)
{
    ew_script script = script_of(w, format, order);
    for (const ew_claim *claim = ew_claims; claim->id != NULL; claim++) {
        const ew_finding_struct *finding = ew_stress_finding(w->findings, claim->id, w->index);
        if (finding == NULL || claim->check == NULL || !ew_stress_wants(w->plan, claim->id))
            continue;
        ew_cell *cell = ew_cells_add(w->cells);
        cell->claim = claim->id;
        cell->index = w->index;
        cell->format = *format;
        cell->order = order;
        cell->truth = finding->verdict;
        ew_script_answer said = {
            .says = EW_SAYS_NOTHING, .step = -1, .predicted = -1, .why = "no script tries this"};
        if (!ew_verdict_is_certified(finding->verdict))
            said.why = "there is no certified verdict to compare with";
        else if (ew_script_knows(claim->id))
            said = ew_script_ask(&script, claim->id);
        cell->outcome = ew_script_judge(&said, finding->verdict);
        cell->why = said.why;
        if (cell->outcome != EW_AGREES && cell->outcome != EW_CANNOT_TELL)
            cell->step = said.step;
        cell->predicted = said.predicted;
    }
    return script.status;
}

/* ---- The bits from which a claim is seen ---------------------------------------------------- */

enum { EVERY = 64 };

/* 2, 3, .. 64, then in steps of an eighth or so. */
static slong next_bits(slong bits)
{
    return bits < EVERY ? bits + 1 : bits + bits / 8;
}

typedef struct {
    work *w;
    ew_order order;
    ew_script *scripts; /* by number of bits; format NULL where not made */
    ew_format *formats;
} search;

/* Does mpfr-`bits` agree on the claim? */
static bool agrees(search *s, const char *claim, ew_verdict truth, slong bits)
{
    ew_script *script = s->scripts + bits;
    if (script->format == NULL) {
        ew_format_set_bits(s->formats + bits, EW_UNBOUNDED, bits);
        *script = script_of(s->w, s->formats + bits, s->order);
    }
    ew_script_answer said = ew_script_ask(script, claim);
    return ew_script_judge(&said, truth) == EW_AGREES;
}

/* The smallest number of bits tried from which all agree, or -1. Between two that were tried the rest are tried too, from
 * above. */
static slong threshold(bool *monotone, search *s, const char *claim, ew_verdict truth)
{
    slong most = s->w->plan->most_bits, good = -1, bad = 1;
    *monotone = true;
    bool seen = false;
    for (slong bits = 2; bits <= most; bits = next_bits(bits)) {
        if (agrees(s, claim, truth, bits)) {
            good = good < 0 ? bits : good;
            seen = true;
        } else {
            *monotone = *monotone && !seen;
            good = -1;
            bad = bits;
        }
    }
    while (good > bad + 1 && agrees(s, claim, truth, good - 1))
        good--;
    return good;
}

/* Fills bits_needed of the cells from `first` on that are of this order. */
static ew_status search_bits(work *w, slong first, ew_order order)
{
    slong most = w->plan->most_bits;
    search s = {.w = w, .order = order};
    s.scripts = calloc((size_t)most + 1, sizeof *s.scripts);
    s.formats = calloc((size_t)most + 1, sizeof *s.formats);
    ew_status status = s.scripts == NULL || s.formats == NULL ? EW_RESOURCES : EW_OK;
    for (const ew_claim *claim = ew_claims; claim->id != NULL && status == EW_OK; claim++) {
        const ew_finding_struct *finding = ew_stress_finding(w->findings, claim->id, w->index);
        if (finding == NULL || !ew_script_knows(claim->id) ||
            !ew_stress_wants(w->plan, claim->id) || !ew_verdict_is_certified(finding->verdict))
            continue;
        bool monotone;
        slong bits = threshold(&monotone, &s, claim->id, finding->verdict);
        for (slong i = first; i < w->cells->count; i++) {
            ew_cell *cell = w->cells->cells + i;
            if (cell->claim == claim->id && cell->order == order && cell->index == w->index) {
                cell->bits_needed = bits;
                cell->bits_tried = true;
                cell->monotone = monotone;
            }
        }
        if (!ew_progress_tick(w->progress, "bits needed", w->done, w->total))
            status = EW_STOPPED;
    }
    for (slong bits = 0; bits <= most && s.scripts != NULL; bits++)
        if (s.scripts[bits].status != EW_OK)
            status = s.scripts[bits].status;
    free(s.scripts);
    free(s.formats);
    return status;
}

/* All cells of one singular value (index count: the zeros past the rank). */
static ew_status stress_mode(work *w, const ew_problem_t problem, slong i)
{
    slong first = w->cells->count;
    ew_problem_mode(w->mode, problem, i);
    w->index = i + 1;
    w->regime = i < problem->count ? ew_mode_regime(w->mode) : EW_BELOW;
    w->true_period = proved_period(w->findings, w->index);
    ew_status status = ew_script_truth_make(&w->truth, w->mode, w->plan->steps);
    for (slong o = 0; o < w->plan->order_count && status == EW_OK; o++) {
        ew_order order = w->plan->orders[o];
        for (slong f = 0; f < w->plan->format_count && status == EW_OK; f++) {
            status = fill(w, w->plan->formats + f, order);
            w->done++;
            if (status == EW_OK && !ew_progress_tick(w->progress, "formats", w->done, w->total))
                status = EW_STOPPED;
        }
        if (status == EW_OK && w->plan->most_bits > 1)
            status = search_bits(w, first, order);
    }
    ew_script_truth_clear(&w->truth);
    return status;
}

bool ew_plan_orders_fit(const ew_stress_plan *plan)
{
    if (plan == NULL || plan->orders == NULL || plan->order_count < 1 ||
        plan->order_count > MOST_COLUMNS || (unsigned)plan->rounding > EW_STOCHASTIC ||
        plan->steps < 0 || plan->most_bits < 0 || plan->most_bits > EW_FORMAT_MOST_BITS)
        return false;
    for (slong o = 0; o < plan->order_count; o++)
        if ((unsigned)plan->orders[o] > EW_WIDE)
            return false;
    return true;
}

bool ew_plan_fits(const ew_stress_plan *plan)
{
    if (!ew_plan_orders_fit(plan) || plan->formats == NULL || plan->format_count < 1 ||
        plan->format_count > MOST_COLUMNS)
        return false;
    for (slong f = 0; f < plan->format_count; f++)
        if (!ew_format_fits(plan->formats + f))
            return false;
    return true;
}

ew_status ew_stress(ew_cells_t cells, const ew_problem_t problem, const ew_stress_plan *plan,
                    const ew_effort *effort)
{
    if (cells == NULL || !ew_problem_fits(problem) || !ew_plan_fits(plan) ||
        !ew_effort_fits(effort))
        return EW_BAD_INPUT;
    ew_cells_clear(cells);
    ew_findings_t findings;
    ew_findings_init(findings);
    ew_status status = ew_verify(findings, problem, effort);
    slong modes = problem->count + (problem->dim > problem->count);
    work w = {.cells = cells, .findings = findings, .plan = plan, .progress = effort->progress};
    ulong each = (ulong)(plan->format_count * plan->order_count);
    w.total = each * (ulong)(modes + 2);
    ew_mode_init(w.mode);
    const ew_claim *only = plan->claim == NULL ? NULL : ew_claim_find(plan->claim);
    for (slong i = 0; i < modes && status == EW_OK && (only == NULL || only->check != NULL); i++)
        status = stress_mode(&w, problem, i);
    ew_mode_clear(w.mode);
    if (status == EW_OK && (only == NULL || only->check_network != NULL))
        status = ew_stress_network(cells, problem, findings, plan, effort->progress);
    ew_findings_clear(findings);
    return status;
}
