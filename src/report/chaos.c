/* What `edgewise chaos` and `edgewise edge` write. */
#include "report/write.h"
#include <math.h>

/* A count, or a dash. */
static void print_count(FILE *out, slong value, int width)
{
    if (value >= 0)
        fprintf(out, " %*ld", width, value);
    else
        fprintf(out, " %*s", width, "-");
}

static void print_row(FILE *out, const ew_chaos_row *row)
{
    fprintf(out, "  %-10s", row->format.name);
    print_count(out, row->departs, 7);
    print_count(out, row->predicted, 9);
    if (isfinite(row->mean))
        fprintf(out, "  %8.4f +- %.4f  %7.4f  %7.4f  %8.4f", row->lyapunov, row->lyapunov_error,
                row->mean, row->spread, row->distance);
    else
        fprintf(out, "  %18s  %7s  %7s  %8s", "-", "-", "-", "-");
    print_count(out, row->transient, 9);
    print_count(out, row->cycle, 8);
    if (row->expected_cycle > 0)
        fprintf(out, " %9.1f", row->expected_cycle);
    else
        fprintf(out, " %9s", "-");
    fputc('\n', out);
}

ew_status ew_report_chaos_text(FILE *out, const ew_chaos_report *report, ew_style style)
{
    (void)style;
    ew_print_mode(out, report->mode);
    char *alpha = ew_rational_text(report->mode->alpha);
    fprintf(out, "\nfrom alpha = %s, %ld steps in each format, order %s, rounding %s\n", alpha,
            report->plan->steps, ew_order_text(report->plan->orders[0]),
            ew_rounding_text(report->plan->rounding));
    flint_free(alpha);
    fputs("  format     departs predicted  lyapunov            mean b   spread  distance transient "
          "   cycle  expected\n",
          out);
    for (slong i = 0; i < report->chaos->count; i++)
        print_row(out, report->chaos->rows + i);
    print_row(out, &report->chaos->reference);
    if (isfinite(report->chaos->distance_noise))
        fprintf(
            out,
            "distance: L1, histogram of b against the last row's; %.4f between its own halves\n",
            report->chaos->distance_noise);
    fputs(
        "departs: b is certainly 1 % off the exact trajectory (balls); -: it never was, or that is "
        "not known;\n"
        "cycle: what the format ends in (Brent), expected sqrt(pi N / 8) of N numbers at random\n",
        out);
    return ew_write_status(out);
}

static void csv_count(FILE *out, slong value)
{
    if (value >= 0)
        fprintf(out, ",%ld", value);
    else
        fputc(',', out);
}

ew_status ew_report_chaos_csv(FILE *out, const ew_chaos_report *report)
{
    fputs("format,departs,predicted,lyapunov,lyapunov_error,mean,spread,distance,transient,cycle,"
          "expected_cycle\n",
          out);
    for (slong i = 0; i <= report->chaos->count; i++) {
        const ew_chaos_row *row =
            i < report->chaos->count ? report->chaos->rows + i : &report->chaos->reference;
        fputs(row->format.name, out);
        csv_count(out, row->departs);
        csv_count(out, row->predicted);
        fprintf(out, ",%.9g,%.9g,%.9g,%.9g,%.9g", row->lyapunov, row->lyapunov_error, row->mean,
                row->spread, row->distance);
        csv_count(out, row->transient);
        csv_count(out, row->cycle);
        fprintf(out, ",%.9g\n", row->expected_cycle);
    }
    return ew_write_status(out);
}

static void add_count(json_object *object, const char *name, slong value)
{
    json_object_object_add(object, name, value >= 0 ? json_object_new_int64(value) : NULL);
}

/* A statistic; null where the run did not last. */
static void add_double(json_object *object, const char *name, double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.9g", value);
    json_object_object_add(object, name, isfinite(value) ? json_object_new_string(text) : NULL);
}

