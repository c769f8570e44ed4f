/* Matrix files: what is read, written as a table of exact rationals, is read as the same; what is refused has a reason in
 * one line of printable characters and leaves the matrix alone. */
#define _GNU_SOURCE
#include "fuzz.h"
#include <edgewise/num.h>
#include <sys/mman.h>
#include <unistd.h>

/* A file in memory with these bytes; its name goes to `name`. */
static int file_of(char name[64], const void *data, size_t size)
{
    int file = memfd_create("matrix", 0);
    MUST(file >= 0 && write(file, data, size) == (ssize_t)size);
    snprintf(name, 64, "/proc/self/fd/%d", file);
    return file;
}

static char *table_of(const fmpq_mat_t m, size_t *size)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, size);
    MUST(out != NULL);
    for (slong i = 0; i < fmpq_mat_nrows(m); i++)
        for (slong j = 0; j < fmpq_mat_ncols(m); j++) {
            char *entry = ew_rational_text(fmpq_mat_entry(m, i, j));
            fprintf(out, "%s%s", entry, j + 1 < fmpq_mat_ncols(m) ? "," : "\n");
            free(entry);
        }
    fclose(out);
    return text;
}

static void read_again(const fmpq_mat_t m)
{
    size_t size;
    char *text = table_of(m, &size), name[64], why[300];
    int file = file_of(name, text, size);
    fmpq_mat_t again;
    fmpq_mat_init(again, 0, 0);
    MUST(size > 100000 || ew_matrix_read_any(again, name, why, sizeof why) == EW_OK);
    MUST(size > 100000 || fmpq_mat_equal(m, again));
    fmpq_mat_clear(again);
    close(file);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char name[64], why[300] = "";
    int file = file_of(name, data, size);
    fmpq_mat_t any, square;
    fmpq_mat_init(any, 0, 0);
    fmpq_mat_init(square, 0, 0);
    ew_status status = ew_matrix_read_any(any, name, why, sizeof why);
    if (status == EW_OK) {
        MUST(fmpq_mat_nrows(any) > 0 && fmpq_mat_ncols(any) > 0);
        if (fmpq_mat_nrows(any) * fmpq_mat_ncols(any) < 10000)
            read_again(any);
    } else {
        MUST(status == EW_BAD_INPUT || status == EW_RESOURCES);
        MUST(fuzz_is_line(why) && fmpq_mat_nrows(any) == 0);
    }
    /* square or refused, and the same matrix */
    ew_status strict = ew_matrix_read(square, name, why, sizeof why);
    MUST(strict != EW_OK || (status == EW_OK && fmpq_mat_equal(any, square)));
    MUST(status != EW_OK || strict == EW_OK || fmpq_mat_nrows(any) != fmpq_mat_ncols(any));
    fmpq_mat_clear(any);
    fmpq_mat_clear(square);
    close(file);
    return 0;
}
