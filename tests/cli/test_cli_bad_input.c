/* Bad input, end to end: one line on stderr, nothing on stdout, the exit code. */
#include "test.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROOM = 16 };

/* Runs `edgewise WORDS...`, the words given as one string separated by '|'. */
static ew_run run_words(const char *words)
{
    char *copy = strdup(words);
    const char *argv[ROOM + 2] = {EW_PROGRAM};
    int n = 1;
    for (char *word = copy; word != NULL && n < ROOM; n++) {
        argv[n] = word;
        word = strchr(word, '|');
        if (word != NULL)
            *word++ = '\0';
    }
    ew_run run = ew_run_argv(argv, NULL);
    free(copy);
    return run;
}

/* Exactly one line, which says `part`; nothing on stdout. */
static void expect_refusal(const char *words, int code, const char *part)
{
    ew_run run = run_words(words);
    const char *newline = run.err == NULL ? NULL : strchr(run.err, '\n');
    if (run.code != code || run.out_size != 0 || newline == NULL || newline[1] != '\0' ||
        strncmp(run.err, "edgewise: ", 10) != 0 || strstr(run.err, part) == NULL)
        fail_msg("edgewise %s: code %d (wanted %d), stdout %zu bytes, stderr: %s (wanted \"%s\")",
                 words, run.code, code, run.out_size, run.err, part);
    ew_run_free(&run);
}

typedef struct {
    const char *words;
    int code;
    const char *part;
} row_t;

static void check_rows(const row_t *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_refusal(rows[i].words, rows[i].code, rows[i].part);
}
#define CHECK(rows) check_rows(rows, sizeof rows / sizeof rows[0])

static void bad_depths(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "0", "1", "-3", "2.5", "", "3 ", " 3", "3x", "0x4", "1e3", "99999999999999999999"};
    char words[200];
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        snprintf(words, sizeof words, "orbit|--eta|1|--depth|%s", texts[i]);
        expect_refusal(words, 2, "--depth: \"");
    }
    expect_refusal("orbit|--eta|1|--depth|2.5", 2, "allowed: 2 to 1000000000");
    expect_refusal("orbit|--eta|1", 2, "--depth 3");
}

static void bad_rationals(void **state)
{
    (void)state;
    static const row_t rows[] = {
        {"orbit|--depth|2|--eta|0", 2, "is zero"},
        {"orbit|--depth|2|--eta|-1", 2, "is negative"},
        {"orbit|--depth|2|--eta|nan", 2, "not a number"},
        {"orbit|--depth|2|--eta|inf", 2, "not a number"},
        {"orbit|--depth|2|--eta|1/0", 2, "divides by zero"},
        {"orbit|--depth|2|--eta|1e", 2, "not a number"},
        {"orbit|--depth|2|--eta|0x10", 2, "not a number"},
        {"orbit|--depth|2|--eta|", 2, "is empty"},
        {"orbit|--depth|2|--eta|1e999999999999", 4, "exponent"},
        {"orbit|--depth|2|--eta|3/4x", 2, "not a number"},
        {"orbit|--depth|2|--eta|1/-2", 2, "not a number"},
        {"orbit|--depth|2|--eta|--5", 2, "not a number"},
        {"orbit|--depth|2|--eta|.", 2, "not a number"},
        {"orbit|--depth|2|--eta|1.5/2", 2, "not a number"},
        {"orbit|--depth|2|--eta| 1", 2, "not a number"},
        {"orbit|--depth|2|--s|0", 2, "--s: "},
        {"orbit|--depth|3|--s|2.2|--sigma|10", 2, "irrational"},
        {"orbit|--depth|2", 2, "--eta or --s"},
        {"orbit|--depth|2|--eta|1|--sigma|0", 2, "has a zero"},
        {"orbit|--depth|2|--eta|1|--sigma|-1", 2, "negative"},
        {"orbit|--depth|2|--eta|1|--sigma|1,,2", 2, "empty item"},
        {"orbit|--depth|2|--eta|1|--sigma|,", 2, "empty item"},
        {"orbit|--depth|2|--eta|1|--sigma|1,", 2, "empty item"},
        {"orbit|--depth|2|--eta|1|--sigma|1;2", 2, "not a number"},
        {"orbit|--depth|2|--eta|1|--sigma|", 2, "is empty"},
        {"verify|--depth|2|--eta|1|--alpha|-1/10", 2, "--alpha: "},
    };
    CHECK(rows);
}

