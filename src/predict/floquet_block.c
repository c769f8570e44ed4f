/* The two-step matrix of a pair, its neutral directions and their deflation. theory/floquet.md (1) - (5) */
#include "predict/floquet.h"

/* 1 - eta H at a point. */
static void one_step(arb_mat_t k, const ew_point_t point, slong i, slong j, const arb_t eta,
                     slong prec)
{
    ew_hessian_pair(k, point, i, j, prec);
    arb_mat_scalar_mul_arb(k, k, eta, prec);
    arb_mat_neg(k, k);
    for (slong l = 0; l < arb_mat_nrows(k); l++)
        arb_add_ui(arb_mat_entry(k, l, l), arb_mat_entry(k, l, l), 1, prec);
}

void ew_floquet_pair(arb_mat_t m, const ew_point_t one, const ew_point_t two, slong i, slong j,
                     const arb_t eta, slong prec)
{
    slong n = 2 * one->depth;
    arb_mat_t k;
    arb_mat_init(k, n, n);
    one_step(k, one, i, j, eta, prec);
    one_step(m, two, i, j, eta, prec);
    arb_mat_mul(m, m, k, prec);
    arb_mat_clear(k);
}

void ew_floquet_neutral(arb_mat_t g, const ew_point_t point, slong i, slong j, bool rotation)
{
    slong depth = point->depth;
    arb_srcptr di = point->scalars + i * depth, dj = point->scalars + j * depth;
    arb_mat_zero(g);
    for (slong c = 0; c < depth - 1 + rotation; c++) {
        slong l = c, next = (c + 1) % depth; /* delta W_l = K W_l, delta W_next = -W_next K */
        arb_set(arb_mat_entry(g, l, c), dj + l);
        arb_neg(arb_mat_entry(g, depth + l, c), di + l);
        arb_neg(arb_mat_entry(g, next, c), di + next);
        arb_set(arb_mat_entry(g, depth + next, c), dj + next);
    }
}

/* Brings g by column operations to the unit matrix in the rows pivot[0 .. columns - 1]. */
static bool reduce_columns(arb_mat_t g, slong *pivot, slong prec)
{
    slong rows = arb_mat_nrows(g), columns = arb_mat_ncols(g);
    arb_t t;
    arb_init(t);
    bool fine = true;
    for (slong c = 0; c < columns && fine; c++) {
        slong top = 0; /* a row that was a pivot holds zeros in this column, exactly */
        for (slong r = 1; r < rows; r++)
            if (arf_cmpabs(arb_midref(arb_mat_entry(g, r, c)),
                           arb_midref(arb_mat_entry(g, top, c))) > 0)
                top = r;
        pivot[c] = top;
        fine = !arb_contains_zero(arb_mat_entry(g, top, c));
        if (!fine)
            break;
        arb_inv(t, arb_mat_entry(g, top, c), prec);
        for (slong r = 0; r < rows; r++)
            arb_mul(arb_mat_entry(g, r, c), arb_mat_entry(g, r, c), t, prec);
        arb_one(arb_mat_entry(g, top, c));
        for (slong other = 0; other < columns; other++) {
            if (other == c)
                continue;
            arb_set(t, arb_mat_entry(g, top, other));
            for (slong r = 0; r < rows; r++)
                arb_submul(arb_mat_entry(g, r, other), t, arb_mat_entry(g, r, c), prec);
            arb_zero(arb_mat_entry(g, top, other));
        }
    }
    arb_clear(t);
    return fine;
}

bool ew_floquet_deflate(arb_mat_t n, const arb_mat_t m, const arb_mat_t g, slong prec)
{
    slong rows = arb_mat_nrows(g), columns = arb_mat_ncols(g), rest = rows - columns, k = 0;
    slong *pivot = flint_malloc((size_t)(columns + rest + rows) * sizeof(slong));
    slong *kept = pivot + columns, *is_pivot = kept + rest;
    arb_mat_t reduced;
    arb_mat_init(reduced, rows, columns);
    arb_mat_set(reduced, g);
    bool fine = reduce_columns(reduced, pivot, prec);
    for (slong r = 0; r < rows; r++)
        is_pivot[r] = 0;
    for (slong c = 0; c < columns && fine; c++)
        is_pivot[pivot[c]] = 1;
    for (slong r = 0; r < rows && fine; r++)
        if (!is_pivot[r])
            kept[k++] = r;
    for (slong a = 0; a < rest && fine; a++) /* N = M_RR - G_R G_P^-1 M_PR */
        for (slong b = 0; b < rest; b++) {
            arb_set(arb_mat_entry(n, a, b), arb_mat_entry(m, kept[a], kept[b]));
            for (slong c = 0; c < columns; c++)
                arb_submul(arb_mat_entry(n, a, b), arb_mat_entry(reduced, kept[a], c),
                           arb_mat_entry(m, pivot[c], kept[b]), prec);
        }
    arb_mat_clear(reduced);
    flint_free(pivot);
    return fine;
}

