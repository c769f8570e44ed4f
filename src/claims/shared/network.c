#include "claims/shared/network.h"
#include <stdlib.h>

ew_status ew_network_case_init(ew_network_case *about, const ew_problem_t problem,
                               const ew_effort *effort)
{
    *about = (ew_network_case){.problem = problem, .effort = *effort, .stopped = EW_OK};
    about->effort.prec = FLINT_MIN(effort->prec, effort->max_prec);
    about->modes = problem->count + (problem->dim > problem->count);
    if (ew_memory_check(1.5 * (double)about->modes * (double)sizeof(ew_case)) != EW_OK)
        return EW_RESOURCES;
    about->mode = flint_malloc((size_t)about->modes * sizeof(ew_case));
    ew_mode_t mode;
    ew_mode_init(mode);
    for (slong i = 0; i < about->modes; i++) {
        ew_problem_mode(mode, problem, i);
        ew_case_init(about->mode + i, mode, effort);
        if (i < problem->count) {
            about->oscillating += about->mode[i].regime == EW_BEYOND;
            about->at_edge += about->mode[i].regime == EW_EDGE;
        }
    }
    ew_mode_clear(mode);
    ew_floquet_init(about->floquet);
    return EW_OK;
}

void ew_network_case_clear(ew_network_case *about)
{
    for (slong i = 0; i < about->modes; i++)
        ew_case_clear(about->mode + i);
    flint_free(about->mode);
    ew_floquet_clear(about->floquet);
}

ew_status ew_network_case_stopped(const ew_network_case *about)
{
    if (about->stopped != EW_OK)
        return about->stopped;
    for (slong i = 0; i < about->modes; i++)
        if (about->mode[i].stopped != EW_OK)
            return about->mode[i].stopped;
    return EW_OK;
}

const ew_floquet_struct *ew_network_floquet(ew_finding_t finding, ew_network_case *about)
{
    double n = 2 * (double)about->problem->depth, pairs = (double)about->modes;
    pairs = pairs * (pairs + 1) / 2;
    if (pairs * n * n * n > 5e7) { /* some ten seconds */
        ew_finding_decide(
            finding, EW_UNDECIDED, "this problem",
            "blocks of %.0f x %.0f for %ld values are more than verify tries; edgewise "
            "floquet does",
            n, n, about->modes);
        return NULL;
    }
    if (!about->floquet_tried) {
        about->floquet_tried = true;
        slong prec = about->effort.prec;
        ew_status status =
            ew_floquet(about->floquet, about->problem, prec,
                       FLINT_MIN(about->effort.max_prec, 8 * prec), about->effort.progress);
        about->floquet_status = status;
        if (status == EW_STOPPED)
            about->stopped = EW_STOPPED;
        about->floquet_made =
            (status == EW_OK || status == EW_UNDECIDED_STATUS) && about->floquet->count > 0;
    }
    if (!about->floquet_made && about->floquet_status == EW_RESOURCES)
        ew_finding_decide(finding, EW_UNDECIDED, "this problem",
                          "there is not enough memory for blocks of %.0f x %.0f", n, n);
    else if (!about->floquet_made)
        ew_finding_decide(finding, EW_UNDECIDED, "this problem",
                          "the orbit was not certified with up to %ld bits; edgewise floquet tries "
                          "more: --digits %ld",
                          about->floquet->prec, about->floquet->prec / 2);
    return about->floquet_made ? about->floquet : NULL;
}

bool ew_network_phases(int *phase, ew_network_case *about)
{
    bool known = true;
    for (slong i = 0; i < about->problem->count; i++) {
        phase[i] = 0;
        if (about->mode[i].regime == EW_BEYOND && !ew_case_on_orbit(about->mode + i, phase + i))
            known = false;
    }
    return known;
}

bool ew_network_beyond_edge(ew_finding_t finding, ew_network_case *about)
{
    if (about->oscillating == 0)
        ew_finding_decide(finding, EW_VACUOUS, "this eta, sigma",
                          "s_1 <= 2 exactly: eta > 2/S_1 does not hold");
    else if (about->at_edge > 0)
        ew_finding_decide(finding, EW_DEGENERATE, "this eta, sigma",
                          "s_%ld = 2 exactly: neither oscillating nor stationary",
                          about->oscillating + 1);
    return about->oscillating > 0 && about->at_edge == 0;
}

/* The multipliers of interest of one choice of phases. */
typedef struct {
    slong outside, undecided, resonant, boundary;
    const ew_multiplier *largest; /* of those outside */
    arb_t modulus;                /* the largest of all that are not neutral */
} tally;

static void count(tally *t, const ew_floquet_struct *floquet, const int *phase, bool transverse)
{
    t->outside = t->undecided = t->resonant = t->boundary = 0;
    t->largest = NULL;
    arb_zero(t->modulus);
    for (slong k = 0; k < floquet->count; k++) {
        const ew_multiplier *row = floquet->list + k;
        bool anti = row->phased && phase[row->i - 1] != phase[row->j - 1];
        if ((transverse && row->along) || (row->phased && row->anti != anti))
            continue;
        t->resonant += row->neutral == EW_RESONANCE ? row->multiplicity : 0;
        t->boundary += row->neutral == EW_BOUNDARY ? row->multiplicity : 0;
        if (row->neutral != EW_NOT_NEUTRAL)
            continue;
        arb_max(t->modulus, t->modulus, row->modulus, floquet->prec);
        if (row->outside == EW_YES) {
            t->outside += row->multiplicity;
            if (t->largest == NULL ||
                arf_cmp(arb_midref(row->modulus), arb_midref(t->largest->modulus)) > 0)
                t->largest = row;
        } else if (row->inside != EW_YES)
            t->undecided += row->multiplicity;
    }
}

