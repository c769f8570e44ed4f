/* What the program writes: whole or not at all, whoever else writes it, wherever the name leads; and what it says when it
 * cannot. */
#include "expect.h"
#include <stdbool.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_SANITIZER true
#else
#define UNDER_SANITIZER false
#endif

static int make_place(void **state)
{
    (void)state;
    ew_run run = ew_run_shell("rm -rf build/files; mkdir -p build/files");
    bool fine = run.code == 0;
    ew_run_free(&run);
    return fine ? 0 : -1;
}

#define IN_PLACE "E=$PWD/$E; cd build/files; "
#define PROVE "$E prove orbit-roots --quiet --region 1000000:inf --certificate "
#define OTHER "$E prove orbit-roots --quiet --region 2000000:inf --certificate "

static void of_two_writers_one_stays(void **state)
{
    (void)state;
    /* another writer's unfinished file is not ours to write, to rename or to remove */
    expect_line(IN_PLACE "mkdir o; echo other > o/x.cert.part; " PROVE "o/x.cert; cat "
                         "o/x.cert.part; ls -A o",
                0, "other\nx.cert\nx.cert.part\n");
    expect_line(IN_PLACE PROVE "a.cert; " OTHER "b.cert; cmp -s a.cert b.cert && exit 9; mkdir f; "
                               "for i in 1 2 3 4 5 6; do " PROVE "f/x.cert & " OTHER
                               "f/x.cert & done; wait; "
                               "cmp -s f/x.cert a.cert || cmp f/x.cert b.cert || exit 8; ls -A f",
                0, "x.cert\n");
    expect_line(IN_PLACE
                "for d in 2 3; do $E figure hessian --depth $d --s 2.2 --quiet --output $d.svg; "
                "done; mkdir g; for i in 1 2 3 4; do for d in 2 3; do $E figure hessian --depth "
                "$d --s 2.2 --quiet --output g/x.svg & done; done; wait; for e in svg csv; do cmp "
                "-s g/x.$e 2.$e || cmp g/x.$e 3.$e || exit 8; done; ls -A g",
                0, "x.csv\nx.svg\n");
}

static void names_are_followed(void **state)
{
    (void)state;
    /* a link stays one, and what it leads to is new; the permissions stay */
    expect_line(IN_PLACE PROVE "a.cert; mkdir d; echo old > d/old; chmod 640 d/old; ln -s d/old l; "
                               "ln -s l ll; " PROVE "ll; cmp d/old a.cert && readlink ll && "
                               "readlink l && stat -c %a d/old && ls -A d",
                0, "l\nd/old\n640\nold\n");
    expect_line(IN_PLACE "ln -s d/new m; (umask 027; " PROVE "m); cmp d/new a.cert && "
                         "stat -c %a d/new",
                0, "640\n");
    expect_line(IN_PLACE "ln -s n n; " PROVE "n 2>&1", 4,
                "edgewise: n: cannot write: Too many levels");
    /* what is no plain file is written to itself */
    expect_line(IN_PLACE "mkfifo p; cat p > got & " PROVE "p; wait; cmp got a.cert && test -p p && "
                         "echo whole",
                0, "whole\n");
    expect_line(IN_PLACE PROVE "/dev/stdout > got; cmp got a.cert && echo whole", 0, "whole\n");
    expect_line(IN_PLACE PROVE "/dev/full 2>&1; c=$?; test -c /dev/full || exit 9; exit $c", 4,
                "edgewise: /dev/full: cannot write: No space left on device\n");
    expect_line(IN_PLACE "ln -s /dev/full x.svg; $E figure hessian --output x.svg 2>&1; c=$?; "
                         "readlink x.svg; exit $c",
                4, "edgewise: x.svg: cannot write: No space left on device\n/dev/full\n");
}

