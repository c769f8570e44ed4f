/* What `edgewise stress` writes. */
#include "report/write.h"
#include <string.h>

/* Short words for the table; the legend explains them. */
static const char *const words[] = {"agrees", "denies", "affirms",  "period",
                                    "leaves", "stuck",  "overflow", "-"};

void ew_stress_entry(char *text, size_t size, const ew_cell *cell)
{
    bool lost = cell->outcome != EW_AGREES && cell->outcome != EW_CANNOT_TELL;
    int n = snprintf(text, size, "%s", words[cell->outcome]);
    if (lost && cell->step >= 0)
        n += snprintf(text + n, size - (size_t)n, " @%ld", cell->step);
    if (lost && cell->predicted >= 0)
        snprintf(text + n, size - (size_t)n, cell->predicted < 1000000 ? " ~%.0f" : " ~%.1e",
                 (double)cell->predicted);
}

const ew_cell *ew_stress_find(const ew_stress_report *report, const ew_cell *like,
                              const char *format, ew_order order)
{
    for (slong i = 0; i < report->cells->count; i++) {
        const ew_cell *cell = report->cells->cells + i;
        if (cell->claim == like->claim && cell->index == like->index && cell->order == order &&
            strcmp(cell->format.name, format) == 0)
            return cell;
    }
    return NULL;
}

bool ew_stress_is_first(const ew_stress_report *report, slong i)
{
    const ew_cell *cell = report->cells->cells + i;
    return cell ==
           ew_stress_find(report, cell, report->plan->formats[0].name, report->plan->orders[0]);
}

bool ew_stress_is_silent(const ew_stress_report *report, const ew_cell *like)
{
    for (slong i = 0; i < report->cells->count; i++) {
        const ew_cell *cell = report->cells->cells + i;
        if (cell->claim == like->claim && cell->index == like->index &&
            cell->outcome != EW_CANNOT_TELL)
            return false;
    }
    return true;
}

static void print_bits(FILE *out, const ew_stress_report *report, const ew_cell *like)
{
    if (report->plan->most_bits < 2)
        return;
    fprintf(out, "  %-10s", "bits");
    for (slong o = 0; o < report->plan->order_count; o++) {
        const ew_cell *cell =
            ew_stress_find(report, like, report->plan->formats[0].name, report->plan->orders[o]);
        char text[32];
        snprintf(text, sizeof text, cell->bits_tried ? "none to %ld" : "not tried",
                 report->plan->most_bits);
        if (cell->bits_needed > 0)
            snprintf(text, sizeof text, "%ld%s", cell->bits_needed, cell->monotone ? "" : " *");
        fprintf(out, o + 1 < report->plan->order_count ? " %-20s" : " %s", text);
    }
    fputc('\n', out);
}

/* "balancing-gap, sigma_1: PROVED". */
static void print_name(FILE *out, const ew_stress_report *report, const ew_cell *like)
{
    fprintf(out, "\n%s", like->claim);
    if (like->index > report->problem->count)
        fputs(", past the rank", out);
    else if (like->index > 0)
        fprintf(out, ", sigma_%ld", like->index);
    fprintf(out, ": %s\n", ew_verdict_text(like->truth));
}

/* A verdict that is not certified, though the claim has content here, is no truth to compare with. */
static bool lacks_certificate(const ew_cell *cell)
{
    return cell->truth == EW_CONFIRMED || cell->truth == EW_UNDECIDED;
}

/* One claim: formats down, orders across. */
static void print_claim(FILE *out, const ew_stress_report *report, const ew_cell *like)
{
    const ew_stress_plan *plan = report->plan;
    print_name(out, report, like);
    fprintf(out, "  %-10s", "");
    for (slong o = 0; o < plan->order_count; o++)
        fprintf(out, o + 1 < plan->order_count ? " %-20s" : " %s", ew_order_text(plan->orders[o]));
    fputc('\n', out);
    for (slong f = 0; f < plan->format_count; f++) {
        fprintf(out, "  %-10s", plan->formats[f].name);
        for (slong o = 0; o < plan->order_count; o++) {
            char text[64];
            ew_stress_entry(text, sizeof text,
                            ew_stress_find(report, like, plan->formats[f].name, plan->orders[o]));
            fprintf(out, o + 1 < plan->order_count ? " %-20s" : " %s", text);
        }
        fputc('\n', out);
    }
    print_bits(out, report, like);
}

