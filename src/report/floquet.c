/* What `edgewise floquet` writes. */
#include "report/write.h"
#include <stdlib.h>

/* Is the row one of those that the chosen phases have? */
static bool chosen(const ew_floquet_report *report, const ew_multiplier *row)
{
    return !row->phased || row->anti == (report->phase[row->i - 1] != report->phase[row->j - 1]);
}

static const char *place_text(const ew_multiplier *row)
{
    return row->neutral != EW_NOT_NEUTRAL ? "1"
           : row->outside == EW_YES       ? "outside"
           : row->inside == EW_YES        ? "inside"
                                          : "undecided";
}

/* "0.6988 - 1.1258 i"; one number for what is real. */
static void print_value(FILE *out, const ew_multiplier *row, slong digits)
{
    char text[256];
    char *re = ew_decimal_best(acb_realref(row->value), digits);
    if (arb_contains_zero(acb_imagref(row->value)))
        snprintf(text, sizeof text, "%s", re);
    else {
        arb_t im;
        arb_init(im);
        arb_abs(im, acb_imagref(row->value));
        char *imaginary = ew_decimal_best(im, digits);
        snprintf(text, sizeof text, "%s %c %s i", re,
                 arb_is_negative(acb_imagref(row->value)) ? '-' : '+', imaginary);
        free(imaginary);
        arb_clear(im);
    }
    fprintf(out, "  %-*s", (int)FLINT_MIN(2 * digits + 10, 100), text);
    free(re);
}

static void print_row(FILE *out, const ew_floquet_report *report, const ew_multiplier *row)
{
    fprintf(out, "  %-6s %3ld,%-3ld %-4s x%-5ld", row->along ? "mode" : "pair", row->i, row->j,
            !row->phased ? ""
            : row->anti  ? "anti"
                         : "in",
            row->multiplicity);
    print_value(out, row, report->digits);
    ew_print_ball(out, " |.| = ", row->modulus, report->digits);
    fprintf(out, "  %s", place_text(row));
    if (row->neutral != EW_NOT_NEUTRAL)
        fprintf(out, " (%s)", ew_neutral_text(row->neutral));
    fputs(chosen(report, row) ? "\n" : "  (other phases)\n", out);
}

ew_status ew_report_floquet_text(FILE *out, const ew_floquet_report *report, ew_style style)
{
    (void)style;
    ew_print_problem(out, report->problem);
    fputs("multipliers over two steps of the rank-p orbit\n", out);
    for (slong k = 0; k < report->floquet->count; k++)
        print_row(out, report, report->floquet->list + k);
    fprintf(out, "outside the unit circle: %ld", report->outside);
    if (report->undecided > 0)
        fprintf(out, ", undecided: %ld (with %ld bits)", report->undecided, report->floquet->prec);
    ew_print_ball(out, "; largest modulus ", report->largest, report->digits);
    fputc('\n', out);
    if (report->outside > 0) {
        fprintf(out, "rounding at %ld bits is seen after about ", report->bits);
        ew_print_ball(out, "", report->departure, 4);
        fputs(" steps\n", out);
    } else if (report->undecided == 0)
        fputs("perturbations do not grow, to first order\n", out);
    return ew_write_status(out);
}

ew_status ew_report_floquet_csv(FILE *out, const ew_floquet_report *report)
{
    fputs("i,j,of,phase,multiplicity,re,im,abs,neutral,place,chosen\n", out);
    for (slong k = 0; k < report->floquet->count; k++) {
        const ew_multiplier *row = report->floquet->list + k;
        char *re = ew_decimal_best(acb_realref(row->value), report->digits);
        char *im = ew_decimal_best(acb_imagref(row->value), report->digits);
        char *modulus = ew_decimal_best(row->modulus, report->digits);
        fprintf(out, "%ld,%ld,%s,%s,%ld,%s,%s,%s,%s,%s,%d\n", row->i, row->j,
                row->along ? "mode" : "pair", row->anti ? "anti" : "in", row->multiplicity, re, im,
                modulus, ew_neutral_text(row->neutral), place_text(row), chosen(report, row));
        free(re);
        free(im);
        free(modulus);
    }
    return ew_write_status(out);
}

static json_object *row_json(const ew_floquet_report *report, const ew_multiplier *row)
{
    json_object *item = json_object_new_object(), *pair = json_object_new_array();
    json_object_array_add(pair, json_object_new_int64(row->i));
    json_object_array_add(pair, json_object_new_int64(row->j));
    json_object_object_add(item, "pair", pair);
    json_object_object_add(item, "phase", json_object_new_string(row->anti ? "anti" : "in"));
    ew_json_ball(item, "re", acb_realref(row->value), report->digits);
    ew_json_ball(item, "im", acb_imagref(row->value), report->digits);
    ew_json_ball(item, "abs", row->modulus, report->digits);
    ew_json_ends(item, "abs_lo", "abs_hi", row->modulus, report->digits);
    json_object_object_add(item, "neutral",
                           json_object_new_boolean(row->neutral != EW_NOT_NEUTRAL));
    json_object_object_add(item, "why",
                           row->neutral == EW_NOT_NEUTRAL
                               ? NULL
                               : json_object_new_string(ew_neutral_text(row->neutral)));
    json_object_object_add(item, "multiplicity", json_object_new_int64(row->multiplicity));
    json_object_object_add(item, "of", json_object_new_string(row->along ? "mode" : "pair"));
    json_object_object_add(item, "place", json_object_new_string(place_text(row)));
    json_object_object_add(item, "chosen", json_object_new_boolean(chosen(report, row)));
    return item;
}

ew_status ew_report_floquet_json(FILE *out, const ew_floquet_report *report)
{
    json_object *document = json_object_new_object(), *list = json_object_new_array();
    json_object *phases = json_object_new_array();
    json_object_object_add(document, "schema", json_object_new_int(EW_JSON_SCHEMA));
    json_object_object_add(document, "kind", json_object_new_string("floquet"));
    ew_json_problem(document, report->problem);
    for (slong i = 0; i < report->problem->count; i++)
        json_object_array_add(phases, json_object_new_int(report->phase[i]));
    json_object_object_add(document, "phases", phases);
    for (slong k = 0; k < report->floquet->count; k++)
        json_object_array_add(list, row_json(report, report->floquet->list + k));
    json_object_object_add(document, "multipliers", list);
    json_object_object_add(document, "unstable", json_object_new_int64(report->outside));
    json_object_object_add(document, "undecided", json_object_new_int64(report->undecided));
    ew_json_ball(document, "largest", report->largest, report->digits);
    json_object_object_add(document, "bits", json_object_new_int64(report->bits));
    json_object_object_add(document, "departure_steps",
                           ew_json_count(report->departure, report->digits));
    json_object_object_add(document, "prec", json_object_new_int64(report->floquet->prec));
    return ew_write_json(out, document);
}
