/* Figures of the whole network: oscillating singular values, sharpness, the Hessian. */
#include "report/figures/figures.h"

/* The problem with another step size, its first `count` values, and no larger than most_dim if it can be. */
static void new_problem(ew_problem_t out, const ew_problem_t problem, double eta, slong count,
                        slong most_dim)
{
    out->depth = problem->depth;
    out->dim = FLINT_MAX(count, FLINT_MIN(problem->dim, most_dim));
    ew_problem_set_sigma(out, problem->sigma, count);
    fmpq_set(out->alpha, problem->alpha);
    arf_t x;
    arf_init(x);
    arf_set_d(x, eta);
    arf_get_fmpq(out->eta, x);
    arf_clear(x);
}

/* The network of a problem in doubles, in a random frame. NULL: no memory. */
static ew_net *new_net(ew_target_t target, const ew_problem_t problem)
{
    ew_start start = {EW_START_POSTER, 1, NULL};
    if (ew_target_from_problem(target, problem, EW_DOUBLE, true, 1, 53) != EW_OK)
        return NULL;
    return ew_net_new(target, problem, &start);
}

/* How many values the problem's own step size puts beyond the edge. */
static slong count_beyond(const ew_problem_t problem)
{
    slong p = 0;
    ew_mode_t mode;
    ew_mode_init(mode);
    for (slong i = 0; i < problem->count; i++) {
        ew_problem_mode(mode, problem, i);
        p += ew_mode_regime(mode) == EW_BEYOND;
    }
    ew_mode_clear(mode);
    return p;
}

/* A step size at which exactly p values lie beyond the edge, all of them below the first flip; false when there is none, and then
 * one just beyond the p-th edge. */
static bool choose_eta(double *eta, const ew_problem_t problem, slong p)
{
    arb_t s_2;
    arb_init(s_2);
    double lo = 2 / ew_figure_unit(problem, p - 1), unit = ew_figure_unit(problem, 0),
           hi = 2.48 / unit;
    if (ew_flip_threshold(s_2, problem->depth, 64) == EW_OK)
        hi = ew_figure_middle(s_2) / unit;
    if (p < problem->count)
        hi = fmin(hi, 2 / ew_figure_unit(problem, p));
    arb_clear(s_2);
    *eta = lo < hi ? 0.4 * lo + 0.6 * hi : 1.02 * lo;
    return lo < hi;
}

enum { OSCILLATION_STEPS = 90, MOST_MODES = 3, MOST_DIM = 64 };

/* Panel 0 is the problem at its own step size, panel p one at which p values oscillate. */
static const char *const panel_runs[] = {"this", "p1", "p2", "p3"}, *const panel_orbits[] = {
                                                                        "orbit", "orbit1", "orbit2",
                                                                        "orbit3"};

/* One panel: runs the network, and encloses the orbits of the values beyond the edge. */
static ew_status add_panel(ew_figure_t figure, const ew_problem_t problem, slong p,
                           const ew_progress *progress)
{
    slong shown = FLINT_MIN(problem->count, MOST_MODES);
    int run = ew_figure_table(figure, panel_runs[p], "step,value1,value2,value3", 1 + MOST_MODES);
    int orbit = ew_figure_table(figure, panel_orbits[p], "value,low,high", 3);
    ew_mode_t mode;
    ew_target_t target;
    ew_mode_init(mode);
    ew_target_init(target);
    ew_net *net = new_net(target, problem);
    ew_status status = net == NULL ? EW_RESOURCES : EW_OK;
    ew_net_record_t record;
    if (net != NULL)
        ew_net_record_init(record, net);
    for (int t = 0; t <= OSCILLATION_STEPS && status == EW_OK; t++) {
        double row[1 + MOST_MODES] = {t, NAN, NAN, NAN};
        status = ew_net_observe(record, net, false);
        for (slong i = 0; i < shown && record->finite; i++)
            row[1 + i] = ew_figure_middle(record->product + i);
        ew_figure_row(figure, run, row);
        ew_net_step(net);
        if (!ew_progress_tick(progress, "oscillation", (ulong)t, OSCILLATION_STEPS))
            status = EW_STOPPED;
    }
    for (slong i = 0; i < shown && status == EW_OK; i++) {
        double low, high, L = (double)problem->depth;
        ew_problem_mode(mode, problem, i);
        if (ew_figure_orbit(&low, &high, mode))
            ew_figure_row(figure, orbit, (double[]){(double)i + 1, pow(low, L), pow(high, L)});
    }
    if (figure->table[orbit].rows == 0)
        ew_figure_row(figure, orbit, (double[]){NAN, NAN, NAN});
    if (net != NULL)
        ew_net_record_clear(record);
    ew_net_free(net);
    ew_target_clear(target);
    ew_mode_clear(mode);
    return status;
}

