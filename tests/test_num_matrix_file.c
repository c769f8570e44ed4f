/* Square matrices of exact rationals from CSV and MatrixMarket files. */
#include "modes.h"
#include "test.h"
#include <edgewise/num.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MARKET "%%MatrixMarket matrix "

enum { NAME_SIZE = 4096, WHY_SIZE = 300 };

/* An open new file in $TMPDIR or /tmp, the caller's to close and to remove. */
static FILE *new_file(char name[NAME_SIZE])
{
    static int made;
    const char *directory = getenv("TMPDIR");
    snprintf(name, NAME_SIZE, "%s/edgewise-matrix-%ld-%d",
             directory == NULL || *directory == '\0' ? "/tmp" : directory, (long)getpid(), made++);
    FILE *file = fopen(name, "wbx");
    assert_non_null(file);
    return file;
}

/* Reads a file that holds just these bytes. */
static ew_status read_bytes(fmpq_mat_t m, const char *bytes, size_t size, char why[WHY_SIZE])
{
    char name[NAME_SIZE];
    FILE *file = new_file(name);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    why[0] = '\0';
    ew_status status = ew_matrix_read(m, name, why, WHY_SIZE);
    remove(name);
    return status;
}

/* The text reads as the d x d matrix whose entries, row by row, follow each other in `expected`. */
static void check_read(const char *text, slong d, const char *expected)
{
    char why[WHY_SIZE];
    fmpq *entries;
    slong count;
    fmpq_mat_t m;
    fmpq_mat_init(m, 0, 0);
    if (read_bytes(m, text, strlen(text), why) != EW_OK)
        fail_msg("\"%s\" was refused: %s", text, why);
    assert_int_equal(fmpq_mat_nrows(m), d);
    assert_int_equal(fmpq_mat_ncols(m), d);
    assert_int_equal(ew_rational_list_parse(&entries, &count, expected, NULL), EW_OK);
    assert_int_equal(count, d * d);
    for (slong i = 0; i < d; i++)
        for (slong j = 0; j < d; j++)
            if (!fmpq_equal(fmpq_mat_entry(m, i, j), entries + i * d + j) ||
                !fmpq_is_canonical(fmpq_mat_entry(m, i, j)))
                fail_msg("entry (%ld, %ld) of \"%s\" was read wrong", i + 1, j + 1, text);
    _fmpq_vec_clear(entries, count);
    fmpq_mat_clear(m);
}

/* These bytes are refused with this status and a printable line with `part` in it; the output stays. */
static void check_refused_bytes(const char *bytes, size_t size, ew_status status, const char *part)
{
    char why[WHY_SIZE];
    fmpq_mat_t m;
    fmpq_mat_init(m, 0, 0);
    ew_status found = read_bytes(m, bytes, size, why);
    if (found != status || strstr(why, part) == NULL)
        fail_msg("\"%s\" gave status %d, \"%s\", not %d, \"%s\"", bytes, (int)found, why,
                 (int)status, part);
    for (const char *c = why; *c != '\0'; c++)
        assert_in_range((unsigned char)*c, ' ', '~');
    assert_int_equal(fmpq_mat_nrows(m), 0);
    assert_int_equal(fmpq_mat_ncols(m), 0);
    fmpq_mat_clear(m);
}

static void check_refused(const char *text, ew_status status, const char *part)
{
    check_refused_bytes(text, strlen(text), status, part);
}

static void matrix_csv_is_read(void **state)
{
    (void)state;
    check_read("1,2\n3,4\n", 2, "1,2,3,4");
    check_read("1,2\n3,4", 2, "1,2,3,4");
    check_read("1,2\r\n3,4\r\n", 2, "1,2,3,4");
    check_read("1,2\r\n\r\n3,4\r\n\n\n \t\n", 2, "1,2,3,4");
    check_read("# two\n\n0.1,3/7\n  # more, or less\n-6/4,+1e-3\n# end", 2, "1/10,3/7,-3/2,1/1000");
    check_read(" 1 ,\t2\n3 , 4 \t\n", 2, "1,2,3,4");
    check_read("1;2\n3; 4\n", 2, "1,2,3,4");
    check_read("1\t2\n3 \t 4\n", 2, "1,2,3,4");
    check_read("  1   2\n3 \t4  \r\n", 2, "1,2,3,4");
    check_read("1 2 3\n4 5 6\n7 8 9\n", 3, "1,2,3,4,5,6,7,8,9");
    check_read("-0.5", 1, "-1/2");
    check_read("5 \n", 1, "5");
    check_read("12345678901234567890123456789,0\n0,1e-40\n", 2,
               "12345678901234567890123456789,0,0,1e-40");
}

