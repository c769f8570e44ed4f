/* edgewise bifurcation, edgewise map: what gradient descent does over ranges of parameters. */
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/plot.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The step size s at which something happens to the attractor at this depth, a little later; 4 when that is not known. */
static double end_of(slong depth, ew_crisis crisis)
{
    arb_t s;
    arb_init(s);
    double end = 4;
    if (ew_crisis_threshold(s, depth, crisis, 64) == EW_OK)
        end = 1.01 * arf_get_d(arb_midref(s), ARF_RND_NEAR);
    arb_clear(s);
    return end;
}

/* S of the chosen problem: s = eta S. */
static double unit_of(const ew_problem_t problem)
{
    double L = (double)problem->depth;
    return L * pow(ew_rational_double(problem->sigma), 2 - 2 / L);
}

/* One end was given, and the default of the other is on the wrong side of it. */
static int not_a_range(double from, double to, const settings_t *settings)
{
    if (settings->has_from)
        return complain(2, "--from: %.6g is not below %.6g, where it ends by default; give --to",
                        from, to);
    return complain(2, "--to: %.6g is not above %.6g, where it starts by default; give --from", to,
                    from);
}

/* Is the memory there: `bytes` for the cells, and what a picture and JSON make of `numbers` of them? */
static int check_memory(double bytes, double cells, double numbers, const settings_t *settings)
{
    char memory[32];
    enum { TABLE = 8, DOCUMENT = 64 }; /* bytes of a number */
    bytes += settings->output != NULL ? TABLE * cells : 0;
    bytes += settings->json ? DOCUMENT * numbers : 0;
    if (ew_memory_check(bytes) == EW_OK)
        return 0;
    ew_memory_text(memory, sizeof memory, bytes);
    return complain(4, "--columns, --rows: %ld x %ld cells would need about %s of memory",
                    settings->columns, settings->rows, memory);
}

/* The axis: ends and unit. */
static int set_axis(ew_diagram_spec *spec, double *unit, const settings_t *settings)
{
    static const ew_axis axes[] = {EW_AXIS_S, EW_AXIS_S, EW_AXIS_ALPHA, EW_AXIS_DEPTH};
    static const double lows[] = {1.8, 1.8, 0.01, 2};
    spec->axis = axes[settings->axis];
    *unit = settings->axis == AXIS_ETA ? unit_of(settings->problem) : 0;
    double scale = *unit > 0 ? *unit : 1;
    spec->from =
        settings->has_from ? scale * ew_rational_double(settings->from) : lows[settings->axis];
    if (settings->has_to)
        spec->to = scale * ew_rational_double(settings->to);
    else
        spec->to = settings->axis == AXIS_ALPHA   ? 1.4
                   : settings->axis == AXIS_DEPTH ? 12
                                                  : end_of(spec->depth, EW_MEETS_ZERO);
    if (!isfinite(spec->to) || spec->from == 0 || !isfinite(spec->s) || spec->s == 0)
        return complain(2, "--axis: the step sizes s there are out of the range of doubles");
    if (!(spec->from < spec->to))
        return not_a_range(spec->from / scale, spec->to / scale, settings);
    double check = settings->has_check ? scale * ew_rational_double(settings->check) : spec->from;
    if (!(spec->from <= check && check <= spec->to))
        return complain(2, "--check: %.6g is not on the axis; allowed: %.6g to %.6g", check / scale,
                        spec->from / scale, spec->to / scale);
    if (settings->axis == AXIS_DEPTH && (spec->from < 2 || spec->to > 1e6))
        return complain(2, "--axis depth: allowed: --from 2 and more, --to at most 1000000");
    return 0;
}

/* What is visited, when no view was asked for: looked at in a few columns first. */
static ew_status set_view(ew_diagram_spec *spec, const settings_t *settings)
{
    if (settings->has_view) {
        spec->low = ew_rational_double(settings->view[0]);
        spec->high = ew_rational_double(settings->view[1]);
        return EW_OK;
    }
    ew_diagram_t look;
    ew_diagram_spec few = *spec;
    few.columns = FLINT_MIN(spec->columns, 64);
    few.rows = 1;
    few.low = -1e9;
    few.high = 1e9;
    few.samples = 512;
    ew_diagram_init(look);
    ew_status status = ew_diagram_run(look, &few, NULL);
    spec->low = INFINITY;
    spec->high = -INFINITY;
    for (slong j = 0; j < few.columns && status == EW_OK; j++)
        if (isfinite(look->column[j].least)) {
            spec->low = fmin(spec->low, look->column[j].least);
            spec->high = fmax(spec->high, look->column[j].greatest);
        }
    ew_diagram_clear(look);
    if (!(spec->low < spec->high)) {
        spec->low = 0;
        spec->high = 2;
    }
    double margin = 0.04 * (spec->high - spec->low);
    spec->low -= margin;
    spec->high += margin;
    return status;
}

