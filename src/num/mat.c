#include "num/mat.h"

/* The rotations work on rows, so that dot products run along memory; `b` holds a^T, `v` starts as 1. */
static void rotate(arb_ptr x, arb_ptr y, slong n, const arf_t c, const arf_t s, slong prec)
{
    arf_t t, w;
    arf_init(t);
    arf_init(w);
    for (slong k = 0; k < n; k++) { /* (x, y) <- (c x - s y, s x + c y) */
        arf_ptr p = arb_midref(x + k), q = arb_midref(y + k);
        arf_mul(t, s, q, prec, ARF_RND_NEAR);
        arf_mul(w, s, p, prec, ARF_RND_NEAR);
        arf_mul(p, c, p, prec, ARF_RND_NEAR);
        arf_sub(p, p, t, prec, ARF_RND_NEAR);
        arf_mul(q, c, q, prec, ARF_RND_NEAR);
        arf_add(q, q, w, prec, ARF_RND_NEAR);
    }
    arf_clear(t);
    arf_clear(w);
}

static void dot(arf_t z, arb_srcptr x, arb_srcptr y, slong n, slong prec)
{
    arb_t t;
    arb_init(t);
    arb_approx_dot(t, NULL, 0, x, 1, y, 1, n, prec);
    arf_set(z, arb_midref(t));
    arb_clear(t);
}

/* The cosine and sine that make two rows with products alpha = xx, beta = yy, gamma = xy orthogonal:
 * zeta = (beta - alpha) / (2 gamma), t = sign(zeta) / (|zeta| + sqrt(1 + zeta^2)). */
static void jacobi_angle(arf_t c, arf_t s, const arf_t alpha, const arf_t beta, const arf_t gamma,
                         slong prec)
{
    arf_t zeta, t;
    arf_init(zeta);
    arf_init(t);
    arf_sub(zeta, beta, alpha, prec, ARF_RND_NEAR);
    arf_div(zeta, zeta, gamma, prec, ARF_RND_NEAR);
    arf_mul_2exp_si(zeta, zeta, -1);
    bool negative = arf_sgn(zeta) < 0;
    arf_abs(zeta, zeta);
    arf_mul(t, zeta, zeta, prec, ARF_RND_NEAR);
    arf_add_ui(t, t, 1, prec, ARF_RND_NEAR);
    arf_sqrt(t, t, prec, ARF_RND_NEAR);
    arf_add(t, t, zeta, prec, ARF_RND_NEAR);
    arf_ui_div(t, 1, t, prec, ARF_RND_NEAR);
    if (negative)
        arf_neg(t, t);
    arf_mul(c, t, t, prec, ARF_RND_NEAR);
    arf_add_ui(c, c, 1, prec, ARF_RND_NEAR);
    arf_rsqrt(c, c, prec, ARF_RND_NEAR);
    arf_mul(s, c, t, prec, ARF_RND_NEAR);
    arf_clear(zeta);
    arf_clear(t);
}

/* Are two rows orthogonal as far as `prec` bits tell, or one of them zero beside the whole (norm2)? */
static bool orthogonal(const arf_t alpha, const arf_t beta, const arf_t gamma, const arf_t norm2,
                       slong prec)
{
    arf_t a, b;
    arf_init(a);
    arf_init(b);
    arf_mul_2exp_si(a, norm2, -2 * prec + 8);
    bool yes = arf_is_zero(gamma) || arf_cmpabs(alpha, a) <= 0 || arf_cmpabs(beta, a) <= 0;
    if (!yes) {
        arf_mul(a, alpha, beta, 64, ARF_RND_NEAR);
        arf_mul(b, gamma, gamma, 64, ARF_RND_NEAR);
        arf_mul_2exp_si(a, a, -2 * prec + 12);
        yes = arf_cmpabs(b, a) <= 0;
    }
    arf_clear(a);
    arf_clear(b);
    return yes;
}

