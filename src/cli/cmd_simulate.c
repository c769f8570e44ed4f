/* edgewise simulate: gradient descent step by step, streamed; nothing holds all steps. */
#include "cli/commands.h"
#include "cli/interrupt.h"

static ew_status head(const settings_t *settings, const ew_sim *sim, const ew_step_format *format)
{
    if (settings->json)
        return EW_OK;
    interrupt_erase();
    return settings->csv ? ew_report_step_csv_head(stdout, sim, format)
                         : ew_report_step_text_head(stdout, sim, format);
}

static ew_status record_step(const settings_t *settings, ew_record_t record, const ew_sim *sim,
                             const ew_step_format *format, const ew_outcome *outcome)
{
    ew_sim_record(record, sim);
    interrupt_erase();
    if (settings->json)
        return ew_report_step_json(stdout, record, sim, format, outcome);
    return settings->csv ? ew_report_step_csv(stdout, record, sim, format)
                         : ew_report_step_text(stdout, record, sim, format);
}

enum { TOO_LARGE = 333 }; /* 2^333 is about 1e100 */

/* Balls have no last digit that a watcher could see settle: the bounds on the moduli of a state tell when a
 * run is over. Surely beyond 1e100: it diverges, as for a watcher. Perhaps beyond: either that, or the balls
 * have grown so wide that further steps say nothing, at a cost that grows without end. */
static void look_at_balls(ew_fate *fate, bool *over, const ew_sim *sim)
{
    arb_t x;
    mag_t bound;
    arb_init(x);
    mag_init(bound);
    *fate = EW_NOT_YET;
    *over = false;
    for (slong j = 0; j < ew_sim_size(sim); j++) {
        ew_sim_get(x, sim, j);
        arb_get_mag(bound, x);
        *over = *over || mag_cmp_2exp_si(bound, TOO_LARGE) > 0;
        arb_get_mag_lower(bound, x);
        if (mag_cmp_2exp_si(bound, TOO_LARGE) > 0)
            *fate = EW_DIVERGES;
    }
    mag_clear(bound);
    arb_clear(x);
}

/* What is proved of a ball run, where (a, b) or the layers are simulated: the same start followed to its fate. */
static ew_status prove_outcome(ew_outcome *outcome, const ew_mode_t mode,
                               const settings_t *settings)
{
    ew_follow_t follow;
    ew_follow_init(follow);
    ew_status status =
        ew_follow(follow, mode, settings->steps, settings_max_prec(settings), &settings->progress);
    if (status == EW_OK)
        *outcome = (ew_outcome){follow->fate, follow->period, true};
    ew_follow_clear(follow);
    return status == EW_UNDECIDED_STATUS ? EW_OK : status;
}

static void print_outcome(const ew_outcome *outcome)
{
    interrupt_erase();
    printf("outcome: %s", ew_fate_text(outcome->fate));
    if (outcome->fate == EW_PERIODIC)
        printf(", period %ld", outcome->period);
    printf(outcome->fate == EW_NOT_YET ? "\n" : outcome->proved ? " (proved)\n" : " (observed)\n");
}

/* Says why a run of balls was ended before its last step. */
static void note_lost(const settings_t *settings, slong step)
{
    interrupt_end();
    if (!settings->quiet)
        fprintf(stderr,
                "edgewise: the balls say nothing from step %ld on; a higher --prec goes further\n",
                step);
}

/* Steps between two questions whether to go on: some 10^5 operations on words. */
static slong steps_between(const settings_t *settings, const ew_sim *sim)
{
    slong words = settings->arithmetic == EW_DOUBLE ? 1 : 4 + settings_prec(settings) / FLINT_BITS;
    return FLINT_MAX(100000 / words / ew_sim_size(sim), 1);
}

static bool goes_on(const settings_t *settings, slong t)
{
    return ew_progress_tick(&settings->progress, "steps", (ulong)t, (ulong)settings->steps);
}

