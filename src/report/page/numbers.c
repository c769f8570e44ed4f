/* The page's tables of numbers: predictions, thresholds, number formats, inputs and versions. */
#include "report/page/page.h"
#include <gmp.h>
#include <gsl/gsl_version.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 20, SHORT = 8 };

static void cell(FILE *out, bool shown, const arb_t x, slong digits)
{
    fputs("<td>", out);
    if (shown)
        ew_page_ball(out, x, digits);
    else
        fputs("–", out);
    fputs("</td>", out);
}

static void print_mode(FILE *out, const ew_page *page, slong i)
{
    const ew_page_mode *shown = page->modes + i;
    const ew_roots_struct *roots = shown->roots;
    bool orbit = roots->low >= 0 && roots->high >= 0;
    ew_mode_t mode;
    arb_t s;
    ew_mode_init(mode);
    arb_init(s);
    ew_problem_mode(mode, page->problem, i);
    fprintf(out, "<tr><th scope=\"row\">σ<sub>%ld</sub> = ", i + 1);
    ew_page_rational(out, mode->sigma);
    fputs("</th>", out);
    ew_mode_s(s, mode, 128);
    cell(out, true, s, 12);
    cell(out, orbit, orbit ? roots->roots[roots->low].x : s, DIGITS);
    cell(out, orbit, orbit ? roots->roots[roots->high].x : s, DIGITS);
    cell(out, orbit, shown->stability->along, SHORT);
    cell(out, orbit, shown->stability->across, SHORT);
    fprintf(out, "<td>%s</td>",
            !orbit                                 ? "–"
            : shown->stability->attracts == EW_YES ? "yes"
            : shown->stability->attracts == EW_NO  ? "no"
                                                   : "not decided");
    cell(out, shown->has_bound && ew_mode_regime(mode) == EW_BEYOND, shown->bound, SHORT);
    fputs("</tr>\n", out);
    arb_clear(s);
    ew_mode_clear(mode);
}

void ew_page_predictions(FILE *out, const ew_page *page)
{
    fputs(
        "<section id=\"predictions\">\n<h2>Predictions</h2>\n<p>The period-2 orbit of each "
        "singular value beyond the edge, and its multipliers over two steps, along and across the "
        "balanced line. Enclosed: every digit is right.</p>\n<div class=\"wide\" tabindex=\"0\" "
        "role=\"region\" aria-label=\"predictions\"><table "
        "class=\"numbers\">\n<thead><tr><th scope=\"col\"></th><th scope=\"col\">step s = η L "
        "σ<sup>2−2/L</sup></th><th scope=\"col\">ρ<sub>1</sub></th><th "
        "scope=\"col\">ρ<sub>2</sub></th><th scope=\"col\">along</th><th "
        "scope=\"col\">across</th><th scope=\"col\">attracts</th><th scope=\"col\">bound "
        "on "
        "α</th></tr></thead>\n<tbody>\n",
        out);
    for (slong i = 0; i < page->mode_count; i++)
        print_mode(out, page, i);
    fputs("</tbody></table></div>\n", out);
    if (page->mode_count < page->problem->count)
        fprintf(out, "<p class=\"note\">The first %ld of %ld; --index I has the others.</p>\n",
                page->mode_count, page->problem->count);
    fprintf(out, "<pre class=\"command\" tabindex=\"0\">for i in $(seq %ld); do ",
            page->mode_count);
    ew_page_command_words(out, page, "orbit", "--index $i --digits 20");
    fputs("; ", out);
    ew_page_command_words(out, page, "balance", "--index $i --digits 8");
    fputs("; done</pre>\n</section>\n", out);
}

static void print_doubling(FILE *out, const ew_cascade_report *report, slong k)
{
    fprintf(out, "<tr><td>%ld</td>", report->cascade->list[k].period);
    cell(out, true, report->cascade->superstable[k].s, report->digits);
    cell(out, true, report->cascade->list[k].s, report->digits);
    arb_t delta;
    arb_init(delta);
    bool has = k >= 1 && k + 1 < report->cascade->count;
    if (has)
        ew_cascade_quotient(delta, report->cascade, k, ew_digits_to_bits(report->digits) + 32);
    cell(out, has, delta, 12);
    fputs("</tr>\n", out);
    arb_clear(delta);
}

