/* Whole problems for the tests. */
#ifndef EDGEWISE_TESTS_PROBLEMS_H
#define EDGEWISE_TESTS_PROBLEMS_H

#include "modes.h"

/* The problem of these exact rationals; sigma separated by commas. */
static inline void ew_set_problem(ew_problem_t problem, slong depth, const char *eta,
                                  const char *sigma, slong dim, const char *alpha)
{
    fmpq *list;
    slong count;
    const char *why;
    problem->depth = depth;
    assert_int_equal(fmpq_set_str(problem->eta, eta, 10), 0);
    fmpq_canonicalise(problem->eta);
    assert_int_equal(fmpq_set_str(problem->alpha, alpha, 10), 0);
    fmpq_canonicalise(problem->alpha);
    assert_int_equal(ew_rational_list_parse(&list, &count, sigma, &why), EW_OK);
    ew_problem_set_sigma(problem, list, count);
    _fmpq_vec_clear(list, count);
    problem->dim = dim;
}

/* A number in [-1, 1] with 20 bits. */
static inline double ew_random_unit(ew_random *random)
{
    return ((double)ew_random_below(random, 2097153) - 1048576) / 1048576;
}

#endif
