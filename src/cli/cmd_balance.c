/* edgewise balance: the bound on alpha, a proved better one, and where contraction really fails. */
#include "cli/certificate.h"
#include "cli/commands.h"
#include "cli/interrupt.h"

static ew_status compute(ew_balance_report *report, const settings_t *settings)
{
    slong prec = ew_digits_to_bits(report->digits);
    ew_effort effort = ew_effort_default();
    effort.max_prec = settings_max_prec(settings);
    effort.prec = FLINT_MIN(effort.prec, effort.max_prec);
    effort.progress = &settings->progress;
    report->bound_exists = ew_balance_bound(report->bound, report->mode, prec) == EW_OK;
    report->in_domain = report->bound_exists && ew_mode_regime(report->mode) == EW_BEYOND;
    ew_balance_better_bound(report->better, report->mode, effort.prec);
    ew_status status = ew_balance_tightness(report->contracts_at, report->grows_at,
                                            &report->grows_step, report->mode, &effort);
    return status == EW_STOPPED ? status : EW_OK;
}

int cmd_balance(const settings_t *settings)
{
    int wrong = settings->certificate != NULL ? certificate_of_trap(settings) : 0;
    if (wrong != 0)
        return wrong;
    ew_balance_report report = {.digits = settings->digits, .grows_step = -1};
    ew_mode_init(report.mode);
    arb_init(report.bound);
    fmpq_init(report.better);
    fmpq_init(report.contracts_at);
    fmpq_init(report.grows_at);
    settings_mode(report.mode, settings);
    ew_status status = compute(&report, settings);
    interrupt_erase();
    if (status == EW_OK)
        status = settings->json ? ew_report_balance_json(stdout, &report)
                                : ew_report_balance_text(stdout, &report, settings->style);
    fmpq_clear(report.grows_at);
    fmpq_clear(report.contracts_at);
    fmpq_clear(report.better);
    arb_clear(report.bound);
    ew_mode_clear(report.mode);
    return settings_finish(status, "balance");
}
