/* What is said is what was done, and no number is said that a machine word has spoilt. */
#include "expect.h"

/* Steps, primes and multiplicities beyond 2^63. */
static void numbers_beyond_a_word(void **state)
{
    (void)state;
    /* 2^63 = 9.22e18 lies between these two */
    expect_line(
        "$E verify --depth 2 --s 2.4721359549995794 --json > build/document; test $? = 1 && "
        "grep departure_5 build/document | tr -d '\\n'",
        0,
        "\"departure_53_bits\": 2287662386630290833,        \"departure_512_bits\": "
        "\"2.20996819237e+19\"");
    expect_line("$E verify --depth 2 --s 2.4721359549995793929 --json | grep departure_53", 0,
                "\"departure_53_bits\": \"2.01208339806e+20\"");
    expect_line("$E verify --depth 2 --eta 1.2 --sigma 1,0.66666666666666666666667 --json | grep "
                "departure_53",
                0, "\"departure_53_bits\": \"1.66985457135e+25\"");
    expect_valid("floquet --depth 2 --eta 1.2 --sigma 1,0.66666666666666666666667 --json",
                 "floquet", "1");
    expect_line("grep departure_steps build/document", 0,
                "\"departure_steps\": \"1.66985457135e+25\"");
    expect_line("$E verify --depth 3 --eta 13835058055282163667/18446744073709551557 --alpha 1/3 "
                "--steps 2000 --json | grep prime",
                0, "\"prime\": \"18446744073709551557\"");
}

static void zeros_beyond_a_word(void **state)
{
    (void)state;
    /* 3 10^6 10^12 entries fit, 10^7 10^12 do not */
    expect_line("$E spectrum --depth 3000000 --eta 1e-8 --dim 1000000", 0,
                "0  2999999999998000001  zero");
    expect_line("$E spectrum --depth 10000000 --eta 1e-8 --dim 1000000", 0,
                "minimum, 10000000000000000000 eigenvalues");
    expect_valid("spectrum --depth 10000000 --eta 1e-8 --dim 1000000 --json", "spectrum", "1");
    expect_line("grep multiplicity build/document", 0, "\"multiplicity\": \"9999999999998000001\"");
}

#define CONFIRMED_ONLY "--depth 2 --eta 6013321220/4295229443 --alpha 429522944/4295229443"

/* Evidence is not certified, and nothing is compared with it. */
static void confirmed_is_no_truth(void **state)
{
    (void)state;
    expect_line("$E verify " CONFIRMED_ONLY " | grep -A1 'balancing-gap  '", 0,
                "CONFIRMED  balancing-gap                    * 0 < X < 2, X != 1 in balls before");
    expect_line(
        "$E stress balancing-gap " CONFIRMED_ONLY, 3,
        "balancing-gap, sigma_1: CONFIRMED\n  not certified: nothing is compared with it\n");
    expect_line("$E stress balancing-gap " CONFIRMED_ONLY " | grep -c 'false-refutation\\|none to'",
                1, "0\n");
    expect_line("$E precision balancing-gap " CONFIRMED_ONLY, 0, "measured not tried");
    expect_line("$E stress balancing-gap " CONFIRMED_ONLY " --formats fp64 --orders tree --csv", 3,
                "CONFIRMED,fp64,tree,cannot-tell,,,,0,\"there is no certified verdict");
}

/* A low precision is tried, and not only counted. */
static void a_low_precision_is_tried(void **state)
{
    (void)state;
    expect_line("$E verify --depth 3 --eta 0.8 --alpha 1/10 --prec 64 | grep -A2 every-alpha", 0,
                "an alpha near 0.275600526274");
    expect_line(
        "$E verify --depth 2 --eta 1.15 --alpha 1/4 --prec 100 --json | grep -m1 lemma_b_prec", 0,
        "\"lemma_b_prec\": 100");
    expect_line("$E balance --depth 2 --eta 1.15 --prec 64", 0, "grows at step");
}

/* What was run in exact rationals is named: the problem, or what was run instead. */
static void the_exact_run_is_named(void **state)
{
    (void)state;
    expect_line("$E verify --depth 4 --eta 1/8 --dim 3 | tr -s ' \\n' ' '", 0,
                "two steps of this problem agree in exact rationals");
    expect_line(
        "$E verify --depth 1000 --s 2.2 --steps 1000 | tr -s ' \\n' ' '", 0,
        "two steps of a network of depth 4 with the first 1 of this problem's 1 values agree "
        "in exact rationals");
    expect_line("$E verify --depth 2 --eta 1/8 --sigma 4,3,2,1 | tr -s ' \\n' ' '", 0,
                "set of a network of depth 2 with the first 3 of this problem's 4 values");
}

/* Each command that a page shows makes what stands above it. */
static void page_commands_make_it(void **state)
{
    (void)state;
    expect_line(
        "$E report --depth 2 --eta 1.15 --sigma 1,19/20 --alpha 1/4 --output build/words.html "
        "--quiet; test $? = 1 && /usr/bin/python3 tests/cli/commands.py build/words.html $E",
        0, "as shown");
}

