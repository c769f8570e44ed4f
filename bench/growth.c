/* Cost against depth and against digits, with exponents fitted to the larger ones, even and odd depths apart; the points go to
 * build/growth.csv and, where there is gnuplot, into docs/pictures/growth.png. */
#include "bench.h"
#include <edgewise.h>
#include <math.h>
#include <stdio.h>

typedef struct {
    const char *name;
    double from; /* the fit begins there */
    double at[32], seconds[32];
    int count;
} curve_t;

typedef struct {
    ew_mode_t mode;
    ew_roots_t roots;
    ew_slp_t program;
    ew_slp_roots_t program_roots;
    void *pari;
    slong bits;
} case_t;

static void structured(void *context)
{
    case_t *row = context;
    ew_bench_expect(
        ew_orbit_roots_structured(row->roots, row->mode, row->bits, 2 * row->bits + 4096, NULL));
}

static void expanded(void *context)
{
    case_t *row = context;
    ew_bench_expect(ew_orbit_roots_expanded(row->roots, row->mode, row->bits, 4096, NULL));
}

static void by_program(void *context)
{
    case_t *row = context;
    ew_bench_expect(
        ew_slp_roots(row->program_roots, row->program, NULL, NULL, row->bits, NULL, NULL));
}

static void by_pari(void *context)
{
    case_t *row = context;
    ew_bench_pari_roots(row->pari);
}

static void case_init(case_t *row, slong depth, slong digits)
{
    ew_slp_map_t map;
    ew_mode_init(row->mode);
    ew_roots_init(row->roots);
    ew_slp_init(row->program);
    ew_slp_map_init(map);
    ew_slp_roots_init(row->program_roots);
    row->bits = ew_digits_to_bits(digits);
    row->mode->depth = depth;
    row->pari = NULL;
    fmpq_set_si(row->mode->eta, 22, 10 * (ulong)depth);
    fmpq_set(map->c, row->mode->eta);
    map->k = (ulong)depth - 1;
    map->m = (ulong)depth;
    ew_slp_map_cycles(row->program, map, 2);
    ew_slp_map_clear(map);
}

static void case_clear(case_t *row)
{
    ew_mode_clear(row->mode);
    ew_roots_clear(row->roots);
    ew_slp_clear(row->program);
    ew_slp_roots_clear(row->program_roots);
}

static void ask_pari(case_t *row)
{
    fmpz_poly_t phi;
    fmpz_poly_init(phi);
    ew_bench_expect(ew_orbit_poly_build(phi, row->mode));
    char *text = fmpz_poly_get_str_pretty(phi, "x");
    row->pari = ew_bench_pari_polynomial(text);
    flint_free(text);
    fmpz_poly_clear(phi);
}

static void add_point(curve_t *curve, double at, double seconds)
{
    curve->at[curve->count] = at;
    curve->seconds[curve->count++] = seconds;
}

/* The slope of ln seconds against ln at by least squares, from curve->from on. */
static double exponent(const curve_t *curve)
{
    double n = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (int i = 0; i < curve->count; i++) {
        if (curve->at[i] < curve->from)
            continue;
        double a = log(curve->at[i]), b = log(curve->seconds[i]);
        n++, x += a, y += b, xx += a * a, xy += a * b;
    }
    return n < 2 ? 0 : (n * xy - x * y) / (n * xx - x * x);
}

static void depth_curves(curve_t *even, curve_t *odd, curve_t *program)
{
    for (slong depth = 2; depth <= 1000000; depth = depth < 524288 ? 2 * depth : depth + 475712)
        for (int parity = 0; parity < 2; parity++) {
            case_t row;
            slong n = parity == 0 ? depth : depth < 1000000 ? depth + 1 : depth - 1;
            case_init(&row, n, 15);
            add_point(parity ? odd : even, (double)n, ew_bench_median(structured, &row));
            if (!parity)
                add_point(program, (double)n, ew_bench_median(by_program, &row));
            case_clear(&row);
        }
}

static void expanded_curves(curve_t *even, curve_t *odd, curve_t *pari_even, curve_t *pari_odd)
{
    static const slong depths[] = {4, 5, 8, 9, 12, 13, 16, 17, 24, 25, 32, 33, 48};
    for (int i = 0; i < 13; i++) {
        case_t row;
        slong depth = depths[i];
        bool is_odd = depth % 2 != 0;
        case_init(&row, depth, 15);
        add_point(is_odd ? odd : even, (double)depth, ew_bench_median(expanded, &row));
        if (depth <= (is_odd ? 17 : 24)) { /* seconds and more beyond */
            ask_pari(&row);
            if (row.pari != NULL)
                add_point(is_odd ? pari_odd : pari_even, (double)depth,
                          depth <= 16 ? ew_bench_median(by_pari, &row)
                                      : ew_bench_once(by_pari, &row));
        }
        case_clear(&row);
    }
}

