#include "predict/word.h"

/* One step of a 64-bit mixing generator. */
static ulong mix(ulong *state)
{
    ulong z = (*state += UWORD(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UWORD(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UWORD(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static void stir(ew_word_t word, const fmpz_poly_t poly)
{
    for (slong i = 0; i < fmpz_poly_length(poly); i++) {
        word->state ^= fmpz_fdiv_ui(poly->coeffs + i, UWORD(4611686018427387847));
        mix(&word->state);
    }
}

void ew_word_init(ew_word_t word, const fmpz_poly_t a, const fmpz_poly_t b, const fmpz_poly_t c)
{
    word->state = (ulong)fmpz_poly_length(a);
    word->point = 0;
    nmod_init(&word->mod, 3);
    stir(word, a);
    stir(word, b);
    stir(word, c);
}

void ew_word_next(ew_word_t word)
{
    ulong prime = n_nextprime((UWORD(1) << 61) + (mix(&word->state) >> 3), 0);
    nmod_init(&word->mod, prime);
    word->point = mix(&word->state) % prime;
}

ulong ew_word_reduce(const ew_word_t word, const fmpz_t x)
{
    return fmpz_fdiv_ui(x, word->mod.n);
}

ulong ew_word_eval(const ew_word_t word, const fmpz_poly_t poly)
{
    ulong value = 0;
    for (slong i = fmpz_poly_length(poly) - 1; i >= 0; i--) {
        ulong c = fmpz_fdiv_ui(poly->coeffs + i, word->mod.n);
        value = nmod_add(nmod_mul(value, word->point, word->mod), c, word->mod);
    }
    return value;
}
