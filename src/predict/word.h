/* Evaluation modulo random word-size primes: the check of exact products. */
#ifndef EDGEWISE_PREDICT_WORD_H
#define EDGEWISE_PREDICT_WORD_H

#include <edgewise/flint.h>

/* A prime, a point modulo it, and the state from which the next pair is drawn. */
typedef struct {
    ulong state;
    ulong point;
    nmod_t mod;
} ew_word_struct;
typedef ew_word_struct ew_word_t[1];

/* Starts from a mix of the operands, so the draw is reproducible for the same operands. */
void ew_word_init(ew_word_t word, const fmpz_poly_t a, const fmpz_poly_t b, const fmpz_poly_t c);

/* Draws the next prime of 62 bits and point. */
void ew_word_next(ew_word_t word);

/* A value modulo the prime: of an integer, and of a polynomial at the point. */
ulong ew_word_reduce(const ew_word_t word, const fmpz_t x);
ulong ew_word_eval(const ew_word_t word, const fmpz_poly_t poly);

#endif
