/* Figures: every one of the list has what it takes, its certified lines are what the predictions give or what closed forms say, and
 * problems with little in them are told. */
#include "problems.h"
#include <edgewise/figure.h>
#include <edgewise/predict.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double middle(const arb_t x)
{
    return arf_get_d(arb_midref(x), ARF_RND_NEAR);
}

static const ew_table *find_table(const ew_figure_t figure, const char *name)
{
    for (int i = 0; i < figure->tables; i++)
        if (strcmp(figure->table[i].name, name) == 0)
            return figure->table + i;
    fail_msg("%s: no table %s", figure->name, name);
    return NULL;
}

static const double *row_of(const ew_table *table, slong row)
{
    assert_true(row < table->rows);
    return table->cell + row * table->width;
}

static bool near(double x, double y, double off)
{
    return fabs(x - y) <= off * fmax(1, fabs(y));
}

/* One step of the balanced map with sigma. */
static double map(double x, double eta, double sigma, double L)
{
    return x + eta * pow(x, L - 1) * (sigma - pow(x, L));
}

static void poster(ew_problem_t problem)
{
    ew_problem_init(problem);
    ew_set_problem(problem, 3, "4/5", "1,19/20,9/10", 10, "1/10");
}

/* Everything that a figure has: words, a script that names its tables, and tables with numbers; `gaps`: NaN may stand in them. */
static void expect_figure(const ew_figure_t figure, bool gaps)
{
    assert_true(strlen(figure->title) > 3 && strlen(figure->caption) > 40);
    assert_null(strstr(figure->caption, "nan"));
    assert_true(figure->tables > 0 && figure->width > 0 && figure->height > 0);
    assert_non_null(strstr(figure->script, "plot "));
    slong numbers = 0;
    for (int i = 0; i < figure->tables; i++) {
        const ew_table *table = figure->table + i;
        char block[40];
        snprintf(block, sizeof block, "$%s ", table->name);
        if (strcmp(table->name, "limit") != 0 && strcmp(figure->name, "sharpening") != 0)
            assert_non_null(strstr(figure->script, block)); /* drawn */
        assert_true(table->rows > 0 && table->width > 0);
        slong names = 1;
        for (const char *c = table->columns; c != NULL && *c != '\0'; c++)
            names += *c == ',';
        assert_true(table->columns == NULL || names == table->width);
        for (slong k = 0; k < table->rows * table->width; k++) {
            assert_true(isfinite(table->cell[k]) || (gaps && isnan(table->cell[k])));
            numbers += isfinite(table->cell[k]);
        }
    }
    assert_true(numbers > 0);
}

/* The script is complete: a terminal, a block for each table with all its rows, then the plot; the CSV has the same numbers. */
static void expect_written(const ew_figure_t figure)
{
    char *text = NULL;
    size_t size = 0;
    slong rows = 0, lines = 0, ends = 0;
    FILE *out = open_memstream(&text, &size);
    assert_int_equal(ew_figure_write_script(out, figure, "svg", "it.svg"), EW_OK);
    fclose(out);
    assert_int_equal(strncmp(text, "set terminal svg\nset output 'it.svg'\n$", 38), 0);
    for (const char *c = text; (c = strstr(c, "\nEND\n")) != NULL; c++)
        ends++;
    assert_int_equal(ends, figure->tables);
    assert_string_equal(text + size - strlen(figure->script), figure->script);
    free(text);
    out = open_memstream(&text, &size);
    assert_int_equal(ew_figure_write_csv(out, figure), EW_OK);
    fclose(out);
    for (int i = 0; i < figure->tables; i++)
        rows += figure->table[i].rows + 1 + (figure->table[i].columns != NULL) + (i > 0);
    for (const char *c = text; *c != '\0'; c++)
        lines += *c == '\n';
    assert_int_equal(lines, rows);
    double first = figure->table[0].cell[0];
    const char *number = strchr(text, '\n') + 1;
    if (figure->table[0].columns != NULL)
        number = strchr(number, '\n') + 1;
    assert_true(near(strtod(number, NULL), first, 1e-8));
    free(text);
}

