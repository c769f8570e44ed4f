/* The program's documents: valid by their schemas, right by known answers, and the same in both forms. */
#include "expect.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void documents_are_valid(void **state)
{
    (void)state;
    expect_valid("orbit --depth 8 --s 2.2 --sigma 1 --json", "orbit", "1");
    expect_valid("orbit --depth 3 --eta 1/10 --json", "orbit", "1");           /* below the edge */
    expect_valid("orbit --depth 4 --eta 1/16 --sigma 4 --json", "orbit", "1"); /* on it */
    expect_valid("orbit --depth 7 --eta 1000/7 --json --polynomial", "orbit", "1");
    expect_valid("orbit --depth 3 --eta 1e-90 --sigma 1e90 --json", "orbit", "1");
    expect_valid("orbit --depth 1000000 --s 2.2 --json --digits 100", "orbit", "1");
    expect_valid("orbit --depth 3 --eta 6/5 --period 4 --json --polynomial", "orbit-period", "1");
    expect_valid("orbit --depth 2 --eta 2 --period 3 --json --digits 60", "orbit-period", "1");
    expect_valid("orbit --depth 2 --eta 1 --period 4 --json", "orbit-period", "1"); /* none */
    expect_valid("orbit --depth 3 --s 2 --period 1 --json", "orbit-period", "1");
    expect_valid("orbit --depth 1000000000 --eta 5e-9 --period 3 --json", "orbit-period", "1");
    expect_valid("orbit --depth 2 --eta 2 --period 2 --json", "orbit", "1"); /* the default */
    expect_valid("orbit --depth 5 --s 2.2 --method expanded --json", "orbit", "1");
    expect_valid("orbit --depth 4 --s 2 --method expanded --json", "orbit", "1");
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

/* Matrices whose values are rational, roots, neither, none; by balls; with and without a depth and a step. */
static void target_documents_are_valid(void **state)
{
    (void)state;
    expect_valid("target examples/target.csv --json", "target", "1");
    expect_valid("target examples/target.csv --depth 3 --json", "target", "1");
    expect_valid("target examples/target.csv --depth 3 --eta 0.6 --digits 50 --json", "target",
                 "1");
    static const struct {
        const char *file, *part;
    } files[] = {
        {"2 2\\n2 -2\\n", "\"is\": \"square root\""},
        {"8 0\\n0 0\\n", "\"regime\": \"edge\""},
        {"0 0\\n", "\"rank\": 0,"},
        {"1 2 3\\n4 5 6\\n", "\"oscillating\": 1,"},
        {"8 0 0\\n0 8 0\\n", "\"multiplicity\": 2,"},
    };
    char line[300];
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(line, sizeof line, "printf '%s' > build/m.txt", files[i].file);
        ew_run run = ew_run_shell(line);
        ew_run_free(&run);
        expect_valid("target build/m.txt --depth 3 --eta 1/24 --json", "target", "1");
        expect_line("$E target build/m.txt --depth 3 --eta 1/24 --json", 0, files[i].part);
    }
    ew_run run = ew_run_shell(
        "awk 'BEGIN { srand(1); for (i = 0; i < 22500; i++) printf \"%.6fe%d%s\", rand() - 0.5, "
        "100 * rand(), i % 150 < 149 ? \",\" : \"\\n\" }' > build/m.txt");
    ew_run_free(&run);
    expect_valid("target build/m.txt --depth 3 --eta 1e-9 --json", "target", "1");
    expect_line("$E target build/m.txt --json", 0, "\"way\": \"balls\"");
}

/* A matrix with rational singular values is the problem that --sigma makes; of one value alone the others may be what
 * they like. */