/* Each of these would work for longer than the processor time that it has here. */
static void places_are_tried_before_the_work(void **state)
{
    (void)state;
    static const char *const commands[] = {
        "prove --certificate none/x.cert",
        "verify --depth 40 --s 2.2 --certificate none/x.cert",
        "orbit --depth 90 --s 2.2 --certificate none/x.cert",
        "balance --depth 2 --eta 1.15 --certificate none/x.cert",
        "report --depth 3 --eta 4/5 --sigma 1,19/20,9/10 --dim 10 --output none/x.html",
        "figure bifurcation --output none/x.svg",
        "bifurcation --depth 3 --transient 100000000 --output none/x.svg",
        "map --depth 3 --columns 3000 --rows 3000 --output none/x.png"};
    char line[300];
    for (size_t k = 0; k < sizeof commands / sizeof commands[0]; k++) {
        snprintf(line, sizeof line, IN_PLACE "ulimit -t 2; $E %s 2>&1", commands[k]);
        expect_line(line, 4, "cannot write: No such file or directory\n");
    }
    /* the data beside a picture, too; and trying leaves nothing, nor takes anything away */
    expect_line(IN_PLACE "mkdir x.csv; ulimit -t 2; $E bifurcation --depth 3 --transient 100000000 "
                         "--output x.png 2>&1; c=$?; ls -A; exit $c",
                4, "edgewise: x.csv: cannot write: Is a directory\nx.csv\n");
    expect_line(IN_PLACE "echo old > y.cert; $E prove orbit-roots --resume y.cert --certificate "
                         "y.cert 2>&1; cat y.cert; ls -A",
                0, "is not a certificate of this version\nold\nx.csv\ny.cert\n");
}

static void memory_disk_and_parts_differ(void **state)
{
    (void)state;
    static const char *const commands[] = {
        "orbit --depth 2 --s 2.2",
        "verify --depth 2 --eta 0.9",
        "simulate --depth 2 --eta 1.15 --steps 2000",
        "orbit --depth 5 --s 2.2 --polynomial --json",
        "train --depth 2 --eta 0.5 --steps 100",
        "spectrum --depth 2 --eta 0.5",
        "floquet --depth 3 --eta 23/30 --sigma 1,0.95",
        "help",
    };
    char line[300];
    for (size_t k = 0; k < sizeof commands / sizeof commands[0]; k++) {
        snprintf(line, sizeof line, "$E %s 2>&1 > /dev/full", commands[k]);
        expect_line(line, 4, "edgewise: standard output: cannot write: No space left on device\n");
    }
    snprintf(line, sizeof line,
             "(ulimit -f 1; exec $E %s 2> build/files/err > build/files/out); c=$?; cat "
             "build/files/err; exit $c",
             commands[2]);
    expect_line(line, 4, "edgewise: standard output: cannot write: File too large\n");
    if (UNDER_SANITIZER)
        return; /* limits and preloads are not for it */
    expect_line("ulimit -v 400000; $E train --depth 3 --eta 0.5 --dim 2000 2>&1", 4,
                "edgewise: a network of depth 3 with 2000 x 2000 matrices would need about 1.1 GB");
#ifdef EW_LINEAR_BLAS
    expect_line("EW_HIDE=1 LD_PRELOAD=" EW_FAILING " $E train --depth 3 --eta 0.5 2>&1", 4,
                "edgewise: train: BLAS, LAPACK or ARPACK is missing, or cannot be loaded\n");
    expect_line("EW_HIDE=1 LD_PRELOAD=" EW_FAILING " $E spectrum --depth 3 --s 2.2 --at low 2>&1",
                4, "edgewise: spectrum: BLAS, LAPACK or ARPACK is missing, or cannot be loaded\n");
#endif
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(of_two_writers_one_stays, make_place),
    cmocka_unit_test_setup(names_are_followed, make_place),
    cmocka_unit_test_setup(places_are_tried_before_the_work, make_place),
    cmocka_unit_test_setup(memory_disk_and_parts_differ, make_place),
};
EW_TESTS(tests)