/* In which phases some multiplier lies outside whatever the choice: a pair that has one in both, or one that has no
 * phases. */
static const ew_multiplier *outside_always(const ew_floquet_struct *floquet, bool transverse)
{
    for (slong k = 0; k < floquet->count; k++) {
        const ew_multiplier *row = floquet->list + k, *other;
        if (row->outside != EW_YES || row->anti || (transverse && row->along))
            continue;
        if (!row->phased)
            return row;
        for (slong m = k + 1; m < floquet->count; m++) {
            other = floquet->list + m;
            if (other->i == row->i && other->j == row->j && other->anti && other->outside == EW_YES)
                return row;
        }
    }
    return NULL;
}

static void refute(ew_finding_t finding, const ew_multiplier *row, const char *phases)
{
    const char *scope = "this eta, sigma, alpha; balanced orbit";
    char *modulus = ew_decimal_best(row->modulus, 8);
    if (row->along)
        ew_finding_decide(finding, EW_REFUTED, scope,
                          "the orbit of value %ld has a multiplier of modulus %s over two steps",
                          row->i, modulus);
    else
        ew_finding_decide(finding, EW_REFUTED, scope,
                          "the pair %ld, %ld has a multiplier of modulus %s over two steps (%s)",
                          row->i, row->j, modulus, phases);
    free(modulus);
}

/* How long rounding takes to be seen. */
static void note_departure(ew_finding_t finding, const arb_t modulus, slong prec)
{
    arb_t steps;
    arb_init(steps);
    static const slong bits[] = {24, 53, 512};
    static const char *const names[] = {"departure_24_bits", "departure_53_bits",
                                        "departure_512_bits"};
    for (int k = 0; k < 3; k++) {
        ew_departure_steps(steps, modulus, bits[k], prec);
        if (arb_is_finite(steps))
            ew_finding_count(finding, names[k], steps);
    }
    arb_clear(steps);
}

/* What would help with the first value whose orbit is not known. */
static const char *help_phases(ew_network_case *about)
{
    for (slong i = 0; i < about->problem->count; i++)
        if (ew_case_follow(about->mode + i)->fate == EW_NOT_YET)
            return ew_case_help(about->mode + i);
    return "; no option would help";
}

void ew_network_decide_multipliers(ew_finding_t finding, ew_network_case *about, bool transverse)
{
    const ew_floquet_struct *floquet = ew_network_floquet(finding, about);
    if (floquet == NULL)
        return;
    int *phase = flint_malloc((size_t)about->problem->count * sizeof(int));
    bool known = ew_network_phases(phase, about);
    const ew_multiplier *always = outside_always(floquet, transverse);
    tally t;
    arb_init(t.modulus);
    count(&t, floquet, phase, transverse);
    bool decided = known || about->oscillating < 2;
    if (decided) {
        ew_finding_integer(finding, "outside", t.outside);
        ew_finding_ball(finding, "largest", t.modulus);
        note_departure(finding, t.modulus, floquet->prec);
    }
    if (decided && t.outside > 0)
        refute(finding, t.largest,
               about->oscillating < 2 ? "no phases to choose"
                                      : "the phases that gradient descent takes");
    else if (always != NULL)
        refute(finding, always, "whatever the phases");
    else if (!decided)
        ew_finding_decide(finding, EW_UNDECIDED, "this eta, sigma, alpha; balanced orbit",
                          "the phases are not known: not every oscillating value has been followed "
                          "to its orbit; no multiplier lies outside whatever they are%s",
                          help_phases(about));
    else if (t.resonant > 0)
        ew_finding_decide(
            finding, EW_REFUTED, "this eta, sigma, alpha; balanced orbit",
            "%ld multipliers are exactly 1 with a Jordan block (depth 2's resonance): "
            "growth, but only algebraic",
            t.resonant);
    else if (t.boundary > 0)
        ew_finding_decide(finding, EW_REFUTED, "this eta, sigma, alpha; balanced orbit",
                          "%ld multipliers have modulus exactly 1, and not by symmetry: the "
                          "boundary of stability",
                          t.boundary);
    else if (t.undecided > 0)
        ew_finding_decide(
            finding, EW_UNDECIDED, "this eta, sigma, alpha; balanced orbit",
            "%ld multipliers are not separated from modulus 1 with %ld bits; edgewise "
            "floquet tries more, --digits %ld, in vain where one is exactly 1",
            t.undecided, floquet->prec, floquet->prec / 2);
    else
        ew_finding_decide(finding, EW_PROVED, "this eta, sigma, alpha; balanced orbit",
                          "all but the neutral ones enclosed inside the unit circle");
    arb_clear(t.modulus);
    flint_free(phase);
}