static json_object *row_json(const ew_chaos_row *row)
{
    json_object *item = json_object_new_object();
    json_object_object_add(item, "format", json_object_new_string(row->format.name));
    add_count(item, "departs", row->departs);
    add_count(item, "predicted", row->predicted);
    add_double(item, "lyapunov", row->lyapunov);
    add_double(item, "lyapunov_error", row->lyapunov_error);
    add_double(item, "mean", row->mean);
    add_double(item, "spread", row->spread);
    add_double(item, "distance", row->distance);
    add_count(item, "transient", row->transient);
    add_count(item, "cycle", row->cycle);
    add_double(item, "expected_cycle", row->expected_cycle);
    return item;
}

static void add_plan(json_object *document, const ew_stress_plan *plan)
{
    json_object_object_add(document, "steps", json_object_new_int64(plan->steps));
    json_object_object_add(document, "order",
                           json_object_new_string(ew_order_text(plan->orders[0])));
    json_object_object_add(document, "rounding",
                           json_object_new_string(ew_rounding_text(plan->rounding)));
    json_object_object_add(document, "seed", json_object_new_int64((int64_t)plan->seed));
}

ew_status ew_report_chaos_json(FILE *out, const ew_chaos_report *report)
{
    json_object *document = ew_json_document("chaos", report->mode),
                *rows = json_object_new_array();
    ew_json_rational(document, "alpha", report->mode->alpha);
    add_plan(document, report->plan);
    for (slong i = 0; i < report->chaos->count; i++)
        json_object_array_add(rows, row_json(report->chaos->rows + i));
    json_object_object_add(document, "rows", rows);
    json_object_object_add(document, "reference", row_json(&report->chaos->reference));
    add_double(document, "distance_noise", report->chaos->distance_noise);
    return ew_write_json(out, document);
}

ew_status ew_report_edge_text(FILE *out, const ew_edge_report *report, ew_style style)
{
    (void)style;
    fprintf(out, "depth %ld, sigma = 1, s = 2 + 2^-k, order %s, rounding %s\n", report->depth,
            ew_order_text(report->plan->orders[0]), ew_rounding_text(report->plan->rounding));
    fputs("  format      bits  first k: eta not beyond       a run on the orbit rests\n", out);
    for (slong f = 0; f < report->plan->format_count; f++) {
        const ew_edge_row *row = report->rows + f;
        fprintf(out, "  %-10s %5ld", row->format.name, row->format.bits);
        print_count(out, row->parameter, 24);
        print_count(out, row->dynamics, 30);
        fputc('\n', out);
    }
    fprintf(out, "-: not up to k = %ld; where eta rounds upward it stays beyond\n", report->most_k);
    return ew_write_status(out);
}

ew_status ew_report_edge_csv(FILE *out, const ew_edge_report *report)
{
    fputs("format,bits,parameter_k,dynamics_k\n", out);
    for (slong f = 0; f < report->plan->format_count; f++) {
        const ew_edge_row *row = report->rows + f;
        fprintf(out, "%s,%ld", row->format.name, row->format.bits);
        csv_count(out, row->parameter);
        csv_count(out, row->dynamics);
        fputc('\n', out);
    }
    return ew_write_status(out);
}

ew_status ew_report_edge_json(FILE *out, const ew_edge_report *report)
{
    json_object *document = json_object_new_object(), *rows = json_object_new_array();
    json_object_object_add(document, "schema", json_object_new_int(EW_JSON_SCHEMA));
    json_object_object_add(document, "kind", json_object_new_string("edge"));
    json_object_object_add(document, "depth", json_object_new_int64(report->depth));
    json_object_object_add(document, "most_k", json_object_new_int64(report->most_k));
    add_plan(document, report->plan);
    for (slong f = 0; f < report->plan->format_count; f++) {
        json_object *item = json_object_new_object();
        json_object_object_add(item, "format", json_object_new_string(report->rows[f].format.name));
        json_object_object_add(item, "bits", json_object_new_int64(report->rows[f].format.bits));
        add_count(item, "parameter_k", report->rows[f].parameter);
        add_count(item, "dynamics_k", report->rows[f].dynamics);
        json_object_array_add(rows, item);
    }
    json_object_object_add(document, "rows", rows);
    return ew_write_json(out, document);
}
