/* Figures of one singular value: the conserved gap, the landscape of two layers, the map of behaviour. */
#include "report/figures/figures.h"

/* |a^2 - b^2| over alpha^2, by its factor, of a run in 256 bits. */
static ew_status gap_run(double *gap, slong steps, const ew_mode_t mode)
{
    ew_record_t record;
    ew_sim *sim = ew_sim_new(EW_MPFR, EW_PAIR, mode, 256);
    if (sim == NULL)
        return EW_RESOURCES;
    ew_record_init(record);
    double alpha = ew_rational_double(mode->alpha);
    for (slong t = 0; t <= steps; t++) {
        ew_sim_record(record, sim);
        gap[t] = fabs(ew_figure_middle(record->gap_tracked)) / (alpha * alpha);
        ew_sim_step(sim);
    }
    ew_record_clear(record);
    ew_sim_free(sim);
    return EW_OK;
}

/* The same of gradient flow, at the times of the steps: what GSL's integrator keeps of it. */
static ew_status gap_flow(double *gap, slong steps, const ew_mode_t mode)
{
    ew_problem_t problem;
    ew_target_t target;
    ew_start start = {EW_START_POSTER, 1, NULL};
    ew_problem_init(problem);
    ew_target_init(target);
    problem->depth = mode->depth;
    problem->dim = 1;
    ew_problem_set_sigma(problem, mode->sigma, 1);
    fmpq_set(problem->eta, mode->eta);
    fmpq_set(problem->alpha, mode->alpha);
    ew_status status = ew_target_from_problem(target, problem, EW_DOUBLE, false, 1, 53);
    ew_net *net = status == EW_OK ? ew_net_new(target, problem, &start) : NULL;
    if (net == NULL)
        status = EW_RESOURCES;
    double alpha = ew_rational_double(mode->alpha), eta = ew_rational_double(mode->eta);
    for (slong t = 0; t <= steps && status == EW_OK; t++) {
        const double *w = ew_net_weights(net);
        double a = w[mode->depth - 1], b = w[0];
        gap[t] = fabs(a * a - b * b) / (alpha * alpha);
        status = ew_net_flow(net, eta, 1e-12);
    }
    ew_net_free(net);
    ew_target_clear(target);
    ew_problem_clear(problem);
    return status;
}

/* The certified limit of the gap below the edge, over alpha^2; NaN when it was not certified. */
static double gap_limit(const ew_mode_t mode)
{
    ew_follow_t follow;
    ew_follow_init(follow);
    double limit = NAN, alpha = ew_rational_double(mode->alpha);
    if (ew_follow(follow, mode, 100000, 1024, NULL) == EW_OK && follow->fate == EW_CONVERGES)
        limit = fabs(ew_figure_middle(follow->gap_limit)) / (alpha * alpha);
    ew_follow_clear(follow);
    return limit;
}

ew_status ew_figure_conservation(ew_figure_t figure, const ew_problem_t problem,
                                 const ew_progress *progress)
{
    enum { STEPS = 300 };
    double gap[4][STEPS + 1], alpha = 0.3;
    ew_mode_t mode;
    ew_mode_init(mode);
    int table = ew_figure_table(figure, "gaps", "step,flow,s1.5,s2.3,this", 5);
    slong depth = FLINT_MIN(problem->depth, 8);
    ew_figure_mode(mode, depth, 1.5, alpha);
    ew_status status = gap_flow(gap[0], STEPS, mode);
    if (status == EW_OK)
        status = gap_run(gap[1], STEPS, mode);
    double limit = gap_limit(mode);
    ew_figure_mode(mode, depth, 2.3, alpha);
    if (status == EW_OK)
        status = gap_run(gap[2], STEPS, mode);
    ew_problem_mode(mode, problem, 0);
    if (status == EW_OK)
        status = gap_run(gap[3], STEPS, mode);
    for (int t = 0; t <= STEPS && status == EW_OK; t++)
        ew_figure_row(figure, table, (double[]){t, gap[0][t], gap[1][t], gap[2][t], gap[3][t]});
    ew_mode_clear(mode);
    if (!ew_progress_tick(progress, "conservation", 1, 1))
        status = EW_STOPPED;
    if (status != EW_OK)
        return status;
    ew_figure_name(figure, "The broken conservation law: σ_1 of this problem, and three examples");
    ew_figure_say(
        figure,
        "σ_1 of this problem, from its own (0, alpha); and, depth %ld, sigma = 1, from (0, %g), "
        "three examples: the gap |a^2 - b^2| between the layers, over its "
        "start. Gradient flow keeps it (GSL's integrator, tolerance 1e-12). Below the edge "
        "(s = 1.5) it levels off at %.12f, a certified limit; beyond the edge (s = 2.3) the "
        "oscillation drives it to zero. In 256 bits, by the gap's exact factor.",
        depth, alpha, limit);
    if (depth < problem->depth)
        ew_figure_say(figure, " (The examples are of depth %ld, this problem of depth %ld.)", depth,
                      problem->depth);
    ew_figure_draw(figure, "set xlabel 'step (flow: time / η)'\nset ylabel '|a^2 - b^2| / α^2'\n"
                           "set logscale y\nset format y '10^{%%T}'\nplot ");
    static const char *const names[] = {"gradient flow", "s = 1.5, below the edge",
                                        "s = 2.3, beyond the edge", "this problem"};
    for (int k = 0; k < 4; k++)
        ew_figure_draw(
            figure,
            "$gaps using 1:%d with lines lt %d title '%s', $gaps every 5 using "
            "1:%d:(sprintf('step %%d: %%.9g', $1, $%d)) with labels hypertext point pt 7 ps "
            "0.25 lc rgb '%s' notitle, ",
            k + 2, k + 1, names[k], k + 2, k + 2, ew_figure_colours[k]);
    ew_figure_draw(figure, "%.12g with lines lc rgb '#444444' dt 3 title 'certified limit'\n",
                   limit);
    return EW_OK;
}