static void matrix_market_is_read(void **state)
{
    (void)state;
    check_read("%%MatrixMarket matrix coordinate real general\n% a comment\n%\n\n3 3 4\n1 1 0.1\n"
               "3 1 3/7\n2 3 -1e2\n1 3 0\n",
               3, "1/10,0,0,0,0,-100,3/7,0,0");
    check_read("%%matrixmarket MATRIX Coordinate REAL General\r\n2 2 1\r\n 2\t1  7 \r\n", 2,
               "0,0,7,0");
    check_read("%%MatrixMarket matrix coordinate real symmetric\n3 3 3\n1 1 1\n2 1 2\n3 2 -1/3", 3,
               "1,2,0,2,0,-1/3,0,-1/3,0");
    check_read("%%MatrixMarket matrix coordinate real skew-symmetric\n2 2 1\n2 1 2\n", 2,
               "0,-2,2,0");
    check_read("%%MatrixMarket matrix coordinate pattern general\n2 2 2\n1 2\n2 2\n", 2, "0,1,0,1");
    check_read("%%MatrixMarket matrix coordinate pattern symmetric\n2 2 2\n2 1\n2 2\n", 2,
               "0,1,1,1");
    check_read("%%MatrixMarket matrix coordinate integer general\n2 2 0\n", 2, "0,0,0,0");
    check_read("%%MatrixMarket matrix coordinate real general\n1 1 1\n1 1 5", 1, "5");
    check_read("%%MatrixMarket matrix array integer general\n2 2\n1\n2\n3\n4\n", 2, "1,3,2,4");
    check_read("%%MatrixMarket matrix array real symmetric\n3 3\n1\n2\n3\n4\n5\n6\n", 3,
               "1,2,3,2,4,5,3,5,6");
    check_read("%%MatrixMarket matrix array real skew-symmetric\n3 3\n1\n.5\n3\n", 3,
               "0,-1,-1/2,1,0,-3,1/2,3,0");
    check_read("%%MatrixMarket matrix array real skew-symmetric\n1 1\n", 1, "0");
}

/* As spreadsheets, Fortran and other readers' files write them. */
static void matrix_files_that_people_have(void **state)
{
    (void)state;
    check_read("\xef\xbb\xbf"
               "1.5,2\r\n3,4\r\n",
               2, "3/2,2,3,4");
    check_read("\xef\xbb\xbf%%MatrixMarket matrix array real general\n1 1\n7\n", 1, "7");
    check_read("1,2\r3,4\r", 2, "1,2,3,4");
    check_read("1 2\r\r# x\r3 4", 2, "1,2,3,4");
    check_read("1,5;2\n3;-4,25\n", 2, "3/2,2,3,-17/4");
    check_read("1;2\n3;4,5e-1\n", 2, "1,2,3,9/20");
    check_read("1,5 ; 2,125\r\n3 ;4\r\n", 2, "3/2,17/8,3,4");
    check_read("1.5D+00 2.d-1\n-3D2 4d0\n", 2, "3/2,1/5,-300,4");
    check_read("1,5D+00;2\n3;4\n", 2, "3/2,2,3,4");
    check_read("%%MatrixMarket matrix array real general\n1 1\n1.5D+00\n", 1, "3/2");
    check_read("%%MatrixMarket matrix coordinate unsigned-integer general\n1 1 1\n1 1 3\n", 1, "3");
    check_read("\n \t\n  %%MatrixMarket matrix array integer general\n1 1\n-3\n", 1, "-3");
    check_read("% first\n%%MatrixMarket matrix array integer general\r1 1\r-3\r", 1, "-3");
    check_read("2,2,2\n1,1,1.5\n2,2,0.5\n", 3, "2,2,2,1,1,3/2,2,2,1/2");
    check_read("2;2;2\n1;1;1.5\n2;2;0.5\n", 3, "2,2,2,1,1,3/2,2,2,1/2");
    check_read("2 2 3\n1 1 1.5\n2 2 0.5\n", 3, "2,2,3,1,1,3/2,2,2,1/2");
    check_read("2 2 2\n1 3 1.5\n2 2 0.5\n", 3, "2,2,2,1,3,3/2,2,2,1/2");
    check_read("2 2 2\n1 1 1.5\n2 0 0.5\n", 3, "2,2,2,1,1,3/2,2,0,1/2");
}

