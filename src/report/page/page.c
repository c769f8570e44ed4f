/* The page's frame: head, summary, figures. Its style and its script are compiled in. */
#include "report/page/page.h"
#include <stdlib.h>
#include <string.h>

static const char *const style[] = {
#include "report/page/page.css.inc"
};

static const char *const script[] = {
#include "report/page/page.js.inc"
};

#define PRINT_LINES(out, lines)                                                                    \
    for (size_t line = 0; line < sizeof(lines) / sizeof((lines)[0]); line++)                       \
    fputs((lines)[line], out)

void ew_page_text(FILE *out, const char *text)
{
    for (; *text != '\0'; text++)
        switch (*text) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            fputc(*text, out);
        }
}

static void print_and_free(FILE *out, char *text)
{
    ew_page_text(out, text);
    free(text);
}

void ew_page_rational(FILE *out, const fmpq_t q)
{
    print_and_free(out, ew_rational_text(q));
}

void ew_page_ball(FILE *out, const arb_t x, slong digits)
{
    print_and_free(out, ew_decimal_best(x, digits));
}

enum { FEW = 12 }; /* singular values that are written out in headings and on command lines */

static void print_sigmas(FILE *out, const ew_problem_struct *problem, const char *between)
{
    for (slong i = 0; i < problem->count; i++) {
        fputs(i > 0 ? between : "", out);
        ew_page_rational(out, problem->sigma + i);
    }
}

void ew_page_command_words(FILE *out, const ew_page *page, const char *command, const char *extra)
{
    const ew_problem_struct *problem = page->problem;
    fprintf(out, "edgewise %s ", command);
    if (problem->count > FEW)
        fputs("problem.json", out);
    else {
        fprintf(out, "--depth %ld --eta ", problem->depth);
        ew_page_rational(out, problem->eta);
        fputs(" --sigma ", out);
        print_sigmas(out, problem, ",");
        if (strcmp(command, "balance") != 0) { /* it answers for every alpha, and refuses one */
            fputs(" --alpha ", out);
            ew_page_rational(out, problem->alpha);
        }
        fprintf(out, " --dim %ld", problem->dim);
    }
    fprintf(out, "%s%s", *extra != '\0' ? " " : "", extra);
}

void ew_page_command(FILE *out, const ew_page *page, const char *command, const char *extra)
{
    fputs("<pre class=\"command\" tabindex=\"0\">", out);
    ew_page_command_words(out, page, command, extra);
    fputs("</pre>\n", out);
}

static void print_head(FILE *out, const ew_page *page)
{
    fprintf(out,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"color-scheme\" content=\"light dark\">\n"
            "<title>Edgewise: depth %ld, η = ",
            page->problem->depth);
    ew_page_rational(out, page->problem->eta);
    fputs("</title>\n<style>\n", out);
    PRINT_LINES(out, style);
    fputs("</style>\n</head>\n<body>\n", out);
}

/* How often each verdict was given. */
static void print_totals(FILE *out, const ew_findings_struct *findings)
{
    slong totals[EW_UNDECIDED + 1] = {0};
    for (slong i = 0; i < findings->count; i++)
        totals[findings->findings[i].verdict]++;
    fputs("<ul class=\"totals\">\n", out);
    for (int v = 0; v <= EW_UNDECIDED; v++)
        if (totals[v] > 0)
            fprintf(out, "<li class=\"%s\"><b>%ld</b> %s %s</li>\n", ew_verdict_text((ew_verdict)v),
                    totals[v], ew_page_sign((ew_verdict)v), ew_verdict_text((ew_verdict)v));
    fputs("</ul>\n", out);
}

static void print_summary(FILE *out, const ew_page *page)
{
    const ew_problem_struct *problem = page->problem;
    fprintf(out, "<header>\n<p class=\"kicker\">Edgewise %s</p>\n<h1>Depth %ld, step size η = ",
            ew_version(), problem->depth);
    ew_page_rational(out, problem->eta);
    fprintf(out, "</h1>\n<p>Gradient descent on a deep linear network; target %ld × %ld, σ = ",
            problem->dim, problem->dim);
    if (problem->count > FEW) {
        ew_page_rational(out, problem->sigma);
        fputs(" … ", out);
        ew_page_rational(out, problem->sigma + problem->count - 1);
        fprintf(out, " (%ld values)", problem->count);
    } else
        print_sigmas(out, problem, ", ");
    fputs("; start (0, α) with α = ", out);
    ew_page_rational(out, problem->alpha);
    fputs("</p>\n", out);
    print_totals(out, page->findings);
    if (page->missing != NULL) {
        fputs("<p class=\"missing\">", out);
        ew_page_text(out, page->missing);
        fputs("</p>\n", out);
    }
    fputs("<nav aria-label=\"sections\"><a href=\"#verdicts\">Verdicts</a> "
          "<a href=\"#figures\">Figures</a> <a href=\"#predictions\">Predictions</a> "
          "<a href=\"#thresholds\">Thresholds</a> <a href=\"#stress\">Number formats</a> "
          "<a href=\"#evidence\">Evidence</a> <a href=\"#inputs\">Inputs</a></nav>\n</header>\n",
          out);
}

static void print_figure(FILE *out, const ew_page *page, const ew_page_figure *shown)
{
    const ew_figure_struct *figure = shown->figure;
    char extra[100];
    fprintf(out, "<figure id=\"figure-%s\">\n<h3>", figure->name);
    ew_page_text(out, figure->title);
    fputs("</h3>\n", out);
    if (shown->svg != NULL) { /* "<svg ...": named for those who do not see it */
        fputs("<svg role=\"group\" tabindex=\"0\" aria-label=\"", out);
        ew_page_text(out, figure->title);
        fprintf(out, "\"%s\n", shown->svg + strlen("<svg"));
    }
    fputs("<figcaption>", out);
    ew_page_text(out, figure->caption);
    fputs("\n<details><summary>Reproduce, or get its data</summary>", out);
    snprintf(extra, sizeof extra, "--output %s.svg", figure->name);
    char command[60];
    snprintf(command, sizeof command, "figure %s", figure->name);
    ew_page_command(out, page, command, extra);
    fputs("</details></figcaption>\n</figure>\n", out);
}

static void print_figures(FILE *out, const ew_page *page)
{
    fputs("<section id=\"figures\">\n<h2>Figures</h2>\n", out);
    if (page->figure_count > 0)
        fputs("<p class=\"note screen\">Point at a mark for its value; or go to a picture with Tab "
              "and from mark to mark with the arrow keys.</p>\n",
              out);
    fputs("<div class=\"figures\">\n", out);
    for (slong i = 0; i < page->figure_count; i++)
        print_figure(out, page, page->figures + i);
    fputs("</div>\n</section>\n", out);
}

ew_status ew_report_page(FILE *out, const ew_page *page)
{
    print_head(out, page);
    print_summary(out, page);
    fputs("<main>\n", out);
    ew_page_verdicts(out, page);
    print_figures(out, page);
    ew_page_predictions(out, page);
    ew_page_thresholds(out, page);
    ew_page_stress(out, page);
    ew_page_evidence(out, page);
    ew_page_inputs(out, page);
    fputs("</main>\n<div id=\"tip\" role=\"status\" hidden></div>\n<script>\n", out);
    PRINT_LINES(out, script);
    fputs("</script>\n</body>\n</html>\n", out);
    return ew_write_status(out);
}
