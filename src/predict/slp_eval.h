/* A program over balls, with derivatives, in memory that is kept between calls. theory/slp.md (1), (2) */
#ifndef EDGEWISE_PREDICT_SLP_EVAL_H
#define EDGEWISE_PREDICT_SLP_EVAL_H

#include <edgewise/slp.h>

/* Of every operation: the value and the slope at the midpoint m of a ball X; the values, slopes and second derivatives
 * over X. */
typedef struct {
    const ew_slp_struct *p;
    slong prec;
    arb_ptr at, slope_at;
    arb_ptr over, slope_over, curvature_over;
    arb_ptr constants; /* at prec */
    arb_ptr spare;
} slp_work_struct;
typedef slp_work_struct slp_work_t[1];

void ew_slp_work_init(slp_work_t work, const ew_slp_t p);
void ew_slp_work_clear(slp_work_t work);

/* Makes the constants at that precision, unless they are. */
void ew_slp_set_prec(slp_work_t work, slong prec);

/* Fills at, slope_at; and over, slope_over, curvature_over. */
void ew_slp_walk_point(slp_work_t work, const arb_t m, bool slopes, slong prec);
void ew_slp_walk(slp_work_t work, const arb_t X, slong prec);

/* The sign of the last operation over the interval, for intervals of any width: 1, -1, or 0 when it is not known. */
int ew_slp_sign_over(slp_work_t work, const arb_t X);

/* Bits of the largest exact value, from above, of the operations at a rational of so many bits; with 0 and 0 those of the
 * coefficients of the expanded polynomials. */
double ew_slp_exact_bits(const ew_slp_t p, double numerator, double denominator);

/* f = the polynomial of the program, times a positive number. False when it was stopped, or the product came out wrong.
 * ew_slp_exact_bits says how large its coefficients are. */
bool ew_slp_expand(fmpz_poly_t f, const ew_slp_t p, const ew_progress *progress);

#endif