static void every_figure_is_complete(void **state)
{
    (void)state;
    ew_problem_t problem;
    poster(problem);
    int count = 0;
    for (const ew_figure_row_struct *row = ew_figure_list; row->name != NULL; row++, count++) {
        ew_figure_t figure;
        ew_figure_init(figure);
        assert_true(strlen(row->what) > 10);
        assert_int_equal(ew_figure_make(figure, row->name, problem, NULL), EW_OK);
        assert_string_equal(figure->name, row->name);
        expect_figure(figure, false);
        expect_written(figure);
        ew_figure_clear(figure);
        assert_true(figure->tables == 0 && figure->caption == NULL);
    }
    assert_int_equal(count, 9);
    ew_figure_t figure;
    ew_figure_init(figure);
    assert_int_equal(ew_figure_make(figure, "none", problem, NULL), EW_BAD_INPUT);
    ew_figure_clear(figure);
    ew_problem_clear(problem);
}

/* The marks of the diagram are the cascade's thresholds, the window's birth and the crises; its cycle is one of the map's. */
static void diagram_marks_are_predictions(void **state)
{
    (void)state;
    ew_problem_t problem;
    ew_figure_t figure;
    ew_cascade_t cascade;
    ew_threshold_struct three[3];
    arb_t crisis;
    ew_problem_init(problem);
    ew_figure_init(figure);
    ew_cascade_init(cascade);
    arb_init(crisis);
    for (int k = 0; k < 3; k++)
        ew_threshold_init(three + k);
    for (slong depth = 2; depth <= 5; depth += 3) {
        ew_set_problem(problem, depth, "1/2", "1", 1, "1/10");
        ew_figure_clear(figure);
        assert_int_equal(ew_figure_make(figure, "bifurcation", problem, NULL), EW_OK);
        expect_figure(figure, false);
        double wanted[8], kinds[8] = {0};
        slong count = 0;
        assert_int_equal(ew_cascade_run(cascade, depth, 4, 128, NULL), EW_OK);
        for (; count < cascade->count; count++)
            wanted[count] = middle(cascade->list[count].s);
        assert_int_equal(count, 5);
        if (ew_window_find(three, depth, 3, 2.7, 3.4, 128) == EW_OK) {
            kinds[count] = 1;
            wanted[count++] = middle(three[0].s);
        }
        assert_int_equal(ew_crisis_threshold(crisis, depth, EW_MEETS_ZERO, 128), EW_OK);
        kinds[count] = 2;
        wanted[count++] = middle(crisis);
        assert_int_equal(ew_crisis_threshold(crisis, depth, EW_MEETS_SECOND_CYCLE, 128), EW_OK);
        char digits[40];
        snprintf(digits, sizeof digits, "from %.12f on starts diverge", middle(crisis));
        assert_non_null(strstr(figure->caption, digits));
        snprintf(digits, sizeof digits, "stable up to s = %.12f", wanted[1]);
        assert_non_null(strstr(figure->caption, digits));
        const ew_table *marks = find_table(figure, "marks");
        assert_true(marks->rows == count); /* escapes lie beyond the picture */
        for (slong k = 0; k < count; k++) {
            assert_true(near(row_of(marks, k)[0], wanted[k], 1e-15));
            assert_true(row_of(marks, k)[1] == kinds[k]);
        }
        const ew_table *cycle = find_table(figure, "cycle");
        assert_int_equal(cycle->rows, 61);
        double L = (double)depth;
        for (slong k = 0; k < cycle->rows; k++) {
            const double *row = row_of(cycle, k);
            assert_true(k == 0 ? row[1] == 1 && row[2] == 1 : row[1] < 1 && row[2] > 1);
            assert_true(near(map(row[1], row[0] / L, 1, L), row[2], 1e-13));
            assert_true(near(map(row[2], row[0] / L, 1, L), row[1], 1e-13));
            assert_true(row[3] == (row[0] < wanted[1]));
        }
        const ew_table *density = find_table(figure, "density");
        double full = 0;
        for (slong i = 1; i < density->rows; i++)
            for (slong j = 1; j < density->width; j++)
                full = fmax(full, row_of(density, i)[j]);
        assert_true(full == 100);
    }
    for (int k = 0; k < 3; k++)
        ew_threshold_clear(three + k);
    ew_cascade_clear(cascade);
    ew_figure_clear(figure);
    ew_problem_clear(problem);
    arb_clear(crisis);
}

