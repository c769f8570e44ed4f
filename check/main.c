/* edgewise-check FILE: is every theorem in the certificate proved by it? */
#include "check.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The whole file; NULL when it cannot be read or is larger than 1 GB. */
static char *read_all(const char *name, size_t *size) {
    enum { MOST = 1 << 30 };
    FILE *file = fopen(name, "rb");
    char *text = NULL, *larger;
    size_t room = 1 << 16;
    *size = 0;
    while (file != NULL && room <= MOST && (larger = realloc(text, room)) != NULL) {
        text = larger;
        *size += fread(text + *size, 1, room - *size, file);
        if (*size < room) break;
        room *= 2;
    }
    bool fine = file != NULL && feof(file) && !ferror(file);
    if (file != NULL) fclose(file);
    if (!fine) {
        free(text);
        text = NULL;
    }
    return text;
}

int main(int argc, char **argv) {
    if (argc != 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        fprintf(argc == 2 ? stdout : stderr,
                "usage: edgewise-check FILE\n"
                "Checks a certificate written by edgewise with arithmetic of its own and prints the\n"
                "theorems that it proves. Exit code: 0 all proved, 1 something is wrong or undecided,\n"
                "2 no certificate.\n");
        return argc == 2 ? 0 : 2;
    }
    size_t size;
    char *text = read_all(argv[1], &size);
    if (text == NULL) {
        fprintf(stderr, "edgewise-check: %.200s: cannot be read\n", argv[1]);
        return CHECK_NO_CERTIFICATE;
    }
    char complaint[512];
    int code = certificate_check(text, size, stdout, complaint, sizeof complaint);
    free(text);
    if (code != CHECK_PROVED) fprintf(stderr, "edgewise-check: %.200s: %s\n", argv[1], complaint);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "edgewise-check: writing failed\n");
        return CHECK_WRONG;
    }
    return code;
}