static void targets_give_their_values(void **state)
{
    (void)state;
    expect_line(
        "printf '0.6,-0.76\\n0.8,0.57\\n' > build/m.txt; "
        "for c in verify floquet spectrum 'spectrum --at low' 'orbit --index 2' balance; do "
        "$E $c --depth 3 --eta 23/30 --target build/m.txt > build/one; "
        "$E $c --depth 3 --eta 23/30 --sigma 1,0.95 > build/two; "
        "test -s build/one && cmp build/one build/two || exit 9; done; echo same",
        0, "same\n");
    expect_line("printf '1,0\\n0,0\\n' > build/m.txt; "
                "$E floquet --depth 3 --s 2.3 --target build/m.txt > build/one; "
                "$E floquet --depth 3 --s 2.3 --sigma 1 --dim 2 > build/two; "
                "test -s build/one && cmp build/one build/two && echo same",
                0, "same\n");
    expect_line("printf '1 1 0\\n1 -1 0\\n0 0 1\\n' > build/m.txt; "
                "$E orbit --depth 3 --eta 23/30 --index 3 --target build/m.txt > build/one; "
                "$E orbit --depth 3 --eta 23/30 > build/two; test -s build/one && cmp build/one "
                "build/two && "
                "echo same",
                0, "same\n");
    expect_line(
        "printf '{\"depth\": 3, \"eta\": 0.5, \"target\": \"build/m.txt\"}' > build/p.json; "
        "printf '2\\n' > build/m.txt; $E simulate build/p.json --steps 3 > build/one; "
        "$E simulate --depth 3 --eta 0.5 --sigma 2 --steps 3 | cmp build/one - && test -s "
        "build/one && "
        "echo same",
        0, "same\n");
}

/* The largest eigenvalues of a target's own network: its rank is said, not that of the default sigma. */
static void spectrum_tells_the_rank(void **state)
{
    (void)state;
    const char *line = "$E spectrum --depth 3 --eta 0.01 --target examples/target.csv --top 3";
    expect_line(line, 0, "4 x 4, rank 4\n");
    expect_line("printf '1 2 0\\n2 4 0\\n0 0 1\\n' > build/m.txt; "
                "$E spectrum --depth 3 --eta 0.01 --target build/m.txt --top 3",
                0, "3 x 3, rank 2\n");
    expect_valid("spectrum --depth 3 --eta 0.01 --target examples/target.csv --top 3 --json",
                 "spectrum", "1");
    expect_line("$E spectrum --depth 3 --eta 0.01 --target examples/target.csv --top 3 --json", 0,
                "\"sigma\": null");
}

static void network_documents_are_valid(void **state)
{
    (void)state;
    const char *poster = "--problem examples/poster.json";
    char line[300];
    static const char *const trains[] = {"--steps 9", "--steps 9 --arithmetic mpfr",
                                         "--steps 9 --arithmetic ball", "--steps 9 --flow",
                                         "--steps 9 --start gaussian --no-sharpness"};
    for (int k = 0; k < 5; k++) {
        snprintf(line, sizeof line, "train %s %s --json", poster, trains[k]);
        expect_valid(line, "train", "10");
    }
    expect_valid("train --depth 2 --eta 9 --alpha 3 --json", "train", "");
    static const char *const spectra[] = {"",
                                          "--at reached",
                                          "--at low",
                                          "--at high --arithmetic ball",
                                          "--steps 30",
                                          "--steps 30 --arithmetic ball",
                                          "--top 5 --steps 30"};
    for (int k = 0; k < 7; k++) {
        snprintf(line, sizeof line, "spectrum %s %s --json", poster, spectra[k]);
        expect_valid(line, "spectrum", "1");
    }
    static const char *const orbits[] = {"",          "--phases gd", "--phases +-+ --bits 24",
                                         "--eta 0.1", "--alpha 0",   "--eta 2/3"};
    for (int k = 0; k < 6; k++) {
        snprintf(line, sizeof line, "floquet %s %s --json", poster, orbits[k]);
        expect_valid(line, "floquet", "1");
    }
}

