#include "check_claim.h"

static void hessian_spectrum_past_rank(void **state)
{
    (void)state;
    const char *id = "hessian-spectrum-past-rank";
    expect_network(id, 3, "1/2", "1", 3, "1/10", EW_REFUTED, "each of the 4 entries");
    expect_network(id, 3, "1/2", "1", 1, "1/10", EW_VACUOUS, "full rank");
    expect_network(id, 3, "1/2", "1", 3, "0", EW_VACUOUS, "alpha > 0");
    /* the extra eigenvalue, with that multiplicity, is in the spectrum there */
    ew_finding_t finding;
    ew_finding_init(finding);
    run_network_claim(finding, id, 3, "1/2", "1", 3, "1/10");
    assert_int_equal(find_fact(finding, "extra_multiplicity")->integer, 4);
    assert_string_equal(find_fact(finding, "extra_eigenvalue")->text, "0.000100000000000");
    ew_problem_t problem;
    ew_spectrum_t spectrum;
    ew_problem_init(problem);
    ew_spectrum_init(spectrum);
    ew_set_problem(problem, 3, "1/2", "1", 3, "1/10");
    assert_int_equal(ew_spectrum_minimum(spectrum, problem, problem->alpha, 64), EW_OK);
    slong many = 0;
    arb_t extra;
    arb_init(extra);
    arb_set_d(extra, 1e-4);
    mag_set_d(arb_radref(extra), 1e-15);
    for (slong k = 0; k < spectrum->count; k++)
        if (arb_overlaps(extra, spectrum->list[k].value))
            many += fmpz_get_si(spectrum->list[k].multiplicity);
    assert_int_equal(many, 4);
    arb_clear(extra);
    ew_spectrum_clear(spectrum);
    ew_problem_clear(problem);
    ew_finding_clear(finding);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(hessian_spectrum_past_rank)};
EW_TESTS(tests)
