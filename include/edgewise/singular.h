/* The singular values of a rational matrix, all of them, with proof: of what kind each is, how often it occurs, and
 * where it lies. Source of everything here: theory/target.md. */
#ifndef EDGEWISE_SINGULAR_H
#define EDGEWISE_SINGULAR_H

#include <edgewise/predict.h>

EW_BEGIN_API

/* How they were found: as roots of the characteristic polynomial of M^T M, or enclosed about those that LAPACK computes. */
typedef enum { EW_BY_POLYNOMIAL, EW_BY_BALLS } ew_singular_way;

/* "polynomial", "balls"; static storage. */
const char *ew_singular_way_text(ew_singular_way way);

/* What is proved of a singular value: it is rational; it is not, but its square is; nor is its square; or nothing but
 * the enclosure (by balls only). */
typedef enum { EW_RATIONAL, EW_SQUARE_ROOT, EW_IRRATIONAL, EW_ENCLOSED } ew_number_kind;

/* "rational", "square root", "irrational", "enclosed"; static storage. */
const char *ew_number_kind_text(ew_number_kind kind);

typedef struct {
    arb_t x; /* encloses it */
    slong
        multiplicity; /* exact; by balls 1, and neighbours may be equal where their enclosures meet */
    ew_number_kind kind;
    fmpq_t value; /* the number (rational), its square (square root), else 0 */
} ew_singular_value_struct;

typedef struct {
    slong rows, cols;
    slong rank;  /* proved by elimination, whatever the way */
    slong zeros; /* min(rows, cols) - rank: how often 0 is a singular value */
    ew_singular_value_struct
        *list; /* the positive ones, descending; the multiplicities add up to the rank */
    slong count;
    ew_singular_way way;
} ew_singular_struct;
typedef ew_singular_struct ew_singular_t[1];

void ew_singular_init(ew_singular_t values);
void ew_singular_clear(ew_singular_t values);

/* All singular values of m. By the polynomial where min(rows, cols) and the size of the entries leave it affordable
 * (ew_singular_is_affordable), else by balls.
 *   m         any shape, one row and column at least
 *   prec      relative accuracy asked, in bits: by the polynomial every radius is below 2^-prec of its value; by balls
 *             the enclosures are as doubles allow, about 10^-12 of the largest value, whatever prec
 *   max_prec  cap on the bits spent to tell the roots apart, >= prec
 * Returns EW_OK, EW_BAD_INPUT (an empty matrix, prec < 2 or max_prec < prec), EW_UNDECIDED_STATUS when max_prec was not
 * enough or a check of the library below failed, EW_RESOURCES (memory, or no LAPACK), EW_STOPPED. Ticks for each prime
 * and each block of rows; unless it is EW_OK the list is void. */
EW_MUST_CHECK ew_status ew_singular_values(ew_singular_t values, const fmpq_mat_t m, slong prec,
                                           slong max_prec, const ew_progress *progress);

/* The same by one way. Return as ew_singular_values. */
EW_MUST_CHECK ew_status ew_singular_by_polynomial(ew_singular_t values, const fmpq_mat_t m,
                                                  slong prec, slong max_prec,
                                                  const ew_progress *progress);
EW_MUST_CHECK ew_status ew_singular_by_balls(ew_singular_t values, const fmpq_mat_t m,
                                             const ew_progress *progress);

/* May the polynomial be had in about a minute? */
bool ew_singular_is_affordable(const fmpq_mat_t m);

/* s = eta L sigma^(2-2/L) of a value as a ball, for depth >= 2 and eta > 0. */
void ew_singular_s(arb_t s, const ew_singular_value_struct *value, slong depth, const fmpq_t eta,
                   slong prec);

/* The regime of a value, exactly where it or its square is rational; else from the enclosure: only then s = 2 is
 * impossible (theory/target.md (6)), so that a narrower one decides.
 * Returns EW_OK, or EW_UNDECIDED_STATUS when the enclosure does not tell, or EW_BAD_INPUT for a bad depth or step. */
EW_MUST_CHECK ew_status ew_singular_regime(ew_regime *regime, const ew_singular_value_struct *value,
                                           slong depth, const fmpq_t eta);

/* All real roots of Phi (ew_orbit_roots) at a positive singular value that may be irrational: those of the rational at the
 * middle of its enclosure, carried over by an interval Newton step that holds for the whole enclosure.
 * theory/orbit-roots.md (21)
 *   prec      relative accuracy asked of every root, in bits; value->x has to be narrower, the more so near s = 2
 *   max_prec  as in ew_orbit_roots, >= prec
 * Returns EW_OK, EW_BAD_INPUT (depth < 2, eta <= 0, prec < 2, max_prec < prec, a value that is not positive),
 * EW_UNDECIDED_STATUS when s = 2 or the enclosure is too wide, EW_RESOURCES, EW_STOPPED. Unless it is EW_OK the list is
 * void. */
EW_MUST_CHECK ew_status ew_orbit_roots_of_value(ew_roots_t roots,
                                                const ew_singular_value_struct *value, slong depth,
                                                const fmpq_t eta, slong prec, slong max_prec,
                                                const ew_progress *progress);

EW_END_API

#endif
