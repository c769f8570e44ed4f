/* The list of figures, and what they share. */
#include "report/figures/figures.h"

const ew_figure_row_struct ew_figure_list[] = {
    {"bifurcation",
     "the route to chaos over the step size, with the certified cycle and thresholds",
     ew_figure_bifurcation},
    {"oscillation", "singular values of the whole network for p = 1, 2, 3 of them beyond the edge",
     ew_figure_oscillation},
    {"regimes", "what gradient descent does over step size and init, with the poster's bound",
     ew_figure_regimes},
    {"sharpening", "the sharpness climbs to the edge of stability, and past it",
     ew_figure_sharpening},
    {"conservation", "the conserved gap: flow, below the edge, beyond it", ew_figure_conservation},
    {"landscape", "two layers: the loss, with trajectories and the certified orbit",
     ew_figure_landscape},
    {"thresholds", "the certified thresholds of period doubling against depth",
     ew_figure_thresholds},
    {"hessian", "eigenvalues of the Hessian at the minimum and on the orbit", ew_figure_hessian},
    {"stress", "each claim in each number format", ew_figure_stress},
    {NULL, NULL, NULL},
};

const char *const ew_figure_colours[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00"};

void ew_figure_draw_run(ew_figure_t figure, const char *table, int x, int y, int type,
                        const char *title, const char *says)
{
    static const int marks[] = {7, 5, 9, 11, 13}; /* of line types 1 .. 5 */
    ew_figure_draw(figure,
                   "$%s using %d:%d with lines lt %d lw 0.7 notitle, $%s using %d:%d:(%s) with "
                   "labels hypertext point pt %d ps 0.3 lc rgb '%s' notitle, "
                   "NaN with linespoints lt %d lw 0.7 ps 0.3 title '%s', ",
                   table, x, y, type, table, x, y, says, marks[type - 1],
                   ew_figure_colours[type - 1], type, title);
}

double ew_figure_middle(const arb_t x)
{
    return arf_get_d(arb_midref(x), ARF_RND_NEAR);
}

void ew_figure_mode(ew_mode_t mode, slong depth, double s, double alpha)
{
    arf_t x;
    arf_init(x);
    mode->depth = depth;
    arf_set_d(x, s);
    arf_get_fmpq(mode->eta, x);
    fmpq_div_fmpz(mode->eta, mode->eta, (fmpz[]){depth});
    arf_set_d(x, alpha);
    arf_get_fmpq(mode->alpha, x);
    fmpq_one(mode->sigma);
    arf_clear(x);
}

bool ew_figure_orbit(double *low, double *high, const ew_mode_t mode)
{
    ew_roots_t roots;
    ew_roots_init(roots);
    bool found = ew_mode_regime(mode) == EW_BEYOND &&
                 ew_orbit_roots(roots, mode, 64, 4096, NULL) == EW_OK && roots->low >= 0 &&
                 roots->high >= 0;
    if (found) {
        *low = ew_figure_middle(roots->roots[roots->low].x);
        *high = ew_figure_middle(roots->roots[roots->high].x);
    }
    ew_roots_clear(roots);
    return found;
}

void ew_figure_say_depth(ew_figure_t figure, slong depth, const ew_problem_t problem)
{
    if (depth < problem->depth)
        ew_figure_say(figure, " (The problem's depth is %ld; this is drawn for %ld.)",
                      problem->depth, depth);
}

double ew_figure_unit(const ew_problem_t problem, slong i)
{
    double L = (double)problem->depth;
    return L * pow(ew_rational_double(problem->sigma + i), 2 - 2 / L);
}

bool ew_figure_fits(const ew_problem_t problem)
{
    double eta = ew_rational_double(problem->eta);
    bool fits = isnormal(eta) && isfinite(ew_rational_double(problem->alpha));
    for (slong i = 0; i < problem->count && fits; i++) {
        double unit = ew_figure_unit(problem, i);
        fits = isnormal(unit) && isnormal(1 / unit) && isnormal(eta * unit);
    }
    return fits;
}
