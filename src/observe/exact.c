/* The first steps of a trajectory in exact rationals. */
#include "observe/exact.h"

/* One step multiplies the length of the numbers by 2L - 1 or so; no step may pass this many bits.
 * */
static const double longest = 1 << 19;

void ew_exact_init(ew_exact_t path, const ew_mode_t mode)
{
    ew_mode_init(path->mode);
    ew_mode_set(path->mode, mode);
    fmpq_init(path->a);
    fmpq_init(path->b);
    fmpq_set(path->b, mode->alpha);
    path->step = 0;
    path->ended = false;
}

void ew_exact_clear(ew_exact_t path)
{
    ew_mode_clear(path->mode);
    fmpq_clear(path->a);
    fmpq_clear(path->b);
}

static bool next_is_too_long(const ew_exact_t path)
{
    double state = (double)(fmpq_height_bits(path->a) + fmpq_height_bits(path->b));
    double fixed =
        (double)(fmpq_height_bits(path->mode->eta) + fmpq_height_bits(path->mode->sigma));
    return 2 * (double)path->mode->depth * state + fixed > longest;
}

bool ew_exact_reach(ew_exact_t path, slong step)
{
    fmpq_t k;
    fmpq_init(k);
    if (step < path->step) {
        fmpq_zero(path->a);
        fmpq_set(path->b, path->mode->alpha);
        path->step = 0;
        path->ended = false;
    }
    for (; path->step < step && !path->ended; path->step++) {
        path->ended = next_is_too_long(path);
        if (path->ended)
            break;
        ew_pair_step_exact(path->a, path->b, k, path->mode);
    }
    fmpq_clear(k);
    return path->step == step && !next_is_too_long(path);
}

static int cmp(const fmpq_t x, slong n)
{
    fmpq_t q;
    fmpq_init(q);
    fmpq_set_si(q, n, 1);
    int sign = fmpq_cmp(x, q);
    fmpq_clear(q);
    return (sign > 0) - (sign < 0);
}

void ew_exact_signs(bool *minimum, bool *at_rest, int *x_against_1, int *x_against_2,
                    const ew_exact_t path)
{
    fmpq_t a, b, k, p;
    fmpq_init(a);
    fmpq_init(b);
    fmpq_init(k);
    fmpq_init(p);
    fmpq_set(a, path->a);
    fmpq_set(b, path->b);
    fmpq_pow_si(p, b, path->mode->depth - 1);
    fmpq_mul(p, p, a);
    *minimum = fmpq_equal(p, path->mode->sigma);
    ew_pair_step_exact(a, b, k, path->mode);
    *at_rest = fmpq_is_zero(k);
    fmpq_mul(k, k, k);
    *x_against_1 = cmp(k, 1);
    *x_against_2 = cmp(k, 2);
    fmpq_clear(a);
    fmpq_clear(b);
    fmpq_clear(k);
    fmpq_clear(p);
}