enum { GRID = 90 };

/* log10 of the loss over the plane of two layers. */
static void add_loss(ew_figure_t figure, double lo, double hi)
{
    double step = (hi - lo) / (GRID - 1), row[1 + GRID];
    int table = ew_figure_matrix(figure, "loss", GRID, lo, step);
    for (int i = 0; i < GRID; i++) {
        row[0] = lo + i * step;
        for (int j = 0; j < GRID; j++) {
            double r = (lo + j * step) * row[0] - 1;
            row[j + 1] = fmax(-4, log10(r * r / 2 + 1e-12));
        }
        ew_figure_row(figure, table, row);
    }
}

ew_status ew_figure_landscape(ew_figure_t figure, const ew_problem_t problem,
                              const ew_progress *progress)
{
    (void)progress;
    enum { STEPS = 60, RUNS = 4 };
    const double lo = -0.1, hi = 1.7, unit = sqrt(ew_rational_double(problem->sigma));
    double steps_s[RUNS] = {1.5, 2.3, 2.56}, starts[RUNS] = {0.4, 0.4, 0.4};
    static const char *const names[] = {"run1", "run2", "run3", "run4"};
    bool own =
        problem->depth == 2; /* then σ_1 of the problem is drawn too, in units of sqrt(σ_1) */
    int runs = own ? RUNS : RUNS - 1;
    steps_s[RUNS - 1] = ew_rational_double(problem->eta) * ew_figure_unit(problem, 0);
    starts[RUNS - 1] = ew_rational_double(problem->alpha) / unit;
    ew_mode_t mode;
    ew_mode_init(mode);
    add_loss(figure, lo, hi);
    for (int k = 0; k < runs; k++) {
        int table = ew_figure_table(figure, names[k], "a,b,step", 3);
        double a = 0, b = starts[k], eta = steps_s[k] / 2;
        for (int t = 0; t <= STEPS && fabs(a) + fabs(b) < 1e6; t++) {
            ew_figure_row(figure, table, (double[]){a, b, t});
            double r = a * b - 1, next = a - eta * r * b;
            b -= eta * r * a;
            a = next;
        }
    }
    int orbit = ew_figure_table(figure, "orbit", "x,s", 2);
    double ends[2] = {NAN, NAN};
    ew_figure_mode(mode, 2, 2.3, 0.4);
    if (ew_figure_orbit(&ends[0], &ends[1], mode))
        for (int k = 0; k < 2; k++)
            ew_figure_row(figure, orbit, (double[]){ends[k], 2.3});
    ew_mode_clear(mode);
    figure->height = 440;
    ew_figure_name(figure, own ? "Two layers: the landscape, with σ_1 of this problem and three "
                                 "examples"
                               : "The landscape of two layers: an example, not this problem's");
    if (own)
        ew_figure_say(figure,
                      "σ_1 of this problem (s = %.6g, from alpha = %.6g), in units of sqrt(σ_1); "
                      "and examples. ",
                      steps_s[RUNS - 1], starts[RUNS - 1]);
    else
        ew_figure_say(figure, "This problem has depth %ld. ", problem->depth);
    ew_figure_say(
        figure,
        "f(a, b) = (ab - 1)^2 / 2 (shaded, logarithmic), its minima ab = 1, and gradient descent "
        "from (0, 0.4): below the edge it stops at an unbalanced minimum; beyond it, it crosses "
        "the valley, the layers balance (a = b), and it settles on the certified 2-cycle "
        "rho_1 = %.9f, rho_2 = %.9f (s = 2.3) or on a 4-cycle (s = 2.56).",
        ends[0], ends[1]);
    ew_figure_draw(
        figure,
        "set palette defined (0 '#4a6fa5', 1 '#dbe4f0', 2 '#ffffff')\nset cblabel 'log_{10} loss'\n"
        "unset grid\nset xrange [%g:%g]\nset yrange [%g:%g]\nset xlabel 'a, the last layer'\nset "
        "ylabel 'b, "
        "the first layer'\nset samples 200\n"
        "plot $loss nonuniform matrix with image notitle, (x > 0.5 ? 1/x "
        ": NaN) with "
        "lines lc rgb '#000000' lw 1 title 'minima', x with lines lc rgb '#666666' dt 3 lw 0.7 "
        "title "
        "'balanced', ",
        lo, hi, lo, hi);
    for (int k = 0; k < runs; k++) {
        char title[24], says[100];
        if (k == RUNS - 1)
            snprintf(title, sizeof title, "this problem");
        else
            snprintf(title, sizeof title, "s = %g", steps_s[k]);
        snprintf(says, sizeof says, "sprintf('s = %g, step %%d: a = %%.6f, b = %%.6f', $3, $1, $2)",
                 steps_s[k]);
        ew_figure_draw_run(figure, names[k], 1, 2, (int[]){1, 2, 5, 3}[k], title, says);
    }
    ew_figure_draw(
        figure, "$orbit using 1:1:(sprintf('certified: a = b = %%.9f', $1)) with labels hypertext "
                "point pt 6 ps 1.4 lc rgb '#000000' title 'certified orbit'\n");
    return EW_OK;
}

