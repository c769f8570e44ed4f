#!/bin/sh
# Builds programs as a user of the library would, and runs them. The environment says with what: CC, CXX, FLAGS (of the
# linker), CONFIG (build/config.mk), SHARED, STATIC. usage: link.sh cxx|bare|internal|warnings
set -eu
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
setting() { sed -n "s/^$1 = //p" "$CONFIG"; }
eval "set -- $1 $(setting EW_DEP_CFLAGS) -Iinclude" # what follows $1: the flags of the compiler
what=$1
shift
LD_LIBRARY_PATH=$(dirname "$(readlink -f "$SHARED")")
export LD_LIBRARY_PATH

# link NAME MORE..: with the shared library, or linked STATIC
link_shared() {
    name=$1
    shift
    $CC -rdynamic -fopenmp "$work/$name.o" "$@" -o "$work/$name" $FLAGS "$SHARED" $(setting EW_PUBLIC_LIBS)
}
link_static() { $CC -rdynamic -fopenmp "$work/$1.o" -o "$work/$1" $FLAGS "$STATIC" $(setting EW_LIBS); }

# clash NAMES: a program that defines each of them for its own use, and counts the cycles of period 3 of a problem
clash() {
    names=$1
    shift
    {
        echo '#include <edgewise.h>'
        echo 'static int taken;'
        sed 's/.*/void &(void); void &(void) { taken++; }/' "$names"
        cat << 'C'
int main(void)
{
    ew_mode_t mode;
    ew_cycles_t cycles;
    ew_mode_init(mode);
    ew_cycles_init(cycles);
    mode->depth = 3;
    fmpq_set_si(mode->eta, 99, 100);
    int status = ew_cycles_find(cycles, mode, 3, 64, 4096, NULL);
    printf("status %d, %ld cycles, %d calls taken\n", status, cycles->count, taken);
    ew_cycles_clear(cycles);
    ew_mode_clear(mode);
    flint_cleanup();
    return 0;
}
C
    } > "$work/clash.c"
    $CC -std=c17 "$@" -c "$work/clash.c" -o "$work/clash.o"
}

case $what in
cxx) # every header in C++17, without a warning, and the shared library from it
    cat > "$work/user.cpp" << 'C'
#include <edgewise.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
int main()
{
    char numbers[40];
    std::snprintf(numbers, sizeof numbers, "%d.%d.%d", EW_VERSION_MAJOR, EW_VERSION_MINOR, EW_VERSION_PATCH);
    static_assert(EW_VERSION_NUMBER >= 100, "a comparable number");
    ew_mode_t mode;
    ew_roots_t roots;
    ew_mode_init(mode);
    ew_roots_init(roots);
    fmpq_set_si(mode->eta, 6, 5);
    ew_status status = ew_orbit_roots(roots, mode, 64, 4096, nullptr);
    char *low = ew_decimal_value(roots->roots[roots->low].x, 10);
    int claims = 0;
    for (const ew_claim *claim = ew_claims; claim->id != nullptr; claim++)
        claims++;
    std::printf("same version %d, status %d, rho_1 %s, formats %s, claims %d\n",
                std::strcmp(numbers, ew_version()) == 0, status, low, ew_formats[0].name, claims > 20);
    std::free(low);
    ew_roots_clear(roots);
    ew_mode_clear(mode);
    flint_cleanup();
}
C
    $CXX -std=c++17 -Wall -Wextra -Wpedantic "$@" -c "$work/user.cpp" -o "$work/user.o" 2> "$work/said"
    ! grep -n -A 3 'include/edgewise\|user\.cpp' "$work/said"
    link_shared user -lstdc++
    "$work/user"
    ;;
bare) # the names that the library had before each got its prefix
    sed '/^#/d' "$here/bare_names.txt" > "$work/names"
    clash "$work/names" "$@"
    link_static clash
    "$work/clash"
    link_shared clash
    "$work/clash"
    ;;
internal) # the names that it has inside now: hidden, so that they are nobody's matter
    nm -g --defined-only "$STATIC" | sed -n 's/^[0-9a-f]* T //p' | sort -u > "$work/all"
    nm -D --defined-only "$SHARED" | sed -n 's/^[0-9a-f]* T //p' | sed 's/@.*//' | sort -u > "$work/exported"
    comm -23 "$work/all" "$work/exported" > "$work/names"
    test "$(wc -l < "$work/names")" -gt 100
    clash "$work/names" "$@"
    link_shared clash
    "$work/clash"
    ;;
warnings) # the user's own mistakes are warned about, those of the compiler's kind and ours
    cat > "$work/warned.c" << 'C'
#include <edgewise.h>
#include <stdlib.h>
#include <string.h>
extern char *kept;
char *kept;
void too_much(void);
int too_far(const char *other);
void dropped(ew_format *format);
void too_much(void) { kept = malloc(4); memset(kept, 1, 8); }
int too_far(const char *other) { char own[4] = "abc"; return memcmp(own, other, 8); }
void dropped(ew_format *format) { ew_format_named(format, "fp16", NULL); }
C
    $CC -std=c17 -O2 -Wall -Wextra "$@" -c "$work/warned.c" -o "$work/warned.o" 2>&1 |
        sed -n 's/.*warned.c:\([0-9]*\):.*\[-W\([a-z-]*\)=*\]$/line \1 \2/p' | sort -u
    ;;
esac
