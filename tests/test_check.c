/* The checker against certificates that were tampered with, and against what makes no certificate at all. What it accepts has to
 * be true: that is looked up by other means. */
#include "check/check.h"
#include "modes.h"
#include "test.h"
#include <edgewise/predict.h>
#include <edgewise/report.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
enum { MOST_TEXT = 1 << 20, SHARE = 8 }; /* the sanitizers take as many times as long */
#else
enum { MOST_TEXT = 1 << 20, SHARE = 1 };
#endif

/* ---- certificates ---- */

/* The text of a certificate; free(). */
static char *written(const ew_proof_struct *proofs, slong count)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_int_equal(ew_certificate_write(out, proofs, count), EW_OK);
    fclose(out);
    return text;
}

static char *certificate_of_theorem(const char *name, slong first, slong last, slong prec)
{
    ew_proof_t proof;
    ew_proof_init(proof);
    assert_int_equal(ew_prove(proof, name, first, last, prec, NULL, NULL), EW_OK);
    char *text = written(proof, 1);
    ew_proof_clear(proof);
    return text;
}

/* Of all real roots of two problems, one at the edge, and of a theorem that is short for deep networks. */
static char *certificate_of_three(void)
{
    ew_proof_struct proofs[3];
    for (int i = 0; i < 3; i++)
        ew_proof_init(proofs + i);
    ew_mode_t mode;
    ew_mode_init(mode);
    mode->depth = 4;
    fmpq_set_si(mode->eta, 11, 20);
    assert_int_equal(ew_prove_real_roots(proofs, mode, 64, 64, NULL), EW_OK);
    mode->depth = 3;
    fmpq_set_si(mode->eta, 2, 3);
    assert_int_equal(ew_prove_real_roots(proofs + 1, mode, 64, 64, NULL), EW_OK);
    assert_int_equal(ew_prove(proofs + 2, "orbit-roots", 1000, 0, 64, NULL, NULL), EW_OK);
    char *text = written(proofs, 3);
    for (int i = 0; i < 3; i++)
        ew_proof_clear(proofs + i);
    ew_mode_clear(mode);
    return text;
}

/* Runs the checker; what it printed in *out (free()), its complaint in `line`. */
static int checked(char **out, char *line, size_t room, const char *text, size_t size)
{
    size_t length;
    FILE *stream = open_memstream(out, &length);
    line[0] = '\0';
    int code = certificate_check(text, size, UINT64_MAX, stream, line, room);
    fclose(stream);
    return code;
}

static void true_ones_are_accepted(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        slong first, last;
    } cases[] = {{"orbit-roots", 2, 0},      {"orbit-roots", 2, 2},
                 {"orbit-roots", 7, 9},      {"orbit-attracts", 2, 2},
                 {"orbit-attracts", 100, 0}, {"balancing-gap", 2, 2},
                 {"balancing-gap", 50, 60},  {"orbit-roots", 1000000000, 1000000000}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *text = certificate_of_theorem(cases[i].name, cases[i].first, cases[i].last, 64), *out;
        char line[512];
        int code = checked(&out, line, sizeof line, text, strlen(text));
        if (code != CHECK_PROVED || strstr(out, ew_theorem_words(cases[i].name)) == NULL ||
            strstr(out, ew_theorem_where(cases[i].name)) == NULL)
            fail_msg("%s: %d %s", cases[i].name, code, line);
        free(out);
        free(text);
    }
}

/* ---- what an accepted text says, and whether it is so ---- */

/* "the orbit polynomial of depth L, eta = .., sigma = ..:" and its roots, against the structural route. */
static void roots_are_true(const char *out)
{
    ew_mode_t mode;
    ew_roots_t roots;
    ew_mode_init(mode);
    ew_roots_init(roots);
    char eta[64], sigma[64];
    long depth, count;
    assert_int_equal(
        sscanf(out, "the orbit polynomial of depth L = %ld, eta = %63[0-9/], sigma = %63[0-9/]:",
               &depth, eta, sigma),
        3);
    mode->depth = depth;
    assert_int_equal(fmpq_set_str(mode->eta, eta, 10), 0);
    fmpq_canonicalise(mode->eta);
    assert_int_equal(fmpq_set_str(mode->sigma, sigma, 10), 0);
    fmpq_canonicalise(mode->sigma);
    const char *proved = strstr(out, "proved: these are all its real roots, ");
    assert_non_null(proved);
    assert_int_equal(sscanf(proved, "proved: these are all its real roots, %ld of them", &count),
                     1);
    assert_int_equal(ew_orbit_roots(roots, mode, 64, 100000, NULL), EW_OK);
    assert_int_equal(count, roots->count);
    ew_roots_clear(roots);
    ew_mode_clear(mode);
}

