/* The operations of each kind of format; arith.c chooses. */
#ifndef EDGEWISE_NUM_ARITH_H
#define EDGEWISE_NUM_ARITH_H

#include <edgewise/format.h>

extern const ew_arith_ops ew_small_ops; /* at most 24 bits, held in a double */
extern const ew_arith_ops ew_fp64_ops;  /* the machine's, to nearest */
extern const ew_arith_ops ew_x87_ops;
extern const ew_arith_ops ew_dd_ops;
extern const ew_arith_ops ew_mpfr_ops; /* the rest of EW_FLOATING, and EW_UNBOUNDED */
extern const ew_arith_ops ew_exact_ops;
extern const ew_arith_ops ew_ball_ops;

enum { EW_FORMAT_MOST_BITS = 100000 };

/* Is it a format that there is an arithmetic for? */
bool ew_format_fits(const ew_format *format);

/* 32 random bits: splitmix64, the top half. */
static inline uint32_t ew_arith_draw(ew_arith *A)
{
    uint64_t z = A->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ (z >> 31)) >> 32);
}

/* A double to a format of at most 24 bits. */
double ew_small_round(double x, ew_arith *A);

/* Is the machine's long double the 80-bit format? */
bool ew_machine_has_x87(void);

#endif
