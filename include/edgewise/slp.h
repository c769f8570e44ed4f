/* Real roots of a polynomial given as a straight-line program, isolated without expanding it: for polynomials of a degree
 * that nobody would write out but that a few additions and multiplications evaluate, such as the iterates of a map.
 * Source of everything here, with what it needs and what it guarantees: theory/slp.md.
 *
 *     ew_slp_t p;                                        x^1000 - 3 x + 1
 *     ew_slp_init(p);
 *     slong x = ew_slp_x(p);
 *     slong linear = ew_slp_mul(p, ew_slp_integer(p, 3), x);
 *     slong f = ew_slp_sub(p, ew_slp_pow(p, x, 1000), linear);
 *     ew_slp_add(p, f, ew_slp_integer(p, 1));
 *     ew_slp_roots(roots, p, NULL, NULL, 64, NULL, NULL); */
#ifndef EDGEWISE_SLP_H
#define EDGEWISE_SLP_H

#include <edgewise/num.h>

EW_BEGIN_API

/* ---- Programs ------------------------------------------------------------------------------ */

typedef enum {
    EW_SLP_CONSTANT,
    EW_SLP_X,
    EW_SLP_ADD,
    EW_SLP_SUB,
    EW_SLP_MUL,
    EW_SLP_POW
} ew_slp_kind;

/* One operation; its number is its place in the list. */
typedef struct {
    ew_slp_kind kind;
    slong a, b; /* numbers of earlier operations */
    ulong n;    /* EW_SLP_POW: the exponent of a */
    fmpq_t c;   /* EW_SLP_CONSTANT */
} ew_slp_op;

/* The polynomial of a program is what its last operation gives. */
typedef struct {
    ew_slp_op *ops; /* owned */
    slong count, room;
    bool bad; /* an operation was refused: the program has no meaning any more */
} ew_slp_struct;
typedef ew_slp_struct ew_slp_t[1];

void ew_slp_init(ew_slp_t p); /* empty */
void ew_slp_clear(ew_slp_t p);

/* Appends an operation: a constant, the variable, or one on earlier operations.
 *   a, b  numbers that earlier calls for the same program returned
 * Return the number of the new operation; or -1 where a or b is not such a number, which marks the program as bad, so that
 * only the last call need be looked at: it is -1 too when an argument is. */
slong ew_slp_constant(ew_slp_t p, const fmpq_t c);
slong ew_slp_integer(ew_slp_t p, slong c);
slong ew_slp_x(ew_slp_t p);
slong ew_slp_add(ew_slp_t p, slong a, slong b);
slong ew_slp_sub(ew_slp_t p, slong a, slong b);
slong ew_slp_mul(ew_slp_t p, slong a, slong b);
slong ew_slp_pow(ew_slp_t p, slong a, ulong n);

/* 1 + a + ... + a^(n-1), n >= 1, in O(log n) operations. */
slong ew_slp_geometric(ew_slp_t p, slong a, ulong n);

/* ---- Maps x + c x^k (a - x^m) ---------------------------------------------------------------- */

/* g(x) = x + c x^k (a - x^m), k >= 1, m >= 1. Gradient descent with balanced layers is c = eta, k = L - 1, a = sigma, m = L. */
typedef struct {
    fmpq_t c, a;
    ulong k, m;
} ew_slp_map_struct;
typedef ew_slp_map_struct ew_slp_map_t[1];

void ew_slp_map_init(ew_slp_map_t map); /* c = a = k = m = 1 */
void ew_slp_map_clear(ew_slp_map_t map);

/* Appends g^n(y) for an earlier operation y; n = 0 gives y. Returns as above; also -1 for k or m = 0. */
slong ew_slp_map_iterate(ew_slp_t p, slong y, const ew_slp_map_t map, ulong n);

/* Appends (g^n(x) - x) / (g(x) - x), n >= 2, a polynomial, without dividing: its real roots are the points whose exact
 * period d > 1 divides n, and those fixed points that cycles are born from. For n = 2 and the map of gradient descent it is
 * the orbit polynomial. Returns as above. theory/slp.md (6) */
slong ew_slp_map_cycles(ew_slp_t p, const ew_slp_map_t map, ulong n);

/* ---- Values ---------------------------------------------------------------------------------- */