/* Depths that are said to be proved must be among those of the true certificate; the words are the checker's own. */
static void depths_are_true(const char *out, slong least)
{
    long first;
    assert_int_equal(sscanf(out, "proved, depths %ld", &first), 1);
    assert_true(first >= least);
}

static void all_is_true(const char *out, slong least)
{
    for (const char *at = out; *at != '\0'; at = strchr(at, '\n') + 1) {
        assert_null(strstr(at, "NOT PROVED"));
        if (strncmp(at, "the orbit", 9) == 0)
            roots_are_true(at);
        if (strncmp(at, "proved, depths", 14) == 0)
            depths_are_true(at, least);
    }
}

/* ---- mutations ---- */

static char *line_of(char *text, slong number)
{
    while (number-- > 0 && strchr(text, '\n') != NULL)
        text = strchr(text, '\n') + 1;
    return text;
}

static slong count_lines(const char *text)
{
    slong n = 0;
    for (; *text != '\0'; text++)
        n += *text == '\n';
    return n;
}

/* Puts `insert` (of n bytes) in the place of `drop` bytes at `at`. */
static void splice(char *text, char *at, size_t drop, const char *insert, size_t n)
{
    size_t rest = strlen(at);
    drop = drop < rest ? drop : rest;
    if (strlen(text) + n - drop + 1 >= MOST_TEXT)
        return;
    memmove(at + n, at + drop, rest - drop + 1);
    memcpy(at, insert, n);
}

/* Swaps two words of a line; of a box: its ends. */
static void swap_words(char *line, ew_random *random)
{
    char *end = strchr(line, '\n'),
         *first = memchr(line, ' ', end != NULL ? (size_t)(end - line) : 0);
    char *second = first != NULL ? memchr(first + 1, ' ', (size_t)(end - first - 1)) : NULL;
    char copy[400];
    if (second == NULL || end - first >= (long)sizeof copy)
        return;
    if (ew_random_below(random, 2) && memchr(second + 1, ' ', (size_t)(end - second - 1)) != NULL) {
        first = second;
        second = memchr(second + 1, ' ', (size_t)(end - second - 1));
    }
    size_t n = (size_t)(second - first), m = (size_t)(end - second);
    memcpy(copy, second, m);
    memcpy(copy + m, first, n);
    memcpy(first, copy, n + m);
}

static void mutate(char *text, ew_random *random)
{
    static const char letters[] = "0123456789abcde?*^-/ \nxyzLs";
    size_t size = strlen(text);
    slong lines = count_lines(text);
    char *at = text + ew_random_below(random, size), copy[300];
    char *line = line_of(text, (slong)ew_random_below(random, (ulong)lines + 1));
    char *other = line_of(text, (slong)ew_random_below(random, (ulong)lines + 1));
    size_t length = strcspn(line, "\n") + 1;
    switch (ew_random_below(random, 12)) {
    case 0: /* another character */
        *at = letters[ew_random_below(random, sizeof letters - 1)];
        break;
    case 1:
        splice(text, at, 1, "", 0);
        break;
    case 2:
        splice(text, at, 0, letters + ew_random_below(random, sizeof letters - 1), 1);
        break;
    case 3:
        *at = (char)(*at ^ (1 << ew_random_below(random, 7)));
        break;
    case 4: /* truncated */
        *at = '\0';
        break;
    case 5: /* a line less */
        splice(text, line, length, "", 0);
        break;
    case 6: /* a line twice */
        if (length < sizeof copy) {
            memcpy(copy, line, length);
            splice(text, other, 0, copy, length);
        }
        break;
    case 7:
        swap_words(line, random);
        break;
    case 8: /* a huge number */
        splice(text, at, 0, "99999999999999999999*2^999999999", 32);
        break;
    case 9: /* a huge exponent */
        if (strstr(line, "*2^") != NULL)
            splice(text, strstr(line, "*2^") + 3, 1, "-99999", 6);
        break;
    case 10: { /* deep nesting */
        char deep[5000];
        memset(deep, '0', sizeof deep);
        splice(text, at, 0, deep, sizeof deep);
        break;
    }
    default: /* a stronger statement: fewer words, or other depths */
        if (strstr(text, "from-depth 1000") != NULL)
            memcpy(strstr(text, "from-depth 1000"), "from-depth 0999", 15);
        else
            splice(text, line, 0, "lemma slope\n", 12);
        break;
    }
}