/* 0 converges, 1 period 2, 2 period 4, 3 other periods, 4 chaos, 5 unsettled, 6 saddle, 7 diverges. */
static double category(int behaviour, int period)
{
    if (behaviour == EW_SEEN_PERIODIC)
        return period == 2 ? 1 : period == 4 ? 2 : 3;
    if (behaviour == EW_SEEN_CONVERGES)
        return 0;
    return behaviour == EW_SEEN_CHAOS       ? 4
           : behaviour == EW_SEEN_UNSETTLED ? 5
           : behaviour == EW_SEEN_SADDLE    ? 6
                                            : 7;
}

/* The poster's bound on alpha over its range of s, from above 2 to below 2 sqrt 2, in balls. */
static void add_bound(ew_figure_t figure, slong depth)
{
    int table = ew_figure_table(figure, "bound", "s,alpha", 2);
    ew_mode_t mode;
    arb_t alpha;
    ew_mode_init(mode);
    arb_init(alpha);
    for (int k = 0; k <= 60; k++) {
        double s = 2 + (2 * sqrt(2) - 2) * (1 - (k - 60) * (k - 60) / 3600.0);
        ew_figure_mode(mode, depth, s, 0.1);
        if (ew_balance_bound(alpha, mode, 64) == EW_OK)
            ew_figure_row(figure, table, (double[]){s, ew_figure_middle(alpha)});
    }
    ew_mode_clear(mode);
    arb_clear(alpha);
}

/* Where the problem's singular values stand on the map: their s and alpha / sigma^(1/L). */
static void add_places(ew_figure_t figure, const ew_map_spec *spec, const ew_problem_t problem)
{
    int table = -1;
    double eta = ew_rational_double(problem->eta), alpha = ew_rational_double(problem->alpha);
    for (slong i = 0; i < problem->count; i++) {
        double s = eta * ew_figure_unit(problem, i),
               a = alpha / pow(ew_rational_double(problem->sigma + i), 1 / (double)problem->depth);
        if (!(s >= spec->s_from && s <= spec->s_to && a >= spec->alpha_from && a <= spec->alpha_to))
            continue;
        if (table < 0)
            table = ew_figure_table(figure, "places", "s,alpha,value", 3);
        ew_figure_row(figure, table, (double[]){s, a, (double)i + 1});
    }
    if (table < 0)
        return;
    ew_figure_draw(figure,
                   ", $places using 1:2:(sprintf('σ_%%d: s = %%.6f, alpha = %%.6f', $3, $1, "
                   "$2)) with labels hypertext point pt 7 ps 0.8 lc rgb '#D00000' title "
                   "'this problem'");
}

