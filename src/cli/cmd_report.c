/* edgewise report: everything about a problem on one self-contained page. */
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/interrupt.h"
#include "cli/plot.h"
#include <edgewise/page.h>
#include <stdlib.h>
#include <string.h>

enum { FIGURES = 16, MOST_MODES = 50, DEEPEST = 100000, DIGITS = 20, STEPS = 1000, BITS = 256 };
enum { MOST_DIM = 16 }; /* for the search of the bits needed, some ten trainings for each claim */

/* What the page shows, made one after the other. */
typedef struct {
    ew_page page;
    ew_findings_t findings;
    ew_page_mode *modes;
    ew_cascade_report cascade;
    ew_stress_plan plan;
    ew_stress_report stress;
    ew_figure_t figure[FIGURES];
    ew_page_figure drawn[FIGURES];
} contents;

static void contents_init(contents *all, const settings_t *settings)
{
    slong count = FLINT_MIN(settings->problem->count, MOST_MODES);
    *all = (contents){.cascade = {.depth = settings->problem->depth, .digits = DIGITS}};
    ew_findings_init(all->findings);
    all->modes = flint_calloc((ulong)count, sizeof(ew_page_mode));
    for (slong i = 0; i < count; i++) {
        ew_roots_init(all->modes[i].roots);
        ew_stability_init(all->modes[i].stability);
        arb_init(all->modes[i].bound);
    }
    cascade_report_init(&all->cascade);
    all->plan = (ew_stress_plan){.formats = settings->formats,
                                 .format_count = settings->format_count,
                                 .orders = settings->orders,
                                 .order_count = 1,
                                 .rounding = EW_TO_NEAREST,
                                 .steps = STEPS,
                                 .most_bits = settings->problem->dim > MOST_DIM ? 0 : BITS,
                                 .seed = settings->seed};
    all->stress = (ew_stress_report){.problem = settings->problem, .plan = &all->plan};
    ew_cells_init(all->stress.cells);
    for (int i = 0; i < FIGURES; i++)
        ew_figure_init(all->figure[i]);
    all->page = (ew_page){.problem = settings->problem,
                          .findings = all->findings,
                          .modes = all->modes,
                          .mode_count = count,
                          .stress = &all->stress,
                          .figures = all->drawn};
}

static void contents_clear(contents *all)
{
    for (int i = 0; i < FIGURES; i++) {
        ew_figure_clear(all->figure[i]);
        free((char *)all->drawn[i].svg);
    }
    ew_cells_clear(all->stress.cells);
    cascade_report_clear(&all->cascade);
    for (slong i = 0; i < all->page.mode_count; i++) {
        ew_roots_clear(all->modes[i].roots);
        ew_stability_clear(all->modes[i].stability);
        arb_clear(all->modes[i].bound);
    }
    flint_free(all->modes);
    ew_findings_clear(all->findings);
}

/* Orbits and bounds; a value whose roots are not settled has none on the page. */
static ew_status predict(contents *all, const ew_effort *effort)
{
    slong prec = ew_digits_to_bits(DIGITS);
    ew_status status = EW_OK;
    ew_mode_t mode;
    ew_mode_init(mode);
    for (slong i = 0; i < all->page.mode_count && status != EW_STOPPED; i++) {
        ew_page_mode *shown = all->modes + i;
        ew_problem_mode(mode, all->page.problem, i);
        status = ew_orbit_roots(shown->roots, mode, 2 * prec, effort->max_prec, effort->progress);
        if (status != EW_OK)
            shown->roots->low = shown->roots->high = -1;
        else if (shown->roots->high >= 0)
            ew_orbit_stability(shown->stability, shown->roots, mode, 2 * prec);
        shown->has_bound = ew_balance_bound(shown->bound, mode, prec) == EW_OK;
    }
    ew_mode_clear(mode);
    return status == EW_STOPPED ? status : EW_OK;
}

/* The cascade of the problem's depth, with what else of it can be certified. */
static ew_status find_thresholds(contents *all, const ew_progress *progress)
{
    ew_cascade_report *report = &all->cascade;
    slong depth = report->depth, prec = ew_digits_to_bits(DIGITS) + 32;
    if (depth > DEEPEST)
        return EW_OK;
    ew_status status = ew_cascade_run(report->cascade, depth, 6, prec, progress);
    if (status != EW_OK)
        return status == EW_STOPPED ? status : EW_OK;
    double from =
        arf_get_d(arb_midref(report->cascade->list[report->cascade->count - 1].s), ARF_RND_UP);
    report->has_window = ew_window_find(report->window, depth, 3, from, 2 * from, prec) == EW_OK;
    report->has_crises =
        ew_crisis_threshold(report->zero, depth, EW_MEETS_ZERO, prec) == EW_OK &&
        ew_crisis_threshold(report->escape, depth, EW_MEETS_SECOND_CYCLE, prec) == EW_OK;
    all->page.cascade = report;
    return EW_OK;
}