static uint64_t hash_of(const char *text, size_t n)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    return h;
}

/* Makes the counts and hashes of a tampered text right again, so that the rest of the checker has its say. */
static void mend(char *text)
{
    char number[64];
    for (char *tree = strstr(text, "\ntree "); tree != NULL; tree = strstr(tree + 1, "\ntree ")) {
        char *body = strchr(tree + 1, '\n'), *hash = strstr(tree, "\nhash ");
        if (body == NULL || hash == NULL || hash <= body || strlen(hash) < 23)
            continue;
        snprintf(number, sizeof number, "%016" PRIx64, hash_of(body + 1, (size_t)(hash - body)));
        memcpy(hash + 6, number, 16);
    }
    char *end = strstr(text, "\nend ");
    if (end != NULL && strlen(end) >= 21) {
        snprintf(number, sizeof number, "%016" PRIx64, hash_of(text, (size_t)(end + 1 - text)));
        memcpy(end + 5, number, 16);
    }
}

/* Tampers `count` times; returns how many texts that differ were accepted, all of them true. */
static slong tamper(const char *good, slong count, slong least, ulong seed, int *codes)
{
    ew_random random = {seed};
    char *text = malloc(MOST_TEXT);
    slong accepted = 0;
    for (slong i = 0; i < count; i++) {
        char line[512], *out;
        strcpy(text, good);
        for (ulong k = 1 + ew_random_below(&random, 2); k > 0 && *text != '\0'; k--)
            mutate(text, &random);
        if (ew_random_below(&random, 4) != 0)
            mend(text);
        int code = checked(&out, line, sizeof line, text, strlen(text));
        assert_in_range(code, 0, 3);
        assert_true((*out == '\0') == (code != CHECK_PROVED) || strstr(out, "NOT PROVED") != NULL);
        codes[code]++;
        if (code == CHECK_PROVED && strcmp(text, good) != 0) {
            accepted++;
            all_is_true(out, least);
        }
        assert_true((code == CHECK_PROVED) == (line[0] == '\0'));
        assert_null(strchr(line, '\n'));
        free(out);
    }
    free(text);
    return accepted;
}

static void ten_thousand_mutations(void **state)
{
    (void)state;
    int codes[4] = {0, 0, 0, 0};
    char *three = certificate_of_three(), *gap = certificate_of_theorem("balancing-gap", 2, 2, 64);
    char *deep = certificate_of_theorem("orbit-attracts", 100000, 0, 64);
    slong accepted = tamper(three, 9000 / SHARE, 1000, ew_test_seed(), codes);
    accepted += tamper(gap, 800 / SHARE, 2, ew_test_seed() + 1, codes);
    accepted += tamper(deep, 200 / SHARE, 100000, ew_test_seed() + 2, codes);
    print_message("accepted %ld that differ and are true; codes %d %d %d %d\n", accepted, codes[0],
                  codes[1], codes[2], codes[3]);
    assert_true(codes[1] > 8000 / SHARE && codes[2] > 5 && codes[3] > 0);
    free(three);
    free(gap);
    free(deep);
}

/* ---- by hand ---- */

/* The certificate with `from` replaced by `to` and mended, must be refused with a line that holds `part`. */
static void refuses(const char *good, const char *from, const char *to, int code, const char *part)
{
    char *text = malloc(MOST_TEXT), line[512], *out;
    strcpy(text, good);
    char *at = strstr(text, from);
    assert_non_null(at);
    splice(text, at, strlen(from), to, strlen(to));
    mend(text);
    int got = checked(&out, line, sizeof line, text, strlen(text));
    if (got != code || strstr(line, part) == NULL)
        fail_msg("%s -> %s: %d \"%s\" (wanted %d \"%s\")", from, to, got, line, code, part);
    free(out);
    free(text);
}