/* The column at --check in balls. */
static void check_column(ew_diagram_report *report, const settings_t *settings)
{
    ew_mode_t mode;
    ew_mode_init(mode);
    mode->depth = report->diagram->spec.depth;
    fmpq_one(mode->sigma);
    fmpq_set(mode->alpha, settings->starts);
    fmpq_set(mode->eta, settings->check);
    if (settings->axis == AXIS_S)
        fmpq_div_fmpz(mode->eta, mode->eta, (fmpz[]){mode->depth});
    else if (settings->axis == AXIS_ETA)
        fmpq_set(mode->sigma, settings->problem->sigma);
    else {
        fmpq_set(mode->eta, settings->problem->eta);
        fmpq_set(mode->sigma, settings->problem->sigma);
        fmpq_set(mode->alpha, settings->check);
    }
    report->checked = true;
    report->check = ew_rational_double(settings->check);
    report->check_status = ew_follow(report->follow, mode, 500000, 8192, &settings->progress);
    ew_mode_clear(mode);
}

/* Is the check one that can be made? It speaks of the exact problem. */
static int allow_check(const settings_t *settings)
{
    if (!settings->has_check)
        return 0;
    bool scaled = !fmpq_is_one(settings->problem->sigma);
    if (settings->axis == AXIS_DEPTH || settings->dynamics != EW_PAIR ||
        (scaled && settings->axis != AXIS_S))
        return complain(2, "--check: allowed with --dynamics pair, an axis of s, eta or alpha, and "
                           "--sigma 1 for the last two");
    return 0;
}

int cmd_bifurcation(const settings_t *settings)
{
    double alphas[16];
    ew_diagram_report report = {.checked = false};
    ew_diagram_spec spec = {.dynamics = settings->dynamics,
                            .depth = settings->problem->depth,
                            .s = ew_rational_double(settings->problem->eta) *
                                 unit_of(settings->problem),
                            .alphas = alphas,
                            .starts = settings->start_count,
                            .columns = settings->columns,
                            .rows = settings->rows,
                            .transient = settings->transient,
                            .samples = settings->samples,
                            .threads = (int)settings->threads};
    for (slong k = 0; k < settings->start_count; k++)
        alphas[k] = ew_rational_double(settings->starts + k);
    int code =
        settings->dynamics == EW_LAYERS
            ? complain(2,
                       "--dynamics: \"layers\" starts as the pair does; allowed: pair or balanced")
            : allow_check(settings);
    if (code == 0)
        code = set_axis(&spec, &report.unit, settings);
    if (code == 0)
        code = plot_allowed(settings->output);
    if (code == 0)
        code = check_memory(ew_diagram_bytes(&spec), (double)spec.columns * (double)spec.rows,
                            11 * (double)spec.columns, settings);
    if (code != 0)
        return code;
    ew_diagram_init(report.diagram);
    ew_follow_init(report.follow);
    ew_status status = set_view(&spec, settings);
    if (status == EW_OK)
        status = ew_diagram_run(report.diagram, &spec, &settings->progress);
    if (status == EW_OK && settings->has_check)
        check_column(&report, settings);
    interrupt_erase();
    if (status == EW_OK && settings->output != NULL) {
        ew_figure_t figure;
        ew_figure_init(figure);
        ew_figure_of_diagram(figure, report.diagram);
        code = plot_write(figure, settings->output);
        ew_figure_clear(figure);
    }
    if (status == EW_OK && code == 0)
        status = settings->json  ? ew_report_diagram_json(stdout, &report)
                 : settings->csv ? ew_report_diagram_csv(stdout, &report)
                                 : ew_report_diagram_text(stdout, &report, settings->style);
    bool undecided = report.checked && report.check_status == EW_UNDECIDED_STATUS;
    ew_diagram_clear(report.diagram);
    ew_follow_clear(report.follow);
    if (code == 0)
        code = settings_finish(status, "bifurcation");
    return code != 0 ? code : undecided ? 3 : 0;
}

int cmd_map(const settings_t *settings)
{
    slong depth = settings->problem->depth;
    ew_map_spec spec = {
        .depth = depth,
        .s_from = settings->has_from ? ew_rational_double(settings->from) : 1.5,
        .s_to = settings->has_to ? ew_rational_double(settings->to)
                                 : end_of(depth, EW_MEETS_SECOND_CYCLE),
        .columns = settings->columns,
        .alpha_from = settings->has_view ? ew_rational_double(settings->view[0]) : 0.005,
        .alpha_to = settings->has_view ? ew_rational_double(settings->view[1]) : 1.4,
        .rows = settings->rows,
        .transient = settings->transient,
        .samples = settings->samples,
        .threads = (int)settings->threads};
    int code = plot_allowed(settings->output);
    if (code == 0 && !(spec.s_from < spec.s_to))
        code = not_a_range(spec.s_from, spec.s_to, settings);
    double cells = (double)spec.columns * (double)spec.rows;
    if (code == 0)
        code = check_memory(ew_map_bytes(&spec), cells, cells, settings);
    if (code != 0)
        return code;
    ew_map_t map;
    ew_map_init(map);
    ew_status status = ew_map_run(map, &spec, &settings->progress);
    interrupt_erase();
    if (status == EW_OK && settings->output != NULL) {
        ew_figure_t figure;
        ew_figure_init(figure);
        ew_figure_of_map(figure, map);
        code = plot_write(figure, settings->output);
        ew_figure_clear(figure);
    }
    if (status == EW_OK && code == 0)
        status = settings->json  ? ew_report_map_json(stdout, map)
                 : settings->csv ? ew_report_map_csv(stdout, map)
                                 : ew_report_map_text(stdout, map, settings->style);
    ew_map_clear(map);
    return code != 0 ? code : settings_finish(status, "map");
}
