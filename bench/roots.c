/* All real roots of the orbit polynomial, s = 2.2, sigma = 1, 15 digits: by the closed form and from the expanded polynomial,
 * against PARI's polrootsreal on the same polynomial, against FLINT 3.7-dev's arb_fmpz_poly_real_roots as it was measured on
 * another machine, scaled by what PARI took there, and against the tools that find all roots, complex ones too. */
#include "bench.h"
#include <edgewise.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    ew_mode_t mode;
    ew_roots_t roots;
    fmpz_poly_t phi;
    void *pari;
    long pari_count;
    slong flint_count;
} case_t;

static void structured(void *context)
{
    case_t *row = context;
    ew_bench_expect(ew_orbit_roots_structured(row->roots, row->mode, 50, 4096, NULL));
}

static void expanded(void *context)
{
    case_t *row = context;
    ew_bench_expect(ew_orbit_roots_expanded(row->roots, row->mode, 50, 4096, NULL));
}

static void by_pari(void *context)
{
    case_t *row = context;
    row->pari_count = ew_bench_pari_roots(row->pari);
}

static void flint_complex(void *context)
{
    case_t *row = context;
    slong n = fmpz_poly_degree(row->phi);
    acb_ptr z = _acb_vec_init(n);
    arb_fmpz_poly_complex_roots(z, row->phi, 0, 50);
    row->flint_count = 0;
    for (slong i = 0; i < n; i++)
        row->flint_count += arb_is_zero(acb_imagref(z + i));
    _acb_vec_clear(z, n);
}

static void flint_count(void *context)
{
    case_t *row = context;
    row->flint_count = fmpz_poly_num_real_roots(row->phi);
}

static void case_init(case_t *row, slong depth, bool pari)
{
    row->pari = NULL;
    row->pari_count = row->flint_count = 0;
    ew_mode_init(row->mode);
    ew_roots_init(row->roots);
    fmpz_poly_init(row->phi);
    row->mode->depth = depth;
    fmpq_set_si(row->mode->eta, 22, 10 * (ulong)depth);
    ew_bench_expect(ew_orbit_poly_build(row->phi, row->mode));
    if (pari) {
        char *text = fmpz_poly_get_str_pretty(row->phi, "x");
        row->pari = ew_bench_pari_polynomial(text);
        flint_free(text);
    }
}

static void case_clear(case_t *row)
{
    fmpz_poly_clear(row->phi);
    ew_roots_clear(row->roots);
    ew_mode_clear(row->mode);
}

/* ---- PARI and FLINT's newest ------------------------------------------------------------------- */

static const struct {
    slong depth;
    bool pari;                      /* in this run: not where it takes a minute */
    double structured, expanded;    /* goals: how many times faster than PARI; 0: none */
    double pari_there, flint_there; /* ms, on the other machine; 0: not known */
} lines[] = {
    {8, true, 10, 0, 3.7, 0.49},  {9, true, 10, 0, 17, 5.7},      {15, true, 50, 0, 843, 142},
    {16, true, 50, 0, 405, 11.5}, {23, true, 50, 20, 6300, 1430}, {24, true, 50, 20, 1600, 108},
    {31, false, 0, 0, 0, 7500},   {32, true, 50, 20, 8100, 581},  {48, false, 0, 0, 78000, 13000}};

static int compare_counts(slong depth, slong ours, slong theirs, const char *name)
{
    if (ours == theirs)
        return 0;
    printf("the counts differ at depth %ld: %s finds %ld\n", depth, name, theirs);
    return 1;
}

/* "12.3", or "-" for none. */
static const char *number(char out[16], double x, const char *format)
{
    if (x > 0)
        snprintf(out, 16, format, x);
    else
        strcpy(out, "-");
    return out;
}

static void record(slong depth, const char *route, double ms, double spread, double pari,
                   double goal)
{
    char row[48], words[32] = "";
    snprintf(row, sizeof row, "depth %ld, %s", depth, route);
    if (goal > 0)
        snprintf(words, sizeof words, ">= %.0f", goal);
    ew_bench_record((ew_bench_row){"real roots", row, "PARI polrootsreal", ms, spread, pari,
                                   pari / ms, words, pari <= 0 || pari / ms >= goal});
}

static int pari_table(void)
{
    int missed = 0;
    double scale = 0;
    printf("all real roots, s = 2.2, sigma = 1   (ms, medians of one run; * scaled by PARI)\n");
    printf("%5s %7s %6s %11s %10s %10s  %16s %15s %12s\n", "depth", "degree", "roots", "structured",
           "expanded", "PARI", "ratios", "goals", "FLINT 3.7*");
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        case_t row;
        char words[5][16];
        slong depth = lines[i].depth;
        case_init(&row, depth, lines[i].pari);
        double mine = 1e3 * ew_bench_median(structured, &row), mine_spread = ew_bench_spread();
        slong count = row.roots->count;
        double general = 1e3 * ew_bench_median(expanded, &row), general_spread = ew_bench_spread();
        missed += compare_counts(depth, count, row.roots->count, "the expanded route");
        double pari = 0;
        if (row.pari != NULL) {
            pari = 1e3 * (depth < 20 ? ew_bench_median : ew_bench_once)(by_pari, &row);
            missed += compare_counts(depth, count, row.pari_count, "PARI");
            scale = pari / lines[i].pari_there;
        }
        double flint =
            scale * lines[i].flint_there; /* without PARI here: as for the depth before */
        bool fine = pari <= 0 ||
                    (pari / mine >= lines[i].structured && pari / general >= lines[i].expanded);
        if (depth >= 23 && flint > 0)
            fine = fine && general <= flint;
        printf("%5ld %7ld %6ld %11.3f %10.2f %10s %8s %8s %7.0fx %6.0fx %12s%s\n", depth,
               fmpz_poly_degree(row.phi), count, mine, general, number(words[0], pari, "%.1f"),
               number(words[1], pari / mine, "%.0fx"), number(words[2], pari / general, "%.0fx"),
               lines[i].structured, lines[i].expanded, number(words[3], flint, "%.1f"),
               fine ? "" : "  SHORT");
        record(depth, "structured", mine, mine_spread, pari, lines[i].structured);
        record(depth, "expanded", general, general_spread, pari, lines[i].expanded);
        missed += !fine;
        case_clear(&row);
    }
    return missed;
}