/* Sweeps over all pairs of rows until every pair is orthogonal: b <- rotations b, v <- rotations v. */
static void jacobi_sweeps(arb_mat_t b, arb_mat_t v, const arf_t norm2, slong prec)
{
    slong n = arb_mat_nrows(b);
    arf_t alpha, beta, gamma, c, s;
    arf_init(alpha);
    arf_init(beta);
    arf_init(gamma);
    arf_init(c);
    arf_init(s);
    bool moved = true;
    for (int sweep = 0; moved && sweep < 100; sweep++) {
        moved = false;
        for (slong i = 0; i < n; i++)
            for (slong j = i + 1; j < n; j++) {
                arb_ptr x = arb_mat_entry(b, i, 0), y = arb_mat_entry(b, j, 0);
                dot(alpha, x, x, n, prec);
                dot(beta, y, y, n, prec);
                dot(gamma, x, y, n, prec);
                if (orthogonal(alpha, beta, gamma, norm2, prec))
                    continue;
                moved = true;
                jacobi_angle(c, s, alpha, beta, gamma, prec);
                rotate(x, y, n, c, s, prec);
                rotate(arb_mat_entry(v, i, 0), arb_mat_entry(v, j, 0), n, c, s, prec);
            }
    }
    arf_clear(alpha);
    arf_clear(beta);
    arf_clear(gamma);
    arf_clear(c);
    arf_clear(s);
}

static void midpoints(arb_mat_t out, const arb_mat_t in)
{
    for (slong i = 0; i < arb_mat_nrows(in); i++)
        for (slong j = 0; j < arb_mat_ncols(in); j++)
            arb_set_arf(arb_mat_entry(out, i, j), arb_midref(arb_mat_entry(in, i, j)));
}

/* Swaps rows i and j. */
static void swap_rows(arb_mat_t a, slong i, slong j)
{
    for (slong k = 0; k < arb_mat_ncols(a); k++)
        arb_swap(arb_mat_entry(a, i, k), arb_mat_entry(a, j, k));
}

/* The lengths of the rows of b, made descending; the rows of b and v follow. */
static void sort_by_length(arb_ptr sigma, arb_mat_t b, arb_mat_t v, slong prec)
{
    slong n = arb_mat_nrows(b);
    for (slong i = 0; i < n; i++) {
        arb_zero(sigma + i);
        dot(arb_midref(sigma + i), arb_mat_entry(b, i, 0), arb_mat_entry(b, i, 0), n, prec);
        arf_sqrt(arb_midref(sigma + i), arb_midref(sigma + i), prec, ARF_RND_NEAR);
    }
    for (slong i = 0; i < n; i++) {
        slong top = i;
        for (slong j = i + 1; j < n; j++)
            if (arf_cmp(arb_midref(sigma + j), arb_midref(sigma + top)) > 0)
                top = j;
        if (top != i) {
            arb_swap(sigma + i, sigma + top);
            swap_rows(b, i, top);
            swap_rows(v, i, top);
        }
    }
}

/* Takes the part along the rows 0 .. k - 1, orthonormal, out of row k, twice. The length that is left. */
static void reduce_row(arf_t length, arb_mat_t q, slong k, slong prec)
{
    slong n = arb_mat_ncols(q);
    arb_ptr x = arb_mat_entry(q, k, 0);
    arf_t t;
    arf_init(t);
    for (int pass = 0; pass < 2; pass++)
        for (slong i = 0; i < k; i++) {
            arb_ptr y = arb_mat_entry(q, i, 0);
            dot(t, x, y, n, prec);
            for (slong j = 0; j < n; j++)
                arf_submul(arb_midref(x + j), t, arb_midref(y + j), prec, ARF_RND_NEAR);
        }
    dot(length, x, x, n, prec);
    arf_sqrt(length, length, prec, ARF_RND_NEAR);
    arf_clear(t);
}

/* Makes row k orthogonal to the earlier rows and of length one; where nothing of it is left beside `scale` a unit
 * vector takes its place. */
