/* The bifurcation diagram, and the thresholds against depth. */
#include "report/figures/figures.h"

/* A labelled line up at s, when it lies in the picture. */
static void mark(ew_figure_t figure, int table, const arb_t s, double kind, double from, double to)
{
    double x = ew_figure_middle(s);
    if (x > from && x < to)
        ew_figure_row(figure, table, (double[]){x, kind});
}

static const double doubles = 0, window = 1, zero = 2, escape = 3;

/* The density: each column's visits against its fullest cell, on a scale that shows the faint. */
static void add_density(ew_figure_t figure, const ew_diagram_t diagram)
{
    const ew_diagram_spec *spec = &diagram->spec;
    double dx = (spec->to - spec->from) / (double)(spec->columns - 1);
    double dy = (spec->high - spec->low) / (double)spec->rows;
    int table = ew_figure_matrix(figure, "density", spec->columns, spec->from, dx);
    double *row = flint_malloc((size_t)(spec->columns + 1) * sizeof(double));
    double *full = flint_calloc((size_t)spec->columns, sizeof(double));
    for (slong j = 0; j < spec->columns; j++)
        for (slong i = 0; i < spec->rows; i++)
            full[j] = fmax(full[j], diagram->count[j * spec->rows + i]);
    for (slong i = 0; i < spec->rows; i++) {
        row[0] = spec->low + ((double)i + 0.5) * dy;
        for (slong j = 0; j < spec->columns; j++)
            row[j + 1] = full[j] == 0
                             ? 0
                             : round(100 * pow(diagram->count[j * spec->rows + i] / full[j], 0.3));
        ew_figure_row(figure, table, row);
    }
    flint_free(row);
    flint_free(full);
}

static void draw_density(ew_figure_t figure, const ew_diagram_spec *spec)
{
    double dx = (spec->to - spec->from) / (double)(spec->columns - 1);
    static const char *const axes[] = {"step size s = η L σ^{2-2/L}", "init α / σ^{1/L}",
                                       "depth L"};
    ew_figure_draw(figure,
                   "set palette gray negative\nunset colorbox\nunset grid\nset cbrange [0:100]\n"
                   "set xrange [%.9g:%.9g]\nset yrange [%.9g:%.9g]\n"
                   "set xlabel '%s'\nset ylabel 'b / σ^{1/L}, after the transient'\n",
                   spec->from - dx / 2, spec->to + dx / 2, spec->low, spec->high, axes[spec->axis]);
    ew_figure_draw(figure, "plot $density nonuniform matrix with image notitle");
}

void ew_figure_of_diagram(ew_figure_t figure, const ew_diagram_t diagram)
{
    figure->name = "diagram";
    ew_figure_name(figure, "Attractor");
    add_density(figure, diagram);
    draw_density(figure, &diagram->spec);
    ew_figure_draw(figure, "\n");
}

/* The certified 2-cycle over the range of s, to 64 bits, and whether it is stable there. */
static void add_cycle(ew_figure_t figure, int table, const ew_diagram_spec *spec, double s_2)
{
    enum { POINTS = 60 };
    ew_mode_t mode;
    ew_mode_init(mode);
    for (int k = 0; k <= POINTS; k++) { /* closer near the edge, where it opens like a root */
        double s = 2 + (spec->to - 2) * k * k / (double)(POINTS * POINTS), low = 1, high = 1;
        ew_figure_mode(mode, spec->depth, s, 0.5);
        if (k == 0 || ew_figure_orbit(&low, &high, mode))
            ew_figure_row(figure, table, (double[]){s, low, high, s < s_2});
    }
    ew_mode_clear(mode);
}

static ew_status add_marks(ew_figure_t figure, const ew_diagram_spec *spec, const arb_t meets_zero,
                           const arb_t escapes, double *s_2)
{
    ew_cascade_t cascade;
    ew_threshold_struct three[3];
    ew_cascade_init(cascade);
    for (int i = 0; i < 3; i++)
        ew_threshold_init(three + i);
    int table = ew_figure_table(figure, "marks", "s,kind", 2);
    ew_status status = ew_cascade_run(cascade, spec->depth, 4, 64, NULL);
    for (slong k = 0; k < cascade->count && status == EW_OK; k++)
        mark(figure, table, cascade->list[k].s, doubles, spec->from, spec->to);
    if (status == EW_OK) {
        *s_2 = ew_figure_middle(cascade->list[1].s);
        ew_figure_say(figure,
                      "Certified: the 2-cycle is stable up to s = %.12f, the 4-cycle up to "
                      "%.12f. ",
                      *s_2, ew_figure_middle(cascade->list[2].s));
        if (ew_window_find(three, spec->depth, 3, 2.7, 3.4, 64) == EW_OK) {
            mark(figure, table, three[0].s, window, spec->from, spec->to);
            ew_figure_say(figure, "A window of period 3 opens at %.12f. ",
                          ew_figure_middle(three[0].s));
        }
    }
    mark(figure, table, meets_zero, zero, spec->from, spec->to);
    mark(figure, table, escapes, escape, spec->from, spec->to);
    ew_cascade_clear(cascade);
    for (int i = 0; i < 3; i++)
        ew_threshold_clear(three + i);
    return status;
}