static void print_summary(FILE *out, const ew_stress_report *report)
{
    slong counts[EW_CANNOT_TELL + 1] = {0};
    for (slong i = 0; i < report->cells->count; i++)
        counts[report->cells->cells[i].outcome]++;
    fputs("\nagrees: as the certified verdict. denies, affirms: a false no, a false yes. period: "
          "another one than\n"
          "proved. leaves: the singular vectors turn, which exact ones never do. stuck: every "
          "update rounds to\n"
          "nothing. @step seen, ~step predicted. bits: from there on every mpfr-N agrees; * fewer "
          "bits do here\n"
          "and there.\n",
          out);
    for (int k = 0; k <= EW_CANNOT_TELL; k++)
        if (counts[k] > 0)
            fprintf(out, "%ld %s  ", counts[k], ew_outcome_text((ew_outcome_kind)k));
    fprintf(out, "(exit code %d)\n", ew_cells_exit(report->cells));
}

ew_status ew_report_stress_text(FILE *out, const ew_stress_report *report, ew_style style)
{
    (void)style;
    ew_print_problem(out, report->problem);
    fprintf(out, "%ld steps in each format, rounding %s\n", report->plan->steps,
            report->plan->rounding == EW_TO_NEAREST ? "to nearest"
                                                    : ew_rounding_text(report->plan->rounding));
    slong silent = 0;
    for (slong i = 0; i < report->cells->count; i++) {
        if (!ew_stress_is_first(report, i))
            continue;
        const ew_cell *cell = report->cells->cells + i;
        if (lacks_certificate(cell)) {
            print_name(out, report, cell);
            fputs("  not certified: nothing is compared with it\n", out);
        } else if (ew_stress_is_silent(report, cell))
            silent++;
        else
            print_claim(out, report, cell);
    }
    if (silent > 0)
        fprintf(out,
                "\n%ld more rows: nothing to try, or no certified verdict to compare with (--csv "
                "lists them)\n",
                silent);
    print_summary(out, report);
    return ew_write_status(out);
}

ew_status ew_report_stress_csv(FILE *out, const ew_stress_report *report)
{
    fputs("claim,index,verdict,format,order,outcome,step,predicted_step,bits_needed,monotone,why\n",
          out);
    for (slong i = 0; i < report->cells->count; i++) {
        const ew_cell *cell = report->cells->cells + i;
        slong numbers[] = {cell->step, cell->predicted, cell->bits_needed};
        fprintf(out, "%s,%ld,%s,%s,%s,%s", cell->claim, cell->index, ew_verdict_text(cell->truth),
                cell->format.name, ew_order_text(cell->order), ew_outcome_text(cell->outcome));
        for (int k = 0; k < 3; k++)
            if (numbers[k] >= 0)
                fprintf(out, ",%ld", numbers[k]);
            else
                fputc(',', out);
        fprintf(out, ",%d,\"%s\"\n", cell->monotone, cell->why);
    }
    return ew_write_status(out);
}

static void add_number(json_object *object, const char *name, slong value)
{
    json_object_object_add(object, name, value >= 0 ? json_object_new_int64(value) : NULL);
}

ew_status ew_report_stress_json(FILE *out, const ew_stress_report *report)
{
    json_object *document = json_object_new_object(), *cells = json_object_new_array();
    json_object_object_add(document, "schema", json_object_new_int(EW_JSON_SCHEMA));
    json_object_object_add(document, "kind", json_object_new_string("stress"));
    ew_json_problem(document, report->problem);
    json_object_object_add(document, "steps", json_object_new_int64(report->plan->steps));
    json_object_object_add(document, "rounding",
                           json_object_new_string(ew_rounding_text(report->plan->rounding)));
    json_object_object_add(document, "seed", json_object_new_int64((int64_t)report->plan->seed));
    for (slong i = 0; i < report->cells->count; i++) {
        const ew_cell *cell = report->cells->cells + i;
        json_object *item = json_object_new_object();
        json_object_object_add(item, "claim", json_object_new_string(cell->claim));
        json_object_object_add(item, "index", json_object_new_int64(cell->index));
        json_object_object_add(item, "verdict",
                               json_object_new_string(ew_verdict_text(cell->truth)));
        json_object_object_add(item, "format", json_object_new_string(cell->format.name));
        json_object_object_add(item, "order", json_object_new_string(ew_order_text(cell->order)));
        json_object_object_add(item, "outcome",
                               json_object_new_string(ew_outcome_text(cell->outcome)));
        add_number(item, "step", cell->step);
        add_number(item, "predicted_step", cell->predicted);
        add_number(item, "bits_needed", cell->bits_needed);
        json_object_object_add(item, "monotone", json_object_new_boolean(cell->monotone));
        json_object_object_add(item, "why", json_object_new_string(cell->why));
        json_object_array_add(cells, item);
    }
    json_object_object_add(document, "cells", cells);
    json_object_object_add(document, "exit", json_object_new_int(ew_cells_exit(report->cells)));
    return ew_write_json(out, document);
}
