/* report end to end: the page in a browser, against verify, and what is left when it cannot be written. */
#include "expect.h"
#include <stdbool.h>

static int make_place(void **state)
{
    (void)state;
    ew_run run =
        ew_run_shell("rm -rf build/page; mkdir -p build/page/out build/page/slow build/page/none; "
                     "printf '#!/bin/sh\\necho $$ > build/page/pid\\nexec /bin/sleep 100\\n' > "
                     "build/page/slow/gnuplot; chmod +x build/page/slow/gnuplot");
    bool fine = run.code == 0;
    ew_run_free(&run);
    return fine ? 0 : -1;
}

#define FIGURES                                                                                    \
    "$($E figure 2>&1 | sed 's/.*allowed: //; s/,//g')" /* the names, as the program lists them */

/* Makes the page of a problem and looks at it at each of these widths. `figures` false: it has none. */
static void expect_page(const char *problem, const char *widths, int code, bool figures)
{
    char line[1500];
    snprintf(line, sizeof line,
             "$E report %s --output build/page/p.html --quiet > build/page/said 2>&1; echo code $? "
             "$(cat build/page/said); $E verify %s --json > build/page/v.json; for w in %s; do "
             "/usr/bin/python3 tests/cli/browse.py build/page/p.html build/page/v.json $w %s || "
             "exit 9; done",
             problem, problem, widths, figures ? FIGURES : "");
    char wanted[60];
    snprintf(wanted, sizeof wanted, "code %d\nshown\n", code);
    expect_line(line, 0, wanted);
}

static void pages_show_what_verify_says(void **state)
{
    (void)state;
    expect_page("examples/poster.json", "360 1200", 1, true);
    expect_page("--depth 2 --eta 1 --alpha 0", "360", 0, true); /* s = 2 exactly */
    expect_page("--depth 3 --eta 0.8 --sigma 1e400,1", "360", 1,
                false); /* beyond doubles: no pictures */
    /* many values: runs of them share a column, and still every verdict is there */
    expect_page("--depth 3 --eta 0.3 --sigma 1.1,1,0.9,0.8,0.7,0.6,0.5,0.4,0.3 --dim 17", "360", 1,
                true);
}

static void pages_are_reproducible(void **state)
{
    (void)state;
    expect_line("for t in 1 2; do OMP_NUM_THREADS=$t $E report --depth 2 --eta 1.15 --output "
                "build/page/out/$t.html --quiet; done; cmp build/page/out/1.html "
                "build/page/out/2.html && ls build/page/out",
                0, "1.html\n2.html\n");
    /* the inputs that it shows make the same page */
    expect_line(
        "cd build/page/out; E=$OLDPWD/$E; /usr/bin/python3 -c \"import html, re; "
        "print(html.unescape("
        "re.search(r'id=.problem.>(.*?)</pre>', open('1.html').read(), re.S).group(1)))\" > "
        "problem.json; $E report ./problem.json --quiet; cmp report.html 1.html && echo same",
        0, "same");
}

static void pages_that_fail(void **state)
{
    (void)state;
    static const struct {
        const char *before, *output, *said;
    } cases[] = {
        {"", "x.pdf", "2 1 edgewise: --output: \"x.pdf\" does not end in .html; allowed: a name"},
        {"", ".html", "2 1 edgewise: --output: \".html\" does not end"},
        {"", "none/x.html", "4 1 edgewise: none/x.html: cannot write: No such file"},
        {"mkdir x.html; ", "x.html", "4 1 edgewise: x.html: cannot write: Is a directory"},
        {"ln -s /dev/full x.html; ", "x.html", "4 1 edgewise: x.html: cannot write: "},
    };
    char line[900];
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        snprintf(
            line, sizeof line,
            "cd build/page/out; E=$OLDPWD/$E; rm -rf *; %s $E report --depth 2 --eta 0.9 "
            "--output %s > said 2> err; echo $? $(wc -l < err) $(cat err); rm -f err; test ! -s "
            "said && rm -f said; rmdir x.html 2> /dev/null; test -L x.html && rm x.html; ls -A | "
            "wc -l",
            cases[k].before, cases[k].output);
        expect_line(line, 0, cases[k].said);
        expect_line("ls -A build/page/out | wc -l", 0, "0\n");
    }
    /* no gnuplot: one line, a page without pictures */
    expect_line("P=$PATH; PATH=build/page/none $E report --depth 2 --eta 0.9 --output "
                "build/page/out/n.html 2> build/page/err; c=$?; PATH=$P; echo $c $(wc -l < "
                "build/page/err) $(cat build/page/err)",
                0, "4 1 edgewise: bifurcation: gnuplot is not installed");
    expect_line("$E verify --depth 2 --eta 0.9 --json > build/page/v.json; /usr/bin/python3 "
                "tests/cli/browse.py build/page/out/n.html build/page/v.json 360; grep -c '<svg' "
                "build/page/out/n.html; grep -o 'The pictures are left out' build/page/out/n.html",
                0, "shown\n0\nThe pictures are left out\n");
    expect_line("$E report --depth 2 --eta 0.9 --output build/page/out/f.html > /dev/full 2> "
                "build/page/err; echo $? $(wc -l < build/page/err) $(cat build/page/err)",
                0, "4 1 edgewise: standard output: cannot write");
}

static void interrupted_pages_leave_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *path, *when;
    } moments[] = {{"", "sleep 0.3"}, /* while it computes */
                   {"PATH=build/page/slow:$PATH ",
                    "for i in $(seq 600); do test -s build/page/pid && break; sleep 0.05; done"}};
    for (int k = 0; k < 2; k++) {
        char line[900];
        snprintf(line, sizeof line,
                 "rm -rf build/page/out/* build/page/pid; %s$E report --output "
                 "build/page/out/x.html 2> build/page/err & p=$!; %s; kill -INT $p; wait $p; "
                 "echo $? $(cat build/page/err) $(ls -A build/page/out)",
                 moments[k].path, moments[k].when);
        expect_line(line, 0, "130 edgewise: interrupted\n");
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(pages_show_what_verify_says, make_place),
    cmocka_unit_test_setup(pages_are_reproducible, make_place),
    cmocka_unit_test_setup(pages_that_fail, make_place),
    cmocka_unit_test_setup(interrupted_pages_leave_nothing, make_place),
};
EW_TESTS(tests)