/* ---- Times alone --------------------------------------------------------------------------------- */

static int time_table(void)
{
    static const struct {
        slong depth;
        double goal;
    } times[] = {{8, 0.3},  {9, 0.3},  {31, 1},      {32, 1},
                 {1023, 5}, {1024, 5}, {999999, 20}, {1000000, 20}};
    int missed = 0;
    printf("\nstructured, ms\n");
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        case_t row = {.pari = NULL};
        char name[32], goal[32];
        ew_mode_init(row.mode);
        ew_roots_init(row.roots);
        row.mode->depth = times[i].depth;
        fmpq_set_si(row.mode->eta, 22, 10 * (ulong)times[i].depth);
        double ms = 1e3 * ew_bench_median(structured, &row);
        bool fine = ms < times[i].goal && row.roots->count == (times[i].depth % 2 == 0 ? 6 : 4);
        snprintf(name, sizeof name, "depth %ld, time", times[i].depth);
        snprintf(goal, sizeof goal, "< %g ms", times[i].goal);
        printf("  depth %-8ld %8.3f  %s%s\n", times[i].depth, ms, goal, fine ? "" : "  SHORT");
        ew_bench_record(
            (ew_bench_row){"real roots", name, "", ms, ew_bench_spread(), 0, 0, goal, fine});
        missed += !fine;
        ew_roots_clear(row.roots);
        ew_mode_clear(row.mode);
    }
    return missed;
}

/* ---- Tools that find all roots ---------------------------------------------------------------------- */

/* The coefficients for a script: one a line; as MPSolve reads them with a head. */
static char *coefficients(const fmpz_poly_t phi, bool mpsolve)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (mpsolve)
        fprintf(out, "Monomial;\nDegree=%ld;\nReal;\nInteger;\n\n", fmpz_poly_degree(phi));
    for (slong i = 0; i < fmpz_poly_length(phi); i++) {
        fmpz_fprint(out, phi->coeffs + i);
        fputc('\n', out);
    }
    fclose(out);
    return text;
}

static void tool_row(slong depth, const char *name, double mine, double theirs, const char *remark)
{
    char row[48];
    if (theirs <= 0) {
        printf("  depth %-3ld %-44s not there\n", depth, name);
        return;
    }
    printf("  depth %-3ld %-44s %10.2f %8.0fx  %s\n", depth, name, theirs, theirs / mine, remark);
    snprintf(row, sizeof row, "depth %ld, expanded", depth);
    ew_bench_record(
        (ew_bench_row){"other tools", row, name, mine, 0, theirs, theirs / mine, "", 1});
}

static int tools_of(slong depth)
{
    case_t row;
    double numbers[2] = {0, 0};
    int missed = 0;
    case_init(&row, depth, false);
    double mine = 1e3 * ew_bench_median(expanded, &row);
    slong count = row.roots->count;
    if (depth <= 9) {
        tool_row(depth, "FLINT, all complex roots, proved", mine,
                 1e3 * ew_bench_once(flint_complex, &row), "");
        missed += compare_counts(depth, count, row.flint_count, "FLINT");
    }
    if (depth <= 8) {
        tool_row(depth, "FLINT, real roots counted, not isolated", mine,
                 1e3 * ew_bench_once(flint_count, &row), "");
        missed += compare_counts(depth, count, row.flint_count, "FLINT's count");
    }
    char *text = coefficients(row.phi, true);
    double start = ew_bench_now();
    int found = ew_bench_tool(
        numbers, 1, "command -v mpsolve > /dev/null && mpsolve -as -Gi -SR | wc -l", text);
    double seconds = ew_bench_now() - start;
    tool_row(depth, "MPSolve, a whole process", mine, found == 1 ? 1e3 * seconds : 0, "");
    if (found == 1)
        missed += compare_counts(depth, count, (slong)numbers[0], "MPSolve");
    free(text);
    text = coefficients(row.phi, false);
    char remark[48];
    found = ew_bench_tool(numbers, 2, "/usr/bin/python3 bench/roots.py numpy", text);
    snprintf(remark, sizeof remark, "finds %.0f real ones of %ld", numbers[1], count);
    tool_row(depth, "NumPy, doubles, no proof", mine, found == 2 ? 1e3 * numbers[0] : 0, remark);
    if (depth <= 4) {
        found = ew_bench_tool(numbers, 2, "/usr/bin/python3 bench/roots.py mpmath", text);
        snprintf(remark, sizeof remark, "finds %.0f real ones of %ld", numbers[1], count);
        tool_row(depth, "mpmath polyroots, no proof", mine, found == 2 ? 1e3 * numbers[0] : 0,
                 remark);
    }
    free(text);
    case_clear(&row);
    return missed;
}

int ew_bench_roots(void)
{
    int missed = pari_table() + time_table();
    printf("\ntools that find all roots (ms), against the expanded route\n");
    static const slong depths[] = {4, 8, 9, 16};
    for (int i = 0; i < 4; i++)
        missed += tools_of(depths[i]);
    return missed;
}
