/* Points of period n of the balanced map g(x) = x + eta x^(L-1) (sigma - x^L): the dynatomic polynomial
 *
 *     Phi_n(x) = prod over d | n of (g^d(x) - x)^mu(n/d),        g^n(x) - x = prod over d | n of Phi_d(x),
 *
 * exactly expanded, in balls without expanding it, and all real cycles of exact period n, certified and complete.
 * Phi_2 is the orbit polynomial of predict.h. Source of everything here: theory/dynatomic.md.
 *
 * Throughout: `mode` has depth L >= 2, eta > 0, sigma > 0, all exact; its alpha does not matter. A period n is from 1
 * to EW_PERIOD_MAX. */
#ifndef EDGEWISE_DYNATOMIC_H
#define EDGEWISE_DYNATOMIC_H

#include <edgewise/model.h>

EW_BEGIN_API

#define EW_PERIOD_MAX 64

/* ---- The polynomial ------------------------------------------------------------------------ */

/* The degree of Phi_n, the sum over d | n of mu(n/d) (2L-1)^d. Exact for every depth and period. */
void ew_dynatomic_degree(fmpz_t degree, slong depth, slong n);

/* Bytes that the expanded polynomial and its making need, roughly and from above; may be infinite. */
double ew_dynatomic_bytes(const ew_mode_t mode, slong n);

/* The primitive integer multiple of Phi_n with the sign of Phi_n, expanded. Products by Kronecker substitution, the
 * division exact with its product checked, and the result compared with the iterates modulo random word-size primes.
 *   phi  out: initialised by the caller, whose to clear it stays
 * Returns EW_OK; EW_RESOURCES when the memory is not there (nothing is allocated then); EW_BAD_INPUT for a period out
 * of range; EW_UNDECIDED_STATUS when the library below returned a wrong product. theory/dynatomic.md (1) - (5) */
EW_MUST_CHECK ew_status ew_dynatomic_build(fmpz_poly_t phi, const ew_mode_t mode, slong n);

/* ---- At a point, unexpanded ---------------------------------------------------------------- */

/* Values over the ball x, by n steps of the map; `slope` (may be NULL) receives the derivative. Outputs must not alias x.
 *   _period_eval_ball     g^n(x) - x
 *   _period_quotient_ball (g^n(x) - x) / (g(x) - x), a polynomial too, without dividing: it has the points of period
 *                         d | n, d > 1, for zeros, and 0 and sigma^(1/L) only where n is even and s = 2
 *   _dynatomic_eval_ball  Phi_n; where n is neither 1 nor a prime this is a quotient, and not finite when the ball x
 *                         comes too near a point of lower period for its denominator to stay away from 0
 * The precision is that of `ball`. theory/dynatomic.md (6), (7) */
void ew_period_eval_ball(arb_t value, arb_t slope, const arb_t x, slong n,
                         const ew_ball_mode_t ball);
void ew_period_quotient_ball(arb_t value, arb_t slope, const arb_t x, slong n,
                             const ew_ball_mode_t ball);
void ew_dynatomic_eval_ball(arb_t value, arb_t slope, const arb_t x, slong n,
                            const ew_ball_mode_t ball);

/* A length R with all real periodic points, of any period, in the open interval (-R, R). theory/dynatomic.md (8) */
void ew_period_bound(arb_t bound, const ew_mode_t mode);

/* ---- The cycles ---------------------------------------------------------------------------- */

/* What the multiplier says of a cycle of the balanced map: modulus below 1, above 1, exactly 1 (proved exactly, never
 * read off a ball), or a ball that has not come away from 1 at the precision allowed. */
typedef enum { EW_ATTRACTING, EW_REPELLING, EW_NEUTRAL, EW_NOT_SETTLED } ew_cycle_stability;

/* "attracting", "repelling", "neutral", "undecided"; static storage. */
const char *ew_cycle_stability_text(ew_cycle_stability stability);

typedef struct {
    slong period;       /* exact */
    slong multiplicity; /* of its points as roots of Phi_n; above 1 only at parabolic parameters */
    arb_ptr
        points; /* `period` enclosures, the smallest point first, each the image of the one before */
    arb_t along;    /* the multiplier: the product of g' over the points */
    arb_t across;   /* that across the line a = b: the product of 2 - u. theory/cascade.md (5) */
    bool symmetric; /* even depth: the cycle is its own mirror image */
    ew_cycle_stability stability; /* on the line a = b: from `along` alone */
} ew_cycle_struct;

typedef struct {
    slong period;          /* n */
    ew_cycle_struct *list; /* all real cycles of exact period n, by their smallest points */
    slong count;
    ew_cycle_struct *
        lower; /* real cycles of smaller exact period whose points are roots of Phi_n all the same */
    slong lower_count;
    slong
        cells; /* what it took: cells of the cover that were looked at, and the largest precision used */
    slong bits;
} ew_cycles_struct;
typedef ew_cycles_struct ew_cycles_t[1];

void ew_cycles_init(ew_cycles_t cycles);
void ew_cycles_clear(ew_cycles_t cycles);

/* The number of distinct real roots of Phi_n: the points of both lists. */
slong ew_cycles_points(const ew_cycles_t cycles);

/* All real cycles of exact period n, and the real roots of Phi_n of smaller exact period. Every enclosure has one and
 * only one such point in it and a relative radius below 2^-prec (0 is exact), no two overlap, and there are no others:
 * a cover of [-R, R] proves it (theory/dynatomic.md (9) - (12)). Multiple roots are settled on the expanded polynomial by exact square-free
 * factors, (13).
 *   prec      relative accuracy asked, in bits
 *   max_prec  cap on the working precision and on the depth of the bisection, >= prec
 * Returns EW_OK; EW_UNDECIDED_STATUS when max_prec or 2^22 cells were not enough (`cells` and `bits` then say what was
 * tried; the lists are void), EW_RESOURCES, EW_STOPPED, EW_BAD_INPUT for a period out of range. */
EW_MUST_CHECK ew_status ew_cycles_find(ew_cycles_t cycles, const ew_mode_t mode, slong n,
                                       slong prec, slong max_prec, const ew_progress *progress);

EW_END_API

#endif