static void thresholds_are_predictions(void **state)
{
    (void)state;
    ew_problem_t problem;
    ew_figure_t figure;
    ew_cascade_t cascade;
    arb_t crisis;
    poster(problem);
    ew_figure_init(figure);
    ew_cascade_init(cascade);
    arb_init(crisis);
    assert_int_equal(ew_figure_make(figure, "thresholds", problem, NULL), EW_OK);
    const ew_table *depths = find_table(figure, "depths");
    assert_int_equal(depths->rows, 15);
    for (slong i = 0; i <= depths->rows; i += 3) { /* the last: the limit */
        const double *row =
            i < depths->rows ? row_of(depths, i) : row_of(find_table(figure, "limit"), 0) - 1;
        slong L = i < depths->rows ? (slong)row[0] : 0;
        assert_int_equal(ew_cascade_run(cascade, L, 3, 128, NULL), EW_OK);
        for (int k = 1; k <= 3; k++)
            assert_true(near(row[k], middle(cascade->list[k].s), 1e-15));
        for (int k = 0; k < 2 && L > 0; k++) {
            ew_crisis kind = k == 0 ? EW_MEETS_ZERO : EW_MEETS_SECOND_CYCLE;
            assert_int_equal(ew_crisis_threshold(crisis, L, kind, 128), EW_OK);
            assert_true(near(row[4 + k], middle(crisis), 1e-15));
        }
    }
    assert_true(row_of(depths, 0)[0] == 2 && near(row_of(depths, 0)[1], 2 * (sqrt(5) - 1), 1e-15) &&
                near(row_of(depths, 0)[5], 4, 1e-15)); /* depth 2: closed forms */
    ew_cascade_clear(cascade);
    ew_figure_clear(figure);
    ew_problem_clear(problem);
    arb_clear(crisis);
}

/* The lines at rho_1^L, rho_2^L are a 2-cycle of the map at one and the same step size, beyond the edge for just the p largest
 * values; and the network comes to them. */
static void oscillation_is_on_the_orbit(void **state)
{
    (void)state;
    static const char *const orbits[] = {"orbit1", "orbit2", "orbit"}, *const runs[] = {"p1", "p2",
                                                                                        "this"};
    ew_problem_t problem;
    ew_figure_t figure;
    poster(problem);
    ew_figure_init(figure);
    assert_int_equal(ew_figure_make(figure, "oscillation", problem, NULL), EW_OK);
    for (int p = 0; p < 3; p++) {
        const ew_table *orbit = find_table(figure, orbits[p]), *run = find_table(figure, runs[p]);
        assert_int_equal(orbit->rows, p + 1);
        assert_int_equal(run->rows, 91);
        double eta = 0;
        for (int i = 0; i <= p; i++) {
            const double *row = row_of(orbit, i);
            double sigma = ew_rational_double(problem->sigma + i), low = cbrt(row[1]),
                   high = cbrt(row[2]);
            double own = (high - low) / (low * low * (sigma - row[1]));
            assert_true(row[0] == i + 1 && row[1] < sigma && row[2] > sigma);
            assert_true(near(map(high, own, sigma, 3), low, 1e-12));
            assert_true(i == 0 || near(own, eta, 1e-12));
            eta = own;
        }
        char label[60];
        snprintf(label, sizeof label, "%s: p = %d, η = %.4g'",
                 p == 2 ? "this problem" : "another step", p + 1, eta);
        assert_true(p < 2 || near(eta, ew_rational_double(problem->eta), 1e-12));
        assert_non_null(strstr(figure->script, label));
        for (int i = 0; i < 3; i++) {
            double sigma = ew_rational_double(problem->sigma + i);
            assert_true((eta * 3 * pow(sigma, 4. / 3) > 2) == (i <= p));
            double last = row_of(run, 90)[1 + i], before = row_of(run, 89)[1 + i];
            if (i == 0) { /* closest to the flip: settled by then */
                const double *row = row_of(orbit, 0);
                assert_true(near(fmin(last, before), row[1], 0.05));
                assert_true(near(fmax(last, before), row[2], 0.05));
            } else if (i > p)
                assert_true(near(last, sigma, 0.2) && near(before, sigma, 0.2));
        }
    }
    ew_figure_clear(figure);
    ew_problem_clear(problem);
}

