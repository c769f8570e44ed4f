/* All real roots of an expanded integer polynomial by general means: no structure of the polynomial is used.
 * Source of everything here: theory/expanded-roots.md. */
#ifndef EDGEWISE_ISOLATE_H
#define EDGEWISE_ISOLATE_H

#include <edgewise/num.h>

EW_BEGIN_API

typedef struct {
    arb_t x;            /* an isolating enclosure: exactly one distinct root in it */
    slong multiplicity; /* exact */
} ew_real_root_struct;

typedef struct {
    ew_real_root_struct
        *list; /* all distinct real roots, ascending, enclosures pairwise disjoint */
    slong count;
    slong cells; /* what it took: intervals that were looked at */
    slong bits;  /* and the largest working precision of their search */
} ew_real_roots_struct;
typedef ew_real_roots_struct ew_real_roots_t[1];

void ew_real_roots_init(ew_real_roots_t roots);
void ew_real_roots_clear(ew_real_roots_t roots);

/* All real roots of f, each with its multiplicity; none missed, none counted twice. The multiplicities come from exact
 * square-free factors; then Descartes' rule of signs in the Bernstein basis, in fixed-point numbers with error bounds,
 * isolates, in O(log d) steps where roots are 2^-d apart; and exact signs and interval Newton sharpen.
 *   f         not zero
 *   prec      relative accuracy asked, in bits, >= 2: every radius is below 2^-prec of its root (a root 0 is exact)
 *   max_prec  cap on the bits spent to tell the roots apart, from prec to EW_PREC_MAX: no working precision beyond 4 max_prec + 1024 and 4 for
 *             each degree tells roots apart, and none beyond twice that sharpens them
 *   progress  asked before every interval, every precision and every step of a sharpening; may be NULL
 * Returns EW_OK; EW_BAD_INPUT for f = 0, prec < 2 or max_prec > EW_PREC_MAX; EW_UNDECIDED_STATUS when max_prec was not enough, less
 * than prec among others, or the library below returned
 * a wrong product; EW_RESOURCES, for more than 2^22 intervals too; EW_STOPPED. Unless it is EW_OK the list is void. */
EW_MUST_CHECK ew_status ew_poly_real_roots(ew_real_roots_t roots, const fmpz_poly_t f, slong prec,
                                           slong max_prec, const ew_progress *progress);

EW_END_API

#endif