static void wrong_in_one_line(void **state)
{
    (void)state;
    char *good = certificate_of_three();
    refuses(good, "edgewise-certificate 2", "edgewise-certificate 1", 2, "line 1");
    refuses(good, "theorem real-roots", "theorem real-root", 1, "not known");
    refuses(good, "exactly the real roots", "exactly no real roots", 1, "expected \"words");
    refuses(good, "depth 4\n", "depth 04\n", 1, "depth: expected a number");
    refuses(good, "depth 4\n", "depth 5\n", 1, "does not show");
    refuses(good, "eta 11/20", "eta 22/40", 1, "lowest terms");
    refuses(good, "eta 11/20", "eta -11/20", 1, "positive rational");
    refuses(good, "eta 11/20", "eta 3/20", 1, "");
    refuses(good, "eta 2/3", "eta 200000001/300000002", 1, "does not show"); /* no longer s = 2 */
    refuses(good, "roots 6", "roots 5", 1, "5 roots are said, 6 shown");
    refuses(good, "box x -", "box x ", 1, "");
    refuses(good, "precision 96", "precision 23", 1, "precision: expected a number");
    refuses(good, "from-depth 1000", "from-depth 3", 1, "the box of e");
    refuses(good, "to-depth 0", "to-depth 999", 1, "the range of depths is empty");
    refuses(good, "leaf a sign d > 0", "leaf a sign d < 0", 1, "expected \"leaf a");
    refuses(good, "box e 0 ", "box e 1*2^-20 ", 1, "the box of e");
    refuses(good, "box z 0 1*2^6", "box z 0 63", 1, "the box of z");
    refuses(good, "qed orbit-roots\n", "qed orbit-roots\nqed orbit-roots\n", 1,
            "expected \"theorem");
    refuses(good, "lemma slope-tail", "lemma slope", 1, "expected \"lemma slope-tail\"");
    free(good);
}

/* Beyond a limit the line says which. */
static void limits_are_named(void **state)
{
    (void)state;
    char *good = certificate_of_three(), deep[5001];
    refuses(good, "precision 96", "precision 65569", 3, "precision: beyond a limit");
    refuses(good, "precision 96", "precision 99999999999999999999999999", 3, "at most 65568");
    refuses(good, "depth 4\n", "depth 1000000001\n", 3, "depth: beyond a limit");
    refuses(good, "to-depth 0", "to-depth 1000000001", 3, "to-depth: beyond a limit");
    refuses(good, "roots 6", "roots 1001", 3, "roots: beyond a limit");
    refuses(good, "\ntree ", "\ntree 1000000000", 3, "tree: beyond a limit");
    refuses(good, "box z 0 1*2^6", "box z 0 1*2^100101", 3, "exponents of 2 to +-100100");
    refuses(good, "box z 0 1*2^6", "box z 0 1*2^99999999999999999999", 1, "dyadic, LO below HI");
    memset(deep, '7', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    char eta[20100] = "eta 1/";
    for (int i = 0; i < 4; i++)
        strcat(eta, deep);
    refuses(good, "eta 11/20", eta, 3, "eta: beyond a limit of the checker: lines of 20000");
    free(good);
}

/* A path of `length` splits, in place of the first tree. */
static void deep_trees_are_refused(void **state)
{
    (void)state;
    char *good = certificate_of_three(), *text = malloc(MOST_TEXT), line[512], *out;
    for (int length = 4000; length <= 100000; length += 96000) {
        char *tree = strstr(good, "\ntree "), *at = text + (tree - good);
        strcpy(text, good);
        at += snprintf(at, 64, "\ntree %d", length);
        for (int i = 0; i < length; i++) {
            if (i % 96 == 0)
                *at++ = '\n';
            *at++ = '0';
        }
        strcpy(at, strstr(tree, "\nhash "));
        mend(text);
        int code = checked(&out, line, sizeof line, text, strlen(text));
        assert_int_equal(code, length > 4096 ? CHECK_LIMIT : CHECK_WRONG);
        assert_non_null(strstr(line, length > 4096 ? "4096 splits on a path" : "ends too soon"));
        assert_string_equal(out, "");
        free(out);
    }
    free(text);
    free(good);
}

/* These were found by use: each made the checker hang, or die of a division by zero. */
static void it_always_ends(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        slong first, prec;
    } cases[] = {{"orbit-attracts", 1000000000, 4096},
                 {"rank-p-unstable", 1000000000, 1024},
                 {"orbit-roots", 1000000000, 12000}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (SHARE > 1 && i == 1)
            continue;
        char *out, line[512];
        char *text = certificate_of_theorem(cases[i].name, cases[i].first, 0, cases[i].prec);
        int code = checked(&out, line, sizeof line, text, strlen(text));
        if (code != CHECK_PROVED)
            fail_msg("%s: %d %s", cases[i].name, code, line);
        free(out);
        free(text);
    }
    char *good = certificate_of_three();
    refuses(good, "box z 0 1*2^6", "box z 0 1*2^100000", 1, "does not show");
    refuses(good, "box z 0 1*2^6", "box z -1*2^100000 1*2^100000", 1, "does not show");
    free(good);
}