/* Moves every entry of a by some 2^-(prec/2): where equal eigenvalues make the approximate eigenvectors coincide,
 * those of a nearby matrix do as well for an enclosure and are independent. */
static void perturb(acb_mat_t a, slong prec)
{
    ulong state = 1;
    arb_t t;
    arb_init(t);
    for (slong i = 0; i < acb_mat_nrows(a); i++)
        for (slong j = 0; j < acb_mat_ncols(a); j++) {
            state = state * UWORD(6364136223846793005) + UWORD(1442695040888963407);
            arb_set_ui(t, state >> 40);
            arb_mul_2exp_si(t, t, -24 - prec / 2);
            arb_add(acb_realref(acb_mat_entry(a, i, j)), acb_realref(acb_mat_entry(a, i, j)), t,
                    prec);
        }
    arb_clear(t);
}

/* Every eigenvalue lies within eps of an approximation, and by continuity as many in each cluster of overlapping
 * discs as it has approximations (theory/floquet.md (6)): each ball is widened to hold its whole cluster. */
static void enclose_clusters(acb_ptr value, acb_srcptr approx, slong size, const mag_t eps)
{
    int *cluster = flint_malloc((size_t)size * sizeof(int));
    acb_t t;
    mag_t distance, reach, far;
    acb_init(t);
    mag_init(distance);
    mag_init(reach);
    mag_init(far);
    mag_mul_2exp_si(reach, eps, 1);
    for (slong i = 0; i < size; i++)
        cluster[i] = (int)i;
    for (slong i = 0; i < size; i++)
        for (slong j = 0; j < i; j++) {
            acb_sub(t, approx + i, approx + j, 64);
            acb_get_mag_lower(distance, t);
            if (cluster[i] == cluster[j] || mag_cmp(distance, reach) > 0)
                continue;
            for (slong k = 0, from = cluster[i], to = cluster[j]; k < size; k++)
                if (cluster[k] == from)
                    cluster[k] = (int)to;
        }
    for (slong i = 0; i < size; i++) {
        mag_zero(far);
        for (slong j = 0; j < size; j++) {
            if (cluster[j] != cluster[i])
                continue;
            acb_sub(t, approx + i, approx + j, 64);
            acb_get_mag(distance, t);
            mag_max(far, far, distance);
        }
        mag_add(far, far, eps);
        acb_set(value + i, approx + i);
        acb_add_error_mag(value + i, far);
    }
    flint_free(cluster);
    acb_clear(t);
    mag_clear(distance);
    mag_clear(reach);
    mag_clear(far);
}

bool ew_floquet_eigenvalues(acb_ptr value, const arb_mat_t n, slong prec)
{
    slong size = arb_mat_nrows(n);
    acb_mat_t a, near, right;
    acb_ptr approx = _acb_vec_init(size);
    mag_t eps;
    acb_mat_init(a, size, size);
    acb_mat_init(near, size, size);
    acb_mat_init(right, size, size);
    mag_init(eps);
    mag_inf(eps);
    acb_mat_set_arb_mat(a, n);
    acb_mat_set(near, a);
    for (int attempt = 0; attempt < 2 && mag_is_inf(eps); attempt++) {
        if (attempt > 0)
            perturb(near, prec);
        acb_mat_approx_eig_qr(approx, NULL, right, near, NULL, 0, prec);
        acb_mat_eig_global_enclosure(eps, a, approx, right, prec);
    }
    bool fine = !mag_is_inf(eps);
    if (fine)
        enclose_clusters(value, approx, size, eps);
    acb_mat_clear(a);
    acb_mat_clear(near);
    acb_mat_clear(right);
    mag_clear(eps);
    _acb_vec_clear(approx, size);
    return fine;
}