static void digit_curve(curve_t *curve, slong depth)
{
    for (slong digits = 100; digits <= 1000000; digits *= 10)
        for (int half = 0; half < (digits < 1000000 ? 2 : 1); half++) {
            slong n = half ? 3 * digits : digits;
            case_t row;
            case_init(&row, depth, n);
            add_point(curve, (double)n, ew_bench_median(structured, &row));
            case_clear(&row);
        }
}

static void show(const curve_t *curve, const char *against)
{
    char row[64];
    if (curve->count == 0)
        return;
    double power = exponent(curve), last = 1e3 * curve->seconds[curve->count - 1];
    printf("  %-34s %12.0f %12.3f   %s^%.2f\n", curve->name, curve->at[curve->count - 1], last,
           against, power);
    snprintf(row, sizeof row, "%s at %s = %.0f", curve->name, against, curve->at[curve->count - 1]);
    ew_bench_record((ew_bench_row){"growth", row, "exponent (in ratio)", last, 0, 0, power, "", 1});
}

enum { EVEN, ODD, PROGRAM, EXPANDED_EVEN, EXPANDED_ODD, PARI_EVEN, PARI_ODD, DIGITS, CURVES };

static bool write_points(const curve_t *curves)
{
    FILE *out = fopen("build/growth.csv", "w");
    if (out == NULL)
        return false;
    for (int c = 0; c < CURVES; c++) {
        fprintf(out, "# %s\n", curves[c].name);
        for (int i = 0; i < curves[c].count; i++)
            fprintf(out, "%.0f,%.6g\n", curves[c].at[i], 1e3 * curves[c].seconds[i]);
        fprintf(out, "\n\n"); /* gnuplot's index */
    }
    return fclose(out) == 0;
}

static void draw(const curve_t *curves)
{
    FILE *plot = popen("gnuplot 2> /dev/null", "w");
    if (plot == NULL)
        return;
    fputs("set terminal pngcairo size 1200,480 font 'sans,11'\n"
          "set output 'docs/pictures/growth.png'\nset datafile separator ','\n"
          "set multiplot layout 1,2\nset logscale xy\nset format '10^{%T}'\nset grid\n"
          "set key top right\nset xlabel 'depth L (degree about 4 L^2)'\n"
          "set ylabel 'ms, all real roots, 15 digits'\nset yrange [0.01:1e5]\nplot ",
          plot);
    for (int c = 0; c < DIGITS; c++)
        if (curves[c].count > 0)
            fprintf(plot, "%s'build/growth.csv' index %d with linespoints title '%s'",
                    c > 0 ? ", " : "", c, curves[c].name);
    fprintf(plot,
            "\nset key top left\nset xlabel 'digits, depth 8'\nset ylabel 'ms, all real "
            "roots'\nset autoscale y\n"
            "plot 'build/growth.csv' index %d with linespoints title '%s'\nunset multiplot\n",
            DIGITS, curves[DIGITS].name);
    if (pclose(plot) != 0)
        printf("  no gnuplot: docs/pictures/growth.png is as it was\n");
}

int ew_bench_growth(void)
{
    static curve_t curves[CURVES] = {
        [EVEN] = {.name = "structured, even", .from = 16},
        [ODD] = {.name = "structured, odd", .from = 16},
        [PROGRAM] = {.name = "as a straight-line program", .from = 16},
        [EXPANDED_EVEN] = {.name = "expanded, even", .from = 12},
        [EXPANDED_ODD] = {.name = "expanded, odd", .from = 13},
        [PARI_EVEN] = {.name = "PARI, even", .from = 8},
        [PARI_ODD] = {.name = "PARI, odd", .from = 9},
        [DIGITS] = {.name = "structured", .from = 3000},
    };
    depth_curves(curves + EVEN, curves + ODD, curves + PROGRAM);
    expanded_curves(curves + EXPANDED_EVEN, curves + EXPANDED_ODD, curves + PARI_EVEN,
                    curves + PARI_ODD);
    digit_curve(curves + DIGITS, 8);
    printf("\ngrowth, s = 2.2, all real roots\n  %-34s %12s %12s   grows like\n", "", "up to",
           "ms");
    for (int c = 0; c < CURVES; c++)
        show(curves + c, c == DIGITS ? "digits" : "L");
    if (write_points(curves))
        draw(curves);
    return 0;
}
