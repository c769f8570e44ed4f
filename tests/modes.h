/* Exact problems for the tests: given ones, and random ones from the runner's seed. */
#ifndef EDGEWISE_TESTS_MODES_H
#define EDGEWISE_TESTS_MODES_H

#include "test.h"
#include <edgewise/model.h>

/* The mode of these exact rationals. */
static inline void ew_set_mode(ew_mode_t mode, slong depth, const char *eta, const char *sigma,
                               const char *alpha)
{
    mode->depth = depth;
    assert_int_equal(fmpq_set_str(mode->eta, eta, 10), 0);
    assert_int_equal(fmpq_set_str(mode->sigma, sigma, 10), 0);
    assert_int_equal(fmpq_set_str(mode->alpha, alpha, 10), 0);
    fmpq_canonicalise(mode->eta); /* the library takes lowest terms only */
    fmpq_canonicalise(mode->sigma);
    fmpq_canonicalise(mode->alpha);
}

/* A small generator of our own, so that the draws are the same with every version of FLINT. */
typedef struct {
    ulong state;
} ew_random;

static inline ulong ew_random_below(ew_random *random, ulong n)
{
    random->state += UWORD(0x9e3779b97f4a7c15);
    ulong z = random->state;
    z = (z ^ (z >> 30)) * UWORD(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UWORD(0x94d049bb133111eb);
    return (z ^ (z >> 31)) % n;
}

/* A mode of the depth given: sigma = 1 .. 40 over 1 .. 20, and eta = s / L (s about 1 .. 6 at sigma = 1)
 * over a power of sigma that keeps it rational. */
static inline void ew_random_mode(ew_mode_t mode, ew_random *random, slong depth)
{
    fmpq_t t;
    fmpq_init(t);
    mode->depth = depth;
    fmpq_set_si(mode->sigma, 1 + (slong)ew_random_below(random, 40),
                1 + ew_random_below(random, 20));
    fmpq_set_si(mode->eta, 100 + (slong)ew_random_below(random, 500), 100 * (ulong)depth);
    fmpq_set(t, mode->sigma);
    for (int i = 0; i < (depth == 2 ? 1 : 2); i++)
        fmpq_div(mode->eta, mode->eta, t);
    fmpq_clear(t);
}

#endif