static void bad_numbers(void **state)
{
    (void)state;
    static const row_t rows[] = {
        {"orbit|--depth|2|--eta|1|--digits|0", 2, "too small"},
        {"orbit|--depth|2|--eta|1|--digits|-5", 2, "too small"},
        {"orbit|--depth|2|--eta|1|--digits|99999999999999", 4, "would need about 6.4 PB"},
        {"orbit|--depth|2|--eta|1|--digits|1000000000", 4, "memory"},
        {"orbit|--depth|2|--eta|1|--prec|0", 2, "--prec: "},
        {"orbit|--depth|2|--eta|1|--period|0", 2, "--period: \"0\" is too small; allowed: 1 to 64"},
        {"orbit|--depth|2|--eta|1|--period|-1", 2, "too small"},
        {"orbit|--depth|2|--eta|1|--period|65", 2, "--period: \"65\" is too large"},
        {"orbit|--depth|2|--eta|1|--period|99999999999999999999", 2, "too large"},
        {"orbit|--depth|2|--eta|1|--period|2.5", 2, "not a whole number; allowed: 1 to 64"},
        {"orbit|--depth|2|--eta|1|--period|", 2, "--period: "},
        {"orbit|--depth|2|--eta|1|--period|three", 2, "not a whole number"},
        {"orbit|--depth|2|--eta|1|--period", 2, "needs a value; allowed: 1 to 64"},
        {"orbit|--depth|2|--eta|1|--perid|3", 2, "did you mean --period?"},
        {"orbit|--depth|2|--eta|1|--method|fast", 2, "allowed: structured or expanded"},
        {"orbit|--depth|2|--eta|1|--method|", 2, "--method: \"\""},
        {"orbit|--depth|2|--eta|1|--method", 2, "needs a value"},
        {"orbit|--depth|2|--eta|1|--period|3|--method|expanded", 2, "is for --period 2"},
        {"orbit|--depth|100000|--eta|1|--method|expanded", 4, "would need about"},
        {"cascade|--depth|2|--method|expanded", 2, "unknown option"},
        {"cascade|--depth|2|--period|3", 2, "unknown option"},
        {"orbit|--depth|2|--eta|1|--period|30|--polynomial", 4, "would need about"},
        {"orbit|--depth|5|--eta|2/5|--period|4", 3, "not decided after"},
        {"orbit|--depth|1000000000|--eta|1|--polynomial", 4, "would need about"},
        {"orbit|--depth|2|--eta|1|--index|2", 2, "--index: "},
        {"verify|--depth|2|--eta|1|--sigma|3,2,1|--dim|2", 2, "--dim: "},
        {"simulate|--depth|2|--eta|1|--steps|-1", 2, "--steps: "},
        {"simulate|--depth|2|--eta|1|--every|0", 2, "--every: "},
        {"simulate|--depth|2|--eta|1|--arithmetic|float", 2, "double, mpfr, ball"},
        {"simulate|--depth|2|--eta|1|--dynamics|all", 2, "layers, pair or balanced"},
        {"simulate|--depth|1000000000|--eta|1|--dynamics|layers|--arithmetic|ball", 4, "memory"},
    };
    CHECK(rows);
}

