/* edgewise verify: every claim on every singular value. */
#include "cli/certificate.h"
#include "cli/commands.h"
#include "cli/interrupt.h"

int cmd_verify(const settings_t *settings)
{
    if (settings->certificate != NULL) {
        int code = certificate_of_roots(settings, 0, settings->problem->count);
        if (code != 0)
            return code;
    }
    ew_effort effort = ew_effort_default();
    effort.max_prec = settings_max_prec(settings);
    effort.prec = FLINT_MIN(effort.prec, effort.max_prec);
    effort.max_steps = settings->steps;
    effort.progress = &settings->progress;
    ew_findings_t findings;
    ew_findings_init(findings);
    ew_status status = ew_verify(findings, settings->problem, &effort);
    interrupt_erase();
    int verdict = ew_findings_exit(findings);
    if (status == EW_OK && settings->json)
        status = ew_report_verify_json(stdout, findings, settings->problem);
    else if (status == EW_OK && !settings->quiet)
        status = ew_report_verify_text(stdout, findings, settings->problem, settings->style);
    ew_findings_clear(findings);
    int code = settings_finish(status, "verify");
    return code != 0 ? code : verdict;
}