/* Steps, records and watches; the run ends early when it diverges. */
static ew_status run(const settings_t *settings, const ew_mode_t mode, ew_sim *sim, ew_watch *watch)
{
    ew_step_format format = {settings->arithmetic, settings->dynamics, settings->digits};
    ew_outcome outcome = {EW_NOT_YET, 0, false};
    ew_record_t record;
    ew_record_init(record);
    bool balls = settings->arithmetic == EW_BALL, over = false;
    slong between = steps_between(settings, sim), t = 0;
    ew_status status = head(settings, sim, &format);
    if (status == EW_OK && !goes_on(settings, 0))
        status = EW_STOPPED;
    for (; status == EW_OK; t++) {
        if (balls)
            look_at_balls(&outcome.fate, &over, sim);
        else
            outcome.fate = ew_watch_feed(&outcome.period, watch, sim);
        bool last = t == settings->steps || over || outcome.fate == EW_DIVERGES;
        bool shown = last || t % settings->every == 0;
        if (last && balls && settings->dynamics != EW_BALANCED)
            status = prove_outcome(&outcome, mode, settings);
        if (status == EW_OK && shown)
            status = record_step(settings, record, sim, &format, last ? &outcome : NULL);
        if (last)
            break;
        if (status == EW_OK && (shown || t % between == 0) && !goes_on(settings, t))
            status = EW_STOPPED;
        ew_sim_step(sim);
    }
    if (status == EW_OK && !settings->json && !settings->csv && !settings->quiet)
        print_outcome(&outcome);
    if (status == EW_OK && over && outcome.fate != EW_DIVERGES)
        note_lost(settings, t);
    ew_record_clear(record);
    return status;
}

/* Refuses a simulator and its watcher (65 states) that the memory is not there for. */
static int check_memory(const settings_t *settings, const ew_mode_t mode)
{
    double scalars = settings->dynamics == EW_LAYERS ? (double)mode->depth : 2;
    double mantissa = settings->arithmetic == EW_DOUBLE ? 0 : (double)settings_prec(settings) / 8;
    double bytes = 75 * scalars * (56 + mantissa);
    if (ew_memory_check(bytes) == EW_OK)
        return 0;
    char memory[32];
    ew_memory_text(memory, sizeof memory, bytes);
    return complain(4,
                    "simulate: %.0f numbers of this precision would need about %s of memory; "
                    "allowed: a smaller --depth or --prec, or --dynamics pair",
                    scalars, memory);
}

int cmd_simulate(const settings_t *settings)
{
    slong prec =
        settings->arithmetic == EW_IN_FORMAT ? settings->format.bits : settings_prec(settings);
    if (settings->arithmetic == EW_IN_FORMAT && settings->rounding != EW_TO_NEAREST &&
        settings->format.kind == EW_PAIRED)
        return complain(2, "--rounding: dd rounds to nearest only; allowed: nearest");
    ew_mode_t mode;
    ew_mode_init(mode);
    settings_mode(mode, settings);
    int code = check_memory(settings, mode);
    if (code == 0) {
        ew_status status = EW_RESOURCES;
        ew_sim *sim =
            settings->arithmetic == EW_IN_FORMAT
                ? ew_sim_new_in_format(&settings->format, settings->rounding, settings->orders[0],
                                       settings->dynamics, mode, settings->seed)
                : ew_sim_new(settings->arithmetic, settings->dynamics, mode, prec);
        ew_watch *watch = sim == NULL ? NULL
                                      : ew_watch_new(ew_sim_size(sim),
                                                     settings->arithmetic == EW_DOUBLE ? 53 : prec);
        if (watch != NULL)
            status = run(settings, mode, sim, watch);
        ew_watch_free(watch);
        ew_sim_free(sim);
        code = settings_finish(status, "simulate");
    }
    ew_mode_clear(mode);
    return code;
}