static void format_documents_are_valid(void **state)
{
    (void)state;
    expect_valid("stress --depth 3 --eta 23/30 --steps 300 --json", "stress", "1");
    expect_valid("stress examples/poster-p2.json --formats bf16,fp64,exact,ball-60,mpfr-40 "
                 "--orders tree,wide "
                 "--rounding stochastic --seed 7 --steps 60 --most-bits 0 --json",
                 "stress", "1");
    expect_valid(
        "stress --depth 2 --eta 1/2 --sigma 1 --dim 3 --alpha 0 --steps 20 --formats fp16 --json",
        "stress", "1");
    expect_valid("precision balancing-gap --depth 3 --eta 23/30 --steps 200 --json", "precision",
                 "1");
    expect_valid("precision static-singular-vectors examples/in-phase.json --steps 100 --orders "
                 "fused --json",
                 "precision", "1");
    expect_valid("chaos --depth 2 --eta 1.4 --alpha 1/4 --steps 2000 --json", "chaos", "1");
    expect_valid(
        "chaos --depth 3 --eta 9 --formats fp16,dd,mpfr-30 --rounding zero --steps 2000 --json",
        "chaos", "1");
    expect_valid("simulate --depth 3 --eta 23/30 --arithmetic fp8-e5m2 --orders written --rounding "
                 "stochastic --steps 9 --json",
                 "simulate", "10");
    expect_valid("edge --depth 3 --json --formats fp16,dd,fp64", "edge", "1");
    expect_line("$E edge --depth 2 --formats fp64 --csv", 0, "fp64,53,52,102");
    expect_line("$E stress --depth 12 --s 2.3 --formats fp64 --orders tree --steps 50 --csv", 1,
                "balancing-gap,1,PROVED,fp64,tree,false-refutation,0,0,");
    expect_line(
        "$E stress --depth 3 --eta 0.3 --formats quad --orders tree --steps 50 --most-bits 0", 3,
        "(exit code 3)");
    expect_line("$E precision balancing-gap --depth 3 --eta 23/30 --steps 500", 0,
                "predicted 42       measured 43");
}

/* The numbers that are known, and the three forms of one output say the same. */
static void cascade_documents_are_valid(void **state)
{
    (void)state;
    expect_valid("cascade --depth 2 --json", "cascade", "1");
    expect_valid("cascade --limit --doublings 2 --json --digits 50", "cascade", "1");
    expect_valid("cascade --depth 3 --doublings 1 --window 5 --json", "cascade", "1");
    expect_line("$E cascade --depth 2 --doublings 1 --digits 20", 0,
                "       2  2.2426406871192851464   2.4721359549995793928");
    expect_line("$E cascade --depth 2 --doublings 1", 0, "escapes      4.000");
    expect_line("$E cascade --limit --doublings 1 --csv --digits 12", 0,
                "doubles,2,-1,2.50329124223,2.50329124223,2.50329124224,1\n");
    expect_line("$E cascade --depth 3 --window 3 --doublings 1 --digits 15", 0,
                "  opens        2.96172637203656");
}

