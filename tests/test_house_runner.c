/* The runner and its helpers: exit codes, both outputs, input, large output, signals; and tests that fail, die, hang,
 * are skipped, or are ended. */
#include "test.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* Samples, which only a runner that a test starts knows: */
static void sample_passes(void **state)
{
    (void)state;
    assert_int_equal(1, 1);
}

static void sample_fails(void **state)
{
    (void)state;
    for (int i = 0; i < 200; i++)
        printf("said before the failure, line %d\n", i);
    assert_int_equal(1, 2);
}

static void sample_is_skipped(void **state)
{
    (void)state;
    ew_skip("the moon is not full");
}

static void sample_is_killed(void **state)
{
    (void)state;
    raise(SIGKILL);
}

static void sample_leaves(void **state)
{
    (void)state;
    _exit(0); /* as a library that it calls might */
}

static void sample_crashes(void **state)
{
    (void)state;
    raise(SIGSEGV);
}

/* Has a program of its own run, whose number it leaves to whoever looks for it. */
static void sample_hangs(void **state)
{
    (void)state;
    ew_run run = ew_run_shell(
        "echo $$ > $EW_SAMPLE_PID.new; mv $EW_SAMPLE_PID.new $EW_SAMPLE_PID; sleep 100");
    ew_run_free(&run);
}

/* Both write the same name, and see each other if they run in one directory. */
static void writes_alone(void)
{
    assert_int_not_equal(access("build/sample", F_OK), 0);
    FILE *file = fopen("build/sample", "w");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(access("README.md", R_OK), 0);
    assert_int_equal(access(EW_PROGRAM, X_OK), 0);
}

static void sample_writes(void **state)
{
    (void)state;
    writes_alone();
}

static void sample_writes_too(void **state)
{
    (void)state;
    writes_alone();
}

static const struct CMUnitTest samples[] = {
    cmocka_unit_test(sample_passes),     cmocka_unit_test(sample_fails),
    cmocka_unit_test(sample_is_skipped), cmocka_unit_test(sample_is_killed),
    cmocka_unit_test(sample_leaves),     cmocka_unit_test(sample_crashes),
    cmocka_unit_test(sample_hangs),      cmocka_unit_test(sample_writes),
    cmocka_unit_test(sample_writes_too)};

__attribute__((constructor)) static void register_samples(void)
{
    if (getenv("EW_SAMPLES") != NULL)
        ew_tests_register("tests/samples.c", samples, sizeof samples / sizeof samples[0]);
}

/* Runs a shell line with $T a runner that knows the samples, and $EW_SAMPLE_PID a file; expects its code, and that the
 * output has each part, up to a NULL. */
static void expect_runner(const char *line, int code, const char *const parts[])
{
    char command[1000];
    snprintf(command, sizeof command,
             "export EW_SAMPLES=1 EW_SAMPLE_PID=$PWD/build/sample.pid; T='" EW_TESTS_PROGRAM
             " -f samples'; %s",
             line);
    ew_run run = ew_run_shell(command);
    printf("%s\n%s%s", line, run.out, run.err);
    assert_int_equal(run.code, code);
    for (int i = 0; parts[i] != NULL; i++)
        if (strstr(run.out, parts[i]) == NULL)
            fail_msg("no \"%s\" in this", parts[i]);
    ew_run_free(&run);
}

static void every_end_is_seen(void **state)
{
    (void)state;
    expect_runner("$T -j 2 'sample_[ifp]*'", 1,
                  (const char *const[]){
                      "[  OK  ] sample_passes (tests/samples.c) ", "[ FAIL ] sample_fails ",
                      "said before the failure, line 0\n", "said before the failure, line 199\n",
                      "0x1 != 0x2", "[ SKIP ] sample_is_skipped ", ": the moon is not full\n",
                      "[ FAIL ] sample_is_killed ", ": died of signal 9, Killed\n",
                      "FILE='tests/samples.c' FILTER='sample_fails'\n",
                      "\n1 passed, 2 failed, 1 skipped\n", NULL});
    expect_runner("$T sample_crashes | tail -n 1", 0, /* of tail */
                  (const char *const[]){"0 passed, 1 failed\n", NULL});
    expect_runner(
        "$T sample_leaves", 1,
        (const char *const[]){": left with exit code 0\n", "\n0 passed, 1 failed\n", NULL});
    expect_runner("$T -j 2 'sample_writes*'; echo $?; ls -A ${T%tests *}run", 0,
                  (const char *const[]){"\n2 passed, 0 failed\n0\n", NULL});
    expect_runner("EW_TEST_SEED=7 $T sample_passes", 0,
                  (const char *const[]){"seed 7, 1 tests", "\n1 passed, 0 failed\n", NULL});
    expect_runner("$T none; $T -j 0; echo $?", 0, (const char *const[]){"2\n", NULL});
}

/* Waits for the number of the program that a hanging test runs, and then until it is gone. */
#define PROGRAM_STARTS "for i in $(seq 600); do test -s $EW_SAMPLE_PID && break; sleep 0.1; done; "
#define PROGRAM_IS_GONE                                                                            \
    "for i in $(seq 600); do kill -0 $(cat $EW_SAMPLE_PID) 2>&- || break; sleep 0.1; done; "       \
    "kill -0 $(cat $EW_SAMPLE_PID) 2>&- || echo gone; rm $EW_SAMPLE_PID; "

static void hanging_tests_end(void **state)
{
    (void)state;
    expect_runner("$T -t 2 sample_hangs; echo $?; " PROGRAM_IS_GONE, 0,
                  (const char *const[]){"[ FAIL ] sample_hangs ", ": ran for more than 2 s\n",
                                        "\n0 passed, 1 failed\n1\n", "gone\n", NULL});
    static const char *const signals[][2] = {{"INT", "130\ngone\n"}, {"TERM", "143\ngone\n"}};
    for (int i = 0; i < 2; i++) {
        char line[600];
        snprintf(line, sizeof line,
                 "$T -j 2 'sample_[hp]*' & p=$!; " PROGRAM_STARTS
                 "kill -%s $p; wait $p; echo $?; " PROGRAM_IS_GONE,
                 signals[i][0]);
        expect_runner(line, 0, (const char *const[]){signals[i][1], NULL});
    }
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(programs_are_run),
                                          cmocka_unit_test(every_end_is_seen),
                                          cmocka_unit_test(hanging_tests_end)};
EW_TESTS(tests)
