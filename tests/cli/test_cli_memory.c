/* The program without memory: whichever allocation fails, a run ends with its usual code and bytes, or with code 4, one line
 * on stderr and no file that is not whole. tests/preload/failing.c makes them fail. */
#include "expect.h"
#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_SANITIZER true
#else
#define UNDER_SANITIZER false
#endif

#define PLACE "build/memory/"

/* A command, and the file that it writes under PLACE, or NULL. */
typedef struct {
    const char *argv[16];
    const char *file;
} command_t;

static char *contents(const char *name)
{
    FILE *file = fopen(name, "rb");
    if (file == NULL)
        return NULL;
    size_t room = 1 << 24;
    char *text = malloc(room);
    assert_non_null(text);
    text[fread(text, 1, room - 1, file)] = '\0';
    fclose(file);
    return realloc(text, strlen(text) + 1);
}

/* Are there files other than `name` (NULL: none)? */
static bool leaves_others(const char *name)
{
    DIR *place = opendir(PLACE);
    assert_non_null(place);
    bool some = false;
    for (const struct dirent *entry; (entry = readdir(place)) != NULL;)
        some =
            some || (entry->d_name[0] != '.' && (name == NULL || strcmp(entry->d_name, name) != 0));
    closedir(place);
    return some;
}

/* Runs it with the n-th allocation failing; `on`: and all after it. n = 0: counts them. */
static ew_run run_failing(const command_t *command, long n, bool on)
{
    char number[24], path[200];
    if (command->file != NULL) {
        snprintf(path, sizeof path, PLACE "%s", command->file);
        remove(path);
    }
    snprintf(number, sizeof number, "%ld", n);
    setenv("EW_FAIL_AT", number, 1);
    if (on)
        setenv("EW_FAIL_ON", "1", 1);
    if (n == 0)
        setenv("EW_FAIL_COUNT", "build/memory.count", 1);
    setenv("LD_PRELOAD", EW_FAILING, 1);
    ew_run run = ew_run_argv(command->argv, NULL);
    unsetenv("LD_PRELOAD");
    unsetenv("EW_FAIL_AT");
    unsetenv("EW_FAIL_ON");
    unsetenv("EW_FAIL_COUNT");
    return run;
}

typedef struct {
    ew_run run;
    char *file;
    long count;
} usual_t;

static usual_t run_usually(const command_t *command)
{
    char path[200];
    ew_run made = ew_run_shell("rm -rf " PLACE " && mkdir -p " PLACE);
    assert_int_equal(made.code, 0);
    ew_run_free(&made);
    usual_t usual = {.run = run_failing(command, 0, false)};
    assert_string_equal(usual.run.err, "");
    assert_true(usual.run.code == 0 || usual.run.code == 1);
    char *count = contents("build/memory.count");
    assert_non_null(count);
    usual.count = atol(count);
    free(count);
    assert_true(usual.count > 50);
    if (command->file != NULL) {
        snprintf(path, sizeof path, PLACE "%s", command->file);
        usual.file = contents(path);
        assert_non_null(usual.file);
    }
    return usual;
}

/* Is the command's file there as it should be, or, where the run failed, not there? And no other? */
static bool file_is_whole(const command_t *command, const usual_t *usual, bool failed)
{
    if (command->file == NULL)
        return !leaves_others(NULL);
    char path[200];
    snprintf(path, sizeof path, PLACE "%s", command->file);
    char *file = contents(path);
    bool fine = file == NULL ? failed : strcmp(file, usual->file) == 0;
    free(file);
    return fine && !leaves_others(command->file);
}

/* The n-th fails; did the run end with code 4? */
static bool expect_ends_well(const command_t *command, const usual_t *usual, long n, bool on)
{
    ew_run run = run_failing(command, n, on);
    bool failed = run.code == 4;
    bool fine = failed ? strncmp(run.err, "edgewise: out of memory: no room for ", 37) == 0 &&
                             strchr(run.err, '\n')[1] == '\0'
                       : run.code == usual->run.code && run.err[0] == '\0' &&
                             strcmp(run.out, usual->run.out) == 0;
    fine = fine && file_is_whole(command, usual, failed);
    if (!fine)
        fail_msg("%s %s, allocation %ld of %ld%s: code %d, signal %d\n%s", command->argv[1],
                 command->argv[2], n, usual->count, on ? " and all after it" : "", run.code,
                 run.signal, run.err);
    ew_run_free(&run);
    return failed;
}

/* About `points` of the allocations, the first `all` of them one by one. */
static void try_points(const command_t *command, long points, long all)
{
    usual_t usual = run_usually(command);
    long failed = 0, tried = 0;
    for (long n = 1; n <= usual.count; n += n < all ? 1 : 1 + usual.count / points) {
        failed += expect_ends_well(command, &usual, n, false);
        tried++;
        if (n % 11 == 0)
            expect_ends_well(command, &usual, n, true);
    }
    /* with threads the last ones may not be reached */
    assert_true(10 * failed >= 9 * tried);
    assert_false(expect_ends_well(command, &usual, 10 * usual.count + 1000, false));
    ew_run_free(&usual.run);
    free(usual.file);
}

