/* What public functions ask of their numbers before anything else. */
#ifndef EDGEWISE_NUM_DOMAIN_H
#define EDGEWISE_NUM_DOMAIN_H

#include <edgewise/num.h>

/* Is it a precision in bits that a caller may ask for? */
static inline bool ew_prec_fits(slong prec)
{
    return prec >= 2 && prec <= EW_PREC_MAX;
}

/* Are there numbers of that precision in the machine's memory, a few hundred of them? `prec` fits. */
static inline bool ew_prec_is_affordable(slong prec)
{
    return prec < 1000000 || ew_memory_check(64.0 * (double)prec) == EW_OK;
}

static inline bool ew_digits_fit(slong digits)
{
    return digits >= 1 && digits <= EW_DIGITS_MAX;
}

/* A rational in lowest terms; NULL is none. */
static inline bool ew_rational_fits(const fmpq *q)
{
    return q != NULL && fmpz_sgn(fmpq_denref(q)) > 0 && fmpq_is_canonical(q);
}

/* The word of an enumeration's member; "?" where there is no such member. */
#define EW_WORD_OF(words, member)                                                                  \
    ((unsigned)(member) < sizeof(words) / sizeof((words)[0]) ? (words)[member] : "?")

#endif
