/* The report of `edgewise orbit --period`. */
#include "report/write.h"
#include <stdlib.h>

/* "1 real root", "3 real roots". */
static void print_count(FILE *out, slong count, const char *what)
{
    fprintf(out, "%ld %s%s", count, what, count == 1 ? "" : "s");
}

static void print_cycle(FILE *out, const ew_cycle_struct *cycle, slong digits)
{
    fprintf(out, "    %s", ew_cycle_stability_text(cycle->stability));
    ew_print_ball(out, ", multiplier ", cycle->along, digits);
    ew_print_ball(out, ", across ", cycle->across, digits);
    fprintf(out, "%s\n", cycle->symmetric ? ", its own mirror image" : "");
    for (slong k = 0; k < cycle->period; k++) {
        ew_print_ball(out, arb_is_negative(cycle->points + k) ? "      " : "       ",
                      cycle->points + k, digits);
        if (cycle->multiplicity > 1)
            fprintf(out, "  %ld times", cycle->multiplicity);
        fputc('\n', out);
    }
}

ew_status ew_report_cycles_text(FILE *out, const ew_cycles_report *report, ew_style style)
{
    const char *strong = style.colour ? "\033[1m" : "", *plain = style.colour ? "\033[0m" : "";
    const ew_cycles_struct *cycles = report->cycles;
    fmpz_t degree;
    arb_t s;
    fmpz_init(degree);
    arb_init(s);
    ew_dynatomic_degree(degree, report->mode->depth, cycles->period);
    ew_step_ball(s, report->mode, report->digits);
    fputs(strong, out);
    ew_print_mode(out, report->mode);
    fputs(plain, out);
    ew_print_ball(out, "\n  s = ", s, report->digits);
    ew_print_regime(out, report->mode);
    fprintf(out, "  Phi_%ld has degree ", cycles->period);
    char *text = fmpz_get_str(NULL, 10, degree);
    fprintf(out, "%s and ", text);
    flint_free(text);
    print_count(out, ew_cycles_points(cycles), "real root");
    fprintf(out, "; %s", strong);
    print_count(out, cycles->count, "real cycle");
    fprintf(out, "%s of exact period %ld%s\n", plain, cycles->period,
            cycles->count > 0 ? ", all of them here:" : "");
    for (slong i = 0; i < cycles->count; i++)
        print_cycle(out, cycles->list + i, report->digits);
    for (slong i = 0; i < cycles->lower_count; i++) {
        fprintf(out, "  Phi_%ld vanishes at a cycle of period %ld too:\n", cycles->period,
                cycles->lower[i].period);
        print_cycle(out, cycles->lower + i, report->digits);
    }
    fmpz_clear(degree);
    arb_clear(s);
    return ew_write_status(out);
}

static int by_midpoint(const void *left, const void *right)
{
    arb_srcptr a = *(const arb_srcptr *)left, b = *(const arb_srcptr *)right;
    return arf_cmp(arb_midref(a), arb_midref(b));
}

/* Digits at which no two of the intervals of all points overlap. */
static slong separating_digits(const ew_cycles_t cycles, slong digits)
{
    slong count = 0;
    arb_srcptr *points = flint_malloc((size_t)(ew_cycles_points(cycles) + 1) * sizeof(arb_srcptr));
    for (int lower = 0; lower < 2; lower++) {
        const ew_cycle_struct *list = lower ? cycles->lower : cycles->list;
        for (slong i = 0; i < (lower ? cycles->lower_count : cycles->count); i++)
            for (slong k = 0; k < list[i].period; k++)
                points[count++] = list[i].points + k;
    }
    qsort(points, (size_t)count, sizeof(arb_srcptr), by_midpoint);
    digits = ew_separating_digits_of(points, count, digits);
    flint_free(points);
    return digits;
}

static json_object *cycles_json(const ew_cycle_struct *list, slong count, slong ends, slong digits)
{
    json_object *array = json_object_new_array();
    for (slong i = 0; i < count; i++) {
        const ew_cycle_struct *cycle = list + i;
        json_object *item = json_object_new_object(), *points = json_object_new_array();
        json_object_object_add(item, "period", json_object_new_int64(cycle->period));
        for (slong k = 0; k < cycle->period; k++) {
            json_object *point = json_object_new_object();
            ew_json_ends(point, "lo", "hi", cycle->points + k, ends);
            ew_json_ball(point, "value", cycle->points + k, digits);
            json_object_array_add(points, point);
        }
        json_object_object_add(item, "points", points);
        json_object_object_add(item, "multiplicity", json_object_new_int64(cycle->multiplicity));
        json_object_object_add(item, "symmetric", json_object_new_boolean(cycle->symmetric));
        ew_json_ends(item, "multiplier_lo", "multiplier_hi", cycle->along, digits);
        ew_json_ball(item, "multiplier", cycle->along, digits);
        ew_json_ball(item, "multiplier_across", cycle->across, digits);
        json_object_object_add(item, "stability",
                               json_object_new_string(ew_cycle_stability_text(cycle->stability)));
        json_object_array_add(array, item);
    }
    return array;
}

ew_status ew_report_cycles_json(FILE *out, const ew_cycles_report *report)
{
    const ew_cycles_struct *cycles = report->cycles;
    json_object *document = ew_json_document("orbit-period", report->mode);
    slong digits = report->digits, ends = separating_digits(cycles, digits);
    fmpz_t degree;
    arb_t s;
    fmpz_init(degree);
    arb_init(s);
    ew_dynatomic_degree(degree, report->mode->depth, cycles->period);
    ew_step_ball(s, report->mode, digits);
    char *text = fmpz_get_str(NULL, 10, degree);
    json_object_object_add(document, "period", json_object_new_int64(cycles->period));
    json_object_object_add(document, "degree", json_object_new_string(text));
    flint_free(text);
    ew_json_ball(document, "s", s, digits);
    json_object_object_add(document, "regime",
                           json_object_new_string(ew_regime_text(ew_mode_regime(report->mode))));
    json_object_object_add(document, "real_roots", json_object_new_int64(ew_cycles_points(cycles)));
    json_object_object_add(document, "cycles",
                           cycles_json(cycles->list, cycles->count, ends, digits));
    json_object_object_add(document, "lower",
                           cycles_json(cycles->lower, cycles->lower_count, ends, digits));
    if (report->polynomial != NULL)
        ew_json_polynomial(document, report->polynomial);
    fmpz_clear(degree);
    arb_clear(s);
    return ew_write_json(out, document);
}