/* The step sizes s of the problem's singular values, where they lie in the picture, and ", " before their plot. */
static void draw_steps(ew_figure_t figure, const ew_diagram_spec *spec, const ew_problem_t problem)
{
    int table = -1;
    double eta = ew_rational_double(problem->eta);
    for (slong i = 0; i < problem->count; i++) {
        double s = eta * ew_figure_unit(problem, i);
        if (!(s >= spec->from && s <= spec->to))
            continue;
        if (table < 0)
            table = ew_figure_table(figure, "steps", "s,value", 2);
        ew_figure_row(figure, table, (double[]){s, (double)i + 1});
    }
    if (table >= 0)
        ew_figure_draw(
            figure,
            ", \\\n $steps using 1:(%.9g):(sprintf('σ_%%d: s = %%.9f', $2, $1)) with labels "
            "hypertext point pt 7 ps 0.8 lc rgb '#D00000' title 'this problem'",
            spec->low + 0.08 * (spec->high - spec->low));
}

ew_status ew_figure_bifurcation(ew_figure_t figure, const ew_problem_t problem,
                                const ew_progress *progress)
{
    slong depth = FLINT_MIN(problem->depth, 1000);
    double start = 0.9;
    arb_t meets_zero, escapes;
    ew_diagram_t diagram;
    arb_init(meets_zero);
    arb_init(escapes);
    ew_diagram_init(diagram);
    ew_status status = ew_crisis_threshold(meets_zero, depth, EW_MEETS_ZERO, 64);
    if (status == EW_OK)
        status = ew_crisis_threshold(escapes, depth, EW_MEETS_SECOND_CYCLE, 64);
    ew_diagram_spec spec = {.dynamics = EW_BALANCED,
                            .depth = depth,
                            .alphas = &start,
                            .starts = 1,
                            .axis = EW_AXIS_S,
                            .from = 1.8,
                            .to = ew_figure_middle(meets_zero) + 0.05,
                            .columns = 700,
                            .rows = 440,
                            .transient = 3000,
                            .samples = 6000,
                            .low = 0,
                            .high = 1.05 * pow(2, 1 / (double)depth)};
    if (status == EW_OK)
        status = ew_diagram_run(diagram, &spec, progress);
    if (status == EW_OK) {
        double s_2 = spec.to;
        ew_figure_name(figure, "The route to chaos, over every step size");
        ew_figure_say(
            figure,
            "Depth %ld, the balanced map: where gradient descent is found after %ld steps, "
            "for %ld step sizes (doubles, shaded by how often). The coloured curve is the "
            "certified 2-cycle: solid where it is stable, dotted where it is not. ",
            depth, spec.transient, spec.columns);
        status = add_marks(figure, &spec, meets_zero, escapes, &s_2);
        ew_figure_say(figure,
                      "The attractor meets 0 at %.12f (it then %s), and from %.12f on starts "
                      "diverge.",
                      ew_figure_middle(meets_zero),
                      depth % 2 == 0 ? "merges with its mirror image"
                                     : "is lost: starts fall back to the saddle at 0",
                      ew_figure_middle(escapes));
        ew_figure_say(figure, " Red: the step sizes s of this problem's singular values.");
        ew_figure_say_depth(figure, depth, problem);
        int cycle = ew_figure_table(figure, "cycle", "s,low,high,stable", 4);
        add_cycle(figure, cycle, &spec, s_2);
        add_density(figure, diagram);
        draw_density(figure, &spec);
        ew_figure_draw(
            figure,
            ", \\\n $marks using 1:(%.9g):(0):(%.9g) with vectors nohead lc rgb '#009E73' lw 0.7 "
            "dt 4 "
            "notitle, \\\n"
            " $cycle using 1:($4 == 1 ? $2 : NaN) with lines lt 2 dt 1 lw 2 title 'certified "
            "2-cycle', "
            "\\\n"
            " $cycle using 1:($4 == 1 ? $3 : NaN) with lines lt 2 dt 1 lw 2 notitle, \\\n"
            " $cycle using 1:($4 == 1 ? NaN : $2) with lines lt 2 dt 3 lw 1.5 notitle, \\\n"
            " $cycle using 1:($4 == 1 ? NaN : $3) with lines lt 2 dt 3 lw 1.5 notitle, \\\n"
            " $cycle using 1:2:(sprintf('s = %%.4f, ρ_1 = %%.6f, ρ_2 = %%.6f', $1, $2, $3)) with "
            "labels hypertext point pt 7 ps 0.25 lc rgb '#D55E00' notitle, \\\n"
            " $marks using 1:(%.9g):(sprintf(says($2), $1)) with labels hypertext point pt 9 ps "
            "0.7 "
            "lc rgb '#009E73' title 'certified threshold'",
            spec.low, spec.high - spec.low, spec.low + 0.04 * (spec.high - spec.low));
        draw_steps(figure, &spec, problem);
        ew_figure_draw(figure, "\n");
        char *plot = figure->script;
        figure->script = NULL; /* the words before the plot that uses them */
        ew_figure_draw(
            figure,
            "says(k) = k == 0 ? 'a cycle doubles at s = %%.9f' : k == 1 ? 'a window of "
            "period 3 opens at s = %%.9f' : k == 2 ? 'the attractor meets 0 at s = %%.9f' "
            ": 'starts diverge from s = %%.9f'\n%s",
            plot);
        flint_free(plot);
    }
    ew_diagram_clear(diagram);
    arb_clear(meets_zero);
    arb_clear(escapes);
    return status;
}

