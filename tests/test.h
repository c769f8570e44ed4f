/* What every test file includes: cmocka, registration, the seed, and running programs. */
#ifndef EDGEWISE_TESTS_TEST_H
#define EDGEWISE_TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* Registers the tests of a file with the one runner: EW_TESTS(tests) after
 * `static const struct CMUnitTest tests[]`. */
#define EW_TESTS(array)                                                                            \
    __attribute__((constructor)) static void register_tests(void)                                  \
    {                                                                                              \
        ew_tests_register(__FILE__, array, sizeof array / sizeof array[0]);                        \
    }
void ew_tests_register(const char *file, const struct CMUnitTest *tests, size_t count);

/* Ends the test as skipped, with the reason that the runner prints; skip() alone says none. */
void ew_skip(const char *reason) __attribute__((noreturn));

/* The seed of every randomised test: EW_TEST_SEED, or a fixed default. Printed at the start. */
unsigned long ew_test_seed(void);

/* A finished program: exit code (-1 when killed by `signal`), and all that it wrote. */
typedef struct {
    int code;
    int signal;
    char *out;
    char *err;
    size_t out_size;
} ew_run;

/* Runs argv (found along PATH) with the given standard input (NULL: empty), or a shell command; killed
 * after ten minutes, which no test takes. */
ew_run ew_run_argv(const char *const argv[], const char *input);
ew_run ew_run_shell(const char *command);
void ew_run_free(ew_run *run);

/* Handles the signal that ends a test from outside: ends the program that it runs, too. */
void ew_run_end(int signal);

#endif
