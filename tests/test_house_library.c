/* The library as others link it: its names, from C++, beside programs that use names of their own. */
#include "test.h"
#include <string.h>

/* Runs a shell line in tests/library with what this build was made with; expects exit code 0 and exactly that output. */
static void expect_library(const char *line, const char *output)
{
    char command[2000];
    assert_true((size_t)snprintf(command, sizeof command,
                                 "export CC='" EW_CC "' CXX=${CXX:-g++} FLAGS='" EW_LDFLAGS
                                 "' CONFIG=" EW_CONFIG " SHARED=" EW_SHARED " STATIC=" EW_STATIC
                                 " PYTHONDONTWRITEBYTECODE=1; %s",
                                 line) < sizeof command);
    ew_run run = ew_run_shell(command);
    printf("%s\n%s%s", line, run.out, run.err);
    assert_int_equal(run.code, 0);
    if (output != NULL)
        assert_string_equal(run.out, output);
    ew_run_free(&run);
}

static void exported_names_are_the_declared(void **state)
{
    (void)state;
    expect_library("/usr/bin/python3 tests/library/names.py $SHARED $STATIC", NULL);
}

static void statuses_are_named(void **state)
{
    (void)state;
    expect_library("/usr/bin/python3 tests/library/statuses.py", NULL);
}

static void bare_names_are_the_users(void **state)
{
    (void)state;
    const char *two = "status 0, 2 cycles, 0 calls taken\nstatus 0, 2 cycles, 0 calls taken\n";
    expect_library("sh tests/library/link.sh bare", two);
}

static void internal_names_are_hidden(void **state)
{
    (void)state;
    expect_library("sh tests/library/link.sh internal", "status 0, 2 cycles, 0 calls taken\n");
}

static void headers_serve_cxx(void **state)
{
    (void)state;
    ew_run found = ew_run_shell("command -v ${CXX:-g++}");
    int code = found.code;
    ew_run_free(&found);
    if (code != 0)
        ew_skip("there is no C++ compiler");
    expect_library("sh tests/library/link.sh cxx",
                   "same version 1, status 0, rho_1 0.7312902015, formats fp8-e4m3, claims 1\n");
}

static void users_keep_their_warnings(void **state)
{
    (void)state;
    ew_run found = ew_run_shell(EW_CC " -dM -E -x c /dev/null | grep -q __clang__");
    int code = found.code;
    ew_run_free(&found);
    if (code == 0)
        ew_skip("these warnings are GCC's");
    expect_library("sh tests/library/link.sh warnings",
                   "line 10 stringop-overread\nline 11 unused-result\nline 9 stringop-overflow\n");
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(exported_names_are_the_declared),
                                          cmocka_unit_test(bare_names_are_the_users),
                                          cmocka_unit_test(statuses_are_named),
                                          cmocka_unit_test(internal_names_are_hidden),
                                          cmocka_unit_test(headers_serve_cxx),
                                          cmocka_unit_test(users_keep_their_warnings)};
EW_TESTS(tests)
