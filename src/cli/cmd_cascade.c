/* edgewise cascade: the thresholds of period doubling. */
#include "cli/commands.h"
#include "cli/interrupt.h"

enum { DEEPEST = 100000, MOST_DIGITS = 2000 };

void cascade_report_init(ew_cascade_report *report)
{
    ew_cascade_init(report->cascade);
    arb_init(report->zero);
    arb_init(report->escape);
    for (int i = 0; i < 3; i++)
        ew_threshold_init(report->window + i);
}

void cascade_report_clear(ew_cascade_report *report)
{
    ew_cascade_clear(report->cascade);
    arb_clear(report->zero);
    arb_clear(report->escape);
    for (int i = 0; i < 3; i++)
        ew_threshold_clear(report->window + i);
}

/* Everything asked for; the exit code, after one line where something could not be certified. */
static int find_thresholds(ew_cascade_report *report, const settings_t *settings, slong prec)
{
    slong depth = report->depth;
    ew_status status =
        ew_cascade_run(report->cascade, depth, settings->doublings, prec, &settings->progress);
    interrupt_erase();
    if (status == EW_UNDECIDED_STATUS)
        return complain(3, "cascade: the doubling of period %ld was not certified at %ld bits",
                        (slong)1 << (report->cascade->count - 1), prec);
    if (status == EW_OK && settings->window > 0) {
        double from =
            arf_get_d(arb_midref(report->cascade->list[report->cascade->count - 1].s), ARF_RND_UP);
        status = ew_window_find(report->window, depth, settings->window, from, 2 * from, prec);
        report->has_window = status == EW_OK;
        if (status == EW_UNDECIDED_STATUS)
            return complain(3, "cascade: no window of period %ld was found and certified",
                            settings->window);
    }
    if (status == EW_OK && depth > 0) {
        report->has_crises =
            ew_crisis_threshold(report->zero, depth, EW_MEETS_ZERO, prec) == EW_OK &&
            ew_crisis_threshold(report->escape, depth, EW_MEETS_SECOND_CYCLE, prec) == EW_OK;
        if (!report->has_crises)
            return complain(3, "cascade: the end of the attractor was not certified at %ld bits",
                            prec);
    }
    return status == EW_OK ? 0 : settings_finish(status, "cascade");
}

int cmd_cascade(const settings_t *settings)
{
    slong depth = settings->limit ? 0 : settings->problem->depth;
    if (depth > DEEPEST)
        return complain(2, "--depth: \"%ld\" is too large; allowed: 2 to %d, or --limit", depth,
                        DEEPEST);
    if (settings->digits > MOST_DIGITS)
        return complain(2, "--digits: \"%ld\" is too large; allowed: 1 to %d", settings->digits,
                        MOST_DIGITS);
    ew_cascade_report report = {.depth = depth, .digits = settings->digits};
    cascade_report_init(&report);
    int code = find_thresholds(&report, settings, ew_digits_to_bits(settings->digits) + 32);
    if (code == 0) {
        ew_status status = settings->json ? ew_report_cascade_json(stdout, &report)
                           : settings->csv
                               ? ew_report_cascade_csv(stdout, &report)
                               : ew_report_cascade_text(stdout, &report, settings->style);
        code = settings_finish(status, "cascade");
    }
    cascade_report_clear(&report);
    return code;
}
