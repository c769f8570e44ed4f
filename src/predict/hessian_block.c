/* The blocks of the Hessian on the invariant set, theory/hessian-spectrum.md (3), (4). With
 * A_l,i = prod_{m>l} d_m,i, B_l,j = prod_{m<l} d_m,j, r_i = p_i - sigma_i the second derivatives of the loss are
 *     (i,j)_l (i,j)_m          A_l,i B_l,j A_m,i B_m,j
 *     (i,j)_l (j,i)_m, m < l   r_i A_l,i (prod_{m<q<l} d_q,j) B_m,i
 * and the transposes of the latter. */
#include <edgewise/predict.h>

/* c_l = A_l,i B_l,j for l = 1 .. L. */
static void first_derivatives(arb_ptr c, arb_srcptr di, arb_srcptr dj, slong depth, slong prec)
{
    arb_t t;
    arb_init(t);
    arb_one(t);
    for (slong l = 0; l < depth; l++) { /* B_l,j from below */
        arb_set(c + l, t);
        arb_mul(t, t, dj + l, prec);
    }
    arb_one(t);
    for (slong l = depth - 1; l >= 0; l--) { /* A_l,i from above */
        arb_mul(c + l, c + l, t, prec);
        arb_mul(t, t, di + l, prec);
    }
    arb_clear(t);
}

/* r_i. */
static void residual(arb_t r, const ew_point_t point, slong i, slong prec)
{
    arb_one(r);
    for (slong l = 0; l < point->depth; l++)
        arb_mul(r, r, point->scalars + i * point->depth + l, prec);
    arb_sub(r, r, point->sigma + i, prec);
}

/* cross[l][m] for m < l: r_i A_l,i (prod_{m<q<l} d_q,j) B_m,i, the coupling of (i,j)_l with (j,i)_m; the other
 * entries are left alone. */
static void cross_terms(arb_mat_t cross, const ew_point_t point, slong i, slong j, slong prec)
{
    slong depth = point->depth;
    arb_srcptr di = point->scalars + i * depth, dj = point->scalars + j * depth;
    arb_ptr below = _arb_vec_init(depth);
    arb_t above, t;
    arb_init(above);
    arb_init(t);
    for (slong m = 0; m < depth; m++) /* B_m,i */
        if (m == 0)
            arb_one(below);
        else
            arb_mul(below + m, below + m - 1, di + m - 1, prec);
    residual(above, point, i, prec);
    for (slong l = depth - 1; l > 0; l--) { /* above = r_i A_l,i */
        arb_set(t, above);
        for (slong m = l - 1; m >= 0; m--) {
            arb_mul(arb_mat_entry(cross, l, m), t, below + m, prec);
            arb_mul(t, t, dj + m, prec);
        }
        arb_mul(above, above, di + l, prec);
    }
    arb_clear(above);
    arb_clear(t);
    _arb_vec_clear(below, depth);
}

/* Adds c c^T to the square block of h that starts at (at, at). */
static void add_square(arb_mat_t h, slong at, arb_srcptr c, slong depth, slong prec)
{
    for (slong l = 0; l < depth; l++)
        for (slong m = 0; m < depth; m++)
            arb_addmul(arb_mat_entry(h, at + l, at + m), c + l, c + m, prec);
}

void ew_hessian_diagonal(arb_mat_t h, const ew_point_t point, slong i, slong prec)
{
    slong depth = point->depth;
    arb_srcptr d = point->scalars + i * depth;
    arb_ptr c = _arb_vec_init(depth);
    arb_mat_zero(h);
    cross_terms(h, point, i, i, prec);
    for (slong l = 0; l < depth; l++)
        for (slong m = 0; m < l; m++)
            arb_set(arb_mat_entry(h, m, l), arb_mat_entry(h, l, m));
    first_derivatives(c, d, d, depth, prec);
    add_square(h, 0, c, depth, prec);
    _arb_vec_clear(c, depth);
}

void ew_hessian_pair(arb_mat_t h, const ew_point_t point, slong i, slong j, slong prec)
{
    slong depth = point->depth;
    arb_srcptr di = point->scalars + i * depth, dj = point->scalars + j * depth;
    arb_ptr c = _arb_vec_init(depth);
    arb_mat_t cross;
    arb_mat_init(cross, depth, depth);
    arb_mat_zero(h);
    first_derivatives(c, di, dj, depth, prec);
    add_square(h, 0, c, depth, prec);
    first_derivatives(c, dj, di, depth, prec);
    add_square(h, depth, c, depth, prec);
    for (int side = 0; side < 2;
         side++) { /* (i,j)_l with (j,i)_m, then (j,i)_l with (i,j)_m, m < l */
        slong from = side * depth, to = depth - from;
        cross_terms(cross, point, side == 0 ? i : j, side == 0 ? j : i, prec);
        for (slong l = 0; l < depth; l++)
            for (slong m = 0; m < l; m++) {
                arb_set(arb_mat_entry(h, from + l, to + m), arb_mat_entry(cross, l, m));
                arb_set(arb_mat_entry(h, to + m, from + l), arb_mat_entry(cross, l, m));
            }
    }
    arb_mat_clear(cross);
    _arb_vec_clear(c, depth);
}