static void matrix_csv_is_refused(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"", "is empty"},
        {"\n# only this\n \r\n", "is empty"},
        {"1,2\n3,4\n5,6,7\n", "line 3: has 3 entries, line 1 has 2"},
        {"# x\n1 2 3\n\n4\n5 6 7\n", "line 4: has 1 entry, line 2 has 3"},
        {"1,2,3\n4,5,6\n", "is 2 x 3, not square"},
        {"1\n2\n", "is 2 x 1, not square"},
        {"1,2\nnan,4\n", "line 2, entry 1: \"nan\" is not a number; allowed: "},
        {"1,inf\n3,4\n", "line 1, entry 2: \"inf\" is not a number"},
        {"a,b\n1,2\n3,4\n", "line 1, entry 1: \"a\" is not a number"},
        {"1,2\n3,x\n4,5,6\n", "line 2, entry 2: \"x\" is not a number"},
        {"1,2,\n3,4,\n5,6,\n", "line 1, entry 3: \"\" is empty"},
        {"1,,2\n3,4,5\n6,7,8\n", "line 1, entry 2: \"\" is empty"},
        {"\t1\n2\t3\n", "line 1, entry 1: \"\" is empty"},
        {"1,2\n3,1/0\n", "line 2, entry 2: \"1/0\" divides by zero"},
        {"1,2 # end\n3,4\n", "line 1, entry 2: \"2 # end\" is not a number"},
        {"1,0x2\n3,4\n", "\"0x2\" is not a number"},
        {"1,\"2\"\n3,4\n", "\"\"2\"\" is not a number"},
        {"1,000;2\n3;4,000\n", "line 1: has a comma before three digits, as all in this file"},
        {"1,5;2\n3;4.5\n", "line 1: has commas, line 1 semicolons and line 2 points"},
        {"1,5;2\n", "line 1: is alone, so that its semicolons may end rows"},
        {"1,2;\n3,4;\n", "line 1, entry 2: \"\" is empty"},
        {"1,2,5;2\n3;4\n", "line 1, entry 1: \"1,2,5\" is not a number"},
        {"1,2\n3;4\n", "line 2: has 2 entries, line 1 has 1"},
        {"1,5\t2\n3\t4\n", "line 1, entry 2: \"5\\x092\" is not a number"},
        {"1.5Dx 2\n3 4\n", "line 1, entry 1: \"1.5Dx\" is not a number"},
        {"\xef\xbb\xbf\xef\xbb\xbf"
         "1\n",
         "line 1, entry 1: \"<U+FEFF>1\" is not a number"},
        {"1 \xe2\x88\x92"
         "2\n3 4\n",
         "line 1, entry 2: \"<U+2212>2\" is not a number"},
        {"1 \xe9\n3 4\n", "line 1, entry 2: \"\\xe9\" is not a number"},
        {"%MatrixMarket matrix array real general\n1 1\n1\n",
         "line 1: the header of a MatrixMarket file starts with two percent signs and no blank"},
        {"\n%% MatrixMarket matrix array real general\n1 1\n1\n", "line 2: the header of a"},
        {"MatrixMarket matrix array real general\n1 1\n1\n", "line 1: the header of a"},
        {"2 2 2\n1 1 1.5\n2 2 0.5\n",
         "line 1: may be the size of a MatrixMarket file without its header; allowed: above it a "
         "line %%MatrixMarket matrix coordinate real general, or, when these are 3 rows of a "
         "matrix, commas between the entries"},
        {"% x\n2 2 2\n1 1 1.5\n2 2 0.5\n", "line 1, entry 1: \"%\" is not a number"},
        {"# x\n2\t2\t2\n1\t1\t1.5\n2\t2\t0.5\n", "line 2: may be the size of a MatrixMarket"},
        {"1\r2\n3,4\n", "line 3, entry 1: \"3,4\" is not a number"},
        {"1,\xc2\xbd\x1b[0m\n3,4\n", "\"<U+00BD>\\x1b[0m\" is not a number"},
        {"1,x1234567890123456789012345678901234567890123456789\n3,4\n",
         "\"x123456789012345678901234567890123456789...\" is not a number"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_refused(rows[i][0], EW_BAD_INPUT, rows[i][1]);
    check_refused("1,2\n3,1e999999\n", EW_RESOURCES, "line 2, entry 2: \"1e999999\" has an exp");
    check_refused_bytes("\xff\xfe"
                        "1\0,\0",
                        6, EW_BAD_INPUT, "line 1: is UTF-16 text");
    check_refused_bytes("1,2\r3,4\0 5\n", 11, EW_BAD_INPUT, "line 2: holds a NUL byte");
    check_refused_bytes("1,2\n3,4\0 5\n", 11, EW_BAD_INPUT, "line 2: holds a NUL byte");
}

