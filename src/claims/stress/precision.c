/* How many bits a claim needs: from the conditioning, and measured. theory/stress.md (10) */
#include "claims/shared/case.h"
#include "claims/stress/stress.h"
#include "model/domain.h"
#include <math.h>
#include <string.h>

enum { MOST_PREDICTED = 100000 };

/* Bits at which the gap's change is an ulp of a^2, or the motion half an ulp, at its worst over the steps. */
static slong from_series(const double *series, slong steps, double extra)
{
    double least = 0;
    for (slong t = 0; t < steps; t++)
        if (isfinite(series[t]))
            least = fmin(least, series[t]);
    return FLINT_MAX(2, (slong)ceil(extra - least));
}

/* One singular value. The claims on the gap need its change to be seen; those on the orbit every step's motion, and two bits
 * to tell the orbit's two points apart. */
static slong predict_mode(const char *claim, const ew_mode_t mode, slong steps)
{
    bool gap = strncmp(claim, "balancing", 9) == 0;
    bool motion =
        strcmp(claim, "orbit-attracts") == 0 || strcmp(claim, "oscillation-threshold") == 0;
    ew_script_truth truth;
    if ((!gap && !motion) || ew_script_truth_make(&truth, mode, steps) != EW_OK)
        return -1;
    slong bits =
        gap ? from_series(truth.gap_change, steps, 0) : from_series(truth.motion, steps, 2);
    ew_script_truth_clear(&truth);
    return bits;
}

/* The network: the smallest number of bits with which the vectors typically stay for all the steps. */
static slong predict_network(const ew_problem_t problem, slong steps)
{
    ew_departure_t departure;
    ew_departure_init(departure);
    slong low = 1, high = MOST_PREDICTED, lo, typical, hi;
    bool fine = ew_departure_make(departure, problem, steps) == EW_OK;
    while (fine && high > low + 1) {
        slong middle = low + (high - low) / 2;
        ew_departure_steps_at(&lo, &typical, &hi, departure, middle, 1e-3);
        if (typical < 0)
            high = middle;
        else
            low = middle;
    }
    ew_departure_clear(departure);
    return fine ? high : -1;
}

ew_status ew_precision_needed(ew_precision **rows, slong *count, const ew_problem_t problem,
                              const ew_stress_plan *plan, const ew_effort *effort)
{
    if (rows == NULL || count == NULL || plan == NULL || plan->claim == NULL ||
        !ew_problem_fits(problem) || !ew_plan_orders_fit(plan) || !ew_effort_fits(effort))
        return EW_BAD_INPUT;
    *rows = NULL;
    *count = 0;
    if (plan->claim == NULL ||
        (!ew_script_knows(plan->claim) && !ew_stress_knows_network(plan->claim)))
        return EW_BAD_INPUT;
    ew_format format;
    ew_status status = /* one column; the rows are what is asked for */
        ew_format_named(&format, "fp64", NULL);
    ew_stress_plan one = *plan;
    one.formats = &format;
    one.format_count = one.order_count = 1;
    ew_cells_t cells;
    ew_cells_init(cells);
    if (status == EW_OK)
        status = ew_stress(cells, problem, &one, effort);
    *rows = flint_malloc((size_t)FLINT_MAX(cells->count, 1) * sizeof(ew_precision));
    ew_mode_t mode;
    ew_mode_init(mode);
    for (slong i = 0; i < cells->count && status == EW_OK; i++) {
        const ew_cell *cell = cells->cells + i;
        ew_precision *row = *rows + (*count)++;
        *row = (ew_precision){cell->index,       cell->truth,    -1,
                              cell->bits_needed, cell->monotone, cell->bits_tried};
        if (cell->truth != EW_PROVED)
            continue; /* nothing that more bits would show */
        if (cell->index == 0)
            row->predicted = predict_network(problem, plan->steps);
        else {
            ew_problem_mode(mode, problem, cell->index - 1);
            row->predicted = predict_mode(plan->claim, mode, plan->steps);
        }
    }
    ew_mode_clear(mode);
    ew_cells_clear(cells);
    return status;
}
