/* From wider numbers to a machine word, the one place where that is done: each says whether the number fits, and none
 * aborts, wraps or saturates without a word. What does not fit is written in decimals. */
#ifndef EDGEWISE_NUM_WORD_H
#define EDGEWISE_NUM_WORD_H

#include <edgewise/num.h>

/* The whole number nearest to the midpoint of x, when that midpoint is finite and the number fits a word; else false and
 * *n is unchanged. */
bool ew_word_from_arb(slong *n, const arb_t x);

/* The value when it fits; else false and *n is unchanged. */
bool ew_word_from_fmpz(slong *n, const fmpz_t x);

/* x rounded towards zero and held to [lo, hi]; a NaN gives lo. |lo|, |hi| at most 2^53. */
slong ew_word_between(double x, slong lo, slong hi);

#endif
