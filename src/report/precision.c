/* What `edgewise precision` writes. */
#include "report/write.h"

/* "72", or a word for what is not there. */
static void bits_text(char *text, size_t size, slong bits, const char *otherwise)
{
    if (bits >= 0)
        snprintf(text, size, "%ld", bits);
    else
        snprintf(text, size, "%s", otherwise);
}

ew_status ew_report_precision_text(FILE *out, const ew_precision_report *report, ew_style style)
{
    (void)style;
    const ew_stress_plan *plan = report->plan;
    ew_print_problem(out, report->problem);
    fprintf(out, "bits to see %s for %ld steps, order %s, rounding %s\n", plan->claim, plan->steps,
            ew_order_text(plan->orders[0]), ew_rounding_text(plan->rounding));
    for (slong i = 0; i < report->count; i++) {
        const ew_precision *row = report->rows + i;
        char name[32] = "the network", predicted[32], measured[64], limit[48];
        if (row->index > 0)
            snprintf(name, sizeof name, "sigma_%ld", row->index);
        snprintf(limit, sizeof limit, row->tried ? "none up to %ld" : "not tried", plan->most_bits);
        bits_text(predicted, sizeof predicted, row->predicted, "-");
        bits_text(measured, sizeof measured, row->measured, limit);
        fprintf(out, "  %-12s %-10s predicted %-8s measured %s%s\n", name,
                ew_verdict_text(row->truth), predicted, measured,
                row->measured >= 0 && !row->monotone ? " (fewer do here and there)" : "");
    }
    return ew_write_status(out);
}

ew_status ew_report_precision_csv(FILE *out, const ew_precision_report *report)
{
    fputs("claim,index,verdict,steps,order,predicted_bits,measured_bits,monotone\n", out);
    for (slong i = 0; i < report->count; i++) {
        const ew_precision *row = report->rows + i;
        char predicted[32], measured[32];
        bits_text(predicted, sizeof predicted, row->predicted, "");
        bits_text(measured, sizeof measured, row->measured, "");
        fprintf(out, "%s,%ld,%s,%ld,%s,%s,%s,%d\n", report->plan->claim, row->index,
                ew_verdict_text(row->truth), report->plan->steps,
                ew_order_text(report->plan->orders[0]), predicted, measured, row->monotone);
    }
    return ew_write_status(out);
}

static void add_bits(json_object *object, const char *name, slong bits)
{
    json_object_object_add(object, name, bits >= 0 ? json_object_new_int64(bits) : NULL);
}

ew_status ew_report_precision_json(FILE *out, const ew_precision_report *report)
{
    const ew_stress_plan *plan = report->plan;
    json_object *document = json_object_new_object(), *rows = json_object_new_array();
    json_object_object_add(document, "schema", json_object_new_int(EW_JSON_SCHEMA));
    json_object_object_add(document, "kind", json_object_new_string("precision"));
    ew_json_problem(document, report->problem);
    json_object_object_add(document, "claim", json_object_new_string(plan->claim));
    json_object_object_add(document, "steps", json_object_new_int64(plan->steps));
    json_object_object_add(document, "order",
                           json_object_new_string(ew_order_text(plan->orders[0])));
    json_object_object_add(document, "rounding",
                           json_object_new_string(ew_rounding_text(plan->rounding)));
    json_object_object_add(document, "most_bits", json_object_new_int64(plan->most_bits));
    for (slong i = 0; i < report->count; i++) {
        const ew_precision *row = report->rows + i;
        json_object *item = json_object_new_object();
        json_object_object_add(item, "index", json_object_new_int64(row->index));
        json_object_object_add(item, "verdict",
                               json_object_new_string(ew_verdict_text(row->truth)));
        add_bits(item, "predicted_bits", row->predicted);
        add_bits(item, "measured_bits", row->measured);
        json_object_object_add(item, "monotone", json_object_new_boolean(row->monotone));
        json_object_array_add(rows, item);
    }
    json_object_object_add(document, "rows", rows);
    return ew_write_json(out, document);
}