static void matrix_market_header_is_refused(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"coordinate complex general\n1 1 1\n1 1 1 0\n",
         "line 1, entry 4: \"complex\" is not supported; allowed: real, integer, unsigned-integer, "
         "pattern"},
        {"array complex hermitian\n1 1\n1 0\n", "\"complex\" is not supported"},
        {"coordinate real hermitian\n1 1 1\n1 1 1\n",
         "\"hermitian\" is not supported; allowed: general, symmetric, skew-symmetric"},
        {"table real general\n1 1\n1\n", "\"table\" is not supported; allowed: coordinate, array"},
        {"array pattern general\n1 1\n1\n", "line 1: a pattern has no values"},
        {"array real\n1 1\n1\n", "line 1: has 4 entries, a header has 5"},
        {"array real general now\n1 1\n1\n", "line 1: has 6 entries"},
        {"array real general\n", "ends before the line with its size"},
        {"array real general\n% 1 1\n", "ends before the line with its size"},
        {"array real general\n1 1 1\n1\n", "line 2: has 3 entries, a size line here has 2"},
        {"coordinate real general\n1 1\n1\n", "line 2: has 2 entries, a size line here has 3"},
        {"array real general\n3 4\n1\n", "is 3 x 4, not square"},
        {"array real general\n0 0\n", "is 0 x 0"},
        {"array real general\n-1 1\n", "line 2, entry 1: \"-1\" is too small"},
        {"array real general\n2 2.0\n", "line 2, entry 2: \"2.0\" is not a whole number"},
        {"array real general\n1 99999999999999999999\n", "\"99999999999999999999\" is too large"},
    };
    char text[300];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        snprintf(text, sizeof text, "%s%s", MARKET, rows[i][0]);
        check_refused(text, EW_BAD_INPUT, rows[i][1]);
    }
    check_refused("%%MatrixMarket vector array real general\n1 1\n1\n", EW_BAD_INPUT,
                  "line 1, entry 2: \"vector\" is not supported; allowed: matrix");
    check_refused("%%MatrixMarkets matrix array real general\n1 1\n1\n", EW_BAD_INPUT,
                  "\"%%MatrixMarkets\" is not supported");
}