ew_status ew_figure_thresholds(ew_figure_t figure, const ew_problem_t problem,
                               const ew_progress *progress)
{
    static const slong depths[] = {2, 3, 4, 5, 6, 8, 11, 16, 23, 32, 64, 128, 256, 512, 1024, 0};
    int table = ew_figure_table(figure, "depths", "depth,s_2,s_4,s_8,meets_zero,escapes", 6);
    int limit = ew_figure_table(figure, "limit", "s_2,s_4,s_8", 3);
    ew_cascade_t cascade;
    arb_t zeros, escapes;
    ew_cascade_init(cascade);
    arb_init(zeros);
    arb_init(escapes);
    ew_status status = EW_OK;
    int count = sizeof depths / sizeof depths[0];
    for (int i = 0; i < count && status == EW_OK; i++) {
        slong L = depths[i];
        status = ew_cascade_run(cascade, L, 3, 64, NULL);
        if (status == EW_OK && L > 0)
            status = ew_crisis_threshold(zeros, L, EW_MEETS_ZERO, 64);
        if (status == EW_OK && L > 0)
            status = ew_crisis_threshold(escapes, L, EW_MEETS_SECOND_CYCLE, 64);
        if (status != EW_OK)
            break;
        double s[3];
        for (int k = 0; k < 3; k++)
            s[k] = ew_figure_middle(cascade->list[k + 1].s);
        if (L > 0)
            ew_figure_row(figure, table,
                          (double[]){(double)L, s[0], s[1], s[2], ew_figure_middle(zeros),
                                     ew_figure_middle(escapes)});
        else
            ew_figure_row(figure, limit, s);
        if (!ew_progress_tick(progress, "thresholds", (ulong)i + 1, (ulong)count))
            status = EW_STOPPED;
    }
    if (status == EW_OK) {
        const double *s = figure->table[limit].cell;
        ew_figure_name(figure, "Thresholds against depth");
        ew_figure_say(
            figure,
            "Every point is certified. The 2-, 4- and 8-cycle lose their stability at s_2, "
            "s_4, s_8, which tend to %.10f, %.10f, %.10f at infinite depth (lines). The end "
            "of the attractor does not tend to a limit: the deeper the network, the larger "
            "the step it survives. This problem: depth %ld.",
            s[0], s[1], s[2], problem->depth);
        ew_figure_draw(figure,
                       "set logscale x 2\nset xlabel 'depth L'\nset ylabel 'step size s'\n"
                       "set yrange [2.3:13]\nset logscale y\nset ytics (2.5,3,4,5,6,8,10,12)\n"
                       "set xtics (2,4,8,16,32,64,128,256,512,1024)\n"
                       "line(k) = word(sprintf('%%.9f %%.9f %%.9f', %.9f, %.9f, %.9f), k) + 0\n",
                       s[0], s[1], s[2]);
        static const char *const names[] = {"s_2", "s_4", "s_8", "meets 0", "escapes"};
        ew_figure_draw(figure, "plot ");
        for (int k = 0; k < 5; k++)
            ew_figure_draw(
                figure,
                "$depths using 1:%d with lines lt %d lw 1 title '%s', $depths using "
                "1:%d:(sprintf('L = %%g: %s at s = %%.9f', $1, $%d)) with labels hypertext point "
                "pt "
                "%d ps 0.5 lc rgb '%s' notitle, ",
                k + 2, k + 1, names[k], k + 2, names[k], k + 2, (int[]){7, 5, 9, 11, 13}[k],
                (const char *[]){"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00"}[k]);
        ew_figure_draw(figure, "line(1) with lines lc rgb '#888888' lw 0.5 dt 3 title 'limits', "
                               "line(2) with lines lc rgb '#888888' lw 0.5 dt 3 notitle, line(3) "
                               "with lines lc rgb '#888888' lw 0.5 dt 3 notitle\n");
    }
    ew_cascade_clear(cascade);
    arb_clear(zeros);
    arb_clear(escapes);
    return status;
}
