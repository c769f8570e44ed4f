/* The report: one self-contained HTML page with verdicts, figures, thresholds, the stress table and the exact inputs. */
#ifndef EDGEWISE_PAGE_H
#define EDGEWISE_PAGE_H

#include <edgewise/figure.h>
#include <edgewise/report.h>

EW_BEGIN_API

/* What is predicted for one singular value. */
typedef struct {
    ew_roots_t roots;         /* certified; empty when they were not settled */
    ew_stability_t stability; /* set when the roots have rho_1 and rho_2 */
    bool has_bound;
    arb_t bound; /* the poster's bound on alpha */
} ew_page_mode;

typedef struct {
    const ew_figure_struct *figure;
    const char *svg; /* an <svg> element; NULL: not drawn */
} ew_page_figure;

/* All that the page shows. Nothing is owned. */
typedef struct {
    const ew_problem_struct *problem;
    const ew_findings_struct *findings;
    const ew_page_mode *modes; /* of the first mode_count singular values, largest first */
    slong mode_count;
    const ew_cascade_report *cascade; /* NULL: left out */
    const ew_stress_report *stress;
    const ew_page_figure *figures;
    slong figure_count;
    const char *missing; /* one line: what is left out, and why; or NULL */
} ew_page;

/* Writes the page: UTF-8, no outside references, the same bytes for the same input and library versions.
 * Returns EW_OK, or EW_RESOURCES when writing fails. */
EW_MUST_CHECK ew_status ew_report_page(FILE *out, const ew_page *page);

EW_END_API

#endif