static void bad_formats(void **state)
{
    (void)state;
    static const row_t rows[] = {
        {"stress|--depth|2|--eta|1|--formats|fp46", 2, "did you mean fp16?"},
        {"stress|--depth|2|--eta|1|--formats|zzz", 2, "allowed: fp8-e4m3"},
        {"stress|--depth|2|--eta|1|--formats|mpfr-0", 2, "mpfr-0"},
        {"stress|--depth|2|--eta|1|--formats|mpfr-1000000000000", 2, "mpfr-1000000000000"},
        {"stress|--depth|2|--eta|1|--formats|fp16,fp16", 2, "given twice"},
        {"stress|--depth|2|--eta|1|--formats|", 2, "is not a format"},
        {"stress|--depth|2|--eta|1|--formats|fp16,", 2, "is not a format"},
        {"stress|--depth|2|--eta|1|--orders|tree,tree", 2, "given twice"},
        {"stress|--depth|2|--eta|1|--orders|trees", 2, "written, tree, fused, wide"},
        {"stress|--depth|2|--eta|1|--rounding|sideways", 2,
         "nearest, zero, up, down or stochastic"},
        {"stress|--depth|2|--eta|1|--steps|0", 2, "--steps: "},
        {"stress|--depth|2|--eta|1|--steps|100000000000", 2, "--steps: "},
        {"stress|--depth|2|--eta|1|--most-bits|100001", 2, "--most-bits: "},
        {"precision|--depth|2|--eta|1", 2, "which claim?"},
        {"simulate|--depth|2|--eta|1|--arithmetic|dd|--rounding|up", 2, "nearest only"},
        {"simulate|--depth|2|--eta|1|--arithmetic|fp17", 2, "double, mpfr, ball, fp8-e4m3"},
        {"stress|balancing-gab|--depth|2|--eta|1", 2, "did you mean balancing-gap?"},
        {"chaos|--depth|2|--eta|1|--formats|exact", 2, "does not round"},
        {"chaos|--depth|2|--eta|1|--steps|0", 2, "--steps: "},
        {"edge|--eta|1", 2, "missing: --depth"},
        {"edge|--depth|2|--most-bits|5", 2, "unknown option"},
        {"cascade", 2, "missing: --depth"},
        {"cascade|--depth|100001", 2, "--depth"},
        {"cascade|--depth|2|--doublings|11", 2, "--doublings"},
        {"cascade|--depth|2|--digits|2001", 2, "--digits"},
        {"cascade|--depth|2|--window|2", 2, "--window"},
        {"precision|balancing-gab|--depth|2|--eta|1", 2, "did you mean balancing-gap?"},
        {"precision|orbit-degree|--depth|2|--eta|1", 2, "no script tries orbit-degree"},
        {"precision|balancing-gap|--depth|2|--eta|1|--orders|tree,wide", 2, "more than one order"},
        {"precision|balancing-gap|--depth|2|--eta|1|--most-bits|1", 2, "too small"},
        {"precision|balancing-gap|twice|--depth|2|--eta|1", 2, "not an option"},
    };
    CHECK(rows);
}

static void bad_words(void **state)
{
    (void)state;
    static const row_t rows[] = {
        {"orbits|--depth|2", 2, "did you mean orbit?"},
        {"xyzzy", 2, "unknown subcommand"},
        {"orbit|--dept|2", 2, "did you mean --depth?"},
        {"orbit|--zzzzzz|2", 2, "unknown option"},
        {"orbit|--csv", 2, "unknown option"},
        {"orbit|--depth", 2, "needs a value"},
        {"orbit|depth", 2, "not an option"},
        {"orbit|depth.json", 2, "depth.json"},
        {"verify|examples/poster.json|--problem|examples/poster-p1.json", 2, "given twice"},
        {"verify|examples/poster.json|examples/poster-p1.json", 2, "given twice"},
        {"orbit|--json=1", 2, "takes no value"},
        {"orbit|--depth|2|--eta|1|--s|2", 2, "contradict"},
        {"orbit|--depth|2|--depth|3|--eta|1", 2, "given twice"},
        {"simulate|--depth|2|--eta|1|--json|--csv", 2, "contradict"},
        {"help|orbitt", 2, "did you mean orbit?"},
        {"help|orbit|verify", 2, "one too many"},
        {"help|-\nx", 2, "unknown option"},
        {"--version|2", 2, "takes nothing else"},
        {"verify", 2, "missing: --depth and --eta or --s; for example --depth 3 --eta"},
        {"or\nbit", 2, "or?bit"}, /* one line, whatever the words hold */
        {"orbit|--de\npth|2", 2, "--de\\x0apth"},
        {"orbit|--problem|a\nb", 2, "a?b"},
        {"verify|--depth|3|--eta|0.5|--target|examples/target.csv", 2,
         "its singular value 1, 1.58741927076, is irrational, as proved"},
        {"orbit|--depth|3|--eta|0.5|--index|4|--target|examples/target.csv", 2,
         "its singular value 4, 0.329609799886, is irrational"},
        {"orbit|--depth|3|--eta|0.5|--index|5|--target|examples/target.csv", 2,
         "--index: \"5\" is too large"},
        {"target", 2, "target: which matrix? allowed: "},
        {"target|build/none.csv", 2, "target: build/none.csv: cannot be read: No such file"},
        {"target|examples", 2, "target: examples: is a directory"},
        {"target|examples/target.csv|--eta|1", 2, "--eta: needs --depth beside it"},
        {"target|examples/target.csv|--depth|1", 2, "--depth: \"1\" is too small"},
        {"target|examples/target.csv|--depth|2|--eta|0", 2, "--eta: \"0\" is zero"},
        {"target|examples/target.csv|--sigma|1", 2, "unknown option --sigma"},
        {"target|examples/target.csv|README.md", 2, "\"README.md\" is not an option"},
        {"orbit|--depth|2|--eta|1\n", 2, "1\\x0a"},
        {"orbit|--depth|2|--eta|1|--sigma|\xef\xbb\xbf"
         "1,2\r",
         2, "\"<U+FEFF>1,2\\x0d\" is not"},
    };
    CHECK(rows);
}

