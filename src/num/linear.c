/* Loads BLAS, LAPACK and ARPACK by the names under which scripts/configure.sh found them; where it found none, they were linked
 * as any other library. */
#include "num/linear.h"
#include <cblas.h>
#include <stddef.h>

#ifdef EW_LINEAR_BLAS
static __typeof__(&cblas_dgemm) dgemm;
#else
static const __typeof__(&cblas_dgemm) dgemm = cblas_dgemm;
#endif

#ifdef EW_LINEAR_BLAS

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

static ew_linear_routines routines;
static bool loaded;
static atomic_bool missing;

/* Puts the routine's address into `slot`, of any type of function pointer. */
static bool find(void *slot, void *library, const char *name)
{
    void *address = library == NULL ? NULL : dlsym(library, name);
    memcpy(slot, &address, sizeof address);
    return address != NULL;
}

/* The handles stay open to the end of the program, as those of linked libraries do. */
static void load(void)
{
    void *blas = dlopen(EW_LINEAR_BLAS, RTLD_LAZY | RTLD_LOCAL);
    void *lapack = dlopen(EW_LINEAR_LAPACK, RTLD_LAZY | RTLD_LOCAL);
    void *arpack = dlopen(EW_LINEAR_ARPACK, RTLD_LAZY | RTLD_LOCAL);
    loaded =
        find(&dgemm, blas, "cblas_dgemm") && find(&routines.dgeqrf, lapack, "LAPACKE_dgeqrf") &&
        find(&routines.dorgqr, lapack, "LAPACKE_dorgqr") &&
        find(&routines.dgesdd, lapack, "LAPACKE_dgesdd") &&
        find(&routines.dsyev, lapack, "LAPACKE_dsyev") &&
        find(&routines.dsaupd, arpack, "dsaupd_c") && find(&routines.dseupd, arpack, "dseupd_c");
}

const ew_linear_routines *ew_linear(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    if (!loaded)
        atomic_store(&missing, true);
    return loaded ? &routines : NULL;
}

bool ew_linear_missing(void)
{
    return atomic_load(&missing);
}

#else

const ew_linear_routines *ew_linear(void)
{
    static const ew_linear_routines routines = {
        .dgeqrf = LAPACKE_dgeqrf,
        .dorgqr = LAPACKE_dorgqr,
        .dgesdd = LAPACKE_dgesdd,
        .dsyev = LAPACKE_dsyev,
        .dsaupd = dsaupd_c,
        .dseupd = dseupd_c,
    };
    return &routines;
}

bool ew_linear_missing(void)
{
    return false;
}

#endif

void ew_linear_multiply(double *out, double scale, const double *a, bool ta, const double *b,
                        bool tb, double beta, slong n)
{
    int d = (int)n;
    dgemm(CblasRowMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans, d, d, d,
          scale, a, d, b, d, beta, out, d);
}
