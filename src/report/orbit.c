/* The report of `edgewise orbit`. */
#include "report/write.h"
#include <stdlib.h>

/* The names that the theory gives to the roots, for text. */
static const char *root_name(const ew_roots_t roots, slong i)
{
    if (i == roots->low)
        return "rho_1";
    if (i == roots->high)
        return "rho_2";
    return roots->roots[i].place == EW_AT_EDGE ? "sigma^(1/L)" : "";
}

static const char *answer_text(ew_answer answer)
{
    return answer == EW_YES  ? "the orbit attracts"
           : answer == EW_NO ? "the orbit repels"
                             : "undecided: a multiplier is within its error of 1 in modulus";
}

static bool has_orbit(const ew_orbit_report *report)
{
    return report->roots->low >= 0 && report->roots->high >= 0;
}

ew_status ew_report_orbit_text(FILE *out, const ew_orbit_report *report, ew_style style)
{
    const char *strong = style.colour ? "\033[1m" : "", *plain = style.colour ? "\033[0m" : "";
    slong digits = report->digits;
    arb_t s;
    arb_init(s);
    ew_step_ball(s, report->mode, digits);
    fputs(strong, out);
    ew_print_mode(out, report->mode);
    fputs(plain, out);
    ew_print_ball(out, "\n  s = ", s, digits);
    ew_print_regime(out, report->mode);
    fprintf(out, "  Phi has degree %ld and %ld real root%s, all of them here%s:\n",
            ew_orbit_poly_degree(report->mode->depth), report->roots->count,
            report->roots->count == 1 ? "" : "s",
            report->roots->method == EW_EXPANDED ? ", from its coefficients" : "");
    for (slong i = 0; i < report->roots->count; i++) {
        const ew_root_struct *root = report->roots->roots + i;
        char *value = ew_decimal_best(root->x, digits);
        fprintf(out, "    %-9s %s%s%s", ew_place_text(root->place),
                arb_is_negative(root->x) ? "" : " ", value,
                root->multiplicity == 2 ? "  twice" : "");
        fprintf(out, "%s%s\n", *root_name(report->roots, i) ? "  = " : "",
                root_name(report->roots, i));
        free(value);
    }
    if (has_orbit(report)) {
        ew_print_ball(out, "  multiplier along  ", report->stability->along, digits);
        ew_print_ball(out, "\n  multiplier across ", report->stability->across, digits);
        fprintf(out, "\n  %s%s%s\n", strong, answer_text(report->stability->attracts), plain);
    }
    ew_print_ball(out, "  flip threshold s_2 = ", report->flip_threshold, digits);
    fputc('\n', out);
    arb_clear(s);
    return ew_write_status(out);
}

static json_object *roots_json(const ew_orbit_report *report)
{
    slong digits = ew_separating_digits(report->roots, report->digits);
    json_object *list = json_object_new_array();
    for (slong i = 0; i < report->roots->count; i++) {
        const ew_root_struct *root = report->roots->roots + i;
        json_object *item = json_object_new_object();
        ew_json_ends(item, "lo", "hi", root->x, digits);
        ew_json_ball(item, "value", root->x, report->digits);
        json_object_object_add(item, "multiplicity", json_object_new_int64(root->multiplicity));
        json_object_object_add(item, "place", json_object_new_string(ew_place_text(root->place)));
        json_object_object_add(item, "on_orbit", json_object_new_boolean(root->on_orbit));
        json_object_array_add(list, item);
    }
    return list;
}

/* The members on the stability, null when there is no orbit. */
static void add_stability(json_object *document, const ew_orbit_report *report)
{
    if (has_orbit(report)) {
        ew_json_ball(document, "multiplier", report->stability->along, report->digits);
        ew_json_ball(document, "multiplier_across", report->stability->across, report->digits);
    } else {
        json_object_object_add(document, "multiplier", NULL);
        json_object_object_add(document, "multiplier_across", NULL);
    }
    bool known = has_orbit(report) && report->stability->attracts != EW_UNKNOWN;
    json_object_object_add(document, "attracts",
                           known ? json_object_new_boolean(report->stability->attracts == EW_YES)
                                 : NULL);
}

ew_status ew_report_orbit_json(FILE *out, const ew_orbit_report *report)
{
    json_object *document = ew_json_document("orbit", report->mode);
    arb_t s;
    arb_init(s);
    ew_step_ball(s, report->mode, report->digits);
    json_object_object_add(document, "degree",
                           json_object_new_int64(ew_orbit_poly_degree(report->mode->depth)));
    ew_json_ball(document, "s", s, report->digits);
    json_object_object_add(document, "regime",
                           json_object_new_string(ew_regime_text(ew_mode_regime(report->mode))));
    json_object_object_add(document, "past_2_sqrt_2",
                           json_object_new_boolean(ew_mode_cmp_s_sqrt8(report->mode) > 0));
    json_object_object_add(document, "method",
                           json_object_new_string(ew_orbit_method_text(report->roots->method)));
    json_object_object_add(document, "real_roots", roots_json(report));
    add_stability(document, report);
    ew_json_ball(document, "flip_threshold", report->flip_threshold, report->digits);
    if (report->polynomial != NULL)
        ew_json_polynomial(document, report->polynomial);
    arb_clear(s);
    return ew_write_json(out, document);
}