/* Writes a problem file, runs `orbit --problem` on it and expects a refusal that says `part`. */
static void refuse_file(const char *text, const char *part)
{
    FILE *file = fopen("build/problem.json", "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    expect_refusal("orbit|--problem|build/problem.json", 2, part);
}

static void bad_problem_files(void **state)
{
    (void)state;
    expect_refusal("orbit|--problem|/nonexistent/file", 2, "cannot read");
    expect_refusal("orbit|--problem|/tmp", 2, "is a directory");
    refuse_file("", ":1:1:");
    refuse_file("{\"depth\": 3,\n  \"eta\": }", ":2:10:");
    refuse_file("{\"depth\": 3, \"eta\": 1", "unexpected end");
    refuse_file("[1, 2]", "not an object");
    refuse_file("{\"depth\": 3, \"eta\": 1} x", ":1:24:");
    refuse_file("{\"depth\": 3, \"eta\": 1, \"sgima\": 1}", "did you mean \"sigma\"?");
    refuse_file("{\"depth\": 3, \"eta\": [1]}", "wrong type");
    refuse_file("{\"depth\": null, \"eta\": 1}", "wrong type");
    refuse_file("{\"depth\": 3, \"eta\": 1, \"sigma\": [1, true]}", "wrong type");
    refuse_file("{\"depth\": 3, \"eta\": 1, \"sigma\": []}", "sigma: ");
    refuse_file("{\"depth\": 3, \"eta\": 1, \"eta\": 2}", "the key \"eta\" stands twice");
    refuse_file("{\"depth\": 3, \"eta\": 1, \"\\u0065ta\": 2}", "stands twice");
    refuse_file("{\"name\": \"a\", \"depth\": 3, \"eta\": 1, \"name\": \"b\"}", "stands twice");
    refuse_file("{\"depth\": 3, \"eta\": 1, \"a\\nb\\u2069\": 2}",
                "unknown key \"a\\x0ab<U+2069>\"");
    refuse_file("{\"depth\": 3, \"eta\": 1, \"name\": \"\xff\"}", ":1:");
    refuse_file("{\"depth\": 3,\r\"eta\": }", ":2:8:");
    refuse_file("\xff\xfe{", "is UTF-16 text; allowed: UTF-8 or ASCII");
    refuse_file("{\"depth\": 3, \"eta\": \"\xef\xbb\xbf"
                "1\"}",
                "eta: \"<U+FEFF>1\" is not a number");
    refuse_file("{\"depth\": 3, \"eta\": NaN}", "eta: \"NaN\" is not a number");
    refuse_file("{\"depth\": 3, \"eta\": 1, \"s\": 2}", "contradict");
    refuse_file("{\"depth\": 2.5, \"eta\": 1}", "depth: \"2.5\"");
    refuse_file("{\"depth\": 99999999999999999999, \"eta\": 1}", "build/problem.json");
    /* json-c 0.16 clamps these, 0.18 refuses them by itself: refused either way */
    refuse_file("{\"depth\": 3, \"eta\": 18446744073709551616}", "build/problem.json");
    refuse_file("{\"depth\": 3, \"eta\": \"1e\"}", "eta: \"1e\"");
    refuse_file("{\"depth\": 3, \"eta\": \"1\\u0000\"}", "wrong type");
    refuse_file("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{"
                "\"a\":{\"a\":{\"a\":{"
                "\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{"
                "\"a\":{\"a\":{\"a\":{"
                "\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}",
                "nesting");
}

/* Numbers of a file never pass through a double, and a key may stand again inside a string. */
static void files_are_exact(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"0.30000000000000000000000000000001", "\"30000000000000000000000000000001/1000"},
        {"1e-400", "\"1/1000"},
        {"3E2", "\"300\""},
        {"\\\"37/50\\\"", "\"37/50\""},
        {"9223372036854775807", "\"9223372036854775807\""},
    };
    char line[300];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        snprintf(line, sizeof line,
                 "printf '%%s' \"{\\\"comment\\\": \\\"eta: {\\\", \\\"depth\\\": 3, \\\"eta\\\": "
                 "%s}\" > "
                 "build/p.json; " EW_PROGRAM " orbit --problem build/p.json --json",
                 rows[i][0]);
        ew_run run = ew_run_shell(line);
        if (run.code != 0 || strstr(run.out, rows[i][1]) == NULL)
            fail_msg("%s: code %d %s%s", rows[i][0], run.code, run.out, run.err);
        ew_run_free(&run);
    }
}