static void matrix_market_entries_are_refused(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"coordinate real general\n2 2 2\n1 1 5\n1 1 5\n", "line 4: entry (1, 1) was given before"},
        {"coordinate real general\n2 2 1\n3 1 5\n",
         "line 3, entry 1: \"3\" is too large; allowed: 1 to 2"},
        {"coordinate real general\n2 2 1\n1 0 5\n", "line 3, entry 2: \"0\" is too small"},
        {"coordinate real general\n2 2 1\n1 x 5\n", "entry 2: \"x\" is not a whole number"},
        {"coordinate real general\n2 2 2\n1 1 5\n",
         "ends after 1 entry of the 2 that line 2 announces"},
        {"coordinate real general\n2 2 1\n1 1 5\n% z\n1 2 5\n",
         "line 5: is one entry more than the 1 of line 2"},
        {"coordinate real general\n2 2 1\n1 1\n",
         "line 3: has 2 entries, in this format a line has 3: row, column, value"},
        {"coordinate pattern general\n2 2 1\n1 1 1\n", "line 3: has 3 entries"},
        {"coordinate real general\n2 2 1\n1 1 nan\n", "line 3, entry 3: \"nan\" is not a number"},
        {"coordinate real general\n2 2 1\n1 1 -inf\n", "\"-inf\" is not a number"},
        {"coordinate integer general\n2 2 1\n1 1 1/2\n", "line 3: is not a whole number"},
        {"coordinate real symmetric\n2 2 1\n1 2 5\n", "line 3: entry (1, 2) is not below the dia"},
        {"coordinate real skew-symmetric\n2 2 1\n1 1 5\n", "entry (1, 1) is not below the diag"},
        {"coordinate pattern symmetric\n2 2 2\n2 1\n2 1\n", "line 4: entry (2, 1) was given befo"},
        {"array real general\n2 2\n1\n2\n3\n", "ends after 3 entries of the 4"},
        {"array real general\n1 1\n1\n2\n", "line 4: is one entry more than the 1 of line 2"},
        {"array real symmetric\n2 2\n1\n2\n3\n4\n", "is one entry more than the 3 of line 2"},
        {"array real skew-symmetric\n2 2\n1\n2\n", "is one entry more than the 1 of line 2"},
        {"array real general\n2 2\n1 2\n3 4\n", "line 3: has 2 entries, in this format a line ha"},
        {"array unsigned-integer general\n1 1\n-1\n", "line 3: is negative, but line 1 says uns"},
        {"array unsigned-integer general\n1 1\n1/2\n", "line 3: is not a whole number"},
        {"array real general\n1 1\ninf\n", "line 3, entry 1: \"inf\" is not a number"},
    };
    char text[300];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        snprintf(text, sizeof text, "%s%s", MARKET, rows[i][0]);
        check_refused(text, EW_BAD_INPUT, rows[i][1]);
    }
}

/* A dimension that no memory holds is refused at the size line, before anything is made: what follows that line
 * is not looked at. */
static void matrix_dimension_without_memory(void **state)
{
    (void)state;
    check_refused(MARKET "coordinate real general\n999999999 999999999 0\n", EW_RESOURCES,
                  "is 999999999 x 999999999, which needs 48 EB of memory");
    check_refused(MARKET "array real symmetric\n9223372036854775807 9223372036854775807\nx\n",
                  EW_RESOURCES, "YB of memory");
    slong d = 1; /* about the least that is too much, so that making it would be felt */
    while (ew_memory_check(16.0 * (double)d * (double)d) == EW_OK)
        d += 1 + d / 100;
    char text[200];
    snprintf(text, sizeof text, "%scoordinate pattern symmetric\n%ld %ld 1\nx\n", MARKET, d, d);
    check_refused(text, EW_RESOURCES, "of memory");
}

/* A long row alone asks for nothing: it is not square, however much its square would need. */
static void matrix_of_one_long_row(void **state)
{
    (void)state;
    enum { COLUMNS = 300000 };
    char *text = malloc(2 * COLUMNS + 1);
    assert_non_null(text);
    for (int j = 0; j < COLUMNS; j++)
        memcpy(text + 2 * j, "1,", 2);
    text[2 * COLUMNS - 1] = '\0';
    check_refused(text, EW_BAD_INPUT, "is 1 x 300000, not square");
    free(text);
}

static void matrix_file_is_refused(void **state)
{
    (void)state;
    char name[NAME_SIZE], why[WHY_SIZE];
    FILE *file = new_file(name);
    fmpq_mat_t m;
    fmpq_mat_init(m, 0, 0);
    assert_int_equal(ftruncate(fileno(file), 1000000001), 0); /* a hole, which takes no room */
    assert_int_equal(ew_matrix_read(m, name, why, sizeof why), EW_RESOURCES);
    assert_string_equal(why, "is larger than 1 GB");
    fclose(file);
    remove(name);
    assert_int_equal(ew_matrix_read(m, name, why, sizeof why), EW_BAD_INPUT);
    assert_string_equal(why, "cannot be read: No such file or directory");
    assert_int_equal(ew_matrix_read(m, name, NULL, 0), EW_BAD_INPUT);
    assert_int_equal(ew_matrix_read(m, name, why, 7), EW_BAD_INPUT);
    assert_string_equal(why, "cannot");
    assert_int_equal(ew_matrix_read(m, "/", why, sizeof why), EW_BAD_INPUT);
    assert_string_equal(why, "is a directory");
    assert_int_equal(fmpq_mat_nrows(m), 0);
    fmpq_mat_clear(m);
}