/* An upper bound on the degree, exact unless leading terms cancel. Returns EW_OK, or EW_BAD_INPUT for an empty or bad program. */
EW_MUST_CHECK ew_status ew_slp_degree(fmpz_t degree, const ew_slp_t p);

/* Enclosures of the values, of the slope and of the second derivative at all points of the ball x (`slope` and `curvature`
 * may be NULL), `prec` bits in each operation. No output may alias x. Returns EW_OK, EW_BAD_INPUT as above
 * and for a bad precision, or EW_RESOURCES. */
EW_MUST_CHECK ew_status ew_slp_eval_ball(arb_t value, arb_ptr slope, arb_ptr curvature,
                                         const ew_slp_t p, const arb_t x, slong prec);

/* The exact value at a rational. Its size is that of the degree: for programs of small degree. Returns EW_OK, or EW_BAD_INPUT
 * for an empty or bad program. */
EW_MUST_CHECK ew_status ew_slp_eval_exact(fmpq_t value, const ew_slp_t p, const fmpq_t x);

/* R, a power of two, with all real roots in (-R, R). Returns EW_OK; EW_UNDECIDED_STATUS where leading terms cancel (or come
 * too near it), so that the program does not tell; EW_BAD_INPUT as above. theory/slp.md (5) */
EW_MUST_CHECK ew_status ew_slp_root_bound(fmpq_t bound, const ew_slp_t p);

/* ---- Roots ----------------------------------------------------------------------------------- */

/* How far to go. */
typedef struct {
    slong max_prec; /* bits in an operation */
    slong
        max_depth; /* an interval narrower than 2^-max_depth of its distance from 0 is not halved any more; nor is one at 0
                        narrower than 2^-(8 max_depth) of the whole */
    slong max_cells; /* intervals looked at */
} ew_slp_limits;

/* 8192 bits, depth 128, 2^20 intervals: what a NULL stands for. */
ew_slp_limits ew_slp_limits_default(void);

typedef struct {
    arb_t x;     /* encloses exactly one real root of the program, which is simple */
    bool inside; /* it is in [lo, hi]; else it could not be told from an end */
} ew_slp_root;

typedef struct {
    ew_slp_root *list; /* ascending, enclosures pairwise disjoint */
    slong count;
    arb_ptr
        open; /* intervals that stayed undecided, ascending, disjoint: multiple roots, clusters, or none at all */
    slong open_count;
    slong
        cells; /* what it took: intervals looked at, those of the expanded polynomial too, and the largest precision */
    slong bits;
} ew_slp_roots_struct;
typedef ew_slp_roots_struct ew_slp_roots_t[1];

void ew_slp_roots_init(ew_slp_roots_t roots);
void ew_slp_roots_clear(ew_slp_roots_t roots);

/* All real roots in [lo, hi], lo <= hi; NULL for both: in the bounds of ew_slp_root_bound, so all real roots.
 *   prec    relative accuracy asked of the enclosures in the list, in bits, from 1 to 2^40
 *   limits  how far to go, or NULL; max_prec and max_depth from 1 to 2^40
 *   progress  asked at every interval, and as ew_poly_real_roots asks; may be NULL
 * A program of degree n <= 1024 whose terms cancel, so that 16 (n + 4) intervals do not do, is expanded, if that takes less
 * than 2^30 bytes, and its roots come from ew_poly_real_roots. theory/slp.md (7)
 * Every real root in [lo, hi] is in one of the intervals of the answer, whatever the status but the last three: those of the
 * list have exactly one root each. theory/slp.md (1) - (4)
 * Returns EW_OK: there are no open intervals, the list is all. EW_UNDECIDED_STATUS: there are open ones, or
 * enclosures wider than asked. (Or there is no bound,
 * and nothing was looked at: then `cells` is 0 and the answer void.) EW_BAD_INPUT: an empty or bad program, lo > hi, a prec or a limit out of range;
 * EW_RESOURCES; EW_STOPPED: the answer is void. */
EW_MUST_CHECK ew_status ew_slp_roots(ew_slp_roots_t roots, const ew_slp_t p, const fmpq *lo,
                                     const fmpq *hi, slong prec, const ew_slp_limits *limits,
                                     const ew_progress *progress);

EW_END_API

#endif