/* The map; with the problem's places where one is given. */
static void draw_map(ew_figure_t figure, const ew_map_t map, const ew_problem_struct *problem)
{
    const ew_map_spec *spec = &map->spec;
    double dx = (spec->s_to - spec->s_from) / (double)(spec->columns - 1);
    double dy = (spec->alpha_to - spec->alpha_from) / (double)(spec->rows - 1);
    int table = ew_figure_matrix(figure, "cells", spec->columns, spec->s_from, dx);
    double *row = flint_malloc((size_t)(spec->columns + 1) * sizeof(double));
    for (slong i = 0; i < spec->rows; i++) {
        row[0] = spec->alpha_from + (double)i * dy;
        for (slong j = 0; j < spec->columns; j++)
            row[j + 1] =
                category(map->behaviour[i * spec->columns + j], map->period[i * spec->columns + j]);
        ew_figure_row(figure, table, row);
    }
    flint_free(row);
    add_bound(figure, spec->depth);
    figure->name = "map";
    ew_figure_name(figure, "What gradient descent does");
    ew_figure_say(
        figure,
        "Depth %ld, the pair (a, b) from (0, alpha) with sigma = 1, in doubles: %ld steps, then "
        "%ld looked at. The curve is the poster's bound: below it, for 2 < s < 2 sqrt 2, the "
        "layers are said to balance. Where it says 'saddle' the run is still, or for ever, near a "
        "= 0.",
        spec->depth, spec->transient, spec->samples);
    ew_figure_draw(
        figure,
        "set palette maxcolors 8 defined (0 '#f0f0f0', 1 '#0072B2', 2 '#56B4E9', 3 '#009E73', 4 "
        "'#E69F00', 5 '#F0E442', 6 '#999999', 7 '#333333')\nset cbrange [-0.5:7.5]\n"
        "set cbtics ('converges' 0, 'period 2' 1, 'period 4' 2, 'other periods' 3, 'chaos' 4, "
        "'unsettled' 5, 'saddle' 6, 'diverges' 7) scale 0\nunset grid\n"
        "set xrange [%.9g:%.9g]\nset yrange [%.9g:%.9g]\nset xlabel 'step size s = η L σ^{2-2/L}'\n"
        "set ylabel 'init α / σ^{1/L}'\nset rmargin 17\n"
        "plot $cells nonuniform matrix with image notitle, "
        "$bound using "
        "1:2 with lines lc rgb '#D55E00' lw 2.5 title 'bound of the theorem', $bound using "
        "1:2:(sprintf('s = %%.4f: alpha < %%.6f', $1, $2)) with labels hypertext point pt 7 ps 0.3 "
        "lc rgb "
        "'#D55E00' notitle",
        spec->s_from - dx / 2, spec->s_to + dx / 2, spec->alpha_from - dy / 2,
        spec->alpha_to + dy / 2);
    if (problem != NULL)
        add_places(figure, spec, problem);
    ew_figure_draw(figure, "\n");
}

void ew_figure_of_map(ew_figure_t figure, const ew_map_t map)
{
    draw_map(figure, map, NULL);
}

ew_status ew_figure_regimes(ew_figure_t figure, const ew_problem_t problem,
                            const ew_progress *progress)
{
    ew_map_t map;
    ew_map_init(map);
    ew_map_spec spec = {.depth = FLINT_MIN(problem->depth, 1000),
                        .s_from = 1.5,
                        .s_to = 4.5,
                        .columns = 360,
                        .alpha_from = 0.005,
                        .alpha_to = 1.4,
                        .rows = 240,
                        .transient = 3000,
                        .samples = 512};
    ew_status status = ew_map_run(map, &spec, progress);
    if (status == EW_OK) {
        draw_map(figure, map, problem);
        ew_figure_name(figure, "What gradient descent does, over step size and init");
        ew_figure_say(figure, " The points: the singular values of this problem, where they lie in "
                              "the picture.");
        ew_figure_say_depth(figure, spec.depth, problem);
        figure->name = "regimes";
    }
    ew_map_clear(map);
    return status;
}
