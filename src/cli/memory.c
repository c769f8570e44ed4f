/* The program without memory. Every allocation in it comes through here: its own, and those of GMP, MPFR, FLINT, Arb, GSL,
 * json-c, LAPACK, ARPACK, libgomp and the streams of libc, as the dynamic linker gives a name that the program defines to
 * every library. So none of them ever sees NULL, which each would answer in a way of its own: by a signal, by an exit code
 * that has another meaning here, by a line on standard output, by a result that lacks a part. What runs out ends the
 * program with one line and exit code 4 (cli/interrupt.h). The library has no such thing: edgewise/num.h, "Memory".
 *
 * The memory is glibc's, under the names by which it offers its functions to such a program. Sanitizers have allocators of
 * their own, which end a program without memory themselves. */
#include "cli/interrupt.h"
#include <errno.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer)
#define SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZER
#endif

#if defined(__GLIBC__) && !defined(SANITIZER)

/* Seen from outside: the libraries are to find them. */
#pragma GCC visibility push(default)

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size)
{
    void *memory = __libc_malloc(size);
    if (memory == NULL)
        interrupt_no_memory((double)size);
    return memory;
}

void *calloc(size_t count, size_t size)
{
    void *memory = __libc_calloc(count, size);
    if (memory == NULL)
        interrupt_no_memory((double)count * (double)size);
    return memory;
}

/* Size 0 frees `old`, and NULL is then no failure. */
void *realloc(void *old, size_t size)
{
    void *memory = __libc_realloc(old, size);
    if (memory == NULL && (size > 0 || old == NULL))
        interrupt_no_memory((double)size);
    return memory;
}

void *memalign(size_t alignment, size_t size)
{
    void *memory = __libc_memalign(alignment, size);
    if (memory == NULL)
        interrupt_no_memory((double)size);
    return memory;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0)
        return EINVAL;
    *out = memalign(alignment, size);
    return 0;
}

#pragma GCC visibility pop

#endif