/* At (x, .., x) the block of one mode has L x^(2L-2) + (L-1) r x^(L-2) once and -r x^(L-2) L-1 times, r = x^L - sigma. */
static void sharpening_in_closed_form(void **state)
{
    (void)state;
    ew_problem_t problem;
    ew_figure_t figure;
    ew_mode_t mode;
    ew_roots_t roots;
    poster(problem);
    ew_figure_init(figure);
    ew_mode_init(mode);
    ew_roots_init(roots);
    assert_int_equal(ew_figure_make(figure, "sharpening", problem, NULL), EW_OK);
    const double *orbit = row_of(find_table(figure, "orbit"), 0);
    const ew_table *runs = find_table(figure, "runs");
    ew_set_mode(mode, 3, "11/15", "1", "1/10"); /* s = 2.2 */
    assert_int_equal(ew_orbit_roots(roots, mode, 64, 4096, NULL), EW_OK);
    for (int end = 0; end < 2; end++) {
        double x = middle(roots->roots[end == 0 ? roots->low : roots->high].x);
        double r = x * x * x - 1, value = 11. / 15 * (3 * x * x * x * x + 2 * r * x);
        assert_true(near(orbit[end], value, 1e-12));
        bool met =
            near(row_of(runs, 120)[3], value, 0.02) || near(row_of(runs, 119)[3], value, 0.02);
        assert_true(met); /* the run of s = 2.2 comes there */
    }
    assert_true(orbit[0] < 2 && orbit[1] > 2);
    for (slong t = 0; t <= 120; t++)
        assert_true(row_of(runs, t)[1] < 2 && row_of(runs, t)[2] < 2); /* below the edge */
    ew_roots_clear(roots);
    ew_mode_clear(mode);
    ew_figure_clear(figure);
    ew_problem_clear(problem);
}

/* Finds the row of a pair with about that value and takes its multiplicity off `left`. */
static void expect_eigenvalue(const ew_table *table, double i, double j, double value,
                              double multiplicity, double *left)
{
    double found = 0;
    for (slong k = 0; k < table->rows; k++) {
        const double *row = row_of(table, k);
        bool pair = (row[3] == i && row[4] == j) || (row[3] == j && row[4] == i);
        if (pair && near(row[1], value, 1e-10))
            found += row[2];
    }
    if (found != multiplicity)
        fail_msg("%s: (%g, %g): %.12g has multiplicity %g, not %g", table->name, i, j, value, found,
                 multiplicity);
    *left -= found;
}

/* The minimum: L sigma_i^(2-2/L); for pairs (sigma_i^2 - sigma_j^2) / (sigma_i^(2/L) - sigma_j^(2/L)), twice (i, j and j, i); with
 * the zeros past the rank sigma_i^(2-2/L), 2 (d - p) times. On the orbit: the blocks of one mode as above. Nothing else is positive there. */
static void hessian_in_closed_form(void **state)
{
    (void)state;
    static const char *const names[] = {"minimum", "low", "high"};
    ew_problem_t problem;
    ew_figure_t figure;
    ew_mode_t mode;
    ew_roots_t roots;
    poster(problem);
    ew_figure_init(figure);
    ew_mode_init(mode);
    ew_roots_init(roots);
    assert_int_equal(ew_figure_make(figure, "hessian", problem, NULL), EW_OK);
    const ew_table *minimum = find_table(figure, "minimum");
    double left = 0, L = 3, sigma[3];
    for (slong k = 0; k < minimum->rows; k++)
        left += row_of(minimum, k)[2];
    for (int i = 0; i < 3; i++)
        sigma[i] = ew_rational_double(problem->sigma + i);
    for (int i = 0; i < 3; i++) {
        expect_eigenvalue(minimum, i + 1, i + 1, L * pow(sigma[i], 2 - 2 / L), 1, &left);
        expect_eigenvalue(minimum, i + 1, 4, pow(sigma[i], 2 - 2 / L), 2 * 7, &left);
        for (int j = i + 1; j < 3; j++)
            expect_eigenvalue(minimum, i + 1, j + 1,
                              (sigma[i] * sigma[i] - sigma[j] * sigma[j]) /
                                  (pow(sigma[i], 2 / L) - pow(sigma[j], 2 / L)),
                              2, &left);
    }
    assert_true(left == 0);
    for (int end = 1; end <= 2; end++) {
        const ew_table *table = find_table(figure, names[end]);
        for (slong k = 0; k < 3; k++) {
            ew_problem_mode(mode, problem, k);
            assert_int_equal(ew_orbit_roots(roots, mode, 64, 4096, NULL), EW_OK);
            double x = middle(roots->roots[end == 1 ? roots->low : roots->high].x);
            double r = x * x * x - sigma[k], ignored = 0;
            expect_eigenvalue(table, (double)k + 1, (double)k + 1, 3 * pow(x, 4) + 2 * r * x, 1,
                              &ignored);
            if (end == 1)
                expect_eigenvalue(table, (double)k + 1, (double)k + 1, -r * x, 2, &ignored);
        }
    }
    for (int k = 0; k < 3; k++) {
        const ew_table *table = find_table(figure, names[k]);
        double place = 1;
        for (slong row = 0; row < table->rows; row++) {
            assert_true(row_of(table, row)[0] == place && row_of(table, row)[1] > 0);
            assert_true(row == 0 || row_of(table, row)[1] <= row_of(table, row - 1)[1]);
            place += row_of(table, row)[2];
        }
    }
    assert_non_null(strstr(figure->caption, "all 300 eigenvalues"));
    assert_non_null(strstr(figure->caption, "of the 3 values beyond"));
    ew_roots_clear(roots);
    ew_mode_clear(mode);
    ew_figure_clear(figure);
    ew_problem_clear(problem);
}

