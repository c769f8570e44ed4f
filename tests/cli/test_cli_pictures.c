/* bifurcation, map and figure end to end: documents, pictures and their data, and what is left when a run does
 * not come to its end. */
#include "expect.h"
#include <stdbool.h>

/* A directory of its own with nothing in it, and programs that stand in for gnuplot: `slow` has not ended when
 * it is ended, `bad` complains, `mute` draws nothing; `none` has no gnuplot at all. */
static int make_place(void **state)
{
    (void)state;
    ew_run run = ew_run_shell(
        "rm -rf build/pic; mkdir -p build/pic/out build/pic/slow build/pic/bad build/pic/mute "
        "build/pic/none; cd build/pic; "
        "printf '#!/bin/sh\\n/bin/sleep 100 &\\necho $$ $! > build/pic/.new\\n"
        "/bin/mv build/pic/.new build/pic/pids\\nwait\\n' > slow/gnuplot; "
        "printf '#!/bin/sh\\necho line 7: no such thing >&2\\nexit 1\\n' > bad/gnuplot; "
        "printf '#!/bin/sh\\nexit 0\\n' > mute/gnuplot; chmod +x */gnuplot");
    bool fine = run.code == 0;
    ew_run_free(&run);
    return fine ? 0 : -1;
}

static void diagram_documents_are_valid(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "--depth 3 --columns 40",
        "--depth 3 --columns 40 --from 2.1 --to 9", /* some diverge: nulls */
        "--depth 3 --columns 9 --axis eta --sigma 2 --starts 1/4,1/2,3",
        "--depth 2 --columns 9 --axis alpha --eta 1.15 --check 1/2",
        "--depth 2 --columns 9 --axis depth --s 2.3",
        "--depth 4 --columns 9 --dynamics balanced --view 0,1 --transient 0 --samples 256",
        "--depth 3 --columns 9 --check 2.2",
        "--depth 3 --columns 9 --check 9 --to 9"};
    char line[300];
    for (size_t k = 0; k < sizeof lines / sizeof lines[0]; k++) {
        snprintf(line, sizeof line, "bifurcation %s --json", lines[k]);
        expect_valid(line, "bifurcation", "1");
    }
    expect_valid("map --depth 3 --columns 20 --rows 10 --json", "map", "1");
    expect_valid("map --depth 2 --columns 9 --rows 9 --from 2 --to 5 --view 1,9 --json", "map",
                 "1");
    expect_valid("map --depth 1000000 --columns 3 --rows 3 --samples 256 --json", "map", "1");
    /* the numbers themselves */
    expect_line(
        "$E bifurcation --depth 3 --columns 3 --from 2.1 --to 2.3 --json | /usr/bin/python3 "
        "-c \"import json, sys; c = json.load(sys.stdin)['columns']; assert [x['value'] for "
        "x in c] == [2.1, 2.2, 2.3] and all(x['period'] == 2 for x in c); print('right')\"",
        0, "right");
    expect_line("$E bifurcation --depth 3 --columns 3 --check 2.2", 0,
                "at s = 2.2, in balls: converges to a cycle of period 2, PROVED");
    expect_line("$E bifurcation --depth 4 --columns 3 --check 2.9", 3, "nothing proved within");
    expect_line("$E bifurcation --depth 3 --columns 3 --check 9 --to 9", 0, "diverges, PROVED");
    expect_line("$E bifurcation --depth 2 --columns 3 --axis alpha --eta 1.15", 0,
                "(a, b), over alpha: seen");
    expect_line("$E bifurcation --depth 2 --columns 3 --starts 1/2,3 --from 2.1 --to 2.3", 0,
                "do not all do the same in 3 of 3 columns");
    expect_line(
        "$E bifurcation --depth 2 --columns 3 --from 2.1 --to 2.3 --csv | cut -d , -f 1-6 | "
        "tail -n 1",
        0, "2.2999999999999998,2.2999999999999998,0.5,2,periodic,2\n");
    expect_line(
        "$E map --depth 2 --columns 3 --rows 2 --from 1.5 --to 2.5 --csv | cut -d , -f 1,3-5 "
        "| head -n 4",
        0, "s,behaviour,period,bound_holds\n1.5,converges,1,0\n2,");
    /* both forms say the same of every cell */
    expect_line(
        "for f in json csv; do $E map --depth 3 --columns 40 --rows 12 --from 1.5 --to 6 "
        "--$f > build/pic/m.$f; done; /usr/bin/python3 -c \"import json\nd = "
        "json.load(open('build/pic/m.json')); rows = [l.split(',') for l in "
        "open('build/pic/m.csv').read().split()[1:]]\ncode = dict(chaos=0, unsettled=-1, "
        "saddle=-2, diverges=-3); cells = sum(d['cells'], [])\nassert len(cells) == 480 == "
        "len(rows) and len(set(r[2] for r in rows)) >= 5\nassert all(c == code.get(r[2], "
        "int(r[3])) for c, r in zip(cells, rows))\nassert all((float(r[1]) < d['bound'][k % "
        "40]) == (r[4] == '1') for k, r in enumerate(rows))\nprint('same')\"",
        0, "same");
}