static void network_known_answers(void **state)
{
    (void)state;
    const char *python =
        "import json,sys; d=json.load(sys.stdin); r=[m for m in d['multipliers'] if "
        "m['pair']==[1,2]]; "
        "t=lambda p: max(float(m['abs']) for m in r if m['phase']==p); "
        "assert abs(t('in')-1.0786)<5e-5 and abs(t('anti')-1.3251)<5e-5, (t('in'), t('anti')); "
        "assert d['unstable']==2 and d['departure_steps']==971; print('right')";
    char line[1400];
    snprintf(line, sizeof line,
             "$E floquet --depth 3 --s 2.3 --sigma 1,0.95 --json | /usr/bin/python3 -c \"%s\"",
             python);
    expect_line(line, 0, "right");
    expect_line("$E floquet --depth 3 --s 2.3 --sigma 1,0.95 --phases gd", 0, "about 261.0 steps");
    expect_line("$E floquet --depth 2 --eta 21/20 --sigma 1,62/63", 0, "1 (resonance)");
    expect_line("$E floquet --depth 2 --eta 21/20 --sigma 1,62/63", 0, "0.666666666667");
    expect_line("$E floquet --depth 3 --s 2.3 --sigma 1,0.95 --csv | grep -c ,anti,", 0, "5");
    expect_line("$E spectrum --problem examples/poster.json | head -n 4", 0,
                "3             1  diagonal 1");
    expect_line("$E spectrum --problem examples/poster.json --at reached --csv | tail -n 1", 0,
                "0,200,zero,0,0");
    expect_line(
        "$E spectrum --depth 3 --eta 0.8 --sigma 1,0.95,0.9 --dim 10 --top 1 --steps 20 --csv "
        "| cut -c 1-10; $E spectrum --depth 3 --eta 0.8 --sigma 1,0.95,0.9 --dim 10 --steps "
        "20 --digits 9 | tail -n 1",
        0, "1.18236376\nsharpness 1.18236377");
    /* left at about step 250 with any BLAS; what follows depends on its rounding */
    expect_line("$E train --depth 3 --s 2.3 --sigma 1,0.95 --dim 4 --steps 256 --every 8", 0,
                "more than 1/1000 away");
    expect_line(
        "$E train --depth 3 --s 2.3 --sigma 1,0.95 --frame identity --steps 400 --every 400", 0,
        "no record shows singular vectors more than 1/1000");
    expect_line("$E train --depth 2 --eta 9 --alpha 3 --steps 100", 0, "outcome: diverges");
    expect_line(
        "$E train --depth 2 --eta 1 --target /dev/stdin --steps 50 --csv << 'M' | tail -n 1 | "
        "cut -d , -f 1\n0,1\n1/2,0\nM",
        0, "50");
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
    expect_line("$E orbit --depth 2 --s 4 --period 4 --digits 9", 0,
                "72 real roots; 18 real cycles of exact period 4, all of them here:");
    expect_line(
        "$E orbit --depth 2 --s 4 --period 4 --digits 9 | grep -c 'multiplier -\\?81.0000000,'", 0,
        "18");
    expect_line("$E orbit --depth 3 --s 2 --period 4", 0,
                "0 real roots; 0 real cycles of exact period 4\n");
    expect_line("for m in structured expanded; do $E orbit --depth 6 --eta 3/7 --sigma 5/4 --json "
                "--method $m | "
                "grep -v '\"method\"\\|\"[lh][oi]\"'; done | sort | uniq -c | awk '$1 % 2' | wc -l",
                0, "0\n");
    expect_line("$E orbit --depth 4 --s 2 --method expanded", 0,
                "4 real roots, all of them here, from its coefficients:");
    expect_line("$E orbit --depth 3 --s 2 --period 1 --polynomial | tail -n 2", 0, "2 1\n5 -1\n");
    expect_line(
        "$E orbit --depth 3 --eta 6/5 --polynomial > build/two; $E orbit --depth 3 --eta 6/5 "
        "--polynomial --period 2 | cmp - build/two && echo same",
        0, "same");
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

/* A run whose numbers leave every bound ends by itself, and says so. */
static void runs_end_early(void **state)
{
    (void)state;
    const char *forever = "$E simulate --depth 2 --eta 9 --alpha 3 --steps 1000000000000 --every "
                          "1000000000 --arithmetic ball";
    char line[300];
    snprintf(line, sizeof line, "%s", forever);
    expect_line(line, 0, "outcome: diverges (proved)");
    snprintf(line, sizeof line, "%s --json | tail -n 1", forever);
    expect_line(line, 0, "\"outcome\":\"diverges\",\"period\":0,\"proved\":true");
    snprintf(line, sizeof line, "%s --dynamics balanced", forever);
    expect_line(line, 0, "outcome: diverges (observed)");
    /* balls that grow too wide: the trajectory itself is still followed with more bits */
    expect_line("$E simulate --depth 2 --eta 1.15 --alpha 1/4 --steps 1000000 --every 1000000 "
                "--arithmetic ball --prec 64 2>&1",
                0, "edgewise: the balls say nothing from step ");
    expect_line("$E simulate --depth 2 --eta 1.15 --alpha 1/4 --steps 1000000 --every 1000000 "
                "--arithmetic ball --prec 64 --quiet 2>&1 > build/document | wc -c",
                0, "0\n");
    expect_line("$E simulate --depth 3 --eta 1e99999 --csv", 0, "1,inf,nan,nan");
}

/* As many digits as read back as the same number, or as many as asked for. */
static void digits_of_steps(void **state)
{
    (void)state;
    const char *sum =
        "import sys, json; r = [json.loads(l) for l in sys.stdin]; a, b, k = 0.0, 0.1, "
        "0.0\nfor q in r:\n  assert float(q['a']) == a and float(q['b']) == b\n  k = "
        "-((1.15) * (a * b - 1))\n  a, b = a + k * b, b + k * a\nprint('same')";
    char line[600];
    snprintf(line, sizeof line,
             "$E simulate --depth 2 --eta 1.15 --steps 40 --json | /usr/bin/python3 -c \"%s\"",
             sum);
    expect_line(line, 0, "same");
    expect_line("$E simulate --depth 2 --eta 1.15 --steps 1 --arithmetic mpfr --csv | tail -n 1", 0,
                "0.1149999999999999999999999999999999999998,");
    /* the exact rational, rounded */
    expect_line(
        "$E simulate --depth 2 --eta 1.15 --alpha 1/4 --steps 3 --arithmetic mpfr --digits 30", 0,
        " 0.997045435957296065986156463623 ");
}

/* On a terminal: a progress line that is gone before anything else stands in its place, and colour, neither
 * where it is not wanted. */
static void terminals(void **state)
{
    (void)state;
    ew_run pty = ew_run_shell("/usr/bin/python3 -c 'import pty; pty.openpty()'");
    bool none = pty.code != 0;
    ew_run_free(&pty);
    if (none)
        ew_skip("no pseudo-terminal here: /dev/ptmx or /dev/pts is missing");
    const char *see = "import os, subprocess, sys, pty\n"
                      "def see(words, **more):\n"
                      "  here, there = pty.openpty()\n"
                      "  env = dict(os.environ, TERM='xterm', **more) if 'TERM' not in more else "
                      "dict(os.environ, **more)\n"
                      "  if not more: env.pop('NO_COLOR', None)\n"
                      "  p = subprocess.Popen([sys.argv[1]] + words.split(), stdout=there, "
                      "stderr=there, env=env)\n"
                      "  os.close(there)\n"
                      "  out = b''\n"
                      "  try:\n"
                      "    while True: out += os.read(here, 65536)\n"
                      "  except OSError: p.wait()\n"
                      "  return out.decode()\n"
                      "run = 'simulate --depth 2 --eta 1.15 --steps 1000000 --every 1000000 '\n"
                      "out = see(run)\n"
                      "assert 'steps: ' in out and out.count('\\r\\x1b[K 1000000 ') == 1, out\n"
                      "assert '\\x1b' not in see(run + '--quiet') + see(run, TERM='dumb')\n"
                      "assert '\\x1b[1m' in see('orbit --depth 2 --eta 1')\n"
                      "assert '\\x1b' not in see('orbit --depth 2 --eta 1', NO_COLOR='1')\n"
                      "print('seen')\n";
    FILE *file = fopen("build/see.py", "w");
    assert_non_null(file);
    fputs(see, file);
    assert_int_equal(fclose(file), 0);
    expect_line("/usr/bin/python3 build/see.py $E", 0, "seen");
}

static void exit_codes(void **state)
{
    (void)state;
    expect_line("$E verify --problem examples/poster.json", 1, "REFUTED");
    expect_line("$E verify --depth 3 --eta 1/10 --quiet", 0, NULL);
    expect_line("$E verify --depth 2 --eta 9/10 --alpha 3/4 --json", 0, "\"exit\": 0");
    expect_line("$E orbit --depth 9 --s 2.2 --digits 5000 --prec 64 2>&1", 3,
                "with up to 64 bits;");
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
    expect_line(EW_EXAMPLES_DIR "/cycles", 0,
                "4 cycles of period 3\nattracting, multiplier -0.303990523");
    expect_line(EW_EXAMPLES_DIR "/slp", 0, "degree 3120, 20 real roots from");
    expect_line(EW_EXAMPLES_DIR "/orbit_roots", 0, "low      0.97377951080496123918");
    expect_line(EW_EXAMPLES_DIR "/check_claims", 0, "PROVED     balancing-gap");
    expect_line(EW_EXAMPLES_DIR "/departure", 0,
                "2 multipliers outside the unit circle, the largest of modulus [1.0786082");
    expect_line(EW_EXAMPLES_DIR "/formats", 0, "quad            113     1");
    expect_line("$E train --target examples/target.csv --depth 3 --eta 0.3 --steps 100 --quiet", 0,
                "no record shows singular vectors more than 1/1000");
    expect_line("$E verify examples/resonance.json", 1,
                "2 multipliers are exactly 1 with a Jordan");
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
/* Every block of the README that starts with a command of the program, but that of the report, which takes long. */
static void readme_is_true(void **state)
{
    (void)state;
    expect_line(
        "n=$(grep -c '^[$] build.edgewise[ -]' README.md); test $n -gt 12 || exit 9; "
        "for k in $(seq $n); do "
        "awk -v k=$k '/^[$] build.edgewise[ -]/{on = ++seen == k} /^```/{on = 0} on' README.md > "
        "build/shown; "
        "sed -n '1s/^[$] build.edgewise//p' build/shown > build/arguments; "
        "grep -q '^ report' build/arguments && continue; "
        "$E$(cat build/arguments) > build/printed; "
        "sed 1d build/shown | cmp - build/printed && test -s build/printed || exit 9; done; "
        "echo all the same",
        0, "all the same");
}

/* prove: documents, certificates that the checker accepts, resumption, and nothing under a final name when interrupted. */
static void proofs(void **state)
{
    (void)state;
    expect_valid("prove orbit-roots --json", "prove", "1");
    expect_valid("prove orbit-attracts --region 6:9 --json --threads 1", "prove", "1");
    expect_line("$E prove balancing-gap --region 2 --quiet --certificate build/c && cat build/c | "
                "head -5 && "
                "$E-check build/c | cut -d: -f1 | head -1",
                0, "from-depth 2\nproved, depths 2 to 2");
    expect_line("$E prove --region 40:50 --certificate build/c1 --threads 1 > build/o1 && "
                "$E prove --region 40:50 --certificate build/c2 --threads 2 > build/o2 && "
                "cmp build/c1 build/c2 && cmp build/o1 build/o2 && grep -c ^PROVED build/o1 && "
                "$E-check build/c1 | wc -l",
                0, "5\n15\n");
    expect_line(
        "rm -f build/c3; timeout --preserve-status -s INT 1 $E prove --threads 1 --certificate "
        "build/c3 > build/o3; "
        "echo $?; "
        "grep -c '[?]' build/c3 > build/open; test $(cat build/open) -gt 0 && echo open; "
        "$E-check build/c3 > build/o3; echo $?; grep -c 'NOT PROVED' build/o3; "
        "$E prove balancing-gap --region 40:50 --resume build/c1 --certificate build/c4 --quiet && "
        "$E prove balancing-gap --region 40:50 --certificate build/c5 --quiet && cmp build/c4 "
        "build/c5 && echo same",
        0, "130\nopen\n1\n");
    expect_line("$E orbit --depth 7 --s 2 --certificate build/c --quiet > build/o; $E-check "
                "build/c | tail -2",
                0, "proved: these are all its real roots, 3 of them\n  where the orbit polynomial");
    expect_line("$E verify --problem examples/poster.json --certificate build/c --quiet; $E-check "
                "build/c | grep -c '^proved'",
                0, "3\n");
    expect_line("$E balance --depth 3 --eta 0.8 --alpha 1/2 --certificate build/c > build/o; "
                "$E-check build/c | head -1",
                0,
                "proved, depth L = 3, eta = 4/5, sigma = 1, alpha = 1/2, s > 2: balancing-gap\n");
    expect_line("$E balance --depth 3 --eta 0.8 --certificate build/c > build/o; "
                "$E-check build/c | head -1",
                0, "sigma = 1, every alpha with 0 < alpha <= sigma^(1/L)/sqrt(L), s > 2: ");
    expect_line("echo '{\"depth\": 4, \"eta\": \"7/8\", \"alpha\": \"1/2\"}' > build/p.json; "
                "$E balance build/p.json --certificate build/c > build/o; "
                "$E-check build/c | head -1; $E balance build/p.json | head -1",
                0, "alpha = 1/2, s > 2: balancing-gap\ndepth 4");
    expect_line("$E-check build/none; echo $?; $E-check; echo $?; $E-check --help | head -1; echo "
                "'{}' > build/c; "
                "$E-check build/c; echo $?",
                0, "2\nusage: edgewise-check [--work N] FILE\n2\n");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(proofs),
    cmocka_unit_test(documents_are_valid),
    cmocka_unit_test(target_documents_are_valid),
    cmocka_unit_test(spectrum_tells_the_rank),
    cmocka_unit_test(targets_give_their_values),
    cmocka_unit_test(network_documents_are_valid),
    cmocka_unit_test(format_documents_are_valid),
    cmocka_unit_test(cascade_documents_are_valid),
    cmocka_unit_test(network_known_answers),
    cmocka_unit_test(known_answers),
    cmocka_unit_test(close_roots_are_kept_apart),
    cmocka_unit_test(runs_end_early),
    cmocka_unit_test(digits_of_steps),
    cmocka_unit_test(terminals),
    cmocka_unit_test(exit_codes),
    cmocka_unit_test(examples_run),
    cmocka_unit_test(readme_is_true),
};
EW_TESTS(tests)
