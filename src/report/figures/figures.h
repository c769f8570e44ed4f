/* What the figures share. */
#ifndef EDGEWISE_REPORT_FIGURES_H
#define EDGEWISE_REPORT_FIGURES_H

#include <edgewise/figure.h>
#include <math.h>

/* The colours of line types 1 .. 5 (src/report/figure.c), for points that are not drawn by a type. */
extern const char *const ew_figure_colours[];

double ew_figure_middle(const arb_t x);

/* Depth, step s and sigma = 1, exactly as the double says. */
void ew_figure_mode(ew_mode_t mode, slong depth, double s, double alpha);

/* Points of the certified 2-cycle, in doubles; false when there is none or its roots were not isolated. */
bool ew_figure_orbit(double *low, double *high, const ew_mode_t mode);

/* Where a figure is of a smaller depth than the problem's, the caption says so. */
void ew_figure_say_depth(ew_figure_t figure, slong depth, const ew_problem_t problem);

/* S of singular value i of a problem: s = eta S. */
double ew_figure_unit(const ew_problem_t problem, slong i);

/* Do doubles hold the problem's numbers, and the step sizes that matter to it? */
bool ew_figure_fits(const ew_problem_t problem);

/* Appends to a plot: column y against column x of a table, as a line of that type (1 .. 5) whose marks tell the value
 * of the gnuplot expression `says` when they are pointed at, and ", ". */
void ew_figure_draw_run(ew_figure_t figure, const char *table, int x, int y, int type,
                        const char *title, const char *says);

EW_MUST_CHECK ew_status ew_figure_oscillation(ew_figure_t, const ew_problem_t, const ew_progress *);
EW_MUST_CHECK ew_status ew_figure_sharpening(ew_figure_t, const ew_problem_t, const ew_progress *);
EW_MUST_CHECK ew_status ew_figure_conservation(ew_figure_t, const ew_problem_t,
                                               const ew_progress *);
EW_MUST_CHECK ew_status ew_figure_landscape(ew_figure_t, const ew_problem_t, const ew_progress *);
EW_MUST_CHECK ew_status ew_figure_bifurcation(ew_figure_t, const ew_problem_t, const ew_progress *);
EW_MUST_CHECK ew_status ew_figure_thresholds(ew_figure_t, const ew_problem_t, const ew_progress *);
EW_MUST_CHECK ew_status ew_figure_hessian(ew_figure_t, const ew_problem_t, const ew_progress *);
EW_MUST_CHECK ew_status ew_figure_regimes(ew_figure_t, const ew_problem_t, const ew_progress *);
EW_MUST_CHECK ew_status ew_figure_stress(ew_figure_t, const ew_problem_t, const ew_progress *);

#endif
