/* The program's documents: valid by their schemas, right by known answers, and the same in both forms. */
#include "test.h"
#include <stdlib.h>
#include <string.h>

/* Runs a shell line with $E the program; expects the code, and that the output contains `part`. */
static void expect_line(const char *line, int code, const char *part)
{
    char command[1500];
    snprintf(command, sizeof command, "E=" EW_PROGRAM "; %s", line);
    ew_run run = ew_run_shell(command);
    if (run.code != code || (part != NULL && strstr(run.out, part) == NULL))
        fail_msg("%s: code %d (wanted %d)\n%s%s(wanted \"%s\")", line, run.code, code, run.out,
                 run.err, part);
    ew_run_free(&run);
}

/* Validates the output of a command against docs/schema/NAME.json; `count` documents in all. */
static void expect_valid(const char *arguments, const char *name, const char *count)
{
    char line[1000];
    snprintf(
        line, sizeof line,
        "$E %s > build/document; /usr/bin/python3 tests/cli/validate.py docs/schema/%s.json %s < "
        "build/document",
        arguments, name, strcmp(name, "simulate") == 0 ? "--lines" : "");
    expect_line(line, 0, count);
}

static void documents_are_valid(void **state)
{
    (void)state;
    expect_valid("orbit --depth 8 --s 2.2 --sigma 1 --json", "orbit", "1");
    expect_valid("orbit --depth 3 --eta 1/10 --json", "orbit", "1");           /* below the edge */
    expect_valid("orbit --depth 4 --eta 1/16 --sigma 4 --json", "orbit", "1"); /* on it */
    expect_valid("orbit --depth 7 --eta 1000/7 --json --polynomial", "orbit", "1");
    expect_valid("orbit --depth 3 --eta 1e-90 --sigma 1e90 --json", "orbit", "1");
    expect_valid("orbit --depth 1000000 --s 2.2 --json --digits 100", "orbit", "1");
    expect_valid("balance --depth 2 --eta 1.15 --json", "balance", "1");
    expect_valid("balance --depth 2 --eta 3 --json", "balance", "1");
    expect_valid("balance --depth 5 --eta 0.7 --json", "balance", "1");
    expect_valid("verify --problem examples/poster.json --json", "verify", "1");
    expect_valid("verify --depth 2 --eta 1 --sigma 1,1,1/2 --dim 4 --json", "verify", "1");
    expect_valid("simulate --depth 2 --eta 1.15 --steps 9 --json", "simulate", "10");
    expect_valid(
        "simulate --depth 3 --eta 0.7 --steps 9 --json --dynamics layers --arithmetic mpfr",
        "simulate", "10");
    expect_valid("simulate --depth 3 --eta 0.7 --steps 9 --every 4 --json --dynamics balanced "
                 "--arithmetic ball",
                 "simulate", "4");
    expect_valid("simulate --depth 2 --eta 9 --alpha 3 --json", "simulate", "");
}

static void known_answers(void **state)
{
    (void)state;
    /* L = 2, s = 2.3 by the closed form: eta rho^2 = (c - sqrt(c^2 - 4)) / 2, c = 2.15 */
    expect_line("$E orbit --depth 2 --eta 23/20 --json --digits 30 | jq -r .real_roots[3].value "
                "2>/dev/null || "
                "$E orbit --depth 2 --eta 23/20 --json --digits 30",
                0, "0.769249580151932");
    expect_line("$E orbit --depth 2 --eta 1 --json", 0, "\"regime\": \"edge\"");
    expect_line("$E orbit --depth 2 --eta 1 --json", 0, "\"value\": \"1\"");
    expect_line("$E orbit --depth 2 --eta 1", 0, "twice");
    expect_line("$E orbit --depth 3 --s 2.2 --digits 20 --json", 0,
                "\"flip_threshold\": \"2.4892147856786348031\"");
    expect_line("$E balance --depth 2 --eta 23/20 --json", 0, "\"bound\": \"0.4372703212\"");
    expect_line("$E orbit --depth 3 --eta 0.30000000000000000000000000000001 --json", 0,
                "30000000000000000000000000000001/100000000000000000000000000000000");
    expect_line("$E simulate --depth 2 --eta 23/20 --alpha 1/4 --steps 2000 --every 2000", 0,
                "outcome: periodic, period 2 (observed)");
    expect_line(
        "$E simulate --depth 2 --eta 23/20 --alpha 1/4 --steps 2000 --every 2000 --arithmetic ball "
        "--prec 20000",
        0, "outcome: periodic, period 2 (proved)");
    expect_line("$E simulate --depth 2 --eta 0.9 --steps 2000 --every 2000", 0,
                "outcome: converges");
    expect_line("$E simulate --depth 2 --eta 3 --steps 2000 --every 2000", 0, "outcome: diverges");
}

