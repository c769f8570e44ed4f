/* PARI in a file of its own, as its headers and FLINT's do not mix. */
#include "bench.h"

#ifdef EW_HAVE_PARI
#include <pari/pari.h>
#include <stdio.h>

void *ew_bench_pari_polynomial(const char *text)
{
    static int started;
    if (!started) {
        pari_init((size_t)1 << 31, 1 << 20);
        started = 1;
    }
    return gclone(gp_read_str(text));
}

const char *ew_bench_pari_version(void)
{
    static char text[32];
    snprintf(text, sizeof text, "%d.%d.%d", (int)(paricfg_version_code >> 16),
             (int)(paricfg_version_code >> 8 & 255), (int)(paricfg_version_code & 255));
    return text;
}

long ew_bench_pari_roots(void *polynomial)
{
    pari_sp here = avma;
    long count = lg(realroots((GEN)polynomial, NULL, DEFAULTPREC)) - 1;
    avma = here;
    return count;
}
#else
#include <stddef.h>

void *ew_bench_pari_polynomial(const char *text)
{
    (void)text;
    return NULL;
}

const char *ew_bench_pari_version(void)
{
    return "";
}

long ew_bench_pari_roots(void *polynomial)
{
    (void)polynomial;
    return -1;
}
#endif
