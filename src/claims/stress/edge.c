/* s = 2 + 2^-k in a format: when the step size itself is rounded over the edge, and when the run is.
 * theory/chaos-in-formats.md (5), (6) */
#include "claims/stress/script.h"
#include "claims/stress/stress.h"
#include "model/domain.h"

enum { MOST_K = 100000 };

/* eta = (2 + 2^-k) / depth, sigma = 1. */
static void set_mode(ew_mode_t mode, slong depth, slong k)
{
    mode->depth = depth;
    fmpq_one(mode->sigma);
    fmpq_set_si(mode->eta, 1, 1);
    fmpq_div_2exp(mode->eta, mode->eta, (ulong)k);
    fmpq_add_si(mode->eta, mode->eta, 2);
    fmpq_div_fmpz(mode->eta, mode->eta, (fmpz[]){depth});
    fmpq_set_si(mode->alpha, 1, 2);
}

/* Is the format's own eta, an exact number, at or below the edge? */
static bool parameter_is_below(const ew_mode_t mode, const ew_format *format, ew_rounding rounding,
                               ulong seed)
{
    ew_arith A;
    ew_number eta;
    ew_mode_t rounded;
    arb_t x;
    if (ew_arith_init(&A, format, rounding, seed) != EW_OK || format->kind == EW_EXACT ||
        format->kind == EW_BALLS)
        return false;
    A.ops->init(&eta, &A);
    arb_init(x);
    ew_mode_init(rounded);
    ew_mode_set(rounded, mode);
    A.ops->set_fmpq(&eta, mode->eta, &A);
    A.ops->get_arb(x, &eta);
    arf_get_fmpq(rounded->eta, arb_midref(x));
    bool below = ew_mode_regime(rounded) != EW_BEYOND;
    ew_mode_clear(rounded);
    arb_clear(x);
    A.ops->clear(&eta);
    return below;
}

/* From the orbit's low point, rounded: does the balanced run stand still after the steps? */
static ew_status comes_to_rest(bool *rest, const ew_mode_t mode, const ew_edge_row *row,
                               ew_rounding rounding, const ew_stress_plan *plan)
{
    ew_roots_t roots;
    ew_mode_t from;
    ew_roots_init(roots);
    ew_mode_init(from);
    *rest = false;
    ew_status status = ew_orbit_roots(roots, mode, 512, 1 << 16, NULL);
    if (status == EW_OK && roots->low >= 0) {
        ew_mode_set(from, mode);
        arf_get_fmpq(from->alpha, arb_midref(roots->roots[roots->low].x));
        ew_rounded *run =
            ew_rounded_new(&row->format, rounding, plan->orders[0], EW_BALANCED, from, plan->seed);
        ew_rounded *before =
            ew_rounded_new(&row->format, rounding, plan->orders[0], EW_BALANCED, from, plan->seed);
        status = run == NULL || before == NULL ? EW_RESOURCES : EW_OK;
        for (slong t = 0; t < plan->steps && status == EW_OK && !*rest; t++) {
            ew_rounded_copy(before, run);
            ew_rounded_step(run);
            *rest = ew_rounded_same(run, before);
        }
        ew_rounded_free(run);
        ew_rounded_free(before);
    }
    ew_mode_clear(from);
    ew_roots_clear(roots);
    return status;
}

ew_status ew_edge_run(ew_edge_row *rows, slong depth, slong most_k, const ew_stress_plan *plan,
                      const ew_progress *progress)
{
    if (rows == NULL || !ew_depth_fits(depth) || most_k < 1 || most_k > MOST_K ||
        !ew_plan_fits(plan))
        return EW_BAD_INPUT;
    ew_mode_t mode;
    ew_mode_init(mode);
    ew_status status = EW_OK;
    for (slong f = 0; f < plan->format_count && status == EW_OK; f++) {
        ew_edge_row *row = rows + f;
        *row = (ew_edge_row){plan->formats[f], -1, -1};
        ew_rounding rounding = row->format.kind == EW_FLOATING || row->format.kind == EW_UNBOUNDED
                                   ? plan->rounding
                                   : EW_TO_NEAREST;
        for (slong k = 1;
             k <= most_k && status == EW_OK && (row->parameter < 0 || row->dynamics < 0); k++) {
            set_mode(mode, depth, k);
            if (row->parameter < 0 && parameter_is_below(mode, &row->format, rounding, plan->seed))
                row->parameter = k;
            bool rest;
            if (row->dynamics < 0) {
                status = comes_to_rest(&rest, mode, row, rounding, plan);
                if (status == EW_OK && rest)
                    row->dynamics = k;
            }
        }
        if (!ew_progress_tick(progress, "formats", (ulong)f, (ulong)plan->format_count))
            status = EW_STOPPED;
    }
    ew_mode_clear(mode);
    return status;
}
