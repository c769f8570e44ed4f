/* For LD_PRELOAD under build/edgewise: the n-th allocation that it makes from main on fails, EW_FAIL_AT=n; with EW_FAIL_ON
 * all from the n-th on. EW_FAIL_COUNT=file: writes how many there were, when the program ends of itself. The names are
 * those by which the program takes memory from glibc (src/cli/memory.c). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static atomic_long count;
static long fail_at;
static bool counting, go_on;
static int (*real_main)(int, char **, char **);

static bool fails(void)
{
    if (!counting)
        return false;
    long n = atomic_fetch_add(&count, 1) + 1;
    if (n != fail_at && !(go_on && fail_at > 0 && n > fail_at))
        return false;
    errno = ENOMEM;
    return true;
}

/* glibc's own, found before main by a first allocation of the dynamic linker's or another library's. */
#define REAL(type, name, ...)                                                                      \
    static type (*real)(__VA_ARGS__);                                                              \
    if (real == NULL)                                                                              \
    *(void **)&real = dlsym(RTLD_NEXT, name)

void *__libc_malloc(size_t size)
{
    REAL(void *, "__libc_malloc", size_t);
    return fails() ? NULL : real(size);
}

void *__libc_calloc(size_t n, size_t size)
{
    REAL(void *, "__libc_calloc", size_t, size_t);
    return fails() ? NULL : real(n, size);
}

void *__libc_realloc(void *old, size_t size)
{
    REAL(void *, "__libc_realloc", void *, size_t);
    return fails() ? NULL : real(old, size);
}

void *__libc_memalign(size_t alignment, size_t size)
{
    REAL(void *, "__libc_memalign", size_t, size_t);
    return fails() ? NULL : real(alignment, size);
}

/* With EW_HIDE no library is found that is loaded when it is first needed. */
void *dlopen(const char *name, int flags)
{
    REAL(void *, "dlopen", const char *, int);
    return getenv("EW_HIDE") != NULL ? NULL : real(name, flags);
}

static int counted_main(int argc, char **argv, char **environment)
{
    const char *at = getenv("EW_FAIL_AT");
    fail_at = at == NULL ? 0 : atol(at);
    go_on = getenv("EW_FAIL_ON") != NULL;
    counting = true;
    int code = real_main(argc, argv, environment);
    counting = false;
    const char *name = getenv("EW_FAIL_COUNT");
    FILE *out = name == NULL ? NULL : fopen(name, "w");
    if (out != NULL) {
        fprintf(out, "%ld\n", atomic_load(&count));
        fclose(out);
    }
    return code;
}

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
    REAL(int, "__libc_start_main", int (*)(int, char **, char **), int, char **, void (*)(void),
         void (*)(void), void (*)(void), void *);
    real_main = main;
    return real(counted_main, argc, argv, init, fini, rtld_fini, stack_end);
}