static void work_is_limited(void **state)
{
    (void)state;
    char *good = certificate_of_three(), line[512];
    for (uint64_t work = 1; work <= 1000000; work *= 1000) {
        FILE *nowhere = tmpfile();
        assert_int_equal(certificate_check(good, strlen(good), work, nowhere, line, sizeof line),
                         CHECK_LIMIT);
        assert_non_null(strstr(line, "beyond a limit of the checker: its work"));
        assert_int_equal(ftell(nowhere), 0);
        fclose(nowhere);
    }
    free(good);
}

/* What is wrong at the very end leaves nothing said. */
static void nothing_is_said_too_soon(void **state)
{
    (void)state;
    char *good = certificate_of_three(), *text = malloc(MOST_TEXT), line[512], *out;
    strcpy(text, good);
    char *end = strstr(text, "\nend ") + 5;
    *end = *end == '0' ? '1' : '0';
    assert_int_equal(checked(&out, line, sizeof line, text, strlen(text)), CHECK_WRONG);
    assert_non_null(strstr(line, "expected \"end"));
    assert_string_equal(out, "");
    free(out);
    strcat(strcpy(text, good), "\n");
    assert_int_equal(checked(&out, line, sizeof line, text, strlen(text)), CHECK_WRONG);
    assert_non_null(strstr(line, "something follows the end"));
    assert_string_equal(out, "");
    free(out);
    free(text);
    free(good);
}

/* Ends of boxes that do not fit into the precision would be rounded outwards, and neighbours overlap. */
static void ends_must_be_exact(void **state)
{
    (void)state;
    char *good = certificate_of_three();
    refuses(good, "precision 96", "precision 31", 1, "does not show");
    free(good);
}

static void no_certificate_at_all(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "\n", "edgewise-certificate 2", "{\"a\": 1}",
                                        "\x7f"
                                        "ELF"};
    char line[512], *out;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(checked(&out, line, sizeof line, texts[i], strlen(texts[i])),
                         CHECK_NO_CERTIFICATE);
        free(out);
    }
    static const char empty[] = "edgewise-certificate 2\nend 3ff1a0e2a3a0b0b5\n";
    assert_int_equal(checked(&out, line, sizeof line, empty, sizeof empty - 1), CHECK_WRONG);
    assert_non_null(strstr(line, "expected \"theorem"));
    free(out);
}

/* Undecided boxes are no proof. */
static bool never(void *context, const char *what, ulong done, ulong total)
{
    (void)context, (void)what, (void)done, (void)total;
    return false;
}

/* Powers of these depths have exponents near the end of the checker's range. */
static void roots_of_deep_networks_are_checked(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        const char *eta, *said;
    } cases[] = {{1000000000, "11/5000000000", "all its real roots, 6 of them"},
                 {1000000000, "1/500000000", "all its real roots, 4 of them"},
                 {999999999, "2/999999999", "all its real roots, 3 of them"},
                 {200, "23/2000", "all its real roots, 6 of them"}};
    ew_proof_t proof;
    ew_mode_t mode;
    ew_proof_init(proof);
    ew_mode_init(mode);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mode->depth = cases[i].depth;
        fmpq_set_str(mode->eta, cases[i].eta, 10);
        fmpq_canonicalise(mode->eta);
        assert_int_equal(ew_prove_real_roots(proof, mode, 64, 4096, NULL), EW_OK);
        char *text = written(proof, 1), line[512], *out;
        int code = checked(&out, line, sizeof line, text, strlen(text));
        if (code != CHECK_PROVED || strstr(out, cases[i].said) == NULL)
            fail_msg("%ld: %d %s %s", cases[i].depth, code, line, out);
        free(out);
        free(text);
    }
    ew_mode_clear(mode);
    ew_proof_clear(proof);
}

static void what_was_not_tried_is_not_written(void **state)
{
    (void)state;
    ew_proof_t proof;
    ew_proof_init(proof);
    FILE *nowhere = tmpfile();
    assert_int_equal(ew_certificate_write(nowhere, proof, 1), EW_BAD_INPUT);
    assert_int_equal(ew_prove(proof, "orbit-roots", 1000, 0, 64, NULL, NULL), EW_OK);
    assert_int_equal(ew_certificate_write(nowhere, proof, 1), EW_OK);
    free(proof->lemmas[1].tree);
    proof->lemmas[1].tree = NULL;
    assert_int_equal(ew_certificate_write(nowhere, proof, 1), EW_BAD_INPUT);
    fclose(nowhere);
    ew_proof_clear(proof);
}