static void need_shim(void)
{
    if (UNDER_SANITIZER)
        ew_skip("a sanitizer has an allocator of its own, which the shim does not reach");
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    need_shim();
    static const command_t commands[] = {
        {{EW_PROGRAM, "orbit", "--depth", "2", "--s", "1.9"}, NULL},
        {{EW_PROGRAM, "simulate", "--depth", "2", "--eta", "1.15", "--alpha", "1/4", "--steps",
          "2"},
         NULL},
        {{EW_PROGRAM, "prove", "orbit-roots", "--region", "1000000:inf", "--threads", "1",
          "--certificate", PLACE "x.cert"},
         "x.cert"},
    };
    for (size_t k = 0; k < sizeof commands / sizeof commands[0]; k++)
        try_points(commands + k, 1 << 30, 1 << 30);
}

static void spread_allocations_may_fail(void **state)
{
    (void)state;
    need_shim();
    static const struct {
        command_t command;
        long points, all;
    } rows[] = {
        {{{EW_PROGRAM, "verify", "--depth", "2", "--eta", "0.9"}, NULL}, 90, 10},
        {{{EW_PROGRAM, "train", "--depth", "3", "--eta", "0.5", "--steps", "2", "--dim", "7",
           "--sigma", "1,0.9", "--off-diagonal", "1e-3"},
          NULL},
         90,
         10},
        {{{EW_PROGRAM, "figure", "hessian", "--depth", "2", "--s", "2.2", "--output",
           PLACE "x.csv"},
          "x.csv"},
         90,
         10},
        {{{EW_PROGRAM, "report", "--depth", "2", "--s", "2", "--output", PLACE "x.html"}, "x.html"},
         8,
         20},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        try_points(&rows[k].command, rows[k].points, rows[k].all);
}

/* The value of an option is not dropped, whichever allocation fails: it was the third. */
static void options_are_not_dropped(void **state)
{
    (void)state;
    need_shim();
    const command_t command = {
        {EW_PROGRAM, "simulate", "--depth", "2", "--eta", "1.15", "--alpha", "1/4", "--steps", "2"},
        NULL};
    ew_run run = run_failing(&command, 3, false);
    assert_int_equal(run.code, 4);
    assert_string_equal(run.out, "");
    assert_string_equal(run.err, "edgewise: out of memory: no room for 4 bytes more\n");
    ew_run_free(&run);
}

/* Refused before anything is taken, with the processor time of a blink and an address space that would not do. */
static void absurd_requests_are_refused(void **state)
{
    (void)state;
    need_shim();
    static const struct {
        const char *before, *arguments, *says;
    } rows[] = {
        {"", "figure hessian --depth 1000000000 --s 2.2 --output x.csv",
         "edgewise: figure: not enough memory\n"},
        {"printf '%%%%MatrixMarket matrix coordinate real general\\n30000 30000 1\\n1 1 1\\n' > "
         "big.mtx;",
         "train --depth 3 --eta 0.5 --target big.mtx",
         "edgewise: --target: big.mtx: is 30000 x 30000, which needs 43 GB of memory"},
        {"/usr/bin/python3 -c \"print('{\\\"depth\\\":3,\\\"eta\\\":\\\"1/2\\\",\\\"sigma\\\":[' + "
         "','.join(map(str, range(1, 100001))) + ']}')\" > many.json;",
         "spectrum ./many.json",
         "edgewise: spectrum: the blocks of 100000 singular values, 6 x 6 each, would need about "
         "800 GB of memory"},
        {"/usr/bin/python3 -c \"print('{\\\"depth\\\":3,\\\"eta\\\":\\\"1/2\\\",\\\"sigma\\\":[' + "
         "','.join(['1'] * 500000) + ']}')\" > same.json;",
         "spectrum ./same.json",
         "edgewise: spectrum: the blocks of 500000 singular values, 6 x 6 each, would need about "
         "20 TB of memory"},
        {"", "train --depth 3 --eta 0.5 --dim 20000", "would need about "},
    };
    char line[900];
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        snprintf(line, sizeof line,
                 "E=$PWD/$E; mkdir -p " PLACE "; cd " PLACE
                 "; rm -f *; %s ulimit -v 4000000; ulimit -t 3; $E %s 2>&1",
                 rows[k].before, rows[k].arguments);
        expect_line(line, 4, rows[k].says);
    }
}

/* No power of a number is taken that nobody asked for: these took 1.6 GB. */
static void deep_problems_stay_small(void **state)
{
    (void)state;
    need_shim();
    expect_line("ulimit -v 400000; ulimit -t 100; $E verify --depth 1000000000 --s 2.2 | tail -n 1",
                0, "9 PROVED  2 REFUTED");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(deep_problems_stay_small),    cmocka_unit_test(absurd_requests_are_refused),
    cmocka_unit_test(options_are_not_dropped),     cmocka_unit_test(every_allocation_may_fail),
    cmocka_unit_test(spread_allocations_may_fail),
};
EW_TESTS(tests)
