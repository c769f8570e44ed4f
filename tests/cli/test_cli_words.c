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

static const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_beyond_a_word),
                                          cmocka_unit_test(zeros_beyond_a_word)};
EW_TESTS(tests)
