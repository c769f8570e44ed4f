/* edgewise stress: every claim in every number format; edgewise precision: how many bits one claim needs. */
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "num/words.h"

/* The claim that was asked about, if any, has to be one. */
static int check_claim(const settings_t *settings)
{
    if (settings->claim == NULL || ew_claim_find(settings->claim) != NULL)
        return 0;
    for (const ew_claim *claim = ew_claims; claim->id != NULL; claim++)
        if (ew_words_are_near(settings->claim, claim->id))
            return complain(2, "\"%.40s\" is not a claim; did you mean %s?", settings->claim,
                            claim->id);
    return complain(2, "\"%.40s\" is not a claim; edgewise verify lists them", settings->claim);
}

int cmd_stress(const settings_t *settings)
{
    int wrong = check_claim(settings);
    if (wrong != 0)
        return wrong;
    ew_effort effort = ew_effort_default();
    effort.progress = &settings->progress;
    ew_stress_plan plan = {.formats = settings->formats,
                           .format_count = settings->format_count,
                           .orders = settings->orders,
                           .order_count = settings->order_count,
                           .rounding = settings->rounding,
                           .steps = settings->steps,
                           .most_bits = settings->most_bits,
                           .seed = settings->seed,
                           .claim = settings->claim};
    ew_stress_report report = {.problem = settings->problem, .plan = &plan};
    ew_cells_init(report.cells);
    ew_status status = ew_stress(report.cells, settings->problem, &plan, &effort);
    interrupt_erase();
    int verdict = ew_cells_exit(report.cells);
    if (status == EW_OK)
        status = settings->json  ? ew_report_stress_json(stdout, &report)
                 : settings->csv ? ew_report_stress_csv(stdout, &report)
                                 : ew_report_stress_text(stdout, &report, settings->style);
    ew_cells_clear(report.cells);
    int code = settings_finish(status, "stress");
    return code != 0 ? code : verdict;
}

int cmd_precision(const settings_t *settings)
{
    int wrong = check_claim(settings);
    if (wrong == 0 && settings->claim == NULL)
        wrong = complain(2, "precision: which claim? for example edgewise precision balancing-gap; "
                            "edgewise verify lists them");
    if (wrong != 0)
        return wrong;
    ew_effort effort = ew_effort_default();
    effort.progress = &settings->progress;
    ew_stress_plan plan = {.orders = settings->orders,
                           .order_count = 1,
                           .rounding = settings->rounding,
                           .steps = settings->steps,
                           .most_bits = settings->most_bits,
                           .seed = settings->seed,
                           .claim = settings->claim};
    ew_precision_report report = {.problem = settings->problem, .plan = &plan};
    ew_status status =
        ew_precision_needed(&report.rows, &report.count, settings->problem, &plan, &effort);
    interrupt_erase();
    int code;
    if (status == EW_BAD_INPUT)
        code = complain(
            2, "precision: no script tries %s; allowed: a claim with an answer in edgewise stress",
            settings->claim);
    else {
        if (status == EW_OK)
            status = settings->json  ? ew_report_precision_json(stdout, &report)
                     : settings->csv ? ew_report_precision_csv(stdout, &report)
                                     : ew_report_precision_text(stdout, &report, settings->style);
        code = settings_finish(status, "precision");
    }
    flint_free(report.rows);
    return code;
}
