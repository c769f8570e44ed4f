/* The points of period d | n, d > 1, isolated without regard to their exact periods: what the cycles are made of. */
#ifndef EDGEWISE_PREDICT_PERIOD_H
#define EDGEWISE_PREDICT_PERIOD_H

#include <edgewise/dynatomic.h>
#include <edgewise/predict.h>

/* What a walk along the orbit of a ball has met. */
typedef enum {
    WALK_STAYS,
    WALK_ESCAPES, /* every point of the ball has left (-R, R): none is periodic */
    WALK_WIDE     /* an image has grown wider than (-R, R), or is not finite: nothing is known */
} walk_answer;

/* The quotient h_n = (g^n(x) - x) / (g(x) - x), its derivative (unless `slope` is NULL) and the image g^n(x), over the
 * ball x. A walk that does not stay leaves them unset.
 *   bound  R, or NULL for a walk that is to be gone to its end */
walk_answer ew_period_walk(arb_t value, arb_ptr slope, arb_t image, const arb_t x, slong n,
                           arb_srcptr bound, const ew_ball_mode_t ball);

/* A zero of h_n, isolated. */
typedef struct {
    arb_t x;
    bool
        on_square_free; /* certified as a zero of the square-free part of h_n, of h_n itself otherwise: then simple */
} zero_struct;

typedef struct {
    zero_struct *list; /* ascending, disjoint */
    slong count;
    slong room;
    slong cells; /* looked at so far */
    slong bits;  /* the largest precision used */
} zeros_struct;
typedef zeros_struct zeros_t[1];

void ew_zeros_init(zeros_t zeros);
void ew_zeros_clear(zeros_t zeros);
void ew_zeros_append(zeros_t zeros, const arb_t x, bool on_square_free);

/* What stays the same while the zeros of one h_n are sought. */
typedef struct {
    const ew_mode_struct *mode;
    slong n;
    slong max_prec;
    arb_t bound; /* R */
    const ew_progress *progress;
    ew_ball_mode_struct *balls; /* eta and sigma to 64 2^j bits, made when first needed */
    slong ball_count;
    fmpz_poly_t square_free; /* of h_n, expanded; 0 until it is needed */
} search_struct;
typedef search_struct search_t[1];

void ew_search_init(search_t search, const ew_mode_t mode, slong n, slong max_prec,
                    const ew_progress *progress);
void ew_search_clear(search_t search);

/* eta and sigma to `prec` bits or more; owned by the search. */
const ew_ball_mode_struct *ew_search_ball(search_t search, slong prec);

/* All real zeros of h_n, n > 1; for even depth those above 0 only. EW_OK, EW_UNDECIDED_STATUS, EW_RESOURCES or EW_STOPPED. */
EW_MUST_CHECK ew_status ew_period_zeros(zeros_t zeros, search_t search);

/* N = m - f(m) / f'(x), m the midpoint of x, for f = h_n or, for `on_square_free`, its square-free part; not finite
 * where f' is not known to keep its sign over x. Every zero of f in x lies in N, and when N is finite there is at most
 * one; when N lies in the interior of x there is one. theory/dynatomic.md (10) */
void ew_period_newton(arb_t N, const arb_t x, bool on_square_free, search_t search, slong prec);

/* x with its radius made larger by an eighth and by 2^-bits of its size. */
void ew_period_inflate(arb_t out, const arb_t x, slong bits);

/* Sharpens an isolated zero to a relative radius below 2^-bits; false when max_prec is not enough. */
bool ew_period_sharpen(zero_struct *zero, search_t search, slong bits);

/* ---- Exact work on expanded polynomials ------------------------------------------------------ */

/* The square-free part of h_n in search->square_free, proved to have the zeros of h_n. EW_UNDECIDED_STATUS when h_n is
 * too large to be expanded for that. theory/dynatomic.md (13) */
EW_MUST_CHECK ew_status ew_exact_square_free(search_t search);

/* The multiplicity of the zero in Phi_d, d | n; -1 when it is not decided. */
slong ew_exact_multiplicity(zero_struct *zero, search_t search, slong d);

/* N of Newton's method for an expanded polynomial over the ball x. */
void ew_exact_newton(arb_t N, const arb_t x, const fmpz_poly_t f, slong prec);

#endif
