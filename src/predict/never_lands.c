/* "This trajectory never lands on a minimum", from exact arithmetic alone. theory/balancing-gap.md
 *
 * Lemma C. Let v be the q-adic valuation for a prime q. If at some step A = v(a), B = v(b), v(p) = A +
 * (L-1) B and K = v(eta) + v(p) + (L-2) B satisfy
 *
 *     v(p) < v(sigma)  and  K < -|A - B|,
 *
 * then they do at every later step, with K falling: k != 0 and k != +-1 for ever. As the
 * numbers are rational this takes a few exact steps, whatever the trajectory does on the real line. */
#include "model/domain.h"
#include <edgewise/predict.h>

/* v(x) of a nonzero rational. */
static slong valuation(const fmpq_t x, const fmpz_t prime)
{
    fmpz_t rest;
    fmpz_init(rest);
    slong v = fmpz_remove(rest, fmpq_numref(x), prime);
    v -= fmpz_remove(rest, fmpq_denref(x), prime);
    fmpz_clear(rest);
    return v;
}

/* The hypothesis of lemma C at (a, b), both nonzero. */
static bool grows_for_ever(const fmpq_t a, const fmpq_t b, const ew_mode_t mode, ulong q)
{
    slong L = mode->depth;
    fmpz_t prime;
    fmpz_init_set_ui(prime, q);
    slong A = valuation(a, prime), B = valuation(b, prime);
    slong p = A + (L - 1) * B;
    slong K = valuation(mode->eta, prime) + p + (L - 2) * B;
    slong distance = A > B ? A - B : B - A;
    bool grows = p < valuation(mode->sigma, prime) && K < -distance;
    fmpz_clear(prime);
    return grows;
}

/* Collects the primes below 2^16 of a denominator. */
static slong add_primes(ulong *primes, slong count, slong room, const fmpz_t denominator)
{
    fmpz_t rest, prime;
    fmpz_init_set(rest, denominator);
    fmpz_init(prime);
    for (ulong q = 2; q < 65536 && count < room && !fmpz_is_one(rest); q = n_nextprime(q, 1)) {
        fmpz_set_ui(prime, q);
        if (fmpz_remove(rest, rest, prime) == 0)
            continue;
        bool known = false;
        for (slong i = 0; i < count; i++)
            known = known || primes[i] == q;
        if (!known)
            primes[count++] = q;
    }
    /* what is left of a one-word denominator may itself be a prime */
    if (count < room && !fmpz_is_one(rest) && fmpz_abs_fits_ui(rest) &&
        n_is_prime(fmpz_get_ui(rest)))
        primes[count++] = fmpz_get_ui(rest);
    fmpz_clear(rest);
    fmpz_clear(prime);
    return count;
}

static bool is_plus_minus_one(const fmpq_t x)
{
    return fmpz_is_pm1(fmpq_numref(x)) && fmpz_is_one(fmpq_denref(x));
}

/* Bits of the largest numerator or denominator that an exact step from (a, b) can produce. */
static double step_bits(const fmpq_t a, const fmpq_t b, const ew_mode_t mode)
{
    double state = (double)(fmpq_height_bits(a) + fmpq_height_bits(b));
    double fixed = (double)(fmpq_height_bits(mode->eta) + fmpq_height_bits(mode->sigma));
    return 4 * (double)mode->depth * state + fixed;
}

ew_answer ew_balance_never_lands(ulong *prime, slong *step, const ew_mode_t mode)
{
    if (prime == NULL || step == NULL || !ew_mode_fits(mode))
        return EW_UNKNOWN;
    enum { ROOM = 32 };
    ulong primes[ROOM];
    *prime = 0;
    *step = 0;
    if (fmpq_is_zero(mode->alpha) || fmpq_is_zero(mode->sigma))
        return EW_NO; /* b_0 = 0, or r_0 = 0 */
    slong count = add_primes(primes, 0, ROOM, fmpq_denref(mode->eta));
    count = add_primes(primes, count, ROOM, fmpq_denref(mode->alpha));
    count = add_primes(primes, count, ROOM, fmpq_denref(mode->sigma));

    ew_answer answer = EW_UNKNOWN;
    fmpq_t a, b, k;
    fmpq_init(a);
    fmpq_init(b);
    fmpq_init(k);
    fmpq_set(b, mode->alpha);
    for (*step = 0; answer == EW_UNKNOWN && *step < 64; (*step)++) {
        for (slong i = 0; i < count && !fmpq_is_zero(a) && !fmpq_is_zero(b); i++)
            if (grows_for_ever(a, b, mode, primes[i])) {
                *prime = primes[i];
                answer = EW_YES;
                break;
            }
        if (answer == EW_YES || step_bits(a, b, mode) > (double)(1 << 22))
            break;
        ew_pair_step_exact(a, b, k, mode);
        if (fmpq_is_zero(k) || is_plus_minus_one(k)) {
            answer = EW_NO;
            break;
        }
    }
    fmpq_clear(a);
    fmpq_clear(b);
    fmpq_clear(k);
    return answer;
}
