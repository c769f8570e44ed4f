#!/bin/sh
# Looks for what Edgewise needs and installs just what is missing, with apt. Groups, any of them as
# arguments: build (the default), test, coverage, fuzz, lint, bench. Does nothing when all is there. On a system without
# apt it prints the package names and ends with exit code 4.
set -u
[ $# -gt 0 ] || set -- build
cc=${CC:-cc}
tmp=$(mktemp -d) || exit 4
trap 'rm -rf "$tmp"' EXIT

have() { command -v "$1" > /dev/null 2>&1; }
package() { have pkg-config && pkg-config --exists "$1"; }
header() { # header NAME: does it preprocess?
    have "${cc%% *}" && printf '#include <stdio.h>\n#include <%s>\n' "$1" |
        $cc -E -x c - > /dev/null 2>&1
}

wanted=
want() { wanted="$wanted $1"; }

build() {
    { have "${cc%% *}" && have make; } || want build-essential
    have pkg-config || want pkg-config
    package mpfr || header mpfr.h || want libmpfr-dev
    package gmp || header gmp.h || want libgmp-dev
    package json-c || header json-c/json.h || want libjson-c-dev
    package flint || header flint/flint.h || want libflint-dev
    # FLINT 3 contains Arb; where the archive still has it apart, it is wanted too
    header flint/arb.h || header arb.h || want libflint-arb-dev
    package gsl || header gsl/gsl_odeiv2.h || want libgsl-dev
    package openblas || header cblas.h || want libopenblas-dev
    package lapacke || header lapacke.h || want liblapacke-dev
    package arpack || header arpack/arpack.h || want libarpack2-dev
    # the pictures and the page; without it their data still come out
    have gnuplot || want gnuplot-nox
}
test_() {
    # the headers are tried from C++, too
    have "${CXX:-g++}" || want g++
    package cmocka || header cmocka.h || want libcmocka-dev
    /usr/bin/python3 -c 'import jsonschema' 2> /dev/null || want python3-jsonschema
    # the page is opened in a real browser
    have chromium || want chromium
    # one test compares roots with PARI's
    have gp || want pari-gp
}
coverage() {
    have gcovr || want gcovr
}
fuzz() {
    have clang || want clang
    # the parts of clang for -fsanitize=fuzzer and -fopenmp
    echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' > "$tmp/fuzz.c"
    clang -fsanitize=fuzzer,address "$tmp/fuzz.c" -o "$tmp/fuzz" 2> /dev/null || want libclang-rt-dev
    clang -fopenmp "$tmp/fuzz.c" -shared -fPIC -o "$tmp/fuzz" 2> /dev/null || want libomp-dev
}
lint() {
    have clang-format || want clang-format
    have cppcheck || want cppcheck
}
bench() {
    header pari/pari.h || want libpari-dev
    have gp || want pari-gp
    have mpsolve || want mpsolve
    /usr/bin/python3 -c 'import mpmath' 2> /dev/null || want python3-mpmath
    /usr/bin/python3 -c 'import numpy' 2> /dev/null || want python3-numpy
}
for group in "$@"; do
    case $group in
    build) build ;;
    test) test_ ;;
    coverage) coverage ;;
    fuzz) fuzz ;;
    lint) lint ;;
    bench) bench ;;
    *)
        echo "setup: unknown group '$group'; allowed: build test coverage fuzz lint bench" >&2
        exit 2
        ;;
    esac
done
[ -n "$wanted" ] || exit 0

if ! have apt-get; then
    cat >&2 << 'TEXT'
setup: no apt here; please install these, by the names of your system:
  Debian, Ubuntu  build-essential pkg-config libflint-dev (and libflint-arb-dev before FLINT 3) libmpfr-dev
                  libgmp-dev libjson-c-dev libgsl-dev libopenblas-dev liblapacke-dev libarpack2-dev
                  gnuplot-nox; tests: libcmocka-dev python3-jsonschema chromium pari-gp; lint: clang-format cppcheck
  Fedora          gcc make pkgconf flint-devel mpfr-devel gmp-devel json-c-devel gsl-devel openblas-devel
                  lapack-devel arpack-devel gnuplot; libcmocka-devel python3-jsonschema chromium pari-gp; clang-tools-extra cppcheck
  Arch            base-devel pkgconf flint mpfr gmp json-c gsl openblas lapacke arpack gnuplot; cmocka
                  python-jsonschema chromium pari; clang cppcheck
  Homebrew        pkg-config flint mpfr gmp json-c gsl openblas lapack arpack gnuplot; cmocka pari; clang-format cppcheck
TEXT
    exit 4
fi
root='env DEBIAN_FRONTEND=noninteractive'
if [ "$(id -u)" != 0 ]; then
    if ! have sudo; then
        echo "setup: missing:$wanted; neither root nor sudo here to install them" >&2
        exit 4
    fi
    root="sudo $root"
fi
echo "setup: installing$wanted"
$root apt-get update -qq || exit 4
# Arb is a package of its own only before FLINT 3
case $wanted in
*libflint-arb-dev*)
    if ! LC_ALL=C apt-cache policy libflint-arb-dev | grep -q 'Candidate: [0-9]'; then
        wanted=$(echo "$wanted" | sed 's/libflint-arb-dev//')
    fi
    ;;
esac
# shellcheck disable=SC2086
$root apt-get install -y -qq --no-install-recommends $wanted > "$tmp/log" 2>&1 || {
    tail -n 20 "$tmp/log" >&2
    exit 4
}
echo "setup: done"
