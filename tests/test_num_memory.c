/* What memory can still be had: control groups of both versions, written down as Linux writes them. */
#include "num/memory.h"
#include "test.h"
#include <math.h>

static void write_text(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static int make_groups(void **state)
{
    (void)state;
    ew_run run =
        ew_run_shell("rm -rf build/groups; mkdir -p build/groups/a/b build/groups/memory/x/y");
    int code = run.code;
    ew_run_free(&run);
    return code;
}

static void expect_groups(const char *list, double bytes)
{
    write_text("build/groups/list", list);
    double least = ew_memory_of_groups("build/groups/list", "build/groups");
    if (least != bytes)
        fail_msg("%s: %.0f, wanted %.0f", list, least, bytes);
}

static void groups_have_limits(void **state)
{
    (void)state;
    expect_groups("0::/a/b\n", INFINITY); /* no file says anything */
    write_text("build/groups/a/b/memory.max", "max\n");
    expect_groups("0::/a/b\n", INFINITY);
    write_text("build/groups/a/memory.max", "1000000\n");
    expect_groups("0::/a/b\n", 1000000);
    write_text("build/groups/a/memory.current", "400000\n");
    expect_groups("0::/a/b\n", 600000);
    write_text("build/groups/a/memory.stat", "anon 300000\nfile 100000\ninactive_file 90000\n");
    expect_groups("0::/a/b\n", 690000);
    write_text("build/groups/a/b/memory.max", "500\n");
    write_text("build/groups/a/b/memory.current", "700\n");
    expect_groups("0::/a/b\n", 0);
    expect_groups("0::/a\n", 690000);
    expect_groups("0::/\n", INFINITY);
    write_text("build/groups/memory.max", "77\n"); /* as a container sees its own */
    expect_groups("0::/\n", 77);
}

static void groups_of_the_first_version(void **state)
{
    (void)state;
    write_text("build/groups/memory/x/memory.limit_in_bytes", "5000000\n");
    write_text("build/groups/memory/x/memory.usage_in_bytes", "3000000\n");
    write_text("build/groups/memory/x/memory.stat",
               "inactive_file 1\ntotal_inactive_file 500000\n");
    expect_groups("9:cpu:/x\n8:memory:/x/y\n0::/\n", 2500000);
    expect_groups("9:cpu:/x\n", INFINITY);
    write_text("build/groups/memory/memory.limit_in_bytes", "9223372036854771712\n"); /* none */
    expect_groups("8:memory:/elsewhere\n", 9223372036854771712.0);
    assert_true(isinf(ew_memory_of_groups("build/groups/none", "build/groups")));
}

static void checks_are_sane(void **state)
{
    (void)state;
    assert_int_equal(ew_memory_check(0), EW_OK);
    assert_int_equal(ew_memory_check(1e6), EW_OK);
    assert_int_equal(ew_memory_check(1e17), EW_RESOURCES);
    assert_int_equal(ew_memory_check(INFINITY), EW_RESOURCES);
    assert_int_equal(ew_memory_check(NAN), EW_RESOURCES);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(groups_have_limits, make_groups),
    cmocka_unit_test_setup(groups_of_the_first_version, make_groups),
    cmocka_unit_test(checks_are_sane),
};
EW_TESTS(tests)
