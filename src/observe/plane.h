/* The pair's map in the coordinates in which it is almost diagonal,
 *
 *     x = (a + b)/2, m = (a - b)/2:   x <- (1 + k) x,  m <- (1 - k) m,
 *
 * and an enclosure of a trajectory that does not wrap in them. theory/trapping.md (1) .. (3) */
#ifndef EDGEWISE_OBSERVE_PLANE_H
#define EDGEWISE_OBSERVE_PLANE_H

#include <edgewise/observe.h>

/* Enclosures over a box of (x, m): k and r, their derivatives, and the Jacobian of one step. */
typedef struct {
    arb_t k, r;
    arb_t kx, km;
    arb_t rx, rm;
    arb_t j11, j12, j21, j22;
    arb_t scratch[6];
} ew_slopes_struct;
typedef ew_slopes_struct ew_slopes_t[1];

void ew_slopes_init(ew_slopes_t slopes);
void ew_slopes_clear(ew_slopes_t slopes);

/* All of them over the box (x, m). */
void ew_slopes_eval(ew_slopes_t slopes, const arb_t x, const arb_t m, const ew_ball_mode_t ball);

/* |row1| r1 + |row2| r2 as an upper bound, for rows of a matrix and radii of a box. */
void ew_row_bound(mag_t bound, const arb_t row1, const arb_t row2, const mag_t r1, const mag_t r2);

/* A parallelogram that encloses the exact trajectory, moved by the mean value form:
 *     { centre + (u + shear v, v) : |u| <= along, |v| <= across }. */
typedef struct {
    ew_ball_mode_t fine;   /* for the centre */
    ew_ball_mode_t coarse; /* 64 bits, for the slopes */
    ew_slopes_t slopes;
    arb_t x, m;  /* the smallest box around it; read only, but for ew_tube_place */
    arb_t shear; /* exact */
    mag_t along, across;
    arb_t k, r; /* over the present box, after ew_tube_look */
    arb_t centre_k;
    arb_t a, b; /* the present box after ew_tube_pair; else scratch */
} ew_tube_struct;
typedef ew_tube_struct ew_tube_t[1];

/* The start (0, alpha). */
void ew_tube_init(ew_tube_t tube, const ew_mode_t mode, slong prec);
void ew_tube_clear(ew_tube_t tube);

/* Puts a box in its place. */
void ew_tube_place(ew_tube_t tube, const arb_t x, const arb_t m);

/* Makes k, r and the slopes of the present box. */
void ew_tube_look(ew_tube_t tube);

/* One step; ew_tube_look must have been called since the last. */
void ew_tube_step(ew_tube_t tube);

/* Makes a, b of the present box. */
void ew_tube_pair(ew_tube_t tube);

/* Has the box grown beyond 2^-bits of the state's size? */
bool ew_tube_is_wide(const ew_tube_t tube, slong bits);

#endif
