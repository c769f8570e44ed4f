/* The recorded steps of `edgewise train`, streamed. */
#include "report/write.h"

/* The quantities of a record in their order, each with a name; `first` limits what the table shows of a list. */
typedef void (*column_visitor)(void *context, const char *name, slong number, const arb_t x);

enum { ALL = 1000000, FEW = 4 };

static void visit_list(column_visitor visit, void *context, const char *name, arb_srcptr list,
                       slong count, slong first)
{
    for (slong k = 0; k < FLINT_MIN(count, first); k++)
        visit(context, name, k + 1, list + k);
}

/* All columns after the step. In the table one distance stands for all layers and the singular values, which the
 * products repeat up to order and sign, are left out. */
static void visit_columns(column_visitor visit, void *context, const ew_net_record_t record,
                          const ew_train_format *format, bool table)
{
    arb_t x;
    arb_init(x);
    visit(context, "loss", 0, record->loss);
    if (format->sharpness) {
        if (record->has_sharpness)
            arb_set_d(x, record->sharpness);
        else
            arb_indeterminate(x);
        visit(context, "sharpness", 0, x);
    }
    visit(context, "angle", 0, record->angle);
    if (table) {
        arb_zero(x);
        for (slong l = 0; l < record->depth; l++)
            arb_max(x, x, record->distance + l, 64);
        visit(context, "distance", 0, x);
    } else
        visit_list(visit, context, "distance", record->distance, record->depth, ALL);
    visit(context, "conserved", 0, record->conserved);
    visit_list(visit, context, "product", record->product, record->rank, table ? FEW : ALL);
    visit_list(visit, context, "gap", record->gap, record->rank, table ? FEW : ALL);
    if (!table)
        visit_list(visit, context, "singular", record->singular, record->dim, ALL);
    arb_clear(x);
}

typedef struct {
    FILE *out;
    slong digits;
    int width;
} sink;

static void head_column(void *context, const char *name, slong number, const arb_t x)
{
    const sink *s = context;
    char text[32];
    (void)x;
    if (number > 0)
        snprintf(text, sizeof text, "%s%ld", name, number);
    else
        snprintf(text, sizeof text, "%s", name);
    fprintf(s->out, "%c%*s", s->width == 0 ? ',' : ' ', s->width, text);
}

static void value_column(void *context, const char *name, slong number, const arb_t x)
{
    const sink *s = context;
    (void)name;
    (void)number;
    ew_print_number(s->out, x, s->digits, s->width);
}

ew_status ew_report_train_csv_head(FILE *out, const ew_net_record_t record,
                                   const ew_train_format *format)
{
    sink s = {out, format->digits, 0};
    fputs("step", out);
    visit_columns(head_column, &s, record, format, false);
    fputc('\n', out);
    return ew_write_status(out);
}

ew_status ew_report_train_csv(FILE *out, const ew_net_record_t record,
                              const ew_train_format *format)
{
    sink s = {out, format->digits, 0};
    fprintf(out, "%ld", record->step);
    visit_columns(value_column, &s, record, format, false);
    fputc('\n', out);
    return ferror(out) ? EW_RESOURCES : EW_OK;
}

ew_status ew_report_train_text_head(FILE *out, const ew_net_record_t record,
                                    const ew_train_format *format)
{
    sink s = {out, format->digits, ew_column_width(format->digits)};
    fprintf(out, "%8s", "step");
    visit_columns(head_column, &s, record, format, true);
    fputc('\n', out);
    return ew_write_status(out);
}

ew_status ew_report_train_text(FILE *out, const ew_net_record_t record,
                               const ew_train_format *format)
{
    sink s = {out, format->digits, ew_column_width(format->digits)};
    fprintf(out, "%8ld", record->step);
    visit_columns(value_column, &s, record, format, true);
    fputc('\n', out);
    return ferror(out) ? EW_RESOURCES : EW_OK;
}

typedef struct {
    json_object *line;
    const ew_train_format *format;
} json_sink;

/* Lists become arrays. */
static void json_column(void *context, const char *name, slong number, const arb_t x)
{
    const json_sink *s = context;
    json_object *value = ew_json_number(x, s->format->arithmetic, s->format->digits), *list;
    if (number == 0) {
        json_object_object_add(s->line, name, value);
        return;
    }
    if (number == 1)
        json_object_object_add(s->line, name, json_object_new_array());
    if (json_object_object_get_ex(s->line, name, &list))
        json_object_array_add(list, value);
}

ew_status ew_report_train_json(FILE *out, const ew_net_record_t record,
                               const ew_train_format *format, const ew_train_outcome *outcome)
{
    json_sink s = {json_object_new_object(), format};
    json_object_object_add(s.line, "schema", json_object_new_int(EW_JSON_SCHEMA));
    json_object_object_add(s.line, "step", json_object_new_int64(record->step));
    visit_columns(json_column, &s, record, format, false);
    if (outcome != NULL) {
        json_object_object_add(s.line, "outcome",
                               json_object_new_string(outcome->diverges ? "diverges" : "not yet"));
        json_object_object_add(s.line, "left_at",
                               outcome->left_at < 0 ? NULL
                                                    : json_object_new_int64(outcome->left_at));
    }
    fputs(json_object_to_json_string_ext(s.line, JSON_C_TO_STRING_PLAIN), out);
    fputc('\n', out);
    json_object_put(s.line);
    return ferror(out) ? EW_RESOURCES : EW_OK;
}