/* The same to the byte on one core and on two: documents, data, drawings. */
static void threads_do_not_show(void **state)
{
    (void)state;
    static const char *const commands[] = {
        "bifurcation --depth 3 --columns 300 --rows 30 --starts 1/2,3/4",
        "map --depth 3 --columns 70 --rows 50",
        "bifurcation --depth 9 --axis depth --s 2.3 --columns 150 --rows 30"};
    char line[800];
    for (size_t k = 0; k < 3; k++) {
        for (int form = 0; form < 2; form++) {
            snprintf(
                line, sizeof line,
                "for t in 1 2; do $E %s --threads $t --output build/pic/out/t$t.svg %s > "
                "build/pic/out/t$t.txt || exit 9; done; cd build/pic/out; test -s t1.txt && "
                "test -s t1.csv && cmp t1.txt t2.txt && cmp t1.csv t2.csv && cmp t1.svg t2.svg "
                "&& echo same",
                commands[k], form == 0 ? "--json" : "--csv");
            expect_line(line, 0, "same");
        }
    }
    expect_line(
        "for f in bifurcation regimes; do for t in 1 2; do OMP_NUM_THREADS=$t $E figure $f "
        "--quiet --output build/pic/out/$f$t.csv || exit 9; done; cmp build/pic/out/${f}1.csv "
        "build/pic/out/${f}2.csv || exit 8; done; echo same",
        0, "same");
}

/* Every kind of output is what its ending says, and its data stand beside a picture. */
static void outputs_are_well_formed(void **state)
{
    (void)state;
    static const char *const commands[] = {"bifurcation --depth 3 --columns 60 --rows 40",
                                           "map --depth 3 --columns 40 --rows 30",
                                           "figure landscape"};
    char line[800];
    for (size_t k = 0; k < 3; k++) {
        snprintf(
            line, sizeof line,
            "d=build/pic/out/kinds; for e in csv gp svg png pdf; do rm -rf $d; mkdir $d; $E %s "
            "--output $d/x.$e > /dev/null || exit 9; "
            "/usr/bin/python3 tests/cli/look.py $d/* || exit 8; ls $d; done",
            commands[k]);
        expect_line(line, 0,
                    "whole\nx.csv\nwhole\nx.gp\nwhole\nx.csv\nx.svg\nwhole\nx.csv\nx.png\nwhole\n"
                    "x.csv\nx.pdf\n");
    }
    /* each figure as a picture; the script alone draws it, too */
    expect_line(
        "cd build/pic/out; E=$OLDPWD/$E; for f in $($E figure 2>&1 | sed 's/.*allowed: //; "
        "s/,//g'); do $E figure $f || exit 9; done; for f in oscillation thresholds stress; do "
        "$E figure $f --quiet --output $f.gp; mv $f.svg made.svg; gnuplot $f.gp || exit 8; cmp "
        "$f.svg made.svg || exit 7; done; rm made.svg; ls *.svg | wc -l; /usr/bin/python3 "
        "$OLDPWD/tests/cli/look.py *.svg *.csv *.gp",
        0, "9\nwhole");
    /* the caption stands on the output, and a name may hold anything */
    expect_line("$E figure hessian --output \"build/pic/out/it's a \\$name.png\" && "
                "/usr/bin/python3 tests/cli/look.py \"build/pic/out/it's a \\$name.png\"",
                0, ".png: Hessian eigenvalues\nDepth 3, 10 x 10: ");
    /* streams that came closed do not become the picture */
    expect_line("$E figure hessian --quiet --output build/pic/out/in.svg <&-; /usr/bin/python3 "
                "tests/cli/look.py build/pic/out/in.svg",
                0, "whole");
    expect_line("$E figure hessian --output build/pic/out/closed.svg <&- >&- 2>&-; echo $?; "
                "/usr/bin/python3 tests/cli/look.py build/pic/out/closed.svg",
                0, "4\nwhole");
}

