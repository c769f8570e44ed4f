/* edgewise chaos: what rounding does to a chaotic trajectory; edgewise edge: how close to s = 2 formats tell the regime. */
#include "cli/commands.h"
#include "cli/interrupt.h"
#include <stdlib.h>

enum { MOST_K = 512 };

static ew_stress_plan plan_of(const settings_t *settings)
{
    return (ew_stress_plan){.formats = settings->formats,
                            .format_count = settings->format_count,
                            .orders = settings->orders,
                            .order_count = 1,
                            .rounding = settings->rounding,
                            .steps = settings->steps,
                            .seed = settings->seed};
}

int cmd_chaos(const settings_t *settings)
{
    for (slong f = 0; f < settings->format_count; f++)
        if (settings->formats[f].kind == EW_EXACT || settings->formats[f].kind == EW_BALLS)
            return complain(2, "--formats: \"%s\" does not round; chaos takes formats that do",
                            settings->formats[f].name);
    ew_mode_t mode;
    ew_stress_plan plan = plan_of(settings);
    ew_chaos_report report = {.mode = mode, .plan = &plan};
    ew_mode_init(mode);
    settings_mode(mode, settings);
    ew_chaos_init(report.chaos);
    ew_status status = ew_chaos_run(report.chaos, mode, &plan, &settings->progress);
    interrupt_erase();
    if (status == EW_OK)
        status = settings->json  ? ew_report_chaos_json(stdout, &report)
                 : settings->csv ? ew_report_chaos_csv(stdout, &report)
                                 : ew_report_chaos_text(stdout, &report, settings->style);
    ew_chaos_clear(report.chaos);
    ew_mode_clear(mode);
    return settings_finish(status, "chaos");
}

int cmd_edge(const settings_t *settings)
{
    ew_stress_plan plan = plan_of(settings);
    ew_edge_report report = {.depth = settings->problem->depth, .most_k = MOST_K, .plan = &plan};
    report.rows = calloc((size_t)plan.format_count, sizeof(ew_edge_row));
    ew_status status = report.rows == NULL ? EW_RESOURCES
                                           : ew_edge_run(report.rows, report.depth, MOST_K, &plan,
                                                         &settings->progress);
    interrupt_erase();
    if (status == EW_OK)
        status = settings->json  ? ew_report_edge_json(stdout, &report)
                 : settings->csv ? ew_report_edge_csv(stdout, &report)
                                 : ew_report_edge_text(stdout, &report, settings->style);
    free(report.rows);
    return settings_finish(status, "edge");
}
