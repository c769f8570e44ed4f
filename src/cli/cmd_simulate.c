/* edgewise simulate: gradient descent step by step, streamed; nothing holds all steps. */
#include "cli/commands.h"

static ew_status head(const settings_t *settings, const ew_sim *sim, const ew_step_format *format)
{
    if (settings->json)
        return EW_OK;
    return settings->csv ? ew_report_step_csv_head(stdout, sim, format)
                         : ew_report_step_text_head(stdout, sim, format);
}

static ew_status record_step(const settings_t *settings, ew_record_t record, const ew_sim *sim,
                             const ew_step_format *format, const ew_outcome *outcome)
{
    ew_sim_record(record, sim);
    if (settings->json)
        return ew_report_step_json(stdout, record, sim, format, outcome);
    return settings->csv ? ew_report_step_csv(stdout, record, sim, format)
                         : ew_report_step_text(stdout, record, sim, format);
}

/* What a ball run proves, where the pair (a, b) is simulated: the same start followed to its fate. */
static void prove_outcome(ew_outcome *outcome, const ew_mode_t mode, const settings_t *settings)
{
    ew_follow_t follow;
    ew_follow_init(follow);
    if (ew_follow(follow, mode, settings->steps, settings_max_prec(settings),
                  &settings->progress) == EW_OK)
        *outcome = (ew_outcome){follow->fate, follow->period, true};
    else
        *outcome = (ew_outcome){EW_NOT_YET, 0, false};
    ew_follow_clear(follow);
}

static void print_outcome(const ew_outcome *outcome)
{
    printf("outcome: %s", ew_fate_text(outcome->fate));
    if (outcome->fate == EW_PERIODIC)
        printf(", period %ld", outcome->period);
    printf(outcome->fate == EW_NOT_YET ? "\n" : outcome->proved ? " (proved)\n" : " (observed)\n");
}

/* Steps, records and watches; the run ends early when it diverges. */
static ew_status run(const settings_t *settings, const ew_mode_t mode, ew_sim *sim, ew_watch *watch)
{
    ew_step_format format = {settings->arithmetic, settings->dynamics, settings->digits};
    ew_outcome outcome = {EW_NOT_YET, 0, false};
    ew_record_t record;
    ew_record_init(record);
    bool balls = settings->arithmetic == EW_BALL;
    ew_status status = head(settings, sim, &format);
    for (slong t = 0; status == EW_OK; t++) {
        if (!balls)
            outcome.fate = ew_watch_feed(&outcome.period, watch, sim);
        bool last = t == settings->steps || outcome.fate == EW_DIVERGES;
        if (last && balls && settings->dynamics != EW_BALANCED)
            prove_outcome(&outcome, mode, settings);
        if (last || t % settings->every == 0)
            status = record_step(settings, record, sim, &format, last ? &outcome : NULL);
        if (last)
            break;
        if (t % 1024 == 0 &&
            !ew_progress_tick(&settings->progress, "steps", (ulong)t, (ulong)settings->steps))
            status = EW_STOPPED;
        ew_sim_step(sim);
    }
    if (status == EW_OK && !settings->json && !settings->csv && !settings->quiet)
        print_outcome(&outcome);
    ew_record_clear(record);
    return status;
}

int cmd_simulate(const settings_t *settings)
{
    slong prec = settings->prec > 0 ? settings->prec : 128;
    ew_mode_t mode;
    ew_mode_init(mode);
    settings_mode(mode, settings);
    ew_status status = EW_RESOURCES;
    double scalars = settings->dynamics == EW_LAYERS ? (double)mode->depth : 2;
    if (ew_memory_check(scalars * (64 + (double)prec / 8) * 256) == EW_OK) {
        ew_sim *sim = ew_sim_new(settings->arithmetic, settings->dynamics, mode, prec);
        ew_watch *watch = sim == NULL ? NULL
                                      : ew_watch_new(ew_sim_size(sim),
                                                     settings->arithmetic == EW_DOUBLE ? 53 : prec);
        if (watch != NULL)
            status = run(settings, mode, sim, watch);
        ew_watch_free(watch);
        ew_sim_free(sim);
    }
    ew_mode_clear(mode);
    return settings_finish(status, "simulate");
}