/* Value i in panel p. */
static void draw_value(ew_figure_t figure, slong p, slong i)
{
    char title[24], says[80];
    snprintf(title, sizeof title, "i = %ld", i);
    snprintf(says, sizeof says, "sprintf('step %%d: value %ld is %%.6f', $1, $%ld)", i, i + 1);
    ew_figure_draw_run(figure, panel_runs[p], 1, (int)i + 1, (int)i, title, says);
}

/* Panel p, drawn under its heading. */
static void draw_panel(ew_figure_t figure, slong p, slong shown, const char *heading)
{
    ew_figure_draw(figure, "set label 1 '%s' right at graph 0.98,0.12\n%splot ", heading,
                   p > 0 ? "unset key\n" : "");
    for (slong i = 1; i <= shown; i++)
        draw_value(figure, p, i);
    for (int end = 2; end <= 3; end++)
        ew_figure_draw(figure,
                       "$%s using (%d):%d:(%d):(0) with vectors nohead lc rgb '#444444' lw 1 dt 3 "
                       "%s%s",
                       panel_orbits[p], OSCILLATION_STEPS / 3, end, OSCILLATION_STEPS,
                       end == 2 ? "title 'certified'" : "notitle", end == 2 ? ", " : "\n");
}

static void say_oscillation(ew_figure_t figure, const ew_problem_t problem, slong beyond,
                            bool others)
{
    slong dim = FLINT_MAX(problem->count, FLINT_MIN(problem->dim, MOST_DIM));
    ew_figure_name(figure, others ? "Oscillation in the top-p singular subspace: this problem, and "
                                    "other step sizes"
                                  : "Oscillation in the top-p singular subspace");
    ew_figure_say(
        figure,
        "Depth %ld, %ld x %ld in a random frame: the first singular values of the "
        "end-to-end map (marks), trained in doubles from this problem's start. Lines: "
        "the certified 2-cycle rho_1^L, rho_2^L of each value beyond the edge. At the top "
        "this problem's own step size, with p = %ld beyond the edge%s. ",
        problem->depth, dim, dim, beyond, others ? "; below, others that were chosen" : "");
    if (dim < problem->dim)
        ew_figure_say(figure, "More zeros, up to the problem's %ld x %ld, would change nothing. ",
                      problem->dim, problem->dim);
}

ew_status ew_figure_oscillation(ew_figure_t figure, const ew_problem_t problem,
                                const ew_progress *progress)
{
    slong shown = FLINT_MIN(problem->count, MOST_MODES), beyond = count_beyond(problem);
    slong panels = 1 + shown - (beyond >= 1 && beyond <= shown);
    ew_problem_t at;
    ew_problem_init(at);
    figure->height = 60 + 190 * (int)panels;
    say_oscillation(figure, problem, beyond, panels > 1);
    ew_figure_draw(figure,
                   "set multiplot layout %ld,1 margins 0.15,0.97,%.4f,%.4f spacing %.4f\n"
                   "set ylabel 'u_i^T P v_i'\nset xrange [0:%d]\n",
                   panels, 56.0 / figure->height, 1 - 45.0 / figure->height, 55.0 / figure->height,
                   OSCILLATION_STEPS);
    new_problem(at, problem, 1, problem->count, MOST_DIM);
    fmpq_set(at->eta, problem->eta);
    ew_status status = add_panel(figure, at, 0, progress);
    char heading[80];
    snprintf(heading, sizeof heading, "this problem: p = %ld, η = %.4g", beyond,
             ew_rational_double(problem->eta));
    if (panels == 1)
        ew_figure_draw(figure, "set xlabel 'step'\n");
    draw_panel(figure, 0, shown, heading);
    for (slong p = 1, drawn = 1; p <= shown && status == EW_OK; p++) {
        double eta;
        if (p == beyond)
            continue;
        bool stable = choose_eta(&eta, problem, p);
        new_problem(at, problem, eta, problem->count, MOST_DIM);
        status = add_panel(figure, at, p, progress);
        if (!stable)
            ew_figure_say(figure, "There is no step with exactly %ld in stable period 2. ", p);
        if (++drawn == panels)
            ew_figure_draw(figure, "set xlabel 'step'\n");
        snprintf(heading, sizeof heading, "another step: p = %ld, η = %.4g", p, eta);
        draw_panel(figure, p, shown, heading);
    }
    ew_figure_draw(figure, "unset multiplot\n");
    if (shown > 1)
        ew_figure_say(figure, "Where p > 1 it may be unstable across the invariant set, and "
                              "rounding then throws it off in the end: edgewise floquet.");
    ew_problem_clear(at);
    return status;
}

