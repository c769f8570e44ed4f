/* edgewise floquet: the multipliers of the rank-p orbit. */
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "num/linear.h"
#include <stdlib.h>
#include <string.h>

/* The phase that gradient descent from (0, alpha) takes, followed in balls: 0 when it is low at even steps, 1 at odd
 * ones, -1 when it was not followed to a 2-cycle. */
static int followed_phase(const ew_mode_t mode, const settings_t *settings)
{
    int phase = -1;
    arb_t edge;
    ew_follow_t follow;
    arb_init(edge);
    ew_follow_init(follow);
    ew_status status =
        ew_follow(follow, mode, ew_effort_default().max_steps, 4096, &settings->progress);
    ew_mode_edge(edge, mode, 64);
    if (status == EW_OK && follow->fate == EW_PERIODIC && follow->period == 2)
        phase = (int)((follow->step + fmpz_is_odd(follow->skipped) +
                       (arb_gt(follow->point, edge) ? 1 : 0)) %
                      2);
    ew_follow_clear(follow);
    arb_clear(edge);
    return phase;
}

static bool by_descent(const settings_t *settings)
{
    return settings->phases != NULL && strcmp(settings->phases, "gd") == 0;
}

/* The phases of all singular values: a string of signs, one per oscillating value; `gd`; all + by default. */
static int read_phases(int *phase, const settings_t *settings)
{
    slong used = 0, oscillating = 0;
    bool descent = by_descent(settings);
    slong given = settings->phases == NULL || descent ? 0 : (slong)strlen(settings->phases);
    ew_mode_t mode;
    ew_mode_init(mode);
    int code = 0;
    for (slong i = 0; i < settings->problem->count && code == 0; i++) {
        ew_problem_mode(mode, settings->problem, i);
        phase[i] = 0;
        if (ew_mode_regime(mode) != EW_BEYOND)
            continue;
        oscillating++;
        if (used < given)
            phase[i] = settings->phases[used++] == '-';
        if (descent)
            phase[i] = followed_phase(mode, settings);
        if (phase[i] < 0)
            code = complain(3,
                            "--phases: \"gd\" is not known, sigma_%ld was not followed to its "
                            "orbit; allowed: signs",
                            i + 1);
    }
    ew_mode_clear(mode);
    bool signs = given == 0 || strspn(settings->phases, "+-") == (size_t)given;
    if (code == 0 && settings->phases != NULL && !descent && (given != oscillating || !signs))
        code = complain(2,
                        "--phases: \"%.40s\" is not a sign for each of the %ld oscillating values; "
                        "allowed: gd, or %ld of + and -",
                        settings->phases, oscillating, oscillating);
    return code;
}

static ew_status write(const ew_floquet_report *report, const settings_t *settings)
{
    if (settings->json)
        return ew_report_floquet_json(stdout, report);
    return settings->csv ? ew_report_floquet_csv(stdout, report)
                         : ew_report_floquet_text(stdout, report, settings->style);
}

int cmd_floquet(const settings_t *settings)
{
    ew_floquet_report report = {
        .problem = settings->problem, .bits = settings->bits, .digits = settings->digits};
    slong count = settings->problem->count;
    int *phase = malloc((size_t)count * sizeof(int));
    int code = phase == NULL ? complain(4, "floquet: out of memory") : read_phases(phase, settings);
    report.phase = phase;
    ew_floquet_init(report.floquet);
    arb_init(report.largest);
    arb_init(report.departure);
    if (code == 0) {
        slong prec = FLINT_MAX(128, ew_digits_to_bits(settings->digits) + 32);
        slong max_prec = FLINT_MAX(prec, FLINT_MIN(settings_max_prec(settings), 16 * prec));
        ew_status status =
            ew_floquet(report.floquet, settings->problem, prec, max_prec, &settings->progress);
        interrupt_erase();
        if (status == EW_UNDECIDED_STATUS && report.floquet->count > 0)
            status = EW_OK; /* the table says what is undecided */
        if (status == EW_OK) {
            ew_floquet_count(&report.outside, &report.undecided, report.largest, report.floquet,
                             phase, count);
            ew_departure_steps(report.departure, report.largest, report.bits, prec);
            status = write(&report, settings);
        }
        if (status == EW_RESOURCES && !ferror(stdout) && !ew_linear_missing()) {
            char memory[32];
            ew_memory_text(memory, sizeof memory, ew_floquet_bytes(settings->problem, prec));
            code =
                complain(4,
                         "floquet: blocks of %ld x %ld would need about %s of memory; allowed: a "
                         "smaller --depth",
                         2 * settings->problem->depth, 2 * settings->problem->depth, memory);
        } else if (status == EW_UNDECIDED_STATUS)
            code = complain(3, "floquet: no certified orbit with up to %ld bits", max_prec);
        else
            code = settings_finish(status, "floquet");
        if (code == 0 && report.undecided > 0)
            code = 3;
    }
    arb_clear(report.largest);
    arb_clear(report.departure);
    ew_floquet_clear(report.floquet);
    free(phase);
    return code;
}
