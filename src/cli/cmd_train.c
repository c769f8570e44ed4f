/* edgewise train: gradient descent of the whole network, streamed; nothing holds all steps. */
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "num/linear.h"

/* What a network of that size would need, in one line. */
static int complain_memory(const settings_t *settings, double bytes)
{
    char memory[32];
    if (ew_linear_missing())
        return settings_finish(EW_RESOURCES, "train");
    ew_memory_text(memory, sizeof memory, bytes);
    return complain(4,
                    "a network of depth %ld with %ld x %ld matrices would need about %s of memory; "
                    "allowed: a smaller --dim, --depth or --prec",
                    settings->problem->depth, settings->problem->dim, settings->problem->dim,
                    memory);
}

static ew_status make_target(ew_target_t target, const settings_t *settings)
{
    slong prec = settings->arithmetic == EW_DOUBLE ? 53 : settings_prec(settings);
    if (settings->has_target)
        return ew_target_from_matrix(target, settings->target, settings->arithmetic, prec);
    return ew_target_from_problem(target, settings->problem, settings->arithmetic, settings->haar,
                                  settings->seed, prec);
}

int settings_network(ew_target_t target, ew_net **net, const settings_t *settings)
{
    slong prec = settings_prec(settings), dim = settings->problem->dim;
    double bytes = ew_net_bytes(settings->problem->depth, dim, settings->arithmetic, prec);
    *net = NULL;
    if (ew_memory_check(2 * bytes) != EW_OK)
        return complain_memory(settings, 2 * bytes);
    ew_start start = {settings->start, settings->seed, NULL};
    if (!fmpq_is_zero(settings->off_diagonal))
        start.off_diagonal = settings->off_diagonal;
    if (make_target(target, settings) == EW_OK)
        *net = ew_net_new(target, settings->problem, &start);
    return *net == NULL ? complain_memory(settings, 2 * bytes) : 0;
}

static ew_status head(const settings_t *settings, const ew_net_record_t record,
                      const ew_train_format *format)
{
    if (settings->json)
        return EW_OK;
    interrupt_erase();
    return settings->csv ? ew_report_train_csv_head(stdout, record, format)
                         : ew_report_train_text_head(stdout, record, format);
}

static ew_status write_record(const settings_t *settings, const ew_net_record_t record,
                              const ew_train_format *format, const ew_train_outcome *outcome)
{
    interrupt_erase();
    if (settings->json)
        return ew_report_train_json(stdout, record, format, outcome);
    return settings->csv ? ew_report_train_csv(stdout, record, format)
                         : ew_report_train_text(stdout, record, format);
}

/* Reads off what the record tells about the outcome. `lost`: balls so wide that further steps say nothing. */
static void look(ew_train_outcome *outcome, bool *lost, const settings_t *settings,
                 const ew_net_record_t record)
{
    arb_t limit;
    arb_init(limit);
    arb_set_d(limit, 1e100);
    bool balls = settings->arithmetic == EW_BALL;
    outcome->diverges = (!record->finite && !balls) || arb_gt(record->loss, limit);
    *lost = balls && !outcome->diverges && (!record->finite || !arb_le(record->loss, limit));
    arb_set_d(limit, 1e-3);
    if (record->finite && outcome->left_at < 0 && arb_gt(record->angle, limit))
        outcome->left_at = record->step;
    arb_clear(limit);
}

static ew_status advance(const settings_t *settings, ew_net *net)
{
    if (settings->flow)
        return ew_net_flow(net, ew_rational_double(settings->problem->eta), 1e-12);
    ew_net_step(net);
    return EW_OK;
}

/* A record that is not finite has nothing to show: the last finite one has the outcome with it. */
static ew_status run(const settings_t *settings, ew_net *net, ew_train_outcome *outcome)
{
    ew_train_format format = {settings->arithmetic, settings->sharpness, settings->digits};
    ew_net_record_t record, before;
    ew_net_record_init(record, net);
    ew_net_record_init(before, net);
    bool lost = false;
    ew_status status = head(settings, record, &format);
    for (slong t = 0; status == EW_OK; t++) {
        bool last = t == settings->steps, held = t > 0 && before->finite;
        if (last || t % settings->every == 0) {
            status = ew_net_observe(record, net, settings->sharpness);
            if (status == EW_UNDECIDED_STATUS) /* the sharpness did not converge: NaN is shown */
                status = EW_OK;
            if (status == EW_OK)
                look(outcome, &lost, settings, record);
            last = last || outcome->diverges || lost;
            /* written one record late, as the next may say that this was the last finite one */
            if (status == EW_OK && held)
                status = write_record(settings, before, &format,
                                      last && !record->finite ? outcome : NULL);
            if (status == EW_OK && last && record->finite)
                status = write_record(settings, record, &format, outcome);
            ew_net_record_struct swap = *before;
            *before = *record;
            *record = swap;
        }
        if (last || status != EW_OK)
            break;
        if (!ew_progress_tick(&settings->progress, "steps", (ulong)t, (ulong)settings->steps))
            status = EW_STOPPED;
        else
            status = advance(settings, net);
    }
    if (status == EW_OK && lost && !settings->quiet) {
        interrupt_end();
        fprintf(stderr,
                "edgewise: the balls say nothing from step %ld on; a higher --prec goes further\n",
                ew_net_steps(net));
    }
    ew_net_record_clear(record);
    ew_net_record_clear(before);
    return status;
}

static void print_outcome(const settings_t *settings, const ew_train_outcome *outcome)
{
    if (settings->json || settings->csv)
        return;
    printf("outcome: %s", outcome->diverges ? "diverges" : "not yet");
    if (outcome->left_at >= 0)
        printf("; singular vectors more than 1/1000 away from the target's at step %ld\n",
               outcome->left_at);
    else
        puts("; no record shows singular vectors more than 1/1000 away from the target's");
}

int cmd_train(const settings_t *settings)
{
    if (settings->flow && settings->arithmetic != EW_DOUBLE)
        return complain(2, "--flow: is integrated in doubles; allowed: --arithmetic double");
    ew_target_t target;
    ew_net *net;
    ew_target_init(target);
    ew_train_outcome outcome = {false, -1};
    int code = settings_network(target, &net, settings);
    if (code == 0) {
        ew_status status = run(settings, net, &outcome);
        interrupt_erase();
        if (status == EW_OK)
            print_outcome(settings, &outcome);
        code = settings_finish(status, "train");
    }
    ew_net_free(net);
    ew_target_clear(target);
    return code;
}
