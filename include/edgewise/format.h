/* Number formats, and arithmetic in them exactly as hardware or the standard has it. Every operation rounds the exact
 * result once. theory/formats.md */
#ifndef EDGEWISE_FORMAT_H
#define EDGEWISE_FORMAT_H

#include <edgewise/num.h>
#include <stdint.h>

EW_BEGIN_API

typedef enum {
    EW_FLOATING,  /* binary floating point with subnormals and a bounded exponent */
    EW_PAIRED,    /* double-double: the unevaluated sum of two fp64 numbers */
    EW_UNBOUNDED, /* mpfr-N: N bits, any exponent */
    EW_EXACT,     /* rationals: nothing is rounded */
    EW_BALLS      /* ball-N: enclosures */
} ew_format_kind;

/* A format. Finite numbers of EW_FLOATING are m 2^e with |m| < 2^bits and least - bits + 1 <= e <= greatest - bits + 1. */
typedef struct {
    char name[24];
    ew_format_kind kind;
    slong bits; /* of the significand, the hidden one included; 0 for EW_EXACT */
    slong least,
        greatest; /* exponents of the smallest normal number, and of the largest one, 2^e <= |x| < 2^(e+1) */
    bool
        infinities; /* false for fp8-e4m3 (OCP): overflow is NaN, and so is the largest significand at the
                              top exponent: its largest number is 448 */
} ew_format;

/* fp8-e4m3, fp8-e5m2, bf16, fp16, tf32, fp32, fp64, x87, dd, quad, exact: the fixed ones, in this order, ended by a
 * name that is empty. */
extern const ew_format ew_formats[];

/* The format of that name: a fixed one, mpfr-N or ball-N with 2 <= N <= 100000, N in digits.
 *   why  out on failure, may be NULL: what is wrong, static storage
 * Returns EW_OK or EW_BAD_INPUT. */
EW_MUST_CHECK ew_status ew_format_named(ew_format *format, const char *name, const char **why);

/* The fixed format whose name is closest to a mistyped one, or NULL when none is near. */
const char *ew_format_nearest(const char *name);

/* mpfr-N or ball-N. 2 <= bits <= 100000. */
void ew_format_set_bits(ew_format *format, ew_format_kind kind, slong bits);

/* The wider format in which accelerators accumulate: fp32 for those of at most 11 bits, fp64 for fp32, quad for fp64, x87
 * and dd, twice the bits for the others. */
void ew_format_wider(ew_format *wider, const ew_format *format);

typedef enum {
    EW_TO_NEAREST, /* ties to even */
    EW_TOWARD_ZERO,
    EW_UPWARD,
    EW_DOWNWARD,
    EW_STOCHASTIC /* away from zero with the probability of the fraction cut off, measured to 2^-32 */
} ew_rounding;

/* "nearest", "zero", "up", "down", "stochastic"; static storage. */
const char *ew_rounding_text(ew_rounding rounding);

/* Reads one of these names: EW_OK or EW_BAD_INPUT. */
EW_MUST_CHECK ew_status ew_rounding_named(ew_rounding *rounding, const char *name);

/* A number of any format, by value; which member counts is the arithmetic's matter. */
typedef union {
    double d;
    long double x;
    double pair[2]; /* d[0] + d[1], |d[1]| <= half an ulp of d[0] */
    mpfr_t m;
    fmpq_t q; /* denominator 0: too large to go on (EW_EXACT) */
    arb_t b;
} ew_number;

typedef struct ew_arith_struct ew_arith;

/* What a format does. `z` may be an operand. */
typedef struct {
    void (*init)(ew_number *z, const ew_arith *A);
    void (*clear)(ew_number *z);
    void (*set)(ew_number *z, const ew_number *x);
    void (*set_fmpq)(ew_number *z, const fmpq_t q, ew_arith *A); /* rounded once */
    void (*add)(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A);
    void (*sub)(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A);
    void (*mul)(ew_number *z, const ew_number *x, const ew_number *y, ew_arith *A);
    void (*fma)(ew_number *z, const ew_number *x, const ew_number *y, const ew_number *w,
                ew_arith *A); /* x y + w, rounded once; dd: the product, then the sum */
    void (*neg)(ew_number *z, const ew_number *x);
    int (*compare)(const ew_number *x,
                   const ew_number *y); /* -1, 0, 1; 2: not told (NaN, balls that overlap) */
    bool (*finite)(const ew_number *x);
    void (*get_arb)(arb_t z, const ew_number *x); /* the exact value of a finite number */
} ew_arith_ops;

/* An arithmetic: a format, a rounding, and the state of the random numbers that stochastic rounding draws. */
struct ew_arith_struct {
    ew_format format;
    ew_rounding rounding;
    uint64_t state;
    double largest; /* finite number, for formats held in a double */
    const ew_arith_ops *ops;
};

/* Returns EW_OK, or EW_BAD_INPUT for dd, exact and ball-N with a rounding other than EW_TO_NEAREST (dd knows no other, the
 * others do not round).  The same seed gives the same results. */
EW_MUST_CHECK ew_status ew_arith_init(ew_arith *A, const ew_format *format, ew_rounding rounding,
                                      uint64_t seed);

/* z <- x, a number of `from`, rounded once in the arithmetic `to`; between exact ones, or balls, unchanged. From a number
 * that is not finite comes one that is not. */
void ew_number_convert(ew_number *z, ew_arith *to, const ew_number *x, const ew_arith *from);

EW_END_API

#endif