/* What was in the output is replaced on success, and kept on failure. */
static void matrix_output_is_replaced_or_kept(void **state)
{
    (void)state;
    char why[WHY_SIZE];
    fmpq_mat_t m;
    fmpq_mat_init(m, 0, 0);
    assert_int_equal(read_bytes(m, "7", 1, why), EW_OK);
    assert_int_equal(read_bytes(m, "1,2\n3,x", 7, why), EW_BAD_INPUT);
    assert_int_equal(fmpq_mat_nrows(m), 1);
    assert_true(fmpz_equal_si(fmpq_mat_entry_num(m, 0, 0), 7));
    assert_int_equal(read_bytes(m, "1,2\n3,4", 7, why), EW_OK);
    assert_int_equal(fmpq_mat_nrows(m), 2);
    assert_true(fmpz_equal_si(fmpq_mat_entry_num(m, 1, 0), 3));
    fmpq_mat_clear(m);
}

/* Other shapes are for those that ask for them. */
static void matrix_of_any_shape(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        slong rows, cols;
    } files[] = {{"1,2,3\n4,5,6\n", 2, 3},
                 {"1\n2\n", 2, 1},
                 {"%%MatrixMarket matrix array real general\n2 3\n1\n4\n2\n5\n3\n6\n", 2, 3},
                 {"%%MatrixMarket matrix coordinate real general\n2 3 2\n1 1 1\n2 3 6\n", 2, 3}};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char name[NAME_SIZE], why[WHY_SIZE] = "";
        FILE *file = new_file(name);
        fmpq_mat_t m;
        fmpq_mat_init(m, 0, 0);
        fputs(files[i].text, file);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(ew_matrix_read(m, name, why, sizeof why), EW_BAD_INPUT);
        assert_non_null(strstr(why, "not square"));
        assert_int_equal(ew_matrix_read_any(m, name, why, sizeof why), EW_OK);
        remove(name);
        assert_int_equal(fmpq_mat_nrows(m), files[i].rows);
        assert_int_equal(fmpq_mat_ncols(m), files[i].cols);
        assert_true(fmpz_equal_si(fmpq_mat_entry_num(m, 0, 0), 1));
        slong last = files[i].cols == 3 ? 6 : 2;
        assert_true(
            fmpz_equal_si(fmpq_mat_entry_num(m, files[i].rows - 1, files[i].cols - 1), last));
        fmpq_mat_clear(m);
    }
    check_refused(MARKET "array real symmetric\n2 3\n1\n", EW_BAD_INPUT, "is 2 x 3, not square");
}

/* A pipe has no size and cannot be rewound. */
static void matrix_comes_from_a_pipe(void **state)
{
    (void)state;
    char name[40], why[WHY_SIZE] = "";
    int ends[2];
    fmpq_mat_t m;
    fmpq_mat_init(m, 0, 0);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "1,2\n3,4\n", 8), 8);
    close(ends[1]);
    snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
    assert_int_equal(ew_matrix_read(m, name, why, sizeof why), EW_OK);
    close(ends[0]);
    assert_int_equal(fmpq_mat_nrows(m), 2);
    assert_true(fmpz_equal_si(fmpq_mat_entry_num(m, 1, 1), 4));
    fmpq_mat_clear(m);
}

/* A random rational, one in four zero, some beyond a machine word. */
static void random_entry(fmpq_t q, ew_random *random)
{
    fmpq_set_si(q, (slong)ew_random_below(random, 2000001) - 1000000,
                1 + ew_random_below(random, 1000));
    ulong kind = ew_random_below(random, 4);
    if (kind == 0)
        fmpq_zero(q);
    else if (kind == 1)
        fmpq_pow_si(q, q, 5);
}

/* Random with this symmetry: +1, -1, or 0 for none. */
static void random_matrix(fmpq_mat_t m, ew_random *random, int symmetry)
{
    for (slong i = 0; i < fmpq_mat_nrows(m); i++)
        for (slong j = 0; j < fmpq_mat_ncols(m); j++)
            if (symmetry == 0 || i > j || (i == j && symmetry > 0))
                random_entry(fmpq_mat_entry(m, i, j), random);
            else if (i == j)
                fmpq_zero(fmpq_mat_entry(m, i, j));
    for (slong i = 0; symmetry != 0 && i < fmpq_mat_nrows(m); i++)
        for (slong j = i + 1; j < fmpq_mat_ncols(m); j++) {
            fmpq_set(fmpq_mat_entry(m, i, j), fmpq_mat_entry(m, j, i));
            if (symmetry < 0)
                fmpq_neg(fmpq_mat_entry(m, i, j), fmpq_mat_entry(m, i, j));
        }
}