/* The curve on the map is the poster's bound, by the function and by its formula; the cells are those of the map. */
static void bound_is_the_prediction(void **state)
{
    (void)state;
    ew_problem_t problem;
    ew_figure_t figure;
    ew_mode_t mode;
    arb_t alpha;
    arf_t x;
    poster(problem);
    ew_figure_init(figure);
    ew_mode_init(mode);
    arb_init(alpha);
    arf_init(x);
    assert_int_equal(ew_figure_make(figure, "regimes", problem, NULL), EW_OK);
    const ew_table *bound = find_table(figure, "bound"), *cells = find_table(figure, "cells");
    assert_true(bound->rows >= 60);
    ew_set_mode(mode, 3, "1", "1", "1/10");
    for (slong k = 0; k < bound->rows; k++) {
        const double *row = row_of(bound, k);
        assert_true(row[0] >= 2 && row[0] < sqrt(8));
        arf_set_d(x, row[0]);
        arf_get_fmpq(mode->eta, x);
        fmpq_div_fmpz(mode->eta, mode->eta, (fmpz[]){3});
        assert_int_equal(ew_balance_bound(alpha, mode, 128), EW_OK);
        assert_true(near(row[1], middle(alpha), 1e-15));
        assert_true(near(row[1], pow(log(sqrt(8) / row[0]) / (9 * 2), 0.25), 1e-7));
    }
    assert_true(cells->width == 361 && cells->rows == 241 && row_of(cells, 0)[0] == 360);
    for (slong i = 0; i < 240; i += 40)
        for (slong j = 0; j < 360; j++) {
            double s = 1.5 + 3.0 * (double)j / 359, a = 0.005 + 1.395 * (double)i / 239;
            double kind = row_of(cells, i + 1)[j + 1];
            assert_true(near(row_of(cells, 0)[j + 1], s, 1e-12));
            assert_true(near(row_of(cells, i + 1)[0], a, 1e-12));
            if (s < 1.9 && a > 0.2 && a < 1)
                assert_true(kind == 0); /* converges */
            if (s > 2.1 && s < 2.4 && a > 0.2 && a < 0.4)
                assert_true(kind == 1); /* period 2 */
            assert_true(kind >= 0 && kind <= 7);
        }
    arf_clear(x);
    arb_clear(alpha);
    ew_mode_clear(mode);
    ew_figure_clear(figure);
    ew_problem_clear(problem);
}

