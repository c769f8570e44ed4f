/* What `edgewise bifurcation` and `edgewise map` write. */
#include "report/write.h"
#include <math.h>

static const char *const axis_names[] = {"s", "alpha", "depth"};

static const char *axis_name(const ew_diagram_report *report)
{
    return report->unit > 0 ? "eta" : axis_names[report->diagram->spec.axis];
}

/* The value as the axis has it. */
static double axis_value(const ew_diagram_report *report, slong column)
{
    double value = ew_diagram_value(&report->diagram->spec, column);
    return report->unit > 0 ? value / report->unit : value;
}

static const char *behaviour_words(char *out, size_t size, ew_behaviour behaviour, int period)
{
    if (behaviour == EW_SEEN_PERIODIC)
        snprintf(out, size, "period %d", period);
    else
        snprintf(out, size, "%s", ew_behaviour_text(behaviour));
    return out;
}

static bool same_kind(const ew_seen *x, const ew_seen *y)
{
    return x->behaviour == y->behaviour && x->period == y->period;
}

/* One line for each stretch of columns that behave alike; stretches below half a percent go together. */
static void print_stretches(FILE *out, const ew_diagram_report *report)
{
    const ew_seen *column = report->diagram->column;
    slong columns = report->diagram->spec.columns, least = columns / 200 + 1, j = 0;
    fprintf(out, "%12s  %12s  %-12s  %s\n", "from", "to", "seen", "Lyapunov exponent there");
    while (j < columns) {
        slong end = j + 1, mixed = j;
        while (end < columns && same_kind(column + end, column + j))
            end++;
        while (end - mixed < least && end < columns) { /* too short: on to the next long one */
            slong next = end + 1;
            while (next < columns && same_kind(column + next, column + end))
                next++;
            if (next - end >= least)
                break;
            mixed = end;
            end = next;
        }
        char words[40];
        bool single = same_kind(column + j, column + end - 1) && end - j >= least;
        const ew_seen *middle = column + (j + end - 1) / 2;
        fprintf(out, "%12.6g  %12.6g  %-12s", axis_value(report, j), axis_value(report, end - 1),
                single ? behaviour_words(words, sizeof words, column[j].behaviour, column[j].period)
                       : "mixed");
        if (single && isfinite(middle->lyapunov))
            fprintf(out, "  %9.5f +- %.5f", middle->lyapunov, middle->lyapunov_error);
        fputc('\n', out);
        j = end;
    }
}

static void print_check(FILE *out, const ew_diagram_report *report)
{
    const ew_follow_struct *follow = report->follow;
    fprintf(out, "at %s = %.12g, in balls: ", axis_name(report), report->check);
    if (report->check_status != EW_OK)
        fprintf(out, "nothing proved within %ld steps and %ld bits\n", follow->step, follow->prec);
    else if (follow->fate == EW_DIVERGES)
        fprintf(out, "it diverges, PROVED\n");
    else if (follow->fate == EW_RESTS)
        fprintf(out, "it rests away from every minimum, PROVED: exactly so from step %ld on\n",
                follow->step);
    else
        fprintf(out, "%s %ld, PROVED: inside a trapping region from step %ld on\n",
                follow->fate == EW_PERIODIC ? "converges to a cycle of period"
                                            : "converges to a minimum: period",
                follow->period, follow->step);
}

ew_status ew_report_diagram_text(FILE *out, const ew_diagram_report *report, ew_style style)
{
    (void)style;
    const ew_diagram_spec *spec = &report->diagram->spec;
    if (spec->axis != EW_AXIS_DEPTH)
        fprintf(out, "depth %ld, ", spec->depth);
    fputs(spec->dynamics == EW_BALANCED ? "balanced" : "(a, b)", out);
    if (spec->axis != EW_AXIS_ALPHA)
        fprintf(out, " from alpha = %.6g%s", spec->alphas[0],
                spec->starts > 1 ? " and others" : "");
    fprintf(out, ", over %s: seen in doubles after %ld steps\n", axis_name(report),
            spec->transient);
    print_stretches(out, report);
    slong differ = 0;
    for (slong j = 0; j < spec->columns; j++)
        differ += report->diagram->differs[j];
    if (spec->starts > 1)
        fprintf(out, "the starts do not all do the same in %ld of %ld columns\n", differ,
                spec->columns);
    if (report->checked)
        print_check(out, report);
    return ew_write_status(out);
}