/* eta times the sharpness at a certified point of the 2-cycle of the one value. */
static double orbit_sharpness(const ew_problem_t problem, bool high)
{
    ew_point_t point;
    ew_mode_t mode;
    arb_t x, sharpness;
    fmpq_t null;
    double ends[2];
    fmpq_init(null);
    ew_mode_init(mode);
    arb_init(x);
    arb_init(sharpness);
    ew_point_init(point, problem, 128);
    ew_point_set_minimum(point, problem, null, 128);
    ew_problem_mode(mode, problem, 0);
    double result = NAN;
    if (ew_figure_orbit(&ends[0], &ends[1], mode)) {
        arb_set_d(x, ends[high]);
        ew_point_set_pair(point, 0, x, x);
        ew_sharpness_point(sharpness, point, 128);
        result = ew_rational_double(problem->eta) * ew_figure_middle(sharpness);
    }
    ew_point_clear(point);
    ew_mode_clear(mode);
    arb_clear(x);
    arb_clear(sharpness);
    fmpq_clear(null);
    return result;
}

ew_status ew_figure_sharpening(ew_figure_t figure, const ew_problem_t problem,
                               const ew_progress *progress)
{
    enum { STEPS = 120, RUNS = 5 };
    double steps_s[RUNS] = {1, 1.6, 2.2, 2.7}, unit = ew_figure_unit(problem, 0);
    steps_s[RUNS - 1] = ew_rational_double(problem->eta) * unit; /* the problem's own */
    int table = ew_figure_table(figure, "runs", "step,s1.0,s1.6,s2.2,s2.7,this", 1 + RUNS);
    int orbit = ew_figure_table(figure, "orbit", "low,high", 2);
    double rows[STEPS + 1][1 + RUNS];
    ew_status status = EW_OK;
    ew_problem_t at;
    ew_problem_init(at);
    for (int k = 0; k < RUNS && status == EW_OK; k++) {
        ew_target_t target;
        ew_net_record_t record;
        ew_target_init(target);
        new_problem(at, problem, steps_s[k] / unit, 1, 10);
        if (k == RUNS - 1)
            fmpq_set(at->eta, problem->eta);
        ew_net *net = new_net(target, at);
        if (net == NULL) {
            ew_target_clear(target);
            status = EW_RESOURCES;
            break;
        }
        ew_net_record_init(record, net);
        for (int t = 0; t <= STEPS && status == EW_OK; t++) {
            status = ew_net_observe(record, net, true);
            rows[t][0] = t;
            double height = record->finite && record->has_sharpness
                                ? steps_s[k] / unit * record->sharpness
                                : NAN;
            rows[t][1 + k] = height < 100 ? height : NAN; /* off the picture where it diverges */
            ew_net_step(net);
            if (!ew_progress_tick(progress, "sharpness", (ulong)(k * STEPS + t),
                                  (ulong)(RUNS * STEPS)))
                status = EW_STOPPED;
        }
        if (k == 2)
            ew_figure_row(figure, orbit,
                          (double[]){orbit_sharpness(at, false), orbit_sharpness(at, true)});
        ew_net_record_clear(record);
        ew_net_free(net);
        ew_target_clear(target);
    }
    for (int t = 0; t <= STEPS && status == EW_OK; t++)
        ew_figure_row(figure, table, rows[t]);
    ew_problem_clear(at);
    if (status != EW_OK)
        return status;
    const double *ends = figure->table[orbit].cell;
    ew_figure_name(
        figure, "Progressive sharpening: σ_1 alone, at this problem's step size and four others");
    ew_figure_say(
        figure,
        "Depth %ld, the largest singular value alone, from this problem's alpha, at this problem's "
        "step size (s = %.6g) and at four chosen ones: step size times sharpness (the largest "
        "eigenvalue of the Hessian), in "
        "doubles; 2 is the edge. Below it the sharpness climbs to the minimum's and stays; "
        "beyond it, it climbs past the edge and alternates around it. Dotted: its values at the "
        "two "
        "points of the certified orbit for s = 2.2, %.6f and %.6f.",
        problem->depth, steps_s[RUNS - 1], ends[0], ends[1]);
    ew_figure_draw(figure, "set xlabel 'step'\nset ylabel 'η · sharpness'\nset yrange [0:*]\n"
                           "plot 2 with lines lc rgb '#888888' lw 1.5 "
                           "title 'edge', ");
    for (int k = 0; k < RUNS; k++) {
        char title[24], says[80];
        if (k == RUNS - 1)
            snprintf(title, sizeof title, "this s");
        else
            snprintf(title, sizeof title, "s = %g", steps_s[k]);
        snprintf(says, sizeof says, "sprintf('s = %g, step %%d: %%.6f', $1, $%d)", steps_s[k],
                 k + 2);
        ew_figure_draw_run(figure, "runs", 1, k + 2, k + 1, title, says);
    }
    ew_figure_draw(
        figure,
        "%.9g with lines lt 3 dt 3 lw 1 title 'certified, s = 2.2', %.9g with lines lt 3 dt 3 lw "
        "1 notitle\n",
        ends[0], ends[1]);
    return EW_OK;
}

