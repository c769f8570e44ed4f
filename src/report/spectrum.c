/* What `edgewise spectrum` writes. */
#include "report/write.h"
#include <stdlib.h>

enum { TABLE_ROWS = 24 };

/* "pair 1,2": which entries of the layers an eigenvalue belongs to. */
static void print_modes(FILE *out, const ew_eigen *eigen)
{
    if (eigen->kind == EW_EIGEN_ZERO)
        fputs("zero", out);
    else if (eigen->kind == EW_EIGEN_DIAGONAL)
        fprintf(out, "diagonal %ld", eigen->i);
    else
        fprintf(out, "pair %ld,%ld", eigen->i, eigen->j);
}

static void print_size(FILE *out, const ew_spectrum_t spectrum)
{
    fmpz_t size;
    fmpz_init(size);
    ew_spectrum_size(size, spectrum);
    fmpz_fprint(out, size);
    fmpz_clear(size);
}

/* The problem, with the rank of the target that is used. */
static void print_problem(FILE *out, const ew_spectrum_report *report)
{
    ew_problem_struct about = *report->problem; /* no copy of the values, which are not printed */
    if (report->rank > 0)
        about.count = report->rank;
    ew_print_problem(out, &about);
}

ew_status ew_report_spectrum_text(FILE *out, const ew_spectrum_report *report, ew_style style)
{
    (void)style;
    int width = ew_column_width(report->digits);
    arb_t x;
    arb_init(x);
    print_problem(out, report);
    fprintf(out, "Hessian at %s, ", report->at);
    if (report->top > 0) {
        fprintf(out, "the largest %ld eigenvalues (ARPACK, in doubles)\n", report->top);
        for (slong k = 0; k < report->top; k++) {
            arb_set_d(x, report->largest[k]);
            ew_print_number(out, x, report->digits, width);
            fputc('\n', out);
        }
        arb_clear(x);
        return ew_write_status(out);
    }
    print_size(out, report->spectrum);
    fprintf(out, " eigenvalues (%s)\n",
            report->certified ? "enclosed: every digit is right" : "in doubles");
    fprintf(out, " %*s  multiplicity  of\n", width, "eigenvalue");
    slong shown = FLINT_MIN(report->spectrum->count, TABLE_ROWS);
    for (slong k = 0; k < shown; k++) {
        const ew_eigen *eigen = report->spectrum->list + k;
        ew_print_number(out, eigen->value, report->digits, width);
        char *many = fmpz_get_str(NULL, 10, eigen->multiplicity);
        fprintf(out, "  %12s  ", many);
        flint_free(many);
        print_modes(out, eigen);
        fputc('\n', out);
    }
    if (shown < report->spectrum->count)
        fprintf(out, " %*s  %ld more lines; --csv and --json have them all\n", width, "...",
                report->spectrum->count - shown);
    ew_print_ball(out, "sharpness ", report->spectrum->sharpness, report->digits);
    arb_set_fmpq(x, report->problem->eta, 128);
    arb_ui_div(x, 2, x, 128);
    ew_print_ball(out, ", against 2/eta = ", x, report->digits);
    fputc('\n', out);
    arb_clear(x);
    return ew_write_status(out);
}

ew_status ew_report_spectrum_csv(FILE *out, const ew_spectrum_report *report)
{
    fputs("value,multiplicity,kind,i,j\n", out);
    for (slong k = 0; k < report->top; k++)
        fprintf(out, "%.17g,1,top,0,0\n", report->largest[k]);
    for (slong k = 0; k < report->spectrum->count; k++) {
        const ew_eigen *eigen = report->spectrum->list + k;
        char *text = ew_decimal_best(eigen->value, report->digits);
        char *many = fmpz_get_str(NULL, 10, eigen->multiplicity);
        fprintf(out, "%s,%s,%s,%ld,%ld\n", text, many, ew_eigen_kind_text(eigen->kind), eigen->i,
                eigen->j);
        flint_free(many);
        free(text);
    }
    return ew_write_status(out);
}

/* [i, j]. */
static json_object *pair_json(slong i, slong j)
{
    json_object *pair = json_object_new_array();
    json_object_array_add(pair, json_object_new_int64(i));
    json_object_array_add(pair, json_object_new_int64(j));
    return pair;
}

static json_object *eigen_json(const ew_spectrum_report *report, const ew_eigen *eigen)
{
    json_object *item = json_object_new_object();
    ew_json_ball(item, "value", eigen->value, report->digits);
    if (report->certified)
        ew_json_ends(item, "lo", "hi", eigen->value, report->digits);
    json_object_object_add(item, "multiplicity", ew_json_whole(eigen->multiplicity));
    json_object_object_add(item, "kind", json_object_new_string(ew_eigen_kind_text(eigen->kind)));
    json_object_object_add(item, "pair",
                           eigen->kind == EW_EIGEN_ZERO ? NULL : pair_json(eigen->i, eigen->j));
    return item;
}

ew_status ew_report_spectrum_json(FILE *out, const ew_spectrum_report *report)
{
    json_object *document = json_object_new_object(), *list = json_object_new_array();
    json_object_object_add(document, "schema", json_object_new_int(EW_JSON_SCHEMA));
    json_object_object_add(document, "kind", json_object_new_string("spectrum"));
    ew_json_problem(document, report->problem);
    if (report->rank > 0)
        json_object_object_add(json_object_object_get(document, "problem"), "sigma", NULL);
    json_object_object_add(document, "at", json_object_new_string(report->at));
    json_object_object_add(document, "certified", json_object_new_boolean(report->certified));
    arb_t x;
    arb_init(x);
    for (slong k = 0; k < report->top; k++) {
        json_object *item = json_object_new_object();
        arb_set_d(x, report->largest[k]);
        ew_json_ball(item, "value", x, report->digits);
        json_object_object_add(item, "multiplicity", json_object_new_int64(1));
        json_object_object_add(item, "kind", json_object_new_string("top"));
        json_object_object_add(item, "pair", NULL);
        json_object_array_add(list, item);
    }
    for (slong k = 0; k < report->spectrum->count; k++)
        json_object_array_add(list, eigen_json(report, report->spectrum->list + k));
    json_object_object_add(document, "eigenvalues", list);
    if (report->top > 0)
        arb_set_d(x, report->largest[0]);
    else
        arb_set(x, report->spectrum->sharpness);
    ew_json_ball(document, "sharpness", x, report->digits);
    arb_clear(x);
    return ew_write_json(out, document);
}