static void undecided_is_not_proved(void **state)
{
    (void)state;
    ew_progress progress = {never, NULL};
    ew_proof_t proof;
    ew_proof_init(proof);
    assert_int_equal(ew_prove(proof, "orbit-roots", 2, 0, 64, NULL, &progress), EW_STOPPED);
    char *text = written(proof, 1), line[512], *out;
    assert_int_equal(checked(&out, line, sizeof line, text, strlen(text)), CHECK_WRONG);
    assert_non_null(strstr(line, "undecided"));
    assert_non_null(strstr(out, "NOT PROVED"));
    free(out);
    free(text);
    ew_proof_clear(proof);
}

/* ---- the gap of one problem ---- */

/* For every alpha where `alpha` is 0. */
static char *certificate_of_gap(slong depth, const char *eta, const char *sigma, const char *alpha)
{
    ew_proof_t proof;
    ew_mode_t mode;
    ew_proof_init(proof);
    ew_mode_init(mode);
    mode->depth = depth;
    fmpq_set_str(mode->eta, eta, 10);
    fmpq_canonicalise(mode->eta);
    fmpq_set_str(mode->sigma, sigma, 10);
    fmpq_canonicalise(mode->sigma);
    fmpq_set_str(mode->alpha, alpha, 10);
    fmpq_canonicalise(mode->alpha);
    assert_true(ew_gap_in_range(mode));
    assert_int_equal(ew_prove_gap(proof, mode, 64, NULL), EW_OK);
    char *text = written(proof, 1);
    ew_mode_clear(mode);
    ew_proof_clear(proof);
    return text;
}

static void gaps_of_problems_are_proved(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        const char *eta, *sigma, *alpha, *said;
    } cases[] = {{2, "23/20", "1", "1/4", "sigma = 1, alpha = 1/4, s > 2: balancing-gap"},
                 {2, "1/2", "2", "0", "sigma = 2, every alpha with 0 < alpha <= "},
                 {2, "1/2", "2", "1", "alpha = 1, s = 2: "},
                 {400, "1/400", "1", "1/20", "alpha = 1/20, s < 2: "},
                 {1000000000, "1/1000000000", "1", "1/100000000", "s < 2: "},
                 {500000000, "1/500000000", "3/2", "1/100000000", "s > 2: "}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *text =
                 certificate_of_gap(cases[i].depth, cases[i].eta, cases[i].sigma, cases[i].alpha),
             *out, line[512];
        int code = checked(&out, line, sizeof line, text, strlen(text));
        if (code != CHECK_PROVED || strstr(out, cases[i].said) == NULL)
            fail_msg("%s: %d %s %s", cases[i].said, code, line, out);
        free(out);
        free(text);
    }
}

/* "key Q" with Q in lowest terms. */
static char *lowest(const char *text)
{
    fmpq_t q;
    fmpq_init(q);
    const char *number = strchr(text, ' ') + 1;
    bool is_rational = strchr(number, '/') != NULL && fmpq_set_str(q, number, 10) == 0;
    fmpq_canonicalise(q);
    char *value = is_rational ? fmpq_get_str(NULL, 10, q) : strdup(number), *all = NULL;
    size_t size;
    FILE *out = open_memstream(&all, &size);
    fprintf(out, "%.*s%s", (int)(number - text), text, value);
    fclose(out);
    free(value);
    fmpq_clear(q);
    return all;
}

/* `good`, with the line of another problem, must be answered with `code`. */
static void problem_answers(const char *good, const char *from, const char *to, int code,
                            const char *part)
{
    char *text = malloc(MOST_TEXT), *line_to = lowest(to), *out, line[512];
    strcpy(text, good);
    char *at = strstr(text, from);
    assert_non_null(at);
    splice(text, at, strlen(from), line_to, strlen(line_to));
    mend(text);
    if (checked(&out, line, sizeof line, text, strlen(text)) != code ||
        strstr(code == CHECK_PROVED ? out : line, part) == NULL)
        fail_msg("%s: %s %s", to, line, out);
    free(out);
    free(line_to);
    free(text);
}

#define NINES "99999999999999999999999999999999999999999999999999"
#define ZEROS "00000000000000000000000000000000000000000000000000"