/* The eigenvalues that are not zero, largest first, spread by multiplicity. */
static void add_eigenvalues(ew_figure_t figure, const char *name, ew_spectrum_t spectrum)
{
    int table = ew_figure_table(figure, name, "rank,value,multiplicity,i,j", 5);
    double place = 1;
    ew_spectrum_sort(spectrum);
    for (slong k = 0; k < spectrum->count && figure->table[table].rows < 400; k++) {
        const ew_eigen *e = spectrum->list + k;
        double value = ew_figure_middle(e->value);
        if (e->kind != EW_EIGEN_ZERO && value > 1e-12 * ew_figure_middle(spectrum->list->value))
            ew_figure_row(
                figure, table,
                (double[]){place, value, fmpz_get_d(e->multiplicity), (double)e->i, (double)e->j});
        place += fmpz_get_d(e->multiplicity);
    }
    if (figure->table[table].rows == 0)
        ew_figure_row(figure, table, (double[]){NAN, NAN, NAN, NAN, NAN});
}

ew_status ew_figure_hessian(ew_figure_t figure, const ew_problem_t problem,
                            const ew_progress *progress)
{
    fmpq_t null;
    ew_spectrum_t spectrum;
    ew_point_t point;
    ew_mode_t mode;
    arb_t x;
    if (ew_memory_check(ew_point_bytes(problem, 64)) != EW_OK)
        return EW_RESOURCES;
    fmpq_init(null);
    ew_spectrum_init(spectrum);
    ew_mode_init(mode);
    arb_init(x);
    ew_point_init(point, problem, 64);
    ew_point_set_minimum(point, problem, null, 64);
    ew_status status = ew_spectrum_minimum(spectrum, problem, null, 64);
    if (status == EW_OK)
        add_eigenvalues(figure, "minimum", spectrum);
    fmpz_t size;
    fmpz_init(size);
    ew_spectrum_size(size, spectrum);
    slong beyond = 0;
    static const char *const names[] = {"low", "high"};
    for (int high = 0; high < 2 && status == EW_OK; high++) {
        beyond = 0;
        for (slong i = 0; i < problem->count; i++) {
            double ends[2];
            ew_problem_mode(mode, problem, i);
            if (!ew_figure_orbit(&ends[0], &ends[1], mode))
                continue;
            beyond++;
            arb_set_d(x, ends[high]);
            ew_point_set_pair(point, i, x, x);
        }
        status = ew_spectrum_point_double(spectrum, point, progress);
        if (status == EW_OK)
            add_eigenvalues(figure, names[high], spectrum);
    }
    ew_figure_name(figure, "Hessian eigenvalues");
    ew_figure_say(
        figure,
        "Depth %ld, %ld x %ld: the positive ones of all %.0f eigenvalues, largest first, from the "
        "closed form at the balanced minimum",
        problem->depth, problem->dim, problem->dim, fmpz_get_d(size));
    fmpz_clear(size);
    if (beyond > 0)
        ew_figure_say(
            figure,
            " and from the blocks at the two points of the orbit of the %ld value%s beyond "
            "the edge. The line is 2/eta.",
            beyond, beyond > 1 ? "s" : "");
    else
        ew_figure_say(figure, ". No value is beyond the edge, so there is no orbit: its points are "
                              "the minimum. The line is 2/eta.");
    ew_figure_draw(figure,
                   "set xlabel 'eigenvalues, largest first'\nset ylabel 'eigenvalue'\nset yrange "
                   "[0:*]\nplot %.9g with lines lc rgb '#888888' lw 1.5 title '2/η', ",
                   2 / ew_rational_double(problem->eta));
    static const char *const tables[] = {"minimum", "low", "high"};
    for (int k = 0; k < 3; k++)
        ew_figure_draw(figure,
                       "$%s using 1:2 with points lt %d ps 0.45 title '%s', $%s using "
                       "1:2:(sprintf('%%.9g, pair "
                       "(%%d, %%d), %%d-fold', $2, $4, $5, $3)) with labels hypertext point pt %d "
                       "ps 0.3 lc rgb "
                       "'%s' notitle%s",
                       tables[k], k + 1,
                       k == 0   ? "at the minimum"
                       : k == 1 ? "at the low point"
                                : "at the high point",
                       tables[k], (int[]){7, 5, 9}[k], ew_figure_colours[k], k < 2 ? ", " : "\n");
    ew_spectrum_clear(spectrum);
    ew_point_clear(point);
    ew_mode_clear(mode);
    arb_clear(x);
    fmpq_clear(null);
    return status;
}
