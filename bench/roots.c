/* All real roots of the orbit polynomial against PARI's polrootsreal on the same polynomial, s = 2.2, sigma = 1,
 * 15 digits. */
#include "bench.h"
#include <edgewise.h>
#include <stdio.h>

typedef struct {
    ew_mode_t mode;
    ew_roots_t roots;
    void *pari;
    long pari_count;
} case_t;

static void ours(void *context)
{
    case_t *row = context;
    ew_orbit_roots(row->roots, row->mode, 50, 4096, NULL);
}

static void theirs(void *context)
{
    case_t *row = context;
    row->pari_count = ew_bench_pari_roots(row->pari);
}

int ew_bench_roots(void)
{
    static const slong depths[] = {8, 9, 15, 16, 24};
    static const double asked[] = {10, 10, 50, 50, 50};
    int short_of = 0;
    printf("all real roots, s = 2.2, sigma = 1   (times in ms, medians of one run)\n");
    printf("%6s %8s %6s %12s %12s %10s %8s\n", "depth", "degree", "roots", "edgewise", "PARI",
           "ratio", "goal");
    for (int i = 0; i < 5; i++) {
        case_t row = {.pari = NULL, .pari_count = 0};
        ew_mode_init(row.mode);
        ew_roots_init(row.roots);
        row.mode->depth = depths[i];
        fmpq_set_si(row.mode->eta, 22, 10 * (ulong)depths[i]);
        fmpz_poly_t phi;
        fmpz_poly_init(phi);
        ew_orbit_poly_build(phi, row.mode);
        char *text = fmpz_poly_get_str_pretty(phi, "x");
        row.pari = ew_bench_pari_polynomial(text);
        double mine = ew_bench_median(ours, &row);
        if (row.pari != NULL) {
            double other = ew_bench_median(theirs, &row);
            printf("%6ld %8ld %6ld %12.3f %12.3f %9.0fx %7.0fx%s\n", depths[i],
                   fmpz_poly_degree(phi), row.roots->count, 1e3 * mine, 1e3 * other, other / mine,
                   asked[i], other / mine < asked[i] ? "  SHORT" : "");
            short_of += other / mine < asked[i];
            if (row.pari_count != row.roots->count) {
                printf("the counts differ: PARI finds %ld\n", row.pari_count);
                short_of++;
            }
        } else
            printf("%6ld %8ld %6ld %12.3f %12s\n", depths[i], fmpz_poly_degree(phi),
                   row.roots->count, 1e3 * mine, "no PARI");
        flint_free(text);
        fmpz_poly_clear(phi);
        ew_roots_clear(row.roots);
        ew_mode_clear(row.mode);
    }
    return short_of;
}
