#include "num/mat.h"
#include "problems.h"

/* A random matrix whose entries are doubles in [-1, 1]. */
static void random_matrix(arb_mat_t a, ew_random *random)
{
    for (slong i = 0; i < arb_mat_nrows(a); i++)
        for (slong j = 0; j < arb_mat_ncols(a); j++)
            arb_set_d(arb_mat_entry(a, i, j), ew_random_unit(random));
}

/* u diag(d) v^T for given values, u and v orthogonal to all bits. */
static void assemble(arb_mat_t a, arb_srcptr d, const arb_mat_t u, const arb_mat_t v, slong prec)
{
    slong n = arb_mat_nrows(a);
    arb_mat_t w;
    arb_mat_init(w, n, n);
    arb_mat_transpose(w, v);
    for (slong i = 0; i < n; i++)
        for (slong j = 0; j < n; j++)
            arb_mul(arb_mat_entry(w, i, j), arb_mat_entry(w, i, j), d + i, prec);
    arb_mat_mul(a, u, w, prec);
    arb_mat_clear(w);
}

/* Singular values come back inside their enclosures, which are tight: distinct, equal and zero ones. */
static void singular_values(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed()};
    const slong prec = 200;
    for (slong n = 1; n <= 7; n++) {
        arb_mat_t a, u, v;
        arb_ptr given = _arb_vec_init(n), found = _arb_vec_init(n);
        arb_mat_init(a, n, n);
        arb_mat_init(u, n, n);
        arb_mat_init(v, n, n);
        for (int kind = 0; kind < 3; kind++) {
            random_matrix(a, &random);
            ew_mat_orthonormalise(u, a, prec);
            random_matrix(a, &random);
            ew_mat_orthonormalise(v, a, prec);
            ew_mat_widen_to_orthogonal(u, prec);
            ew_mat_widen_to_orthogonal(v, prec);
            for (slong i = 0; i < n; i++) /* descending; kind 1: pairs of equals; kind 2: rank 1 */
                arb_set_si(given + i, kind == 2 ? (i == 0) : kind == 1 ? 10 - i / 2 : 10 - i);
            assemble(a, given, u, v, prec);
            ew_mat_singular_values(found, a, prec);
            for (slong i = 0; i < n; i++) {
                assert_true(arb_overlaps(found + i, given + i));
                assert_true(mag_cmp_2exp_si(arb_radref(found + i), -150) < 0);
            }
        }
        _arb_vec_clear(given, n);
        _arb_vec_clear(found, n);
        arb_mat_clear(a);
        arb_mat_clear(u);
        arb_mat_clear(v);
    }
}

/* Symmetric eigenvalues of both signs, repeated ones too; a wide ball gives wide answers that hold those of its
 * midpoint. */
static void symmetric_eigenvalues(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 1};
    const slong prec = 128, n = 6;
    static const int values[] = {7, 3, 3, 0, -2, -2};
    arb_mat_t a, q;
    arb_ptr given = _arb_vec_init(n), found = _arb_vec_init(n);
    arb_mat_init(a, n, n);
    arb_mat_init(q, n, n);
    random_matrix(a, &random);
    ew_mat_orthonormalise(q, a, prec);
    ew_mat_widen_to_orthogonal(q, prec);
    for (slong i = 0; i < n; i++)
        arb_set_si(given + i, values[i]);
    assemble(a, given, q, q, prec);
    for (int wide = 0; wide < 2; wide++) {
        if (wide)
            for (slong i = 0; i < n * n; i++)
                mag_set_d(arb_radref(a->entries + i), 0.001);
        ew_mat_symmetric_eigenvalues(found, a, prec);
        for (slong i = 0; i < n; i++) {
            assert_true(arb_overlaps(found + i, given + i));
            if (!wide)
                assert_true(mag_cmp_2exp_si(arb_radref(found + i), -90) < 0);
            else
                assert_true(mag_cmp_2exp_si(arb_radref(found + i), -10) > 0);
        }
    }
    _arb_vec_clear(given, n);
    _arb_vec_clear(found, n);
    arb_mat_clear(a);
    arb_mat_clear(q);
}

/* The widened factor holds an orthogonal matrix: q^T q - 1 contains zero everywhere, and dependent columns are
 * completed. */
static void orthonormal_factors(void **state)
{
    (void)state;
    ew_random random = {ew_test_seed() + 2};
    const slong n = 5, prec = 300;
    arb_mat_t a, q, t;
    arb_mat_init(a, n, n);
    arb_mat_init(q, n, n);
    arb_mat_init(t, n, n);
    random_matrix(a, &random);
    for (slong i = 0; i < n; i++) /* the third column is the first, the fourth zero */
        arb_set(arb_mat_entry(a, i, 2), arb_mat_entry(a, i, 0));
    for (slong i = 0; i < n; i++)
        arb_zero(arb_mat_entry(a, i, 3));
    ew_mat_orthonormalise(q, a, prec);
    ew_mat_widen_to_orthogonal(q, prec);
    arb_mat_transpose(t, q);
    arb_mat_mul(t, t, q, prec);
    for (slong i = 0; i < n; i++)
        for (slong j = 0; j < n; j++) {
            arb_sub_ui(arb_mat_entry(t, i, j), arb_mat_entry(t, i, j), i == j, prec);
            assert_true(arb_contains_zero(arb_mat_entry(t, i, j)));
            assert_true(mag_cmp_2exp_si(arb_radref(arb_mat_entry(t, i, j)), -280) < 0);
        }
    /* the first column of q is that of a, scaled by something positive */
    assert_true(arb_is_positive(arb_mat_entry(a, 0, 0)) == arb_is_positive(arb_mat_entry(q, 0, 0)));
    arb_mat_clear(a);
    arb_mat_clear(q);
    arb_mat_clear(t);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(singular_values),
                                          cmocka_unit_test(symmetric_eigenvalues),
                                          cmocka_unit_test(orthonormal_factors)};
EW_TESTS(tests)