/* A byte order mark and any end of line will do. */
static void files_of_other_editors(void **state)
{
    (void)state;
    static const char *const texts[] = {"\\357\\273\\277{\"depth\": 3,\\r\\n\"eta\": 1}\\r\\n",
                                        "{\"depth\": 3,\\r\"eta\": 1}\\r"};
    char line[300];
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        snprintf(line, sizeof line,
                 "printf '%s' > build/p.json; " EW_PROGRAM " orbit --problem build/p.json --json",
                 texts[i]);
        ew_run run = ew_run_shell(line);
        if (run.code != 0 || strstr(run.out, "\"depth\": 3") == NULL)
            fail_msg("%s: code %d %s%s", texts[i], run.code, run.out, run.err);
        ew_run_free(&run);
    }
}

/* The command line wins over the file, and --eta and --s replace each other. */
static void command_line_wins(void **state)
{
    (void)state;
    ew_run run = ew_run_shell(
        "printf '{\"depth\": 3, \"eta\": 0.1, \"alpha\": 1e-1}' > build/p.json; " EW_PROGRAM
        " orbit --problem build/p.json --s 2.2 --depth 2 --json | grep -c '\"11/10\"'");
    assert_string_equal(run.out, "1\n");
    ew_run_free(&run);
}

/* Full disks and closed outputs: one line and exit code 4; a closed pipe ends it quietly. */
static void outputs_that_fail(void **state)
{
    (void)state;
    static const char *const commands[] = {
        "orbit --depth 2 --eta 1.15",          "orbit --depth 2 --eta 1.15 --json",
        "balance --depth 2 --eta 1.15 --json", "verify --depth 2 --eta 1.15",
        "simulate --depth 2 --eta 1.15 --csv", "help"};
    char line[300];
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        snprintf(line, sizeof line, EW_PROGRAM " %s > /dev/full", commands[i]);
        ew_run run = ew_run_shell(line);
        assert_int_equal(run.code, 4);
        assert_true(strchr(run.err, '\n') != NULL && strchr(run.err, '\n')[1] == '\0');
        ew_run_free(&run);
        snprintf(line, sizeof line, EW_PROGRAM " %s >&-", commands[i]);
        run = ew_run_shell(line);
        assert_int_equal(run.code, 4);
        ew_run_free(&run);
    }
    ew_run run =
        ew_run_shell(EW_PROGRAM " simulate --depth 2 --eta 1.15 --steps 1000000 | head -n 1");
    assert_string_equal(run.err, "");
    ew_run_free(&run);
}

/* Shell: waits until the process $p looks for Ctrl-C itself. */
#define WHEN_READY                                                                                 \
    "p=$!; until grep -qs 'SigCgt:.*[2367abef]$' /proc/$p/status; do sleep 0.02; done; "

/* Ctrl-C ends a long run with exit code 130 and one line. */
static void interrupt_ends_cleanly(void **state)
{
    (void)state;
    ew_run run =
        ew_run_shell(EW_PROGRAM " orbit --depth 9 --eta 0.25 --digits 20000000 & " WHEN_READY
                                "sleep 0.3; kill -INT $p; wait $p; echo $?");
    assert_string_equal(run.out, "130\n");
    assert_string_equal(run.err, "edgewise: interrupted\n");
    ew_run_free(&run);
    /* a stream stops at the next question, with its buffer written out to a whole line */
    run = ew_run_shell(EW_PROGRAM " simulate --depth 2 --eta 1.15 --steps 1000000000000 --every "
                                  "1000000000000 --csv > build/rows & " WHEN_READY
                                  "until test -s build/rows; do sleep 0.02; done; "
                                  "kill -INT $p; wait $p; c=$?; cat build/rows; echo $c");
    assert_true(strncmp(run.out, "step,a,b,", 9) == 0);
    assert_non_null(strstr(run.out, "\n0,0,0.1"));
    assert_true(strcmp(run.out + strlen(run.out) - 5, "\n130\n") == 0);
    assert_string_equal(run.err, "edgewise: interrupted\n");
    ew_run_free(&run);
}