/* Flow keeps the gap; below the edge it ends at the certified limit; beyond it goes to zero. The landscape's orbit is a 2-cycle. */
static void gaps_and_landscape(void **state)
{
    (void)state;
    ew_problem_t problem;
    ew_figure_t figure;
    poster(problem);
    ew_figure_init(figure);
    assert_int_equal(ew_figure_make(figure, "conservation", problem, NULL), EW_OK);
    const ew_table *gaps = find_table(figure, "gaps");
    assert_int_equal(gaps->rows, 301);
    for (slong t = 0; t < 301; t++) {
        assert_true(row_of(gaps, t)[0] == (double)t && near(row_of(gaps, t)[1], 1, 1e-9));
        for (int k = 2; k <= 3 && t > 0; k++) /* it never grows */
            assert_true(row_of(gaps, t)[k] <= row_of(gaps, t - 1)[k] * (1 + 1e-12));
    }
    const char *limit = strstr(figure->caption, "levels off at ");
    assert_non_null(limit);
    assert_true(near(row_of(gaps, 300)[2], strtod(limit + 14, NULL), 1e-9));
    assert_true(row_of(gaps, 300)[2] > 0.1 && row_of(gaps, 300)[3] < 1e-5);
    ew_figure_clear(figure);
    assert_int_equal(ew_figure_make(figure, "landscape", problem, NULL), EW_OK);
    const ew_table *orbit = find_table(figure, "orbit");
    assert_int_equal(orbit->rows, 2);
    double low = row_of(orbit, 0)[0], high = row_of(orbit, 1)[0];
    assert_true(low < 1 && high > 1);
    /* depth 2: eta rho^2 = (c -+ sqrt(c^2 - 4)) / 2, c = eta sigma + 1 */
    double c = 2.15, root = sqrt(c * c - 4);
    assert_true(near(1.15 * low * low, (c - root) / 2, 1e-13));
    assert_true(near(1.15 * high * high, (c + root) / 2, 1e-13));
    const ew_table *run = find_table(figure, "run2");
    const double *last = row_of(run, 60), *before = row_of(run, 59);
    assert_true(near(fmin(last[1], before[1]), low, 1e-3) && near(last[0], last[1], 1e-3));
    ew_figure_clear(figure);
    ew_problem_clear(problem);
}

/* Cells of the stress table: one for each row and format, the shade by the outcome, as many losses as the caption says. */
static void stress_table_is_full(void **state)
{
    (void)state;
    ew_problem_t problem;
    ew_figure_t figure;
    ew_problem_init(problem);
    ew_set_problem(problem, 3, "23/30", "1", 1, "1/10");
    ew_figure_init(figure);
    assert_int_equal(ew_figure_make(figure, "stress", problem, NULL), EW_OK);
    const ew_table *cells = find_table(figure, "cells");
    assert_true(cells->rows % 10 == 0 && cells->rows > 50);
    slong lost = 0, silent = 0;
    for (slong k = 0; k < cells->rows; k++) {
        const double *row = row_of(cells, k);
        silent = k % 10 == 0 ? 0 : silent;
        silent += row[3] == EW_CANNOT_TELL;
        assert_true(silent < 10); /* such rows are left out */
        assert_true(row[0] == (double)(k % 10));
        assert_true(row[1] == (double)(cells->rows / 10 - 1 - k / 10));
        double shade = row[3] == EW_AGREES ? 0 : row[3] == EW_CANNOT_TELL ? 1 : 2;
        assert_true(row[2] == shade);
        lost += shade == 2;
    }
    char text[60];
    snprintf(text, sizeof text, " %ld of %ld cells lose the truth", lost, cells->rows);
    assert_non_null(strstr(figure->caption, text));
    ew_figure_clear(figure);
    ew_problem_clear(problem);
}