static void print_event(FILE *out, const char *what, const arb_t s, slong digits)
{
    fprintf(out, "<tr><th scope=\"row\">%s</th>", what);
    cell(out, true, s, digits);
    fputs("</tr>\n", out);
}

void ew_page_thresholds(FILE *out, const ew_page *page)
{
    const ew_cascade_report *report = page->cascade;
    char extra[60];
    fputs("<section id=\"thresholds\">\n<h2>Thresholds of period doubling</h2>\n", out);
    if (report == NULL) {
        fputs("<p>Not certified at this depth.</p>\n</section>\n", out);
        return;
    }
    fprintf(
        out,
        "<p>Depth %ld: the step sizes s at which the cycle of each period is superstable "
        "(multiplier 0) and doubles (multiplier −1), each proved to exist and to be alone in its "
        "enclosure; quotients of their distances, which tend to 4.669 …</p>\n"
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"thresholds\"><table "
        "class=\"numbers\">\n<thead><tr><th scope=\"col\">period</th><th "
        "scope=\"col\">superstable at s</th><th scope=\"col\">doubles at s</th><th "
        "scope=\"col\">quotient</th></tr></thead>\n<tbody>\n",
        report->depth);
    for (slong k = 0; k < report->cascade->count; k++)
        print_doubling(out, report, k);
    fputs("</tbody></table>\n<table class=\"numbers\">\n<tbody>\n", out);
    if (report->has_window) {
        print_event(out, "a window of period 3 opens", report->window[0].s, report->digits);
        print_event(out, "its cycle is superstable", report->window[1].s, report->digits);
        print_event(out, "its cycle doubles", report->window[2].s, report->digits);
    }
    if (report->has_crises) {
        print_event(out, "the attractor meets 0", report->zero, report->digits);
        print_event(out, "starts escape", report->escape, report->digits);
    }
    snprintf(extra, sizeof extra, "%s--digits %ld", report->has_window ? "--window 3 " : "",
             report->digits);
    fprintf(out,
            "</tbody></table></div>\n<pre class=\"command\" tabindex=\"0\">edgewise cascade "
            "--depth %ld "
            "%s</pre>\n"
            "</section>\n",
            report->depth, extra);
}

/* Formats across, claims down. */
static void print_stress_row(FILE *out, const ew_stress_report *report, const ew_cell *like)
{
    const ew_stress_plan *plan = report->plan;
    fprintf(out, "<tr><th scope=\"row\">%s", like->claim);
    if (like->index > report->problem->count)
        fputs(", past the rank", out);
    else if (like->index > 0)
        fprintf(out, ", σ<sub>%ld</sub>", like->index);
    fprintf(out, "</th><td class=\"%s\">%s %s</td>", ew_verdict_text(like->truth),
            ew_page_sign(like->truth), ew_verdict_text(like->truth));
    for (slong f = 0; f < plan->format_count; f++) {
        const ew_cell *found = ew_stress_find(report, like, plan->formats[f].name, plan->orders[0]);
        char text[64];
        ew_stress_entry(text, sizeof text, found);
        fprintf(out, "<td class=\"%s\" title=\"",
                found->outcome == EW_AGREES        ? "agrees"
                : found->outcome == EW_CANNOT_TELL ? "silent"
                                                   : "lost");
        ew_page_text(out, found->why);
        fprintf(out, "\">%s</td>", text);
    }
    if (plan->most_bits > 0 && like->bits_needed > 0)
        fprintf(out, "<td>%ld%s</td>", like->bits_needed, like->monotone ? "" : " *");
    else if (plan->most_bits > 0 && like->bits_tried)
        fprintf(out, "<td>none to %ld</td>", plan->most_bits);
    else if (plan->most_bits > 0)
        fputs("<td>not tried</td>", out);
    fputs("</tr>\n", out);
}

