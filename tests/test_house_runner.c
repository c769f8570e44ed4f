/* The runner's own helpers: exit codes, both outputs, input, large output, signals. */
#include "test.h"
#include <string.h>

static void programs_are_run(void **state)
{
    (void)state;
    ew_run run = ew_run_shell("echo out; echo err >&2; exit 7");
    assert_int_equal(run.code, 7);
    assert_string_equal(run.out, "out\n");
    assert_string_equal(run.err, "err\n");
    ew_run_free(&run);
    run = ew_run_argv((const char *const[]){"cat", NULL}, "given\n");
    assert_string_equal(run.out, "given\n");
    ew_run_free(&run);
    run = ew_run_shell("head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2");
    assert_int_equal(run.out_size, 3000000);
    ew_run_free(&run);
    run = ew_run_shell("kill -9 $$");
    assert_int_equal(run.code, -1);
    assert_int_equal(run.signal, 9);
    ew_run_free(&run);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(programs_are_run)};
EW_TESTS(tests)
