/* BLAS, LAPACK and ARPACK, loaded when they are first needed. Loading them takes several times as long as most commands run,
 * and most commands need none of them. */
#ifndef EDGEWISE_NUM_LINEAR_H
#define EDGEWISE_NUM_LINEAR_H

#include <arpack/arpack.h>
#include <edgewise/num.h>
#include <lapacke.h>

/* The routines of LAPACK and ARPACK in use, with the prototypes of their own headers. */
typedef struct {
    __typeof__(&LAPACKE_dgeqrf) dgeqrf;
    __typeof__(&LAPACKE_dorgqr) dorgqr;
    __typeof__(&LAPACKE_dgesdd) dgesdd;
    __typeof__(&LAPACKE_dsyev) dsyev;
    __typeof__(&dsaupd_c) dsaupd;
    __typeof__(&dseupd_c) dseupd;
} ew_linear_routines;

/* The routines, from any thread; NULL when a library that was there at the build is not there now. */
const ew_linear_routines *ew_linear(void);

/* Was ew_linear NULL when it was asked? It loads nothing. */
bool ew_linear_missing(void);

/* out = beta out + scale a b by BLAS, either transposed; n x n matrices, row by row. Only where ew_linear is not NULL.
 * (Here, as the header of GSL's BLAS and that of another cannot be had together.) */
void ew_linear_multiply(double *out, double scale, const double *a, bool ta, const double *b,
                        bool tb, double beta, slong n);

#endif
