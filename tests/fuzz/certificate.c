/* Certificates: the checker ends with an answer and, where it is not "proved", a line; what it says of all real roots of a
 * problem is so by exact Sturm sequences. Counts and hashes are made right first, or it would read no further. */
#include "check/check.h"
#include "fuzz.h"
#include <edgewise/predict.h>
#include <inttypes.h>

enum { WORK = 100000000 }; /* seconds, with sanitizers a minute */

static uint64_t hash_of(const char *text, size_t size)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < size; i++)
        h = (h ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    return h;
}

/* Writes the hash of [from, at) over the 16 characters after the word at `at`. */
static void put_hash(const char *from, char *at, size_t word)
{
    char number[17];
    if (strlen(at) < word + 17)
        return;
    snprintf(number, sizeof number, "%016" PRIx64, hash_of(from, (size_t)(at - from)));
    memcpy(at + word, number, 16);
}

static void repair(char *text)
{
    for (char *tree = strstr(text, "\ntree "); tree != NULL; tree = strstr(tree + 1, "\ntree ")) {
        char *body = strchr(tree + 1, '\n'), *hash = strstr(tree, "\nhash ");
        if (body != NULL && hash != NULL && body <= hash)
            put_hash(body + 1, hash + 1, 5);
    }
    char *end = strstr(text, "\nend ");
    if (end != NULL)
        put_hash(text, end + 1, 4);
}

/* Every "depth .., eta .., sigma .." with its number of roots, for small problems. */
static void check_roots(const char *text)
{
    for (const char *at = strstr(text, "\ndepth "); at != NULL; at = strstr(at + 1, "\ndepth ")) {
        char eta[41], sigma[41];
        long depth, count;
        if (sscanf(at, "\ndepth %ld\neta %40s\nsigma %40s\nroots %ld", &depth, eta, sigma,
                   &count) != 4 ||
            depth > 8)
            continue;
        ew_mode_t mode;
        ew_mode_init(mode);
        fmpz_poly_t phi;
        fmpz_poly_init(phi);
        mode->depth = depth;
        MUST(ew_rational_parse(mode->eta, eta, NULL) == EW_OK);
        MUST(ew_rational_parse(mode->sigma, sigma, NULL) == EW_OK);
        if (ew_orbit_poly_build(phi, mode) == EW_OK)
            MUST(fmpz_poly_num_real_roots(phi) == count);
        fmpz_poly_clear(phi);
        ew_mode_clear(mode);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size), *printed = NULL, line[512] = "";
    size_t length = 0;
    repair(text);
    FILE *out = open_memstream(&printed, &length);
    MUST(out != NULL);
    int code = certificate_check(text, size, WORK, out, line, sizeof line);
    fclose(out);
    MUST(code == CHECK_PROVED || code == CHECK_WRONG || code == CHECK_NO_CERTIFICATE ||
         code == CHECK_LIMIT);
    MUST(code == CHECK_PROVED || fuzz_is_line(line));
    if (code == CHECK_PROVED)
        check_roots(text);
    free(printed);
    free(text);
    return 0;
}