/* Networks: options, target files, sizes. */
static void bad_proofs(void **state)
{
    (void)state;
    static const row_t rows[] = {
        {"prove|orbit-root", 2, "did you mean orbit-roots?"},
        {"prove|xyz", 2, "is not a theorem; allowed: orbit-roots"},
        {"prove|--region|1:4", 2, "--region: \"1:4\""},
        {"prove|--region|5:4", 2, "the larger last"},
        {"prove|--region|inf", 2, "--region: \"inf\""},
        {"prove|--region|2:", 2, "--region: \"2:\""},
        {"prove|--region|2:1e9", 2, "--region"},
        {"prove|--depth|3", 2, "unknown option --depth"},
        {"prove|--prec|10", 2, "--prec: \"10\" is too small"},
        {"prove|--prec|100000", 2, "too large; allowed: 64 to 16384"},
        {"prove|orbit-roots|--resume|/nonexistent", 2, "--resume: \"/nonexistent\" cannot be read"},
        {"prove|orbit-roots|--resume|README.md", 2, "is not a certificate of this version"},
        {"prove|orbit-roots|--certificate|/nonexistent/c", 4, "/nonexistent/c: cannot write"},
        {"balance|--depth|3|--eta|0.8|--alpha|1/2", 2, "--alpha: is not used here"},
        {"balance|--depth|3|--eta|1.1|--certificate|x", 3, "does not reach this problem"},
        {"balance|--depth|3|--eta|0.8|--alpha|3/5|--certificate|x", 3, "does not reach"},
        {"balance|--depth|3|--eta|0.8|--alpha|0|--certificate|x", 3, "does not reach"},
        {"orbit|--depth|3|--eta|1|--period|3|--certificate|x", 2, "only of --period 2"},
    };
    CHECK(rows);
}

static void bad_networks(void **state)
{
    (void)state;
    ew_run made =
        ew_run_shell("printf '1,2\\n3\\n' > build/ragged.csv; printf '1,nan\\n2,3\\n' > "
                     "build/nan.csv; printf '1,0\\n0,1\\n' > build/eye.csv; printf "
                     "'0,0\\n0,0\\n' > build/zero.csv; printf '1,2,3\\n4,5,6\\n' > build/rect.csv");
    assert_int_equal(made.code, 0);
    ew_run_free(&made);
    static const row_t rows[] = {
        {"train|--depth|3|--eta|0.5|--target|build/ragged.csv", 2, "line 2: has 1 entry"},
        {"train|--depth|3|--eta|0.5|--target|build/nan.csv", 2, "\"nan\" is not a number"},
        {"train|--depth|3|--eta|0.5|--target|build/rect.csv", 2, "2 x 3, not square"},
        {"train|--depth|3|--eta|0.5|--target|build/zero.csv", 2, "zero matrix"},
        {"train|--depth|3|--eta|0.5|--target|build/none.csv", 2, "No such file"},
        {"train|--depth|3|--eta|0.5|--target|build", 2, "is a directory"},
        {"train|--depth|3|--eta|0.5|--target|build/eye.csv|--sigma|1,2", 2, "where --sigma says 2"},
        {"train|--depth|3|--eta|0.5|--target|build/eye.csv|--sigma|1", 2, "has rank 2"},
        {"train|--depth|3|--eta|0.5|--target|build/eye.csv|--dim|3", 2, "allowed: 2"},
        {"train|--depth|3|--s|2.1|--target|build/eye.csv", 2, "needs --sigma"},
        {"train|--depth|3|--eta|0.5|--sigma|1,2,3|--dim|2", 2, "too small"},
        {"train|--depth|3|--eta|0.5|--dim|100000", 4, "TB of memory"},
        {"train|--depth|3|--eta|0.5|--frame|har", 2, "haar or identity"},
        {"train|--depth|3|--eta|0.5|--start|gauss", 2, "orthogonal or gaussian"},
        {"train|--depth|3|--eta|0.5|--flow|--arithmetic|ball", 2, "--arithmetic double"},
        {"train|--depth|3|--eta|0.5|--off-diagonal|x", 2, "--off-diagonal"},
        {"spectrum|--depth|3|--eta|0.5|--top|4", 2, "1 to 3"},
        {"spectrum|--depth|3|--eta|0.5|--at|middle", 2, "minimum, reached, low or high"},
        {"spectrum|--depth|1000000|--s|2.1|--steps|2", 4, "of memory"},
        {"spectrum|--depth|3|--eta|50|--alpha|3|--top|1|--steps|60", 3, "diverged by step 60"},
        {"floquet|--depth|3|--eta|0.75|--phases|+-", 2, "allowed: gd, or 1 of + and -"},
        {"floquet|--depth|3|--eta|0.75|--bits|0", 2, "too small"},
        {"floquet|--depth|1000000|--s|2.1", 4, "of memory"},
        {"floquet|--depth|2|--eta|1.3|--phases|gd", 3, "not followed to its orbit"},
    };
    CHECK(rows);
}

