#include "check_claim.h"
#include <lapacke.h>
#include <math.h>

static void balanced_flattest(void **state)
{
    (void)state;
    const char *id = "balanced-flattest";
    for (slong depth = 2; depth <= 9; depth++)
        expect_network(id, depth, "1/2", "3/2,1", 3, "1/10", EW_PROVED, "AM-GM");
    ew_finding_t finding;
    ew_finding_init(finding);
    run_network_claim(finding, id, 3, "1/2", "3/2,1", 3, "1/10");
    assert_int_equal(find_fact(finding, "exact_minima")->integer, 8);
    ew_finding_clear(finding);
}

/* W_3 = M (W_2 W_1)^-1 for random W_1, W_2: minima of no particular form are sharper than S_1 = 3 (3/2)^(4/3). */
static void dense_minima(void **state)
{
    (void)state;
    enum { D = 3, L = 3, S = D * D };
    static const double target[S] = {1.5, 0, 0, 0, 1, 0, 0, 0, 0.25};
    const double least = 3 * pow(1.5, 4.0 / 3);
    ew_random random = {ew_test_seed() + 9};
    for (int trial = 0; trial < 50; trial++) {
        double w[L * S], product[S] = {0}, sharpness;
        lapack_int pivots[D];
        for (int k = 0; k < 2 * S; k++)
            w[k] = (double)ew_random_below(&random, 2001) / 1000 - 1;
        for (int i = 0; i < D; i++)
            for (int j = 0; j < D; j++)
                for (int k = 0; k < D; k++) /* the transpose of W_2 W_1 */
                    product[j * D + i] += w[S + i * D + k] * w[k * D + j];
        for (int k = 0; k < S;
             k++) /* X W_2 W_1 = M, so (W_2 W_1)^T X^T = M^T, and M is symmetric */
            w[2 * S + k] = target[k];
        if (LAPACKE_dgesv(LAPACK_ROW_MAJOR, D, D, product, D, pivots, w + 2 * S, D) != 0)
            continue;
        for (int i = 0; i < D; i++)
            for (int j = 0; j < i; j++) {
                double t = w[2 * S + i * D + j];
                w[2 * S + i * D + j] = w[2 * S + j * D + i];
                w[2 * S + j * D + i] = t;
            }
        ew_weights at = {L, D, w, target};
        assert_int_equal(ew_hessian_top(&sharpness, 1, &at), EW_OK);
        assert_true(sharpness > least * (1 - 1e-6));
    }
    double w[L * S] = {0}, sharpness;
    for (int l = 0; l < L; l++)
        for (int i = 0; i < D; i++)
            w[l * S + i * (D + 1)] = cbrt(target[i * (D + 1)]);
    ew_weights at = {L, D, w, target};
    assert_int_equal(ew_hessian_top(&sharpness, 1, &at), EW_OK);
    assert_true(fabs(sharpness - least) < 1e-10);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(balanced_flattest),
                                          cmocka_unit_test(dense_minima)};
EW_TESTS(tests)
