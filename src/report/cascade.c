/* What `edgewise cascade` writes. */
#include "report/write.h"
#include <stdlib.h>
#include <string.h>

static const char *const ends[] = {"opens", "superstable", "doubles"};

/* Quotient k, as a ball. */
static bool quotient(arb_t delta, const ew_cascade_report *report, slong k)
{
    if (k < 1 || k >= report->cascade->count - 1)
        return false;
    ew_cascade_quotient(delta, report->cascade, k, ew_digits_to_bits(report->digits) + 32);
    return true;
}

/* Which multiplier leaves the unit circle along the branch of this cycle. Every cycle in x > 0 is attracting across the line while
 * s <= 2 sqrt 2 (theory/cascade.md (6)); the ball at the threshold itself must say so, too. */
static const char *leaves(const ew_cascade_report *report, const ew_threshold_struct *t)
{
    arb_t modulus, limit;
    arb_init(modulus);
    arb_init(limit);
    arb_abs(modulus, t->across);
    arb_one(limit);
    bool along = t->period == 1 || report->depth == 0 || arb_lt(modulus, limit);
    arb_sqrt_ui(limit, 8, 64);
    along = along && arb_lt(t->s, limit);
    arb_clear(modulus);
    arb_clear(limit);
    return along ? "along" : "not told";
}

static void print_row(FILE *out, const ew_cascade_report *report, slong k, int width)
{
    const ew_threshold_struct *doubles = report->cascade->list + k;
    arb_t delta;
    arb_init(delta);
    char *s = ew_decimal_best(doubles->s, report->digits);
    char *superstable = ew_decimal_best(report->cascade->superstable[k].s, report->digits);
    fprintf(out, "%8ld  %-*s  %s", doubles->period, width, superstable, s);
    if (quotient(delta, report, k)) {
        fprintf(out, "%*s", width - (int)strlen(s), "");
        ew_print_ball(out, "  ", delta, 12);
    }
    fputc('\n', out);
    free(s);
    free(superstable);
    arb_clear(delta);
}

static void print_ball_line(FILE *out, const char *name, const arb_t x, slong digits)
{
    char *text = ew_decimal_best(x, digits);
    fprintf(out, "  %-12s %s\n", name, text);
    free(text);
}

ew_status ew_report_cascade_text(FILE *out, const ew_cascade_report *report, ew_style style)
{
    (void)style;
    int width = (int)report->digits + 2;
    if (report->depth > 0)
        fprintf(out, "depth %ld", report->depth);
    else
        fputs("infinite depth", out);
    fputs(": step sizes s at which a cycle has multiplier exactly 0 or -1, certified\n", out);
    fprintf(out, "%8s  %-*s  %-*s  %s\n", "period", width, "superstable at s", width,
            "doubles at s", "quotient");
    bool all_along = true;
    for (slong k = 0; k < report->cascade->count; k++) {
        print_row(out, report, k, width);
        all_along = all_along && strcmp(leaves(report, report->cascade->list + k), "along") == 0;
    }
    for (int i = 0; i < 3 && report->has_window; i++) {
        if (i == 0)
            fprintf(out, "window of period %ld\n", report->window[0].period);
        print_ball_line(out, ends[i], report->window[i].s, report->digits);
    }
    if (report->has_crises) {
        fputs("the attractor ends\n", out);
        print_ball_line(out, "meets zero", report->zero, report->digits);
        print_ball_line(out, "escapes", report->escape, report->digits);
    }
    fprintf(out, "the multiplier that leaves the unit circle: %s\n",
            all_along ? "the one along the balanced line (across it, every cycle attracts)"
                      : "not told at every threshold");
    return ew_write_status(out);
}

static void csv_row(FILE *out, const char *kind, const ew_threshold_struct *t, slong digits)
{
    char *s = ew_decimal_best(t->s, digits), *lo = ew_decimal_lower(t->s, digits);
    char *hi = ew_decimal_upper(t->s, digits), *across = ew_decimal_best(t->across, 12);
    fprintf(out, "%s,%ld,%ld,%s,%s,%s,%s\n", kind, t->period, t->multiplier, s, lo, hi, across);
    free(s);
    free(lo);
    free(hi);
    free(across);
}

ew_status ew_report_cascade_csv(FILE *out, const ew_cascade_report *report)
{
    fputs("kind,period,multiplier,s,lo,hi,across\n", out);
    for (slong k = 0; k < report->cascade->count; k++) {
        csv_row(out, "superstable", report->cascade->superstable + k, report->digits);
        csv_row(out, "doubles", report->cascade->list + k, report->digits);
    }
    for (int i = 0; i < 3 && report->has_window; i++)
        csv_row(out, ends[i], report->window + i, report->digits);
    return ew_write_status(out);
}

static json_object *threshold_json(const ew_cascade_report *report, const ew_threshold_struct *t)
{
    json_object *item = json_object_new_object();
    json_object_object_add(item, "period", json_object_new_int64(t->period));
    json_object_object_add(item, "multiplier", json_object_new_int64(t->multiplier));
    ew_json_ball(item, "s", t->s, report->digits);
    ew_json_ends(item, "lo", "hi", t->s, report->digits);
    ew_json_ball(item, "across", t->across, 12);
    json_object_object_add(item, "leaves", json_object_new_string(leaves(report, t)));
    return item;
}

static json_object *crisis_json(const arb_t s, slong digits)
{
    json_object *item = json_object_new_object();
    ew_json_ball(item, "s", s, digits);
    ew_json_ends(item, "lo", "hi", s, digits);
    return item;
}

ew_status ew_report_cascade_json(FILE *out, const ew_cascade_report *report)
{
    json_object *document = json_object_new_object(), *doubles = json_object_new_array();
    json_object *superstable = json_object_new_array(), *quotients = json_object_new_array();
    json_object *window = NULL;
    json_object_object_add(document, "schema", json_object_new_int(EW_JSON_SCHEMA));
    json_object_object_add(document, "kind", json_object_new_string("cascade"));
    json_object_object_add(document, "depth",
                           report->depth > 0 ? json_object_new_int64(report->depth) : NULL);
    arb_t delta;
    arb_init(delta);
    for (slong k = 0; k < report->cascade->count; k++) {
        json_object_array_add(doubles, threshold_json(report, report->cascade->list + k));
        json_object_array_add(superstable,
                              threshold_json(report, report->cascade->superstable + k));
        if (quotient(delta, report, k)) {
            char *text = ew_decimal_best(delta, 15);
            json_object_array_add(quotients, json_object_new_string(text));
            free(text);
        }
    }
    arb_clear(delta);
    json_object_object_add(document, "thresholds", doubles);
    json_object_object_add(document, "superstable", superstable);
    json_object_object_add(document, "feigenbaum", quotients);
    if (report->has_window) {
        window = json_object_new_object();
        for (int i = 0; i < 3; i++)
            json_object_object_add(window, ends[i], threshold_json(report, report->window + i));
    }
    json_object_object_add(document, "window", window);
    json_object_object_add(document, "meets_zero",
                           report->has_crises ? crisis_json(report->zero, report->digits) : NULL);
    json_object_object_add(document, "escapes",
                           report->has_crises ? crisis_json(report->escape, report->digits) : NULL);
    return ew_write_json(out, document);
}
