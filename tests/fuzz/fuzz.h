/* What every harness includes: libFuzzer calls LLVMFuzzerTestOneInput with bytes of its own making, and a property that
 * does not hold aborts. */
#ifndef EDGEWISE_TESTS_FUZZ_H
#define EDGEWISE_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As assert, in every build. */
#define MUST(condition)                                                                            \
    do                                                                                             \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                \
            abort();                                                                               \
        }                                                                                          \
    while (0)

/* The bytes as a text with a NUL; free(). */
static inline char *fuzz_text(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    MUST(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

/* Is it a line for people: not empty, printable ASCII alone? */
static inline int fuzz_is_line(const char *text)
{
    for (const char *c = text; *c != '\0'; c++)
        if (*c < ' ' || *c > '~')
            return 0;
    return *text != '\0';
}

#endif