/* A number, or an empty field. */
static void csv_number(FILE *out, double x)
{
    if (isfinite(x))
        fprintf(out, ",%.9g", x);
    else
        fputc(',', out);
}

ew_status ew_report_diagram_csv(FILE *out, const ew_diagram_report *report)
{
    fputs("value,s,alpha,depth,behaviour,period,lyapunov,lyapunov_error,least,greatest,differs\n",
          out);
    for (slong j = 0; j < report->diagram->spec.columns; j++) {
        const ew_seen *seen = report->diagram->column + j;
        fprintf(out, "%.17g,%.17g,%.17g,%ld,%s,%d", axis_value(report, j), seen->s, seen->alpha,
                seen->depth, ew_behaviour_text(seen->behaviour), seen->period);
        csv_number(out, seen->lyapunov);
        csv_number(out, seen->lyapunov_error);
        csv_number(out, seen->least);
        csv_number(out, seen->greatest);
        fprintf(out, ",%d\n", report->diagram->differs[j]);
    }
    return ew_write_status(out);
}

static void add_double(json_object *object, const char *name, double x)
{
    json_object_object_add(object, name, isfinite(x) ? json_object_new_double(x) : NULL);
}

static json_object *seen_json(const ew_diagram_report *report, slong j)
{
    const ew_seen *seen = report->diagram->column + j;
    json_object *item = json_object_new_object();
    add_double(item, "value", axis_value(report, j));
    add_double(item, "s", seen->s);
    add_double(item, "alpha", seen->alpha);
    json_object_object_add(item, "depth", json_object_new_int64(seen->depth));
    json_object_object_add(item, "behaviour",
                           json_object_new_string(ew_behaviour_text(seen->behaviour)));
    json_object_object_add(item, "period", json_object_new_int(seen->period));
    add_double(item, "lyapunov", seen->lyapunov);
    add_double(item, "lyapunov_error", seen->lyapunov_error);
    add_double(item, "least", seen->least);
    add_double(item, "greatest", seen->greatest);
    json_object_object_add(item, "differs", json_object_new_boolean(report->diagram->differs[j]));
    return item;
}

static json_object *check_json(const ew_diagram_report *report)
{
    if (!report->checked)
        return NULL;
    json_object *item = json_object_new_object();
    bool proved = report->check_status == EW_OK;
    add_double(item, "value", report->check);
    json_object_object_add(item, "proved", json_object_new_boolean(proved));
    json_object_object_add(item, "fate",
                           json_object_new_string(ew_fate_text(report->follow->fate)));
    json_object_object_add(item, "period", json_object_new_int64(report->follow->period));
    json_object_object_add(item, "step", json_object_new_int64(report->follow->step));
    return item;
}

ew_status ew_report_diagram_json(FILE *out, const ew_diagram_report *report)
{
    const ew_diagram_spec *spec = &report->diagram->spec;
    json_object *document = json_object_new_object(), *columns = json_object_new_array();
    json_object *starts = json_object_new_array();
    json_object_object_add(document, "schema", json_object_new_int(EW_JSON_SCHEMA));
    json_object_object_add(document, "kind", json_object_new_string("bifurcation"));
    json_object_object_add(document, "axis", json_object_new_string(axis_name(report)));
    json_object_object_add(
        document, "dynamics",
        json_object_new_string(spec->dynamics == EW_BALANCED ? "balanced" : "pair"));
    for (slong k = 0; k < spec->starts; k++)
        json_object_array_add(starts, json_object_new_double(spec->alphas[k]));
    json_object_object_add(document, "starts", starts);
    json_object_object_add(document, "transient", json_object_new_int64(spec->transient));
    json_object_object_add(document, "samples", json_object_new_int64(spec->samples));
    for (slong j = 0; j < spec->columns; j++)
        json_object_array_add(columns, seen_json(report, j));
    json_object_object_add(document, "columns", columns);
    json_object_object_add(document, "check", check_json(report));
    return ew_write_json(out, document);
}

/* ---- Maps --------------------------------------------------------------------------------------- */

static double map_s(const ew_map_spec *spec, slong j)
{
    return spec->s_from + (spec->s_to - spec->s_from) * (double)j / (double)(spec->columns - 1);
}

static double map_alpha(const ew_map_spec *spec, slong i)
{
    return spec->alpha_from +
           (spec->alpha_to - spec->alpha_from) * (double)i / (double)(spec->rows - 1);
}

