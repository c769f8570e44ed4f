/* edgewise orbit: the real roots of the orbit polynomial, and the stability of the orbit; or with --period the cycles of
 * another period. */
#include "cli/certificate.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include <stdlib.h>

/* All real roots, by the route asked for. */
static ew_status find(ew_orbit_report *report, const settings_t *settings, slong prec)
{
    slong max_prec = settings_max_prec(settings);
    ew_status (*route)(ew_roots_t, const ew_mode_t, slong, slong, const ew_progress *) =
        settings->method == EW_EXPANDED     ? ew_orbit_roots_expanded
        : settings->method == EW_STRUCTURED ? ew_orbit_roots_structured
                                            : ew_orbit_roots;
    return route(report->roots, report->mode, prec, max_prec, &settings->progress);
}

/* Roots, multipliers and threshold. A multiplier that loses digits to cancellation gets more bits. */
static ew_status compute(ew_orbit_report *report, const settings_t *settings)
{
    slong max_prec = settings_max_prec(settings), prec = ew_digits_to_bits(report->digits);
    ew_status status = find(report, settings, prec);
    for (slong more = prec; status == EW_OK && report->roots->high >= 0; more *= 2) {
        ew_orbit_stability(report->stability, report->roots, report->mode, more + prec);
        slong settled = FLINT_MIN(arb_rel_accuracy_bits(report->stability->along),
                                  arb_rel_accuracy_bits(report->stability->across));
        if ((settled >= prec - 16 && report->stability->attracts != EW_UNKNOWN) ||
            2 * more > max_prec)
            break;
        status = find(report, settings, 2 * more);
    }
    if (status == EW_OK)
        status = ew_flip_threshold(report->flip_threshold, report->mode->depth, prec);
    return status;
}

/* The expanded polynomial, refused with the memory that it would need. */
static int expand(fmpz_poly_t phi, const ew_mode_t mode, const char *why)
{
    ew_status status = ew_orbit_poly_build(phi, mode);
    if (status != EW_RESOURCES)
        return status == EW_OK ? 0 : complain((int)status, "%s: %s", why, ew_status_text(status));
    char memory[32];
    ew_memory_text(memory, sizeof memory, ew_orbit_poly_bytes(mode));
    return complain(4,
                    "%s: depth %ld expanded would need about %s of memory; allowed: a depth for "
                    "which there is memory",
                    why, mode->depth, memory);
}

/* In text the coefficients follow the report, one "exponent coefficient" a line. */
static void print_polynomial(const fmpz_poly_t phi)
{
    for (slong i = 0; i < fmpz_poly_length(phi); i++)
        if (!fmpz_is_zero(phi->coeffs + i)) {
            printf("%ld ", i);
            fmpz_print(phi->coeffs + i);
            putchar('\n');
        }
}

/* The expanded Phi_n, likewise. */
static int expand_period(fmpz_poly_t phi, const ew_mode_t mode, slong period)
{
    ew_status status = ew_dynatomic_build(phi, mode, period);
    if (status != EW_RESOURCES)
        return status == EW_OK ? 0
                               : complain((int)status, "--polynomial: %s", ew_status_text(status));
    char memory[32];
    ew_memory_text(memory, sizeof memory, ew_dynatomic_bytes(mode, period));
    return complain(4,
                    "--polynomial: depth %ld and period %ld expanded would need about %s of "
                    "memory; allowed: a depth and a --period for which there is memory",
                    mode->depth, period, memory);
}

/* A document that is made in memory and printed whole: millions of digits take long to make, and the progress line
 * stands there meanwhile. */
typedef struct {
    FILE *file;
    char *text;
    size_t size;
} page_t;

static ew_status page_open(page_t *page)
{
    *page = (page_t){NULL, NULL, 0};
    page->file = open_memstream(&page->text, &page->size);
    return page->file == NULL ? EW_RESOURCES : EW_OK;
}

/* `status` of making it; closes it. */
static ew_status page_print(page_t *page, ew_status status)
{
    bool whole = fclose(page->file) == 0;
    interrupt_erase();
    if (status == EW_OK && whole)
        fwrite(page->text, 1, page->size, stdout);
    free(page->text);
    return status != EW_OK || whole ? status : EW_RESOURCES;
}

/* A period other than 2. */
static int show_cycles(const settings_t *settings)
{
    ew_cycles_report report = {.digits = settings->digits, .polynomial = NULL};
    fmpz_poly_t phi;
    fmpz_poly_init(phi);
    ew_mode_init(report.mode);
    ew_cycles_init(report.cycles);
    settings_mode(report.mode, settings);
    int code = settings->polynomial ? expand_period(phi, report.mode, settings->period) : 0;
    if (code == 0) {
        if (settings->polynomial)
            report.polynomial = phi;
        ew_status status = ew_cycles_find(report.cycles, report.mode, settings->period,
                                          ew_digits_to_bits(report.digits),
                                          settings_max_prec(settings), &settings->progress);
        page_t page;
        if (status == EW_OK && (status = page_open(&page)) == EW_OK) {
            status = settings->json ? ew_report_cycles_json(page.file, &report)
                                    : ew_report_cycles_text(page.file, &report, settings->style);
            status = page_print(&page, status);
            if (status == EW_OK && settings->polynomial && !settings->json)
                print_polynomial(phi);
        }
        code = status == EW_UNDECIDED_STATUS
                   ? complain(3,
                              "orbit: --period %ld: not decided after %ld cells at up to %ld bits; "
                              "a larger --prec or a smaller --period may be",
                              settings->period, report.cycles->cells, report.cycles->bits)
                   : settings_finish(status, "orbit");
    }
    fmpz_poly_clear(phi);
    ew_cycles_clear(report.cycles);
    ew_mode_clear(report.mode);
    return code;
}

int cmd_orbit(const settings_t *settings)
{
    if (settings->period != 2 && settings->certificate != NULL)
        return complain(2, "--certificate: only of --period 2");
    if (settings->period != 2)
        return show_cycles(settings);
    ew_orbit_report report = {.digits = settings->digits, .polynomial = NULL};
    fmpz_poly_t phi;
    fmpz_poly_init(phi);
    ew_mode_init(report.mode);
    ew_roots_init(report.roots);
    ew_stability_init(report.stability);
    arb_init(report.flip_threshold);
    settings_mode(report.mode, settings);
    int code = 0;
    if (settings->polynomial || settings->method == EW_EXPANDED)
        code =
            expand(phi, report.mode, settings->polynomial ? "--polynomial" : "--method expanded");
    if (code == 0 && settings->certificate != NULL)
        code = certificate_of_roots(settings, settings->index - 1, settings->index);
    if (code == 0) {
        if (settings->polynomial)
            report.polynomial = phi;
        ew_status status = compute(&report, settings);
        page_t page;
        if (status == EW_OK && (status = page_open(&page)) == EW_OK) {
            status = settings->json ? ew_report_orbit_json(page.file, &report)
                                    : ew_report_orbit_text(page.file, &report, settings->style);
            status = page_print(&page, status);
            if (status == EW_OK && settings->polynomial && !settings->json)
                print_polynomial(phi);
        }
        code = status == EW_UNDECIDED_STATUS
                   ? complain(
                         3, "orbit: not decided with up to %ld bits; a larger --prec may decide it",
                         settings_max_prec(settings))
                   : settings_finish(status, "orbit");
    }
    fmpz_poly_clear(phi);
    arb_clear(report.flip_threshold);
    ew_stability_clear(report.stability);
    ew_roots_clear(report.roots);
    ew_mode_clear(report.mode);
    return code;
}