void ew_page_stress(FILE *out, const ew_page *page)
{
    const ew_stress_report *report = page->stress;
    const ew_stress_plan *plan = report->plan;
    slong silent = 0;
    char extra[80];
    fprintf(out,
            "<section id=\"stress\">\n<h2>In which arithmetic it can be seen</h2>\n<p>Each claim "
            "tried as a script would try it, %ld steps in each number format, order of operations "
            "“%s”, against its certified verdict.</p>\n<div class=\"wide\" tabindex=\"0\" "
            "role=\"region\" aria-label=\"claims in number formats\"><table "
            "class=\"cells\">\n<thead><tr><th scope=\"col\">claim</th><th "
            "scope=\"col\">certified</th>",
            plan->steps, ew_order_text(plan->orders[0]));
    for (slong f = 0; f < plan->format_count; f++)
        fprintf(out, "<th scope=\"col\">%s</th>", plan->formats[f].name);
    fprintf(out, "%s</tr></thead>\n<tbody>\n",
            plan->most_bits > 0 ? "<th scope=\"col\">bits needed</th>" : "");
    for (slong i = 0; i < report->cells->count; i++) {
        const ew_cell *like = report->cells->cells + i;
        if (!ew_stress_is_first(report, i))
            continue;
        if (ew_stress_is_silent(report, like))
            silent++;
        else
            print_stress_row(out, report, like);
    }
    fputs("</tbody></table></div>\n<p class=\"note\">agrees: as the certified verdict. denies, "
          "affirms: "
          "a false no, a false yes. period: another one than proved. leaves: the singular vectors "
          "turn, which exact ones never do. stuck: every update rounds to nothing. @ the step at "
          "which the truth is lost, ~ predicted. Bits needed: from there on every precision "
          "agrees; * "
          "fewer bits do here and there.",
          out);
    if (silent > 0)
        fprintf(out, " %ld more rows: nothing to try, or no certified verdict to compare with.",
                silent);
    fputs("</p>\n", out);
    snprintf(extra, sizeof extra, "--orders %s --steps %ld --most-bits %ld",
             ew_order_text(plan->orders[0]), plan->steps, plan->most_bits);
    ew_page_command(out, page, "stress", extra);
    fputs("</section>\n", out);
}

static void print_version(FILE *out, const char *name, const char *version)
{
    fprintf(out, "<dt>%s</dt><dd>", name);
    ew_page_text(out, version);
    fputs("</dd>", out);
}

/* gnuplot signs its drawings. */
static void print_plotter(FILE *out, const ew_page *page)
{
    static const char before[] = "Produced by GNUPLOT ";
    for (slong i = 0; i < page->figure_count; i++) {
        const char *svg = page->figures[i].svg;
        const char *says = svg != NULL ? strstr(svg, before) : NULL;
        if (says == NULL)
            continue;
        char version[60];
        says += strlen(before);
        snprintf(version, sizeof version, "%.*s", (int)strcspn(says, "<"), says);
        print_version(out, "gnuplot", version);
        return;
    }
}

static void print_problem(FILE *out, const ew_page *page)
{
    json_object *document = json_object_new_object();
    ew_json_problem(document, page->problem);
    json_object *problem = NULL;
    json_object_object_get_ex(document, "problem", &problem);
    fputs("<pre tabindex=\"0\" id=\"problem\">", out);
    ew_page_text(out, json_object_to_json_string_ext(problem, JSON_C_TO_STRING_SPACED |
                                                                  JSON_C_TO_STRING_NOSLASHESCAPE));
    fputs("</pre>\n", out);
    json_object_put(document);
}

void ew_page_inputs(FILE *out, const ew_page *page)
{
    fputs("<section id=\"inputs\">\n<h2>Exact inputs, versions, and how to reproduce</h2>\n<p>The "
          "problem, exactly, as a file that every subcommand takes (edgewise verify "
          "--problem problem.json):</p>\n",
          out);
    print_problem(out, page);
    fputs("<p>Under each part of this page stands the command that makes it. The whole page:</p>\n",
          out);
    ew_page_command(out, page, "report", "--output report.html");
    fputs("<dl>", out);
    print_version(out, "Edgewise", ew_version());
    print_version(out, "FLINT", flint_version);
    print_version(out, "MPFR", mpfr_get_version());
    print_version(out, "GMP", gmp_version);
    print_version(out, "GSL", gsl_version);
    print_version(out, "json-c", json_c_version());
    print_plotter(out, page);
    fputs("</dl>\n</section>\n", out);
}