/* The poster's bound at s, sigma = 1, in doubles: 0 outside 2 < s < 2 sqrt 2. */
static double bound(slong depth, double s)
{
    double L = (double)depth;
    if (!(s > 2 && s < sqrt(8)))
        return 0;
    return pow(log(sqrt(8) / s) / (L * L * pow(2, (2 * L - 3) / L)), 0.25);
}

ew_status ew_report_map_text(FILE *out, const ew_map_t map, ew_style style)
{
    (void)style;
    const ew_map_spec *spec = &map->spec;
    slong cells = spec->columns * spec->rows, inside = 0, gathered = 0;
    slong count[EW_SEEN_COUNT] = {0};
    for (slong k = 0; k < cells; k++) {
        bool holds =
            map_alpha(spec, k / spec->columns) < bound(spec->depth, map_s(spec, k % spec->columns));
        bool bounded = map->behaviour[k] == EW_SEEN_PERIODIC || map->behaviour[k] == EW_SEEN_CHAOS;
        count[map->behaviour[k]]++;
        inside += holds;
        gathered += holds && bounded;
    }
    fprintf(out,
            "depth %ld, (a, b) from (0, alpha): s from %.6g to %.6g, alpha from %.6g to %.6g, %ld "
            "x %ld "
            "cells in doubles\n",
            spec->depth, spec->s_from, spec->s_to, spec->alpha_from, spec->alpha_to, spec->columns,
            spec->rows);
    for (int k = 0; k < EW_SEEN_COUNT; k++)
        fprintf(out, "  %-10s %6.2f %%\n", ew_behaviour_text((ew_behaviour)k),
                100.0 * (double)count[k] / (double)cells);
    fprintf(out, "the theorem's bound on alpha holds in %ld cells; %ld of them oscillate\n", inside,
            gathered);
    return ew_write_status(out);
}

ew_status ew_report_map_csv(FILE *out, const ew_map_t map)
{
    const ew_map_spec *spec = &map->spec;
    fputs("s,alpha,behaviour,period,bound_holds\n", out);
    for (slong i = 0; i < spec->rows; i++)
        for (slong j = 0; j < spec->columns; j++) {
            slong k = i * spec->columns + j;
            fprintf(out, "%.17g,%.17g,%s,%d,%d\n", map_s(spec, j), map_alpha(spec, i),
                    ew_behaviour_text((ew_behaviour)map->behaviour[k]), map->period[k],
                    map_alpha(spec, i) < bound(spec->depth, map_s(spec, j)));
        }
    return ew_write_status(out);
}

static json_object *range_json(double from, double to, slong count)
{
    json_object *item = json_object_new_object();
    add_double(item, "from", from);
    add_double(item, "to", to);
    json_object_object_add(item, "count", json_object_new_int64(count));
    return item;
}

ew_status ew_report_map_json(FILE *out, const ew_map_t map)
{
    const ew_map_spec *spec = &map->spec;
    json_object *document = json_object_new_object(), *rows = json_object_new_array();
    json_object *limits = json_object_new_array();
    json_object_object_add(document, "schema", json_object_new_int(EW_JSON_SCHEMA));
    json_object_object_add(document, "kind", json_object_new_string("map"));
    json_object_object_add(document, "depth", json_object_new_int64(spec->depth));
    json_object_object_add(document, "s", range_json(spec->s_from, spec->s_to, spec->columns));
    json_object_object_add(document, "alpha",
                           range_json(spec->alpha_from, spec->alpha_to, spec->rows));
    for (slong i = 0; i < spec->rows; i++) {
        json_object *row = json_object_new_array();
        for (slong j = 0; j < spec->columns; j++) {
            slong k = i * spec->columns + j;
            int behaviour = map->behaviour[k];
            json_object_array_add(
                row, json_object_new_int(map->period[k] > 0 && behaviour <= EW_SEEN_PERIODIC
                                             ? map->period[k]
                                             : EW_SEEN_CHAOS - behaviour));
        }
        json_object_array_add(rows, row);
    }
    json_object_object_add(document, "cells", rows);
    for (slong j = 0; j < spec->columns; j++)
        json_object_array_add(limits, json_object_new_double(bound(spec->depth, map_s(spec, j))));
    json_object_object_add(document, "bound", limits);
    return ew_write_json(out, document);
}
