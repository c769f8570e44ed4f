#include "claims/shared/roots.h"
#include <stdlib.h>

/* Above this depth the exact count of the expanded polynomial takes longer than everything else. */
enum { COUNT_UP_TO = 6 };

const ew_roots_struct *ew_claim_roots(ew_finding_t finding, ew_case *about)
{
    if (!ew_case_beyond_edge(finding, about))
        return NULL;
    const ew_roots_struct *roots = ew_case_roots(about);
    if (roots == NULL) {
        ew_finding_decide(finding, EW_UNDECIDED, "this L, eta, sigma",
                          "the roots were not certified with up to %ld bits; more bits: --prec %ld",
                          about->effort.max_prec, 2 * about->effort.max_prec);
        return NULL;
    }
    ew_finding_integer(finding, "prec", about->effort.prec);
    ew_finding_integer(finding, "real_roots", roots->count);
    if (about->mode->depth > COUNT_UP_TO)
        return roots;

    slong count;
    if (ew_orbit_count_expanded(&count, about->mode) != EW_OK)
        return roots; /* not counted: nothing is said of it */
    ew_finding_integer(finding, "real_roots_by_exact_count", count);
    if (count == roots->count)
        return roots;
    ew_finding_decide(finding, EW_UNDECIDED, "this L, eta, sigma",
                      "two root counts disagree (%ld and %ld): please report this", roots->count,
                      count);
    return NULL;
}

slong ew_claim_count_place(const ew_roots_struct *roots, ew_place place)
{
    slong count = 0;
    for (slong i = 0; i < roots->count; i++)
        count += roots->roots[i].place == place;
    return count;
}

void ew_claim_prove_root(ew_finding_t finding, const char *name, const arb_t x)
{
    char *value = ew_decimal_best(x, 12);
    ew_finding_decide(finding, EW_PROVED, "this L, eta, sigma",
                      "%s = %s by interval Newton; the complete count leaves no other", name,
                      value);
    free(value);
}
