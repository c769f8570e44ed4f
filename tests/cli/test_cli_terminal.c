/* On a terminal every command that takes long shows a progress line, no wider than the terminal, and Ctrl-C ends it: also
 * where the library is silent for long, in one step, one column or one product. */
#include "expect.h"
#include <stdbool.h>

static void need_terminals(void)
{
    ew_run pty = ew_run_shell("/usr/bin/python3 -c 'import pty; pty.openpty()'");
    bool none = pty.code != 0;
    ew_run_free(&pty);
    if (none)
        ew_skip("no pseudo-terminal here: /dev/ptmx or /dev/pts is missing");
}

/* At two of three widths in turn. */
static void expect_progress(const char *arguments)
{
    static const int widths[] = {10, 40, 80};
    static int turn;
    for (int i = 0; i < 2; i++, turn++) {
        char line[400];
        snprintf(line, sizeof line, "/usr/bin/python3 tests/cli/terminal.py %d $E %s",
                 widths[turn % 3], arguments);
        expect_line(line, 0, "as it should be");
    }
}

static void long_columns_and_steps(void **state)
{
    (void)state;
    need_terminals();
    expect_progress("bifurcation --depth 3 --columns 10 --transient 1000000000");
    expect_progress("map --depth 3 --columns 10 --rows 10 --transient 1000000000");
    expect_progress("simulate --depth 1000000000 --s 2.2 --arithmetic fp16");
    expect_progress("simulate --depth 2 --eta 1.15 --steps 1000000000000 --every 1000000000000");
}

static void long_products(void **state)
{
    (void)state;
    need_terminals();
    expect_progress("orbit --depth 3 --s 2.2 --digits 20000000");
    expect_progress("verify --depth 1000000000 --s 2.2");
    expect_progress("report --depth 1000000000 --s 2.2 --output build/x.html");
    expect_progress("stress --depth 1000000000 --s 2.2");
    expect_line("ls build/x.html*", 2, "");
}

static void long_networks(void **state)
{
    (void)state;
    need_terminals();
    expect_progress("spectrum --depth 3 --s 2.2 --dim 1000 --top 5 --steps 10000");
    expect_progress("train --depth 3 --s 2.2 --dim 3000 --steps 2");
    expect_progress("prove orbit-attracts --threads 1 --prec 4096");
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(long_columns_and_steps),
                                          cmocka_unit_test(long_products),
                                          cmocka_unit_test(long_networks)};
EW_TESTS(tests)