/* Roots 10^-25 apart: the intervals are printed with as many digits as it takes to keep them apart. */
static void close_roots_are_kept_apart(void **state)
{
    (void)state;
    expect_line(
        "$E orbit --depth 2 --eta 1.00000000000000000000000000000000000000000000000001 --digits 5 "
        "--json "
        "> build/document; /usr/bin/python3 -c \"import json; from fractions import Fraction as F; "
        "r = json.load(open('build/document'))['real_roots']; assert len(r) == 6; "
        "assert all(F(a['hi']) < F(b['lo']) for a, b in zip(r, r[1:])); "
        "assert all(F(a['lo']) <= F(a['hi']) for a in r); print('apart')\"",
        0, "apart");
}

static void exit_codes(void **state)
{
    (void)state;
    expect_line("$E verify --problem examples/poster.json", 1, "REFUTED");
    expect_line("$E verify --depth 3 --eta 1/10 --quiet", 0, NULL);
    expect_line("$E verify --depth 2 --eta 9/10 --alpha 3/4 --json", 0, "\"exit\": 0");
    expect_line("$E orbit --depth 9 --s 2.2 --digits 5000 --prec 64", 3, NULL);
    expect_line("$E --version", 0, "edgewise ");
    expect_line("$E", 2, NULL);
    expect_line("$E help simulate", 0, "--arithmetic");
    expect_line("$E orbit --help", 0, "example: ");
    expect_line("bash -c \"source <($E help --completion) && complete -p edgewise\"", 0,
                "_edgewise");
    expect_line("$E verify --depth 3 --eta 0.75 --quiet | wc -c", 0, "0");
    expect_line("$E help --man", 0, ".SH edgewise orbit");
}

/* Every example program and problem file runs. */
static void examples_run(void **state)
{
    (void)state;
    expect_line(EW_EXAMPLES_DIR "/orbit_roots", 0, "low      0.97377951080496123918");
    expect_line(EW_EXAMPLES_DIR "/check_claims", 0, "PROVED     balancing-gap");
    expect_line(EW_EXAMPLES_DIR "/trapped", 0, "s = 2.60: periodic with exact period ");
    expect_line("for f in examples/*.json; do $E verify --problem $f --json | grep -c "
                "balancing-gap-every-alpha || "
                "exit 9; done",
                0, NULL);
    /* p = 3, 2, 1 values on a proved stable 2-cycle */
    expect_line("for p in -p1 -p2 ''; do $E verify --problem examples/poster$p.json | grep -c "
                "'PROVED *orbit-attracts'"
                "; done",
                0, "1\n2\n3\n");
}

/* The README's examples are what the program prints now. */
static void readme_is_true(void **state)
{
    (void)state;
    static const char *const commands[] = {"verify", "orbit", "balance", "simulate"};
    for (int i = 0; i < 4; i++) {
        char line[600];
        snprintf(line, sizeof line,
                 "awk '/^[$] build.edgewise %s /{on=1; print; next} /^```/{on=0} on' README.md > "
                 "build/shown; "
                 "sed -n '1s/^[$] build.edgewise //p' build/shown > build/arguments; "
                 "$E $(cat build/arguments) > build/printed; "
                 "sed 1d build/shown | cmp - build/printed && test -s build/printed && echo same",
                 commands[i]);
        expect_line(line, 0, "same");
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(documents_are_valid),
    cmocka_unit_test(known_answers),
    cmocka_unit_test(close_roots_are_kept_apart),
    cmocka_unit_test(exit_codes),
    cmocka_unit_test(examples_run),
    cmocka_unit_test(readme_is_true),
};
EW_TESTS(tests)