static void orthonormal_row(arb_mat_t q, slong k, const arf_t scale, slong prec)
{
    slong n = arb_mat_ncols(q);
    arf_t length, least;
    arf_init(length);
    arf_init(least);
    arf_mul_2exp_si(least, scale, -prec / 2);
    reduce_row(length, q, k, prec);
    for (slong unit = 0; arf_cmp(length, least) <= 0 && unit < n; unit++) {
        for (slong j = 0; j < n; j++)
            arb_set_ui(arb_mat_entry(q, k, j), j == unit);
        reduce_row(length, q, k, prec);
        arf_set_d(least, 0.5 / (double)n); /* some unit vector keeps 1/sqrt(n) or more */
    }
    for (slong j = 0; j < n; j++)
        arf_div(arb_midref(arb_mat_entry(q, k, j)), arb_midref(arb_mat_entry(q, k, j)), length,
                prec, ARF_RND_NEAR);
    arf_clear(length);
    arf_clear(least);
}

void ew_mat_orthonormalise(arb_mat_t q, const arb_mat_t a, slong prec)
{
    slong n = arb_mat_nrows(a), wp = prec + 32;
    arb_mat_t rows;
    arf_t length;
    arb_mat_init(rows, n, n);
    arf_init(length);
    arb_mat_transpose(rows, a);
    midpoints(rows, rows);
    for (slong k = 0; k < n; k++) {
        dot(length, arb_mat_entry(rows, k, 0), arb_mat_entry(rows, k, 0), n, wp);
        arf_sqrt(length, length, wp, ARF_RND_NEAR);
        orthonormal_row(rows, k, length, wp);
    }
    arb_mat_transpose(q, rows);
    for (slong i = 0; i < n; i++)
        for (slong j = 0; j < n; j++)
            arf_set_round(arb_midref(arb_mat_entry(q, i, j)), arb_midref(arb_mat_entry(q, i, j)),
                          prec, ARF_RND_NEAR);
    arf_clear(length);
    arb_mat_clear(rows);
}

void ew_mat_svd_approx(arb_mat_t u, arb_ptr sigma, arb_mat_t v, const arb_mat_t a, slong prec)
{
    slong n = arb_mat_nrows(a);
    arb_mat_t b, w;
    arf_t norm2, t;
    arb_mat_init(b, n, n);
    arb_mat_init(w, n, n);
    arf_init(norm2);
    arf_init(t);
    arb_mat_transpose(b, a);
    midpoints(b, b);
    arb_mat_one(w);
    for (slong i = 0; i < n; i++) {
        dot(t, arb_mat_entry(b, i, 0), arb_mat_entry(b, i, 0), n, prec);
        arf_add(norm2, norm2, t, prec, ARF_RND_NEAR);
    }
    jacobi_sweeps(b, w, norm2, prec);
    sort_by_length(sigma, b, w, prec);
    arf_sqrt(norm2, norm2, prec, ARF_RND_NEAR);
    for (slong k = 0; k < n; k++)
        orthonormal_row(b, k, norm2, prec);
    arb_mat_transpose(u, b);
    arb_mat_transpose(v, w);
    arf_clear(norm2);
    arf_clear(t);
    arb_mat_clear(b);
    arb_mat_clear(w);
}

/* |q^T q - 1| in Frobenius norm, as an upper bound. */
static void defect(arb_t norm, const arb_mat_t q, slong prec)
{
    slong n = arb_mat_nrows(q);
    arb_mat_t t, one;
    arb_mat_init(t, n, n);
    arb_mat_init(one, n, n);
    arb_mat_transpose(t, q);
    arb_mat_mul(t, t, q, prec);
    arb_mat_one(one);
    arb_mat_sub(t, t, one, prec);
    arb_mat_frobenius_norm(norm, t, prec);
    arb_mat_clear(t);
    arb_mat_clear(one);
}

/* |a - u diag(d) v^T| + |d| ((1 + e_u)(1 + e_v) - 1), e the defects of u and v: how far any matrix in `a` is from
 * one with exactly these singular values (or eigenvalues, u = v). theory/network.md (7) */
