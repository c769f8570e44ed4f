/* Wider numbers as machine words, where they fit. */
#include "num/word.h"

bool ew_word_from_fmpz(slong *n, const fmpz_t x)
{
    bool fits = fmpz_fits_si(x);
    if (fits)
        *n = fmpz_get_si(x);
    return fits;
}

bool ew_word_from_arb(slong *n, const arb_t x)
{
    if (!arf_is_finite(arb_midref(x)) || arf_cmpabs_2exp_si(arb_midref(x), FLINT_BITS) >= 0)
        return false; /* also where writing the number out would take all memory */
    fmpz_t whole;
    fmpz_init(whole);
    arf_get_fmpz(whole, arb_midref(x), ARF_RND_NEAR);
    bool fits = ew_word_from_fmpz(n, whole);
    fmpz_clear(whole);
    return fits;
}

slong ew_word_between(double x, slong lo, slong hi)
{
    if (!(x > (double)lo))
        return lo;
    return x < (double)hi ? (slong)x : hi;
}