/* One figure; that of the number formats shows the experiment of the page's table. */
static ew_status make(ew_figure_t figure, const char *name, const contents *all,
                      const ew_progress *progress)
{
    if (strcmp(name, "stress") != 0)
        return ew_figure_make(figure, name, all->page.problem, progress);
    ew_figure_of_stress(figure, all->stress.cells, &all->plan);
    return EW_OK;
}

/* Makes and draws every figure. `code` becomes 4 when they could not be drawn. */
static ew_status draw(contents *all, int *code, const ew_progress *progress)
{
    ew_page *page = &all->page;
    for (const ew_figure_row_struct *row = ew_figure_list; row->name != NULL; row++) {
        ew_figure_struct *figure = all->figure[page->figure_count];
        ew_status status = make(figure, row->name, all, progress);
        interrupt_erase();
        if (status == EW_STOPPED)
            return status;
        if (status != EW_OK) {
            page->missing = status == EW_BAD_INPUT
                                ? "Figures are left out: they are drawn in doubles, and this "
                                  "problem's numbers are beyond their range."
                                : "A figure is left out: something in it could not be certified, "
                                  "or needs more memory than there is.";
            ew_figure_clear(figure);
            continue;
        }
        ew_page_figure *drawn = all->drawn + page->figure_count++;
        drawn->figure = figure;
        if (*code == 0)
            drawn->svg = plot_svg(figure);
        if (drawn->svg == NULL && interrupt_asked()) {
            *code = 130; /* said already */
            return EW_STOPPED;
        }
        if (drawn->svg == NULL) {
            *code = 4;
            page->missing = "The pictures are left out: gnuplot is missing or could not draw them.";
        }
    }
    return EW_OK;
}

static int write_page(const contents *all, const char *name)
{
    fresh_file fresh;
    int code = fresh_open(&fresh, name);
    if (code != 0)
        return code;
    bool written = ew_report_page(fresh.file, &all->page) == EW_OK;
    if (!written)
        code = complain(4, "%s: cannot write: the page came out cut off", name);
    int closing = fresh_close(&fresh, written);
    return code != 0 ? code : closing;
}

/* What was written, in a line. */
static void print_summary(const contents *all, const char *name)
{
    slong totals[EW_UNDECIDED + 1] = {0}, drawn = 0;
    for (slong i = 0; i < all->findings->count; i++)
        totals[all->findings->findings[i].verdict]++;
    for (slong i = 0; i < all->page.figure_count; i++)
        drawn += all->drawn[i].svg != NULL;
    printf("%s:", name);
    for (int v = 0; v <= EW_UNDECIDED; v++)
        if (totals[v] > 0)
            printf(" %ld %s,", totals[v], ew_verdict_text((ew_verdict)v));
    printf(" %ld figures\n", drawn);
}

int cmd_report(const settings_t *settings)
{
    const char *name = settings->output != NULL ? settings->output : "report.html";
    int code = page_allowed(name);
    if (code != 0)
        return code;
    ew_effort effort = ew_effort_default();
    effort.progress = &settings->progress;
    contents all;
    contents_init(&all, settings);
    ew_status status = ew_verify(all.findings, settings->problem, &effort);
    if (status == EW_OK)
        status = predict(&all, &effort);
    if (status == EW_OK)
        status = find_thresholds(&all, effort.progress);
    if (status == EW_OK)
        status = ew_stress(all.stress.cells, settings->problem, &all.plan, &effort);
    if (status == EW_OK)
        status = draw(&all, &code, effort.progress);
    interrupt_erase();
    int verdict = ew_findings_exit(all.findings);
    int writing = status == EW_OK ? write_page(&all, name) : 0;
    if (status == EW_OK && writing == 0 && !settings->quiet)
        print_summary(&all, name);
    contents_clear(&all);
    code = code != 0 ? code : writing;
    if (code == 0)
        code = settings_finish(status, "report");
    return code != 0 ? code : verdict;
}
