/* edgewise target: what a matrix has for singular values, and what a depth and a step make of them. */
#include "cli/commands.h"
#include "cli/interrupt.h"

/* Values beyond the edge and values of which that is not told, each as often as it occurs. */
static void count(ew_target_report *report)
{
    report->oscillating = report->undecided = 0;
    for (slong i = 0; report->has_eta && i < report->values->count; i++) {
        const ew_singular_value_struct *value = report->values->list + i;
        ew_regime regime;
        if (ew_singular_regime(&regime, value, report->depth, report->eta) != EW_OK)
            report->undecided += value->multiplicity;
        else if (regime == EW_BEYOND)
            report->oscillating += value->multiplicity;
    }
}

/* A value near its edge asks for more bits; balls have no more. */
static ew_status compute(ew_target_report *report, const settings_t *settings)
{
    slong max_prec = settings_max_prec(settings);
    slong prec = FLINT_MIN(ew_digits_to_bits(report->digits), max_prec);
    ew_status status = EW_OK;
    for (;; prec *= 2) {
        status = ew_singular_values(report->values, settings->target, prec, max_prec,
                                    &settings->progress);
        if (status != EW_OK)
            return status;
        count(report);
        if (report->undecided == 0 || report->values->way == EW_BY_BALLS || 2 * prec > max_prec)
            return EW_OK;
    }
}

/* The exit code, with a line where something failed. */
static int end(ew_status status, const settings_t *settings)
{
    if (status == EW_UNDECIDED_STATUS)
        return complain(3, "target: not decided with up to %ld bits; a larger --prec may do",
                        settings_max_prec(settings));
    if (status == EW_RESOURCES && !ferror(stdout))
        return complain(4,
                        "target: the singular values of a %ld x %ld matrix need more memory than "
                        "there is, or LAPACK is missing; allowed: a smaller one",
                        fmpq_mat_nrows(settings->target), fmpq_mat_ncols(settings->target));
    return settings_finish(status, "target");
}

int cmd_target(const settings_t *settings)
{
    ew_target_report report = {.depth = settings->has_depth ? settings->problem->depth : 0,
                               .has_eta = settings->has_eta,
                               .eta = {*settings->problem->eta},
                               .digits = settings->digits};
    ew_singular_init(report.values);
    ew_status status = compute(&report, settings);
    interrupt_erase();
    if (status == EW_OK)
        status = settings->json ? ew_report_target_json(stdout, &report)
                                : ew_report_target_text(stdout, &report, settings->style);
    int code = end(status, settings);
    if (code == 0 && report.undecided > 0)
        code = 3;
    ew_singular_clear(report.values);
    return code;
}
