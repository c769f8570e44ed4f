#!/bin/sh
# Finds the libraries and writes make variables to standard output; the report goes there too when
# something is missing, with exit code 4. pkg-config is asked first, then a compile-and-link test:
# Debian 12 has FLINT 2.9 and Arb 2.23 without pkg-config files, FLINT 3 has both in one.
CC=${CC:-cc}
tmp=$(mktemp -d) || exit 4
trap 'rm -rf "$tmp"' EXIT

# links NAME 'HEADER' 'CALL' FLAGS...: does a program with that header and call link?
links() {
    printf '#include <%s>\nint main(void) { %s; return 0; }\n' "$2" "$3" > "$tmp/$1.c"
    name=$1
    shift 3
    $CC -o "$tmp/$name" "$tmp/$name.c" "$@" > /dev/null 2>&1
}

missing() {
    echo "edgewise: $1 was not found; scripts/setup.sh installs it"
    exit 4
}

command -v "${CC%% *}" > /dev/null || missing "a C compiler ($CC)"
package() { command -v pkg-config > /dev/null && pkg-config --exists "$1"; }

cflags=
if package mpfr; then mpfr=$(pkg-config --libs mpfr gmp); else mpfr="-lmpfr -lgmp"; fi
if package json-c; then
    cflags="$cflags $(pkg-config --cflags json-c)"
    json=$(pkg-config --libs json-c)
else
    json=-ljson-c
fi
flint=-lflint
if package flint; then
    cflags="$(pkg-config --cflags flint) $cflags"
    flint=$(pkg-config --libs flint)
fi

links mpfr mpfr.h 'mpfr_get_version()' $cflags $mpfr || missing "MPFR (with GMP)"
links json json-c/json.h 'json_object_new_object()' $cflags $json || missing "json-c"
arb='arb_t x; arb_init(x)'
if links flint3 flint/arb.h "$arb" $cflags $flint $mpfr; then
    libs="$flint"
elif links arb arb.h "$arb" $cflags -lflint-arb -lflint $mpfr; then
    libs="-lflint-arb -lflint"
elif links arb arb.h "$arb" $cflags -larb -lflint $mpfr; then
    libs="-larb -lflint"
else
    missing "FLINT 3, or FLINT 2.9 with Arb,"
fi

# cblas: OpenBLAS where it is (several times faster), else the reference one, else GSL's own
if package openblas; then
    cflags="$cflags $(pkg-config --cflags openblas)"
    blas=$(pkg-config --libs openblas)
else
    blas=-lopenblas
fi
dgemm='cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1)'
links blas cblas.h "$dgemm" $cflags $blas || blas='-lcblas -lblas'
links blas cblas.h "$dgemm" $cflags $blas || blas=-lgslcblas
links blas cblas.h "$dgemm" $cflags $blas || missing "a cblas (OpenBLAS, or GSL's)"
links gsl gsl/gsl_odeiv2.h 'gsl_odeiv2_driver_free(0)' $cflags -lgsl $blas -lm || missing "GSL"
lapack=-llapacke
links lapack lapacke.h 'LAPACKE_dgesdd(101, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1)' $cflags $lapack $blas ||
    lapack='-llapacke -llapack'
links lapack lapacke.h 'LAPACKE_dgesdd(101, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1)' $cflags $lapack $blas ||
    missing "LAPACKE"
links arpack arpack/arpack.h 'dsaupd_c(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)' $cflags \
    -larpack $lapack $blas || missing "ARPACK"
linear="-larpack $lapack $blas"
# These three are loaded by the program itself when it needs them, as loading them takes longer than most of its commands: under
# the names that the linker found for them. Where those cannot be read they are linked as the others.
soname() { # soname PROGRAM WORD: the first library of the program with the word in its name
    readelf -d "$tmp/$1" 2> /dev/null | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | grep "$2" | head -n 1
}
b=$(soname blas blas) l=$(soname lapack lapacke) a=$(soname arpack arpack)
loaded="-lgsl $linear"
if [ -n "$b" ] && [ -n "$l" ] && [ -n "$a" ]; then
    cflags="$cflags -DEW_LINEAR_BLAS='\"$b\"' -DEW_LINEAR_LAPACK='\"$l\"' -DEW_LINEAR_ARPACK='\"$a\"'"
    links gslcblas gsl/gsl_odeiv2.h 'gsl_odeiv2_driver_free(0)' -lgsl -lgslcblas -lm && blas=-lgslcblas
    links dl dlfcn.h 'dlopen(0, RTLD_LAZY)' && dl= || dl=-ldl
    loaded="-lgsl $blas $dl"
fi

# GCC 12 takes a pointer to an fmpq for one to its numerator alone, once inline functions of FLINT's headers have used the
# latter, and then warns of reading or writing 16 bytes in 8.
warnings='-Wno-stringop-overread -Wno-stringop-overflow'
links warnings stddef.h '(void)0' -Werror $warnings || warnings=

echo "EW_WARNINGS = $warnings"
echo "EW_DEP_CFLAGS = $cflags"
echo "EW_FLINT_LIBS = $libs $mpfr"
echo "EW_PUBLIC_LIBS = $libs $loaded $mpfr -lm"
echo "EW_LINEAR_LIBS = $linear"
echo "EW_LIBS = $json $libs $loaded $mpfr -lm"
if links pari pari/pari.h 'pari_init(1000000, 2)' -lpari; then
    echo "EW_BENCH_CFLAGS = -DEW_HAVE_PARI"
    echo "EW_BENCH_LIBS = -lpari"
fi