static void distance_from_factors(mag_t bound, const arb_mat_t a, const arb_mat_t u, arb_srcptr d,
                                  const arb_mat_t v, slong prec)
{
    slong n = arb_mat_nrows(a);
    arb_mat_t t, w;
    arb_t e, f, top;
    arb_mat_init(t, n, n);
    arb_mat_init(w, n, n);
    arb_init(e);
    arb_init(f);
    arb_init(top);
    arb_mat_transpose(w, v);
    for (slong i = 0; i < n; i++)
        for (slong j = 0; j < n; j++)
            arb_mul(arb_mat_entry(w, i, j), arb_mat_entry(w, i, j), d + i, prec);
    arb_mat_mul(t, u, w, prec);
    arb_mat_sub(t, a, t, prec);
    for (slong i = 0; i < n; i++) {
        arb_abs(e, d + i);
        arb_max(top, top, e, prec);
    }
    defect(e, u, prec);
    defect(f, v, prec);
    arb_add_ui(e, e, 1, prec);
    arb_add_ui(f, f, 1, prec);
    arb_mul(e, e, f, prec);
    arb_sub_ui(e, e, 1, prec);
    arb_mul(e, e, top, prec);
    arb_mat_frobenius_norm(f, t, prec);
    arb_add(e, e, f, prec);
    arb_get_mag(bound, e);
    arb_clear(e);
    arb_clear(f);
    arb_clear(top);
    arb_mat_clear(t);
    arb_mat_clear(w);
}

/* Encloses the values d of the factors by Weyl's inequality. */
static void widen_values(arb_ptr d, const mag_t bound, slong n)
{
    for (slong i = 0; i < n; i++)
        arb_add_error_mag(d + i, bound);
}

void ew_mat_singular_values(arb_ptr sigma, const arb_mat_t a, slong prec)
{
    slong n = arb_mat_nrows(a), wp = prec + 32;
    arb_mat_t u, v;
    mag_t bound;
    arb_mat_init(u, n, n);
    arb_mat_init(v, n, n);
    mag_init(bound);
    ew_mat_svd_approx(u, sigma, v, a, wp);
    distance_from_factors(bound, a, u, sigma, v, wp);
    widen_values(sigma, bound, n);
    for (slong i = 0; i < n; i++)
        arb_nonnegative_part(sigma + i, sigma + i);
    mag_clear(bound);
    arb_mat_clear(u);
    arb_mat_clear(v);
}

void ew_mat_symmetric_eigenvalues(arb_ptr lambda, const arb_mat_t h, slong prec)
{
    slong n = arb_mat_nrows(h), wp = prec + 32;
    arb_mat_t a, u, v;
    arb_t shift;
    mag_t bound;
    arb_mat_init(a, n, n);
    arb_mat_init(u, n, n);
    arb_mat_init(v, n, n);
    arb_init(shift);
    mag_init(bound);
    /* h + shift is positive: its singular vectors are the eigenvectors */
    arb_mat_frobenius_norm(shift, h, 64);
    arb_get_mag(bound, shift);
    arf_set_mag(arb_midref(shift), bound);
    mag_zero(arb_radref(shift));
    midpoints(a, h);
    for (slong i = 0; i < n; i++)
        arb_add(arb_mat_entry(a, i, i), arb_mat_entry(a, i, i), shift, wp);
    ew_mat_svd_approx(u, lambda, v, a, wp);
    for (slong i = 0; i < n; i++) {
        arb_sub(lambda + i, lambda + i, shift, wp);
        mag_zero(arb_radref(lambda + i));
    }
    distance_from_factors(bound, h, v, lambda, v, wp);
    widen_values(lambda, bound, n);
    mag_clear(bound);
    arb_clear(shift);
    arb_mat_clear(a);
    arb_mat_clear(u);
    arb_mat_clear(v);
}

void ew_mat_widen_to_orthogonal(arb_mat_t q, slong prec)
{
    arb_t e;
    arb_init(e);
    defect(e, q, prec + 32);
    mag_t bound;
    mag_init(bound);
    arb_get_mag(bound, e);
    for (slong i = 0; i < arb_mat_nrows(q); i++)
        for (slong j = 0; j < arb_mat_ncols(q); j++)
            arb_add_error_mag(arb_mat_entry(q, i, j), bound);
    mag_clear(bound);
    arb_clear(e);
}

void ew_mat_mul(arb_mat_t c, const arb_mat_t a, const arb_mat_t b, bool balls, slong prec)
{
    if (balls)
        arb_mat_mul(c, a, b, prec);
    else
        arb_mat_approx_mul(c, a, b, prec);
}
