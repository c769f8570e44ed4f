/* edgewise-check FILE: is every theorem in the certificate proved by it? */
#include "check.h"
#include "interval.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 30, WORK = 20000, MOST_WORK = 1000000 };

static void *allocate(size_t size) { return memory_or_end(NULL, size); }

static void *allocate_again(void *old, size_t before, size_t size) {
    (void)before;
    return memory_or_end(old, size);
}

/* The whole file, or NULL; one byte more than MOST_BYTES of a larger one. */
static char *read_all(const char *name, size_t *size) {
    FILE *file = fopen(name, "rb");
    char *text = NULL;
    *size = 0;
    for (size_t room = 1 << 16; file != NULL && *size <= MOST_BYTES && !feof(file) && !ferror(file); room *= 2) {
        if (room > MOST_BYTES) room = MOST_BYTES + 1;
        text = memory_or_end(text, room);
        *size += fread(text + *size, 1, room - *size, file);
    }
    bool fine = file != NULL && !ferror(file);
    if (file != NULL) fclose(file);
    if (fine) return text;
    free(text);
    return NULL;
}

static int usage(int code) {
    fprintf(code == 0 ? stdout : stderr,
            "usage: edgewise-check [--work N] FILE\n"
            "Checks a certificate written by edgewise with arithmetic of its own and, when the whole file is\n"
            "sound, prints the theorems that it proves. Exit code: 0 all proved, 1 something is wrong or\n"
            "undecided, 2 no certificate, 3 beyond a limit of the checker, 4 no memory.\n"
            "Limits: files of 1 GB, lines of 20000 characters, trees of 10^9 nodes and 4096 splits on a\n"
            "path, 65568 bits, exponents of 2 to +-100100, depths to 10^9, and the work: N thousand million\n"
            "units, each about a nanosecond; from 1 to %d, default %d (some hours).\n",
            MOST_WORK, WORK);
    return code;
}

/* N from 1 to MOST_WORK; 0 for anything else. */
static long work_of(const char *text) {
    bool is_number = *text != '\0' && strlen(text) < 10 && text[strspn(text, "0123456789")] == '\0';
    long n = is_number ? strtol(text, NULL, 10) : 0;
    return n <= MOST_WORK ? n : 0;
}

static int check_file(const char *name, long work) {
    char complaint[512] = "cannot be read";
    size_t size;
    char *text = read_all(name, &size);
    int code = CHECK_NO_CERTIFICATE;
    if (text != NULL && size > MOST_BYTES) {
        code = CHECK_LIMIT;
        snprintf(complaint, sizeof complaint, "beyond a limit of the checker: files of %d bytes", MOST_BYTES);
    } else if (text != NULL)
        code = certificate_check(text, size, (uint64_t)work * 1000000000, stdout, complaint, sizeof complaint);
    free(text);
    if (code != CHECK_PROVED) fprintf(stderr, "edgewise-check: %.200s: %s\n", name, complaint);
    if (fflush(stdout) == 0 && !ferror(stdout)) return code;
    fprintf(stderr, "edgewise-check: writing failed\n");
    return 4;
}

int main(int argc, char **argv) {
    mp_set_memory_functions(allocate, allocate_again, NULL);
    if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) return usage(0);
    bool has_work = argc == 4 && strcmp(argv[1], "--work") == 0;
    long work = has_work ? work_of(argv[2]) : WORK;
    if (argc != 2 && (!has_work || work == 0)) return usage(2);
    return check_file(argv[argc - 1], work);
}
