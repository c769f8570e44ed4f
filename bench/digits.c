/* Many digits of the orbit, against mpmath's findroot on the unexpanded form and against one root extraction by MPFR, the least
 * that a number of the kind of (2 sigma)^(1/L) costs; beside them bare products of that length. */
#include "bench.h"
#include <edgewise.h>
#include <stdio.h>

typedef struct {
    ew_mode_t mode;
    arb_t low, high;
    bool both;
    slong bits;
    ew_status status;
    mpfr_t x, y;
} case_t;

static void ours(void *context)
{
    case_t *row = context;
    row->status = ew_orbit_pair(row->low, row->both ? row->high : NULL, row->mode, row->bits,
                                2 * row->bits + 4096);
}

static void eighth_root(void *context)
{
    case_t *row = context;
    mpfr_rootn_ui(row->y, row->x, 8, MPFR_RNDN);
}

static void product(void *context)
{
    case_t *row = context;
    mpfr_mul(row->y, row->x, row->x, MPFR_RNDN);
}

static void case_init(case_t *row, slong depth, slong digits, bool both)
{
    ew_mode_init(row->mode);
    arb_init(row->low);
    arb_init(row->high);
    row->both = both;
    row->bits = ew_digits_to_bits(digits);
    row->mode->depth = depth;
    fmpq_set_si(row->mode->eta, 22, 10 * (ulong)depth);
    mpfr_inits2((mpfr_prec_t)row->bits, row->x, row->y, (mpfr_ptr)NULL);
    mpfr_set_ui(row->x, 2, MPFR_RNDN);
    mpfr_sqrt(row->x, row->x, MPFR_RNDN);
}

static void case_clear(case_t *row)
{
    ew_mode_clear(row->mode);
    arb_clear(row->low);
    arb_clear(row->high);
    mpfr_clears(row->x, row->y, (mpfr_ptr)NULL);
}

/* Against mpmath: both roots. */
static void beside_mpmath(slong depth, slong digits, double mine)
{
    double numbers[2];
    char command[96], name[48];
    snprintf(command, sizeof command, "/usr/bin/python3 bench/roots.py findroot %ld %ld", depth,
             digits);
    if (ew_bench_tool(numbers, 2, command, "") != 2) {
        printf("    mpmath's findroot: not there\n");
        return;
    }
    printf("    mpmath's findroot, no proof %32.3f %9.0fx\n", 1e3 * numbers[0],
           1e3 * numbers[0] / mine);
    snprintf(name, sizeof name, "depth %ld, %ld digits of both", depth, digits);
    ew_bench_record((ew_bench_row){"digits", name, "mpmath findroot", mine, 0, 1e3 * numbers[0],
                                   1e3 * numbers[0] / mine, "", 1});
}

static int line(slong depth, slong digits, bool both, double most_ms, double most_ratio)
{
    case_t row;
    char name[48], goal[48] = "";
    case_init(&row, depth, digits, both);
    double mine = 1e3 * ew_bench_median(ours, &row), spread = ew_bench_spread();
    double root = 1e3 * ew_bench_median(eighth_root, &row);
    double bare = 1e3 * ew_bench_median(product, &row);
    bool fine = row.status == EW_OK && (most_ms <= 0 || mine < most_ms) &&
                (most_ratio <= 0 || mine < most_ratio * root);
    if (most_ms > 0)
        snprintf(goal, sizeof goal, "< %g ms", most_ms);
    if (most_ratio > 0)
        snprintf(goal, sizeof goal, "<= %g roots", most_ratio);
    snprintf(name, sizeof name, "depth %ld, %ld digits of %s", depth, digits,
             both ? "both" : "rho_1");
    printf("  %-38s %10.3f %10.3f %9.1fx %10.0f  %s%s\n", name, mine, root, mine / root,
           mine / bare, goal, fine ? "" : "  SHORT");
    ew_bench_record((ew_bench_row){"digits", name, "x^(1/8) by MPFR", mine, spread, root,
                                   mine / root, goal, fine});
    if (both && digits == 1000)
        beside_mpmath(depth, digits, mine);
    case_clear(&row);
    return !fine;
}

int ew_bench_digits(void)
{
    printf("\ndigits of the orbit, s = 2.2 (ms)\n  %-38s %10s %10s %10s %10s  goal\n", "",
           "edgewise", "x^(1/8)", "ratio", "products");
    int missed = line(8, 1000, true, 0.1, 0);
    missed += line(9, 1000, true, 0, 0);
    missed += line(8, 100000, true, 60, 0);
    missed += line(9, 100000, true, 0, 0);
    missed += line(8, 1000000, false, 0, 12);
    missed += line(9, 1000000, false, 0, 0);
    return missed;
}