/* At the ends of the range, and one unit in the last of 50 places beyond. */
static void ranges_are_exact(void **state)
{
    (void)state;
    char *gap = certificate_of_gap(400, "1/400", "1", "1/20");
    const char *s = "s is beyond the theorem's range", *a = "alpha is beyond the theorem's range";
    problem_answers(gap, "alpha 1/20", "alpha 5" ZEROS "1/1" ZEROS "00", 1, a);
    problem_answers(gap, "alpha 1/20", "alpha 4" NINES "/1" ZEROS "00", 0, "alpha = 4" NINES);
    problem_answers(gap, "alpha 1/20", "alpha every", 0, "every alpha");
    problem_answers(gap, "alpha 1/20", "alpha all", 1, "alpha: expected \"every\" or");
    problem_answers(gap, "alpha 1/20", "alpha 0", 1, "alpha: expected");
    problem_answers(gap, "alpha 1/20", "alpha -1/20", 1, "alpha: expected");
    /* s = 17/4 - 3/L = 1697/400 */
    problem_answers(gap, "eta 1/400", "eta 1697/160000", 0, "s > 2");
    problem_answers(gap, "eta 1/400", "eta 1697" ZEROS "01/16" ZEROS "000000", 1, s);
    problem_answers(gap, "depth 400", "depth 401", 1, a);
    problem_answers(gap, "depth 400", "depth 300", 1, "the box of e");
    free(gap);
    /* depth 3, sigma = 8: alpha <= 2/sqrt 3, s = 48 eta <= 13/4 */
    gap = certificate_of_gap(3, "1/100", "8", "1/2");
    problem_answers(gap, "eta 1/100", "eta 13/192", 0, "s > 2");
    problem_answers(gap, "eta 1/100", "eta 13" ZEROS "1/192" ZEROS "0", 1, s);
    problem_answers(gap, "eta 1/100", "eta 12" NINES "/192" ZEROS, 0, "s > 2");
    problem_answers(gap, "alpha 1/2", "alpha 1154700538379251529/1000000000000000000", 0, "");
    problem_answers(gap, "alpha 1/2", "alpha 115470053837925153/100000000000000000", 1, a);
    problem_answers(gap, "sigma 8", "sigma 1/8000", 1, a);
    free(gap);
    /* depth 2: s = 2 eta sigma < 2 sqrt 2, alpha <= sqrt(sigma/2) */
    gap = certificate_of_gap(2, "1/2", "2", "1");
    problem_answers(gap, "eta 1/2", "eta 1414213562373095048/2000000000000000000", 0, "s > 2");
    problem_answers(gap, "eta 1/2", "eta 141421356237309505/200000000000000000", 1, s);
    problem_answers(gap, "eta 1/2", "eta 707106781186547/1000000000000000", 0, "s > 2");
    problem_answers(gap, "alpha 1", "alpha 1" ZEROS "1/1" ZEROS "0", 1, a);
    problem_answers(gap, "sigma 2", "sigma 1" NINES "/1" ZEROS, 1, a);
    free(gap);
}

/* Where intervals do not tell and the powers are too large, that is a limit. */
static void huge_powers_are_a_limit(void **state)
{
    (void)state;
    char *gap = certificate_of_gap(3, "1/100", "8", "1/2"), huge[3000] = "alpha 1";
    memset(huge + 7, '0', 2000);
    strcpy(huge + 2007, "1/1");
    memset(huge + 2010, '0', 900);
    huge[2910] = '\0';
    problem_answers(gap, "alpha 1/2", huge, 1, "alpha is beyond");
    free(gap);
    gap = certificate_of_gap(100000000, "1/100000000", "1", "1/10000");
    char sigma[3100] = "sigma 1"; /* within 10^-1500 of 1: s is near 1, and alpha at its end */
    memset(sigma + 7, '0', 1500);
    strcpy(sigma + 1507, "1/1");
    memset(sigma + 1510, '0', 1501);
    sigma[3011] = '\0';
    problem_answers(gap, "sigma 1", sigma, 3, "beyond a limit of the checker: powers");
    free(gap);
}

static void ranges_agree_with_the_library(void **state)
{
    (void)state;
    static const struct {
        slong depth;
        const char *eta, *sigma, *alpha;
        bool inside;
    } cases[] = {{2, "1/2", "2", "1", true},
                 {2, "1/2", "2", "10000001/10000000", false},
                 {4, "7/8", "1", "1/2", true},
                 {4, "8750001/10000000", "1", "1/2", false},
                 {4, "7/8", "1", "500001/1000000", false},
                 {3, "13/192", "8", "0", true},
                 {1, "1", "1", "1", false},
                 {3, "0", "1", "1/10", false},
                 {3, "1/10", "0", "1/10", false},
                 {3, "1/10", "1", "-1/10", false},
                 {3, "-1/10", "1", "1/10", false},
                 {1000000000, "1/1000000000", "1", "1", false}};
    ew_mode_t mode;
    ew_proof_t proof;
    ew_mode_init(mode);
    ew_proof_init(proof);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mode->depth = cases[i].depth;
        fmpq_set_str(mode->eta, cases[i].eta, 10);
        fmpq_canonicalise(mode->eta);
        fmpq_set_str(mode->sigma, cases[i].sigma, 10);
        fmpq_canonicalise(mode->sigma);
        fmpq_set_str(mode->alpha, cases[i].alpha, 10);
        fmpq_canonicalise(mode->alpha);
        assert_int_equal(ew_gap_in_range(mode), cases[i].inside);
        if (!cases[i].inside)
            assert_int_equal(ew_prove_gap(proof, mode, 64, NULL), EW_BAD_INPUT);
    }
    ew_proof_clear(proof);
    ew_mode_clear(mode);
}

