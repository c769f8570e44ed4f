/* Intervals with dyadic ends, over GMP alone. A checker of proofs must be short and slow rather than clever: every
 * operation rounds outwards to a number of bits, and what cannot be enclosed raises a flag that fails the leaf.
 * The enclosures of exp, log1p and the two series are proved in theory/certificates.md. */
#ifndef EDGEWISE_CHECK_INTERVAL_H
#define EDGEWISE_CHECK_INTERVAL_H

#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* m 2^e */
typedef struct {
    mpz_t m;
    int64_t e;
} dyadic;

typedef struct {
    dyadic lo, hi;
} interval;

/* Intervals live in a pool until interval_reset. */
typedef const interval *iv;

/* Forgets all intervals and lowers the flag; those to come are rounded to `bits` bits. */
void interval_reset(long bits);
void interval_release(void); /* frees the pool */

/* Did an operation have no enclosure since the last reset: a division by 0, a number out of range? */
bool interval_failed(void);
iv interval_fail(void); /* raises the flag; any interval */

/* A limit on the work of all that follows, in units of about a nanosecond on a machine of today but the same on all;
 * beyond it the flag stays raised, and every series ends. */
void interval_budget(uint64_t units);
void interval_spend(uint64_t units); /* work done elsewhere */
bool interval_spent(void);

/* realloc, or the program ends with one line and exit code 4. */
void *memory_or_end(void *old, size_t size);

iv iv_integer(long n);
iv iv_ratio(const mpq_t q);
iv iv_ends(const dyadic *lo, const dyadic *hi);
iv iv_lower(iv x); /* the ends, as intervals */
iv iv_upper(iv x);
iv iv_join(iv x, iv y); /* the lower end of x and the upper end of y */

iv iv_add(iv x, iv y);
iv iv_sub(iv x, iv y);
iv iv_neg(iv x);
iv iv_mul(iv x, iv y);
iv iv_div(iv x, iv y);
iv iv_power(iv x, unsigned long n);
iv iv_root(iv x);      /* sqrt(max(0, x)) */
iv iv_exp(iv x);       /* |x| below 2^20 */
iv iv_log(iv x);       /* x > 0 */
iv iv_log_ratio(iv x); /* log1p(x)/x for x > -1; 1 at 0 */

/* Functions of z >= 0 (a lower end below 0 counts as 0, the variable being a square), z below 2^16:
 * cosh(t), sinh(t)/t, its derivative by z and half its second one, for t = sqrt(z). */
iv iv_cosh(iv z);
iv iv_sinhc(iv z);
iv iv_sinhc_slope(iv z);
iv iv_sinhc_bend(iv z);

int iv_sign(iv x); /* 1: all above 0; -1: all below; 0: neither is certain */

void dyadic_init(dyadic *x, long n); /* n */
void dyadic_clear(dyadic *x);
int dyadic_compare(const dyadic *x, const dyadic *y);
void dyadic_middle(dyadic *r, const dyadic *x, const dyadic *y); /* (x + y)/2, exactly */

#endif