static void write_rational(FILE *file, const fmpq_t q)
{
    char *text = ew_rational_text(q);
    assert_non_null(text);
    fputs(text, file);
    free(text);
}

static void write_csv(FILE *file, const fmpq_mat_t m, const char *separator)
{
    for (slong i = 0; i < fmpq_mat_nrows(m); i++)
        for (slong j = 0; j < fmpq_mat_ncols(m); j++) {
            write_rational(file, fmpq_mat_entry(m, i, j));
            fputs(j + 1 < fmpq_mat_ncols(m) ? separator : "\n", file);
        }
}

/* MatrixMarket; coordinates leave zeros out. */
static void write_market(FILE *file, const fmpq_mat_t m, bool array, int symmetry)
{
    slong d = fmpq_mat_nrows(m), count = 0;
    for (slong j = 0; j < d; j++)
        for (slong i = symmetry == 0 ? 0 : symmetry > 0 ? j : j + 1; i < d; i++)
            count += !fmpq_is_zero(fmpq_mat_entry(m, i, j));
    fprintf(file, "%s%s real %s\n%% drawn at random\n%ld %ld", MARKET,
            array ? "array" : "coordinate",
            symmetry == 0  ? "general"
            : symmetry > 0 ? "symmetric"
                           : "skew-symmetric",
            d, d);
    if (!array)
        fprintf(file, " %ld", count);
    for (slong j = 0; j < d; j++)
        for (slong i = symmetry == 0 ? 0 : symmetry > 0 ? j : j + 1; i < d; i++) {
            if (!array && fmpq_is_zero(fmpq_mat_entry(m, i, j)))
                continue;
            fputs("\n", file);
            if (!array)
                fprintf(file, "%ld %ld ", i + 1, j + 1);
            write_rational(file, fmpq_mat_entry(m, i, j));
        }
    fputs("\n", file);
}

/* Random matrices written in every format read back as they were. */
static void matrix_round_trips(void **state)
{
    (void)state;
    static const char *const separators[] = {",", ";", "\t", " ", " , "};
    ew_random random = {ew_test_seed()};
    char name[NAME_SIZE], why[WHY_SIZE] = "";
    for (int round = 0; round < 120; round++) {
        int symmetry = round / 2 % 3 - 1;
        slong d = 1 + (slong)ew_random_below(&random, 9);
        fmpq_mat_t m, back;
        fmpq_mat_init(m, d, d);
        fmpq_mat_init(back, 0, 0);
        random_matrix(m, &random, symmetry);
        for (int format = 0; format < 7; format++) {
            FILE *file = new_file(name);
            if (format < 5)
                write_csv(file, m, separators[format]);
            else
                write_market(file, m, format == 6, symmetry);
            assert_int_equal(fclose(file), 0);
            ew_status status = ew_matrix_read(back, name, why, sizeof why);
            remove(name);
            if (status != EW_OK || !fmpq_mat_equal(back, m))
                fail_msg("round %d, format %d: %s", round, format, why);
        }
        fmpq_mat_clear(back);
        fmpq_mat_clear(m);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(matrix_csv_is_read),
    cmocka_unit_test(matrix_market_is_read),
    cmocka_unit_test(matrix_files_that_people_have),
    cmocka_unit_test(matrix_csv_is_refused),
    cmocka_unit_test(matrix_market_header_is_refused),
    cmocka_unit_test(matrix_market_entries_are_refused),
    cmocka_unit_test(matrix_dimension_without_memory),
    cmocka_unit_test(matrix_of_one_long_row),
    cmocka_unit_test(matrix_file_is_refused),
    cmocka_unit_test(matrix_output_is_replaced_or_kept),
    cmocka_unit_test(matrix_of_any_shape),
    cmocka_unit_test(matrix_comes_from_a_pipe),
    cmocka_unit_test(matrix_round_trips),
};
EW_TESTS(tests)