/* One line, the code, and an empty directory but for `left`. */
static void expect_failure(const char *before, const char *name, const char *part, const char *left)
{
    char line[800];
    snprintf(
        line, sizeof line,
        "rm -rf build/pic/out/f; mkdir build/pic/out/f; %s $E figure conservation --quiet --output "
        "build/pic/out/f/%s 2> build/pic/err; echo $? $(wc -l < build/pic/err); cat build/pic/err; "
        "ls -A build/pic/out/f",
        before, name);
    char command[1000];
    snprintf(command, sizeof command, "E=" EW_PROGRAM "; %s", line);
    ew_run run = ew_run_shell(command);
    const char *end = run.out_size >= 4 ? strchr(run.out + 4, '\n') : NULL;
    if (run.code != 0 || strncmp(run.out, "4 1\n", 4) != 0 || strstr(run.out, part) == NULL ||
        end == NULL || strcmp(end + 1, left) != 0)
        fail_msg("%s: %s (wanted code 4, \"%s\", left \"%s\")", line, run.out, part, left);
    ew_run_free(&run);
}

static void pictures_that_fail(void **state)
{
    (void)state;
    static const char *const endings[] = {"csv", "gp", "svg", "png", "pdf"};
    char before[200], name[40], left[60];
    for (int k = 0; k < 5; k++) {
        bool picture = k >= 2;
        snprintf(name, sizeof name, "x.%s", endings[k]);
        snprintf(before, sizeof before, "ln -s /dev/full build/pic/out/f/%s;", name);
        snprintf(left, sizeof left, "%s%s\n", picture ? "x.csv\n" : "", name);
        expect_failure(before, name, "cannot write: No space left on device", left);
        snprintf(name, sizeof name, "none/x.%s", endings[k]);
        expect_failure("", name, "No such file or directory", "");
        snprintf(name, sizeof name, "x.%s", endings[k]);
        snprintf(before, sizeof before, "mkdir build/pic/out/f/%s;", name);
        snprintf(name, sizeof name, "x.%s", endings[k]);
        snprintf(left, sizeof left, "%s\n", name);
        expect_failure(before, name, "Is a directory", left);
    }
    /* the data of a picture cannot be written: no picture either */
    expect_failure("ln -s /dev/full build/pic/out/f/x.csv;", "x.svg", "x.csv: cannot write",
                   "x.csv\n");
    /* a file may not grow beyond the data's size: a picture cut off is none */
    expect_failure("ulimit -f 64;", "x.svg", "x.svg: cannot write: the picture came out cut off",
                   "x.csv\n");
    expect_failure("ulimit -f 1;", "x.csv", "x.csv: cannot write: File too large", "");
    /* gnuplot: none, one that fails, one that draws nothing */
    for (int k = 2; k < 5; k++) {
        snprintf(name, sizeof name, "x.%s", endings[k]);
        expect_failure("PATH=build/pic/none", name, "gnuplot is not installed", "x.csv\n");
        expect_failure("PATH=build/pic/bad:$PATH", name, "line 7: no such thing", "x.csv\n");
        expect_failure("PATH=build/pic/mute:$PATH", name, "cut off", "x.csv\n");
    }
    expect_line(
        "PATH=build/pic/none $E bifurcation --depth 3 --columns 9 --output build/pic/out/n.csv", 0,
        "depth 3, (a, b)");
    expect_line("/usr/bin/python3 tests/cli/look.py build/pic/out/n.csv", 0, "whole");
    static const char *const full[] = {
        "bifurcation --depth 3 --columns 9",        "bifurcation --depth 3 --columns 9 --json",
        "bifurcation --depth 3 --columns 9 --csv",  "map --depth 3 --columns 9 --rows 9 --json",
        "map --depth 3 --columns 9 --rows 9 --csv", "figure hessian --output build/pic/out/h.csv"};
    for (size_t k = 0; k < sizeof full / sizeof full[0]; k++) {
        char line[300];
        snprintf(line, sizeof line,
                 "$E %s 2> build/pic/err > /dev/full; echo $? $(wc -l < build/pic/err)", full[k]);
        expect_line(line, 0, "4 1\n");
    }
}