/* The program, not the function: codes, and one line on stderr where it is not 0. */
static void the_program_answers(void **state)
{
    (void)state;
    static const struct {
        const char *arguments;
        int code;
        const char *said;
    } cases[] = {{"--help", 0, "usage: edgewise-check [--work N] FILE"},
                 {"-h", 0, "4096 splits"},
                 {"", 2, "usage:"},
                 {"a b", 2, "usage:"},
                 {"--work 0 $c", 2, "usage:"},
                 {"--work x $c", 2, "usage:"},
                 {"--work 1000001 $c", 2, "usage:"},
                 {"--work 18446744073709551617 $c", 2, "usage:"},
                 {"--work 9 $c", 0, "proved, depths 900 to 1000: orbit-roots"},
                 {"$c", 0, "proved, depths 900 to 1000: orbit-roots"},
                 {"/nonexistent", 2, "edgewise-check: /nonexistent: cannot be read"},
                 {"/", 2, "edgewise-check: /: cannot be read"},
                 {"/dev/null", 2, "not a certificate"},
                 {"$c > /dev/full", 4, "writing failed"},
                 {"$c.half", SHARE > 1 ? 2 : 4, SHARE > 1 ? "not a" : "out of memory"},
                 {"$c.long", 3, "beyond a limit of the checker: files of 1073741824 bytes"}};
    ew_run made = ew_run_shell(
        EW_PROGRAM " prove orbit-roots --region 900:1000 --certificate check.c --quiet; "
                   "truncate -s 1073741825 check.c.long; truncate -s 300000000 check.c.half");
    assert_int_equal(made.code, 0);
    ew_run_free(&made);
    char command[1000];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool has_less = SHARE == 1 && strstr(cases[i].arguments, "half") != NULL;
        snprintf(command, sizeof command, "c=check.c; %s" EW_CHECKER " %s",
                 has_less ? "ulimit -v 100000; " : "", cases[i].arguments);
        ew_run run = ew_run_shell(command);
        if (run.code != cases[i].code ||
            (strstr(run.out, cases[i].said) == NULL && strstr(run.err, cases[i].said) == NULL))
            fail_msg("%s: %d %s %s", cases[i].arguments, run.code, run.out, run.err);
        assert_true((run.code == 0) == (*run.err == '\0'));
        ew_run_free(&run);
    }
    made = ew_run_shell("rm check.c check.c.*");
    ew_run_free(&made);
}

/* The checker stays short: it is to be read. */
static void it_is_short(void **state)
{
    (void)state;
    ew_run run = ew_run_shell("cat check/*.[ch] | grep -vE '^[[:space:]]*(//|/?\\*|$)' | wc -l");
    assert_int_equal(run.code, 0);
    assert_in_range(atol(run.out), 500, 1250);
    ew_run_free(&run);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(true_ones_are_accepted),
    cmocka_unit_test(ten_thousand_mutations),
    cmocka_unit_test(wrong_in_one_line),
    cmocka_unit_test(no_certificate_at_all),
    cmocka_unit_test(ends_must_be_exact),
    cmocka_unit_test(undecided_is_not_proved),
    cmocka_unit_test(roots_of_deep_networks_are_checked),
    cmocka_unit_test(what_was_not_tried_is_not_written),
    cmocka_unit_test(gaps_of_problems_are_proved),
    cmocka_unit_test(ranges_are_exact),
    cmocka_unit_test(huge_powers_are_a_limit),
    cmocka_unit_test(ranges_agree_with_the_library),
    cmocka_unit_test(limits_are_named),
    cmocka_unit_test(deep_trees_are_refused),
    cmocka_unit_test(it_always_ends),
    cmocka_unit_test(work_is_limited),
    cmocka_unit_test(nothing_is_said_too_soon),
    cmocka_unit_test(the_program_answers),
    cmocka_unit_test(it_is_short),
};
EW_TESTS(tests)
