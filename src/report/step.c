/* The recorded steps of `edgewise simulate`, streamed. */
#include "report/write.h"
#include <stdlib.h>

/* The quantities of a record, in the order in which they are written. */
enum { QUANTITIES = 6 };
static const char *const quantity_name[QUANTITIES] = {"product", "residual",    "loss",
                                                      "gap",     "gap_tracked", "factor"};

static arb_srcptr quantity(const ew_record_t record, int i)
{
    const arb_srcptr all[QUANTITIES] = {record->product, record->residual,    record->loss,
                                        record->gap,     record->gap_tracked, record->factor};
    return all[i];
}

/* The name of scalar j: x, a and b, or d1 .. dL. */
static void state_name(char name[32], const ew_step_format *format, slong j)
{
    if (format->dynamics == EW_LAYERS)
        snprintf(name, 32, "d%ld", j + 1);
    else
        snprintf(name, 32, "%s", format->dynamics == EW_BALANCED ? "x" : j == 0 ? "a" : "b");
}

static void print_numbers(FILE *out, const ew_record_t record, const ew_sim *sim,
                          const ew_step_format *format, int width)
{
    arb_t x;
    arb_init(x);
    for (slong j = 0; j < ew_sim_size(sim) + QUANTITIES; j++) {
        slong q = j - ew_sim_size(sim);
        if (q < 0)
            ew_sim_get(x, sim, j);
        ew_print_number(out, q < 0 ? x : quantity(record, (int)q), format->digits, width);
    }
    arb_clear(x);
    fputc('\n', out);
}

static void print_head(FILE *out, const ew_sim *sim, const ew_step_format *format, int width)
{
    char name[32], before = width == 0 ? ',' : ' ';
    for (slong j = 0; j < ew_sim_size(sim); j++) {
        state_name(name, format, j);
        fprintf(out, "%c%*s", before, width, name);
    }
    for (int q = 0; q < QUANTITIES; q++)
        fprintf(out, "%c%*s", before, width, quantity_name[q]);
    fputc('\n', out);
}

ew_status ew_report_step_csv_head(FILE *out, const ew_sim *sim, const ew_step_format *format)
{
    fputs("step", out);
    print_head(out, sim, format, 0);
    return ew_write_status(out);
}

ew_status ew_report_step_csv(FILE *out, const ew_record_t record, const ew_sim *sim,
                             const ew_step_format *format)
{
    fprintf(out, "%ld", record->step);
    print_numbers(out, record, sim, format, 0);
    return ferror(out) ? EW_RESOURCES : EW_OK;
}

ew_status ew_report_step_text_head(FILE *out, const ew_sim *sim, const ew_step_format *format)
{
    fprintf(out, "%8s", "step");
    print_head(out, sim, format, ew_column_width(format->digits));
    return ew_write_status(out);
}

ew_status ew_report_step_text(FILE *out, const ew_record_t record, const ew_sim *sim,
                              const ew_step_format *format)
{
    fprintf(out, "%8ld", record->step);
    print_numbers(out, record, sim, format, ew_column_width(format->digits));
    return ferror(out) ? EW_RESOURCES : EW_OK;
}

ew_status ew_report_step_json(FILE *out, const ew_record_t record, const ew_sim *sim,
                              const ew_step_format *format, const ew_outcome *outcome)
{
    json_object *line = json_object_new_object();
    json_object_object_add(line, "schema", json_object_new_int(EW_JSON_SCHEMA));
    json_object_object_add(line, "step", json_object_new_int64(record->step));
    arb_t x;
    arb_init(x);
    for (slong j = 0; j < ew_sim_size(sim); j++) {
        char name[32];
        state_name(name, format, j);
        ew_sim_get(x, sim, j);
        json_object_object_add(line, name, ew_json_number(x, format->arithmetic, format->digits));
    }
    arb_clear(x);
    for (int q = 0; q < QUANTITIES; q++)
        json_object_object_add(
            line, quantity_name[q],
            ew_json_number(quantity(record, q), format->arithmetic, format->digits));
    if (outcome != NULL) {
        json_object_object_add(line, "outcome",
                               json_object_new_string(ew_fate_text(outcome->fate)));
        json_object_object_add(line, "period", json_object_new_int64(outcome->period));
        json_object_object_add(line, "proved", json_object_new_boolean(outcome->proved));
    }
    fputs(json_object_to_json_string_ext(line, JSON_C_TO_STRING_PLAIN), out);
    fputc('\n', out);
    json_object_put(line);
    return ferror(out) ? EW_RESOURCES : EW_OK;
}