/* Sends a signal while a gnuplot that does not end is running: how the program ends, what it says and what is
 * there afterwards. */
static void end_by(const char *signal, int code, const char *says)
{
    char line[1200];
    snprintf(line, sizeof line,
             "rm -rf build/pic/out/f build/pic/pids; mkdir build/pic/out/f; ls -A /tmp > "
             "build/pic/before; "
             "PATH=build/pic/slow:$PATH $E figure hessian --output build/pic/out/f/x.svg 2> "
             "build/pic/err & p=$!; "
             "for i in $(seq 600); do test -s build/pic/pids && break; sleep 0.05; done; "
             "ls build/pic/out/f | sed 's/part.*/part/'; kill -%s $p; wait $p; echo $?; ls -A "
             "build/pic/out/f; cat "
             "build/pic/err; "
             "ls -A /tmp | diff build/pic/before - | grep -i edgewise; "
             /* what was killed may still wait to be reaped */
             "for g in $(cat build/pic/pids); do for i in $(seq 200); do grep -qs ') [^ZX] ' "
             "/proc/$g/stat || break; sleep 0.05; done; "
             "grep -qs ') [^ZX] ' /proc/$g/stat && echo still runs; done; true",
             signal);
    char wanted[100], command[1300];
    snprintf(wanted, sizeof wanted, "x.csv\nx.svg.part\n%d\nx.csv\n%s", code, says);
    snprintf(command, sizeof command, "E=" EW_PROGRAM "; %s", line);
    ew_run run = ew_run_shell(command);
    if (strcmp(run.out, wanted) != 0)
        fail_msg("%s: %s%s (wanted %s)", signal, run.out, run.err, wanted);
    ew_run_free(&run);
}

static void interrupts_leave_nothing(void **state)
{
    (void)state;
    end_by("INT", 130, "edgewise: interrupted\n");
    end_by("ALRM", 130, "edgewise: interrupted\n"); /* what comes when Ctrl-C had no answer */
    end_by("TERM", 128 + 15, "");
    end_by("HUP", 128 + 1, "");
    /* while it computes nothing is there yet; asked again and again it ends no later */
    static const char *const commands[] = {
        "bifurcation --depth 3 --columns 100000 --samples 100000",
        "map --depth 3 --columns 10000 --rows 10000",
        "bifurcation --depth 3 --columns 64 --rows 2 "
        "--samples 1000000000"};
    for (int k = 0; k < 3; k++) {
        char line[600];
        snprintf(
            line, sizeof line,
            "rm -rf build/pic/out/f; mkdir build/pic/out/f; $E %s --output build/pic/out/f/x.svg "
            "2> build/pic/err & p=$!; for i in $(seq 600); do sleep "
            "0.1; grep -qs ') [^ZX] ' /proc/$p/stat || break; kill -INT $p; done; kill -KILL $p 2> "
            "/dev/null; wait $p; echo $? "
            "$(cat "
            "build/pic/err) $(ls -A build/pic/out/f)",
            commands[k]);
        expect_line(line, 0, "130 edgewise: interrupted\n");
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(diagram_documents_are_valid, make_place),
    cmocka_unit_test_setup(threads_do_not_show, make_place),
    cmocka_unit_test_setup(outputs_are_well_formed, make_place),
    cmocka_unit_test_setup(pictures_that_fail, make_place),
    cmocka_unit_test_setup(interrupts_leave_nothing, make_place),
};
EW_TESTS(tests)