/* Problems with little in them: no crash, and what is missing is said. */
static void degenerate_problems_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        slong depth;
        const char *eta, *sigma;
        slong dim;
        const char *alpha, *says;
    } rows[] = {
        {"oscillation", 3, "4/5", "1", 1, "1/10", "Depth 3, 1 x 1"},
        {"oscillation", 3, "1/10", "1,1", 2, "1/10", "no step with exactly 1 in stable period 2"},
        {"oscillation", 3, "1/10", "1,1/2", 2, "1/10", "no step with exactly 2 in stable"},
        {"oscillation", 2, "23/20", "1,19/20", 4, "0", "Depth 2, 4 x 4"},
        {"oscillation", 3, "4/5", "1", 1000000, "1/10", "the problem's 1000000 x 1000000"},
        {"oscillation", 32, "11/160", "1", 1, "1/2", "Depth 32"},
        {"sharpening", 3, "1/10", "1", 1, "0", "Depth 3"},
        {"sharpening", 2, "23/20", "1,1", 4, "1/10", "Depth 2"},
        {"hessian", 3, "4/5", "1", 1, "1/10", "of the 1 value beyond"},
        {"hessian", 3, "1/10", "1,1/2", 3, "1/10", "No value is beyond the edge"},
        {"hessian", 3, "2/3", "1", 1, "1/10", "No value is beyond the edge"},
        {"hessian", 2, "23/20", "1,1", 2, "1/10", "of the 2 values beyond"},
        {"hessian", 32, "11/160", "1,1", 4, "1/10", "all 512 eigenvalues"},
        {"hessian", 3, "1/10000000000000000000000", "1/10000000000000", 2, "0", "No value"},
        {"stress", 2, "1/10", "1,1", 3, "1/10", "lose the truth"},
        {"stress", 3, "4/5", "1", 1, "0", "lose the truth"},
        {"bifurcation", 32, "1", "1", 1, "1/10", "Depth 32, the balanced map"},
        {"bifurcation", 5000, "1", "1", 1, "1/10",
         "(The problem's depth is 5000; this is drawn for "
         "1000.)"},
        {"regimes", 32, "1", "1", 1, "1/10", "Depth 32, the pair"},
        {"conservation", 2, "1", "1", 1, "1/10", "depth 2, sigma = 1"},
        {"conservation", 32, "1", "1", 1, "1/10", "of depth 8, this problem of depth 32"},
    };
    ew_problem_t problem;
    ew_figure_t figure;
    ew_problem_init(problem);
    ew_figure_init(figure);
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        ew_set_problem(problem, rows[k].depth, rows[k].eta, rows[k].sigma, rows[k].dim,
                       rows[k].alpha);
        ew_figure_clear(figure);
        assert_int_equal(ew_figure_make(figure, rows[k].name, problem, NULL), EW_OK);
        expect_figure(figure, true);
        if (strstr(figure->caption, rows[k].says) == NULL)
            fail_msg("%s, row %zu: \"%s\" does not say \"%s\"", rows[k].name, k, figure->caption,
                     rows[k].says);
    }
    /* the tiny target's eigenvalues are there, all 3 + 0 + 2 positive ones */
    ew_set_problem(problem, 3, "1", "1/10000000000000", 2, "0");
    ew_figure_clear(figure);
    assert_int_equal(ew_figure_make(figure, "hessian", problem, NULL), EW_OK);
    double tiny = pow(1e-13, 4. / 3);
    assert_true(fabs(row_of(find_table(figure, "minimum"), 0)[1] / (3 * tiny) - 1) < 1e-12);
    /* beyond doubles */
    fmpq_set_si(problem->eta, 1, 10);
    for (int k = 0; k < 400; k++)
        fmpq_div_fmpz(problem->eta, problem->eta, (fmpz[]){10});
    for (const ew_figure_row_struct *row = ew_figure_list; row->name != NULL; row++) {
        ew_figure_clear(figure);
        assert_int_equal(ew_figure_make(figure, row->name, problem, NULL), EW_BAD_INPUT);
    }
    ew_figure_clear(figure);
    ew_problem_clear(problem);
}

static bool stop_at_once(void *context, const char *what, ulong done, ulong total)
{
    (void)what;
    ++*(int *)context;
    assert_true(done <= total || total == 0);
    return false;
}

/* Every figure asks, and stops when it is told to; landscape is done before it could ask. */
static void figures_can_be_stopped(void **state)
{
    (void)state;
    ew_problem_t problem;
    poster(problem);
    for (const ew_figure_row_struct *row = ew_figure_list; row->name != NULL; row++) {
        int asked = 0;
        ew_progress progress = {stop_at_once, &asked};
        ew_figure_t figure;
        ew_figure_init(figure);
        ew_status status = ew_figure_make(figure, row->name, problem, &progress);
        assert_int_equal(status, strcmp(row->name, "landscape") == 0 ? EW_OK : EW_STOPPED);
        assert_int_equal(asked, strcmp(row->name, "landscape") != 0);
        ew_figure_clear(figure);
    }
    ew_problem_clear(problem);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_figure_is_complete),   cmocka_unit_test(diagram_marks_are_predictions),
    cmocka_unit_test(thresholds_are_predictions), cmocka_unit_test(oscillation_is_on_the_orbit),
    cmocka_unit_test(sharpening_in_closed_form),  cmocka_unit_test(hessian_in_closed_form),
    cmocka_unit_test(bound_is_the_prediction),    cmocka_unit_test(gaps_and_landscape),
    cmocka_unit_test(stress_table_is_full),       cmocka_unit_test(degenerate_problems_are_told),
    cmocka_unit_test(figures_can_be_stopped),
};
EW_TESTS(tests)