/* No name stands twice in a head of columns, and a kind of behaviour has one kind of period. */
static void columns_have_names_of_their_own(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "bifurcation --depth 3 --columns 3",
        "bifurcation --depth 2 --columns 40 --axis alpha --eta 1.15 --to 3",
        "map --depth 3 --columns 2 --rows 2",
        "simulate --depth 2 --eta 1 --steps 1",
        "train --depth 2 --eta 1 --steps 1",
        "spectrum --depth 2 --eta 1",
        "floquet --depth 2 --eta 1",
        "stress --depth 2 --eta 1 --steps 9 --formats fp16 --orders tree --most-bits 0",
        "chaos --depth 2 --eta 1.5 --steps 100 --formats fp16",
        "edge --depth 2 --steps 10 --formats fp16",
        "cascade --depth 2 --doublings 1"};
    char line[400];
    for (size_t k = 0; k < sizeof lines / sizeof lines[0]; k++) {
        snprintf(
            line, sizeof line,
            "$E %s --csv > build/columns.csv; head -n 1 build/columns.csv | tr , '\\n' | sort | "
            "uniq -d | wc -l",
            lines[k]);
        expect_line(line, 0, "0\n");
    }
    expect_line(
        "$E bifurcation --depth 3 --columns 90 --axis alpha --s 2.2 --from 1/100 --to 2 --csv | "
        "grep -c ',saddle,0,'; $E bifurcation --depth 3 --columns 90 --axis alpha --s 2.2 "
        "--from 1/100 --to 2 --csv | grep ',saddle,[^0]'",
        1, "\n");
}

/* What the help says is allowed is what is refused otherwise, and it speaks of no other subcommand's defaults. */
static void help_is_of_the_subcommand(void **state)
{
    (void)state;
    static const char *const commands[] = {"stress", "precision balancing-gap", "chaos", "edge"};
    char line[600];
    for (int k = 0; k < 4; k++) {
        snprintf(
            line, sizeof line,
            "said=$($E %s --help | sed -n '/--steps/{n;s/ *\\([0-9]* to [0-9]*\\).*/\\1/p;}'); "
            "test -n \"$said\" && for n in 0 1$(echo $said | sed 's/.* //'); do $E %s --depth 2 "
            "--eta 1 --steps $n 2>&1 | grep -c \"allowed: $said\"; done",
            commands[k], commands[k]);
        expect_line(line, 0, "1\n1\n");
    }
    expect_line(
        "for c in verify orbit balance simulate train spectrum floquet stress precision chaos edge "
        "cascade bifurcation map figure report prove; do $E $c --help | grep 'default: .*(\\(ver"
        "ify\\|orbit\\|stress\\|cascade\\|simulate\\)\\||[a-z]*='; done; echo none",
        0, "none\n");
    expect_line("$E chaos --help | grep -A1 -- --steps", 0, "1 to 100000000; default: 100000\n");
    expect_line("$E verify --help | grep -A1 -- --steps", 0,
                "0 to 1000000000000; default: 500000\n");
}

/* fp8-e4m3 at depth 7: runs rest from k = 1, before eta is rounded over the edge at k = 4; no sentence says otherwise. */
static void edge_says_what_it_found(void **state)
{
    (void)state;
    expect_line("$E edge --depth 7 --formats fp8-e4m3 --steps 20 --csv", 0, "fp8-e4m3,4,4,1\n");
    expect_line("$E edge --depth 7 --formats fp8-e4m3 --steps 20 | tail -n 1", 0,
                "-: not up to k = 512; where eta rounds upward it stays beyond\n");
}

/* What code and pages cite is there. */
static void cited_equations_exist(void **state)
{
    (void)state;
    expect_line("/usr/bin/python3 tests/equations.py .", 0, "all ");
}

/* Every symbol of a claim's statement is explained where the statements are. */
static void statements_define_their_symbols(void **state)
{
    (void)state;
    expect_line("$E verify --help | tr -s ' \\n' '  '", 0,
                "S_i = L sigma_i^(2-2/L), s_i = eta S_i");
    static const char *const symbols[] = {
        "L >= 2", "eta",   "sigma_1", "alpha", "r of them",   "S_i", "Phi", "rho_1",
        "(a, b)", "bound", "s_2(L)",  "W_l",   "u_i and v_i", "D_l", "p_i", "2-cycle"};
    char line[300];
    for (size_t k = 0; k < sizeof symbols / sizeof symbols[0]; k++) {
        snprintf(line, sizeof line,
                 "$E verify --help | sed -n '/^In the statements/,$p' | tr -s ' \\n' '  '");
        expect_line(line, 0, symbols[k]);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(edge_says_what_it_found),
    cmocka_unit_test(cited_equations_exist),
    cmocka_unit_test(statements_define_their_symbols),
    cmocka_unit_test(numbers_beyond_a_word),
    cmocka_unit_test(zeros_beyond_a_word),
    cmocka_unit_test(confirmed_is_no_truth),
    cmocka_unit_test(a_low_precision_is_tried),
    cmocka_unit_test(the_exact_run_is_named),
    cmocka_unit_test(page_commands_make_it),
    cmocka_unit_test(columns_have_names_of_their_own),
    cmocka_unit_test(help_is_of_the_subcommand),
};
EW_TESTS(tests)