static void bad_diagrams(void **state)
{
    (void)state;
    static const row_t rows[] = {
        {"bifurcation|--eta|1", 2, "missing: --depth"},
        {"bifurcation|--depth|3|--alpha|1/2", 2, "--alpha: is not used here; allowed: --starts"},
        {"map|--depth|3|--alpha|1/2", 2, "--alpha: is not used here; allowed: --view"},
        {"bifurcation|--depth|3|--axis|nonsense", 2, "s, eta, alpha or depth"},
        {"bifurcation|--depth|3|--from|3|--to|2", 2, "--to: \"2\" is not larger than --from"},
        {"bifurcation|--depth|3|--from|3|--to|3", 2, "is not larger than --from"},
        {"bifurcation|--depth|3|--from|9", 2, "--from: 9 is not below 3.69761"},
        {"bifurcation|--depth|3|--to|1", 2, "--to: 1 is not above 1.8"},
        {"bifurcation|--depth|3|--from|nan", 2, "not a number"},
        {"bifurcation|--depth|3|--from|-1", 2, "is negative"},
        {"bifurcation|--depth|3|--from|0", 2, "is zero"},
        {"bifurcation|--depth|3|--to|inf", 2, "not a number"},
        {"bifurcation|--depth|3|--to|1e400", 2, "--to: \"1e400\" is out of the range of doubles"},
        {"bifurcation|--depth|3|--from|1e-400", 2, "out of the range of doubles"},
        {"bifurcation|--depth|2|--axis|alpha|--eta|1e300|--sigma|1e300", 2, "out of the range"},
        {"bifurcation|--depth|2|--axis|eta|--from|1e200|--to|1e201|--sigma|1e300", 2, "--axis: "},
        {"bifurcation|--depth|2|--axis|depth|--from|1", 2, "--from 2 and more"},
        {"bifurcation|--depth|2|--axis|depth|--to|1000001", 2, "at most 1000000"},
        {"bifurcation|--depth|3|--columns|0", 2, "allowed: 2 to 1000000000"},
        {"bifurcation|--depth|3|--columns|1", 2, "too small"},
        {"bifurcation|--depth|3|--columns|-5", 2, "too small"},
        {"bifurcation|--depth|3|--columns|2.5", 2, "--columns: \"2.5\""},
        {"bifurcation|--depth|3|--columns|nan", 2, "--columns: "},
        {"bifurcation|--depth|3|--columns|999999999", 4, "would need about 2.1 TB of memory"},
        {"bifurcation|--depth|3|--rows|1000000000", 4, "would need about 3.2 TB of memory"},
        {"bifurcation|--depth|3|--rows|1000000000|--output|build/x.svg", 4, "about 9.6 TB"},
        {"bifurcation|--depth|3|--rows|1000000001", 2, "too large"},
        {"map|--depth|3|--columns|999999999", 4, "999999999 x 300 cells would need about 600 GB"},
        {"map|--depth|3|--columns|99999999|--json", 4, "about 2.0 TB"},
        {"map|--depth|3|--rows|0", 2, "too small"},
        {"bifurcation|--depth|3|--view|nonsense", 2, "not a number"},
        {"bifurcation|--depth|3|--view|1", 2, "is not a range"},
        {"bifurcation|--depth|3|--view|1,2,3", 2, "is not a range"},
        {"bifurcation|--depth|3|--view|2,1", 2, "is empty"},
        {"bifurcation|--depth|3|--view|1,1", 2, "is empty"},
        {"bifurcation|--depth|3|--view|0,1e999", 2, "out of the range of doubles"},
        {"map|--depth|3|--view|-1,1", 2, "not positive"},
        {"map|--depth|3|--view|0,1", 2, "not positive"},
        {"map|--depth|3|--from|9", 2, "is not below 4.34335"},
        {"map|--depth|3|--axis|s", 2, "unknown option"},
        {"map|--depth|3|--check|2", 2, "unknown option"},
        {"bifurcation|--depth|3|--starts|0", 2, "not positive"},
        {"bifurcation|--depth|3|--starts|1,,2", 2, "empty item"},
        {"bifurcation|--depth|3|--starts|1e400", 2, "out of the range of doubles"},
        {"bifurcation|--depth|3|--starts|1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8", 2, "too many"},
        {"bifurcation|--depth|3|--eta|1|--axis|alpha|--starts|1", 2, "--axis alpha runs over"},
        {"bifurcation|--depth|3|--threads|0", 2, "allowed: 1 to 1024"},
        {"bifurcation|--depth|3|--threads|1025", 2, "--threads: "},
        {"bifurcation|--depth|3|--threads|-1", 2, "--threads: "},
        {"bifurcation|--depth|3|--transient|-1", 2, "--transient: "},
        {"bifurcation|--depth|3|--samples|255", 2, "allowed: 256 to"},
        {"bifurcation|--depth|3|--check|99", 2,
         "--check: 99 is not on the axis; allowed: 1.8 to 3.6"},
        {"bifurcation|--depth|3|--check|1.7", 2, "is not on the axis"},
        {"bifurcation|--depth|3|--check|-2", 2, "is negative"},
        {"bifurcation|--depth|3|--check|x", 2, "not a number"},
        {"bifurcation|--depth|3|--axis|depth|--check|3", 2, "allowed with --dynamics pair"},
        {"bifurcation|--depth|3|--dynamics|balanced|--check|2.2", 2, "--check: allowed with"},
        {"bifurcation|--depth|3|--axis|eta|--sigma|2|--check|1", 2, "--sigma 1 for the last two"},
        {"bifurcation|--depth|3|--dynamics|layers", 2, "allowed: pair or balanced"},
        {"bifurcation|--depth|3|--output|x", 2, "has no known ending; allowed: .svg, .png"},
        {"bifurcation|--depth|3|--output|x.gif", 2, "\"x.gif\" has no known ending"},
        {"bifurcation|--depth|3|--output|x.SVG", 2, "no known ending"},
        {"map|--depth|3|--output|.svg", 2, "no known ending"},
        {"map|--depth|3|--output|x.svg/", 2, "no known ending"},
        {"figure|hessian|--output|/dev/full", 2, "no known ending"},
        {"figure|hessian|--output|", 2, "no known ending"},
        /* before anything is computed */
        {"bifurcation|--depth|3|--samples|1000000000|--output|none/x.svg", 4,
         "none/x.svg: cannot write: No such file or directory"},
        {"map|--depth|3|--samples|1000000000|--output|Makefile/x.png", 4, "Not a directory"},
        {"figure", 2, "which one? allowed: bifurcation, oscillation"},
        {"figure|hesian", 2, "did you mean hessian?"},
        {"figure|nonsense", 2, "is not a figure; allowed: bifurcation"},
        {"figure|hessian|twice", 2, "not an option"},
        {"figure|hessian|--depth|3", 2, "missing: --eta"},
        {"figure|oscillation|--depth|3|--eta|0.8|--sigma|1,1e-300", 2, "drawn in doubles"},
        {"figure|sharpening|--depth|3|--eta|0.8|--sigma|1e400", 2, "drawn in doubles"},
        {"figure|sharpening|--depth|3|--eta|1e-400", 2, "drawn in doubles"},
        {"figure|hessian|--json", 2, "unknown option"},
    };
    CHECK(rows);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(bad_proofs),
    cmocka_unit_test(bad_diagrams),
    cmocka_unit_test(bad_networks),
    cmocka_unit_test(bad_depths),
    cmocka_unit_test(bad_rationals),
    cmocka_unit_test(bad_numbers),
    cmocka_unit_test(bad_formats),
    cmocka_unit_test(bad_words),
    cmocka_unit_test(bad_problem_files),
    cmocka_unit_test(files_are_exact),
    cmocka_unit_test(files_of_other_editors),
    cmocka_unit_test(command_line_wins),
    cmocka_unit_test(outputs_that_fail),
    cmocka_unit_test(interrupt_ends_cleanly),
};
EW_TESTS(tests)
