/* Matrices with exact rational entries from a text file: CSV and MatrixMarket. The file is held in memory and
 * cut up in place; a matrix is made only once its shape and the memory for it are known. */
#include "num/words.h"
#include <edgewise/num.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { LARGEST_FILE = 1000000000, FIRST_ROOM = 1 << 16, QUOTED = 40 };
enum { COORDINATE, ARRAY };
enum { REAL, INTEGER, UNSIGNED, PATTERN };
enum { GENERAL, SYMMETRIC, SKEW };

/* The text and the place in it; `why` is the caller's. */
typedef struct {
    char *text;
    size_t size;
    char separator; /* between entries; ' ' stands for any run of blanks and tabs */
    char comment;   /* lines that start with it are skipped */
    char point;     /* before the decimals of a number: '.' or ',' */
    bool square;    /* other shapes are refused */
    char *next;     /* where the next line starts */
    char *at, *end; /* what is left of the current line */
    slong line;     /* its number, from 1 */
    slong entry;    /* the number in the line of the entry taken last, from 1 */
    double bytes;   /* memory that the text and the matrix take */
    char *why;
    size_t why_size;
} reader_t;

/* What the header and the size line of a MatrixMarket file announce, and the place of the next entry. */
typedef struct {
    int format, field, symmetry;
    slong rows, cols;
    slong header_line;
    slong total;        /* entries in the file */
    slong size_line;    /* the line that announces them */
    slong i, j;         /* the place of the entry being read, from 0 */
    unsigned char *had; /* a bit for each place, set once an entry was read for it */
} market_t;

__attribute__((format(printf, 3, 4))) static ew_status fail(const reader_t *r, ew_status status,
                                                            const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(r->why, r->why_size, format, arguments);
    va_end(arguments);
    return status;
}

/* Refuses the entry taken last, quoting it; `allowed` may be NULL. */
static ew_status refuse_entry(const reader_t *r, ew_status status, const char *entry,
                              const char *reason, const char *allowed)
{
    char quoted[EW_QUOTED_SIZE(QUOTED)];
    ew_words_quote(quoted, entry, strlen(entry), QUOTED);
    return fail(r, status, "line %ld, entry %ld: \"%s\" %s%s%s", r->line, r->entry, quoted, reason,
                allowed == NULL ? "" : "; allowed: ", allowed == NULL ? "" : allowed);
}

static const char *entries(slong count)
{
    return count == 1 ? "entry" : "entries";
}

/* ---- The text ------------------------------------------------------------------------------- */

/* Reads the stream to its end, and puts a NUL there. A size known beforehand only saves copying: pipes have
 * none, and a file may grow. */
static ew_status slurp(reader_t *r, FILE *file, size_t room)
{
    for (size_t got = 1; got > 0; r->size += got) {
        if (r->text == NULL || r->size + 1 >= room) {
            room = r->text == NULL ? room + FIRST_ROOM : 2 * room;
            char *more = realloc(r->text, room);
            if (more == NULL)
                return fail(r, EW_RESOURCES, "does not fit into memory");
            r->text = more;
        }
        got = fread(r->text + r->size, 1, room - 1 - r->size, file);
        if (r->size + got > LARGEST_FILE)
            return fail(r, EW_RESOURCES, "is larger than 1 GB");
    }
    if (ferror(file))
        return fail(r, EW_BAD_INPUT, "cannot be read: %s", strerror(errno));
    r->text[r->size] = '\0';
    return EW_OK;
}

/* Does the text start with these bytes? */
static bool starts_with(const reader_t *r, const char *bytes, size_t size)
{
    return r->size >= size && memcmp(r->text, bytes, size) == 0;
}

/* A byte order mark: that of UTF-8, which Excel writes, says nothing about the numbers; UTF-16 is not read. */
static ew_status take_mark(reader_t *r)
{
    if (starts_with(r, "\xff\xfe", 2) || starts_with(r, "\xfe\xff", 2))
        return fail(r, EW_BAD_INPUT, "line 1: is UTF-16 text; allowed: UTF-8 or ASCII");
    if (starts_with(r, "\xef\xbb\xbf", 3)) {
        memmove(r->text, r->text + 3, r->size - 2); /* with the NUL behind it */
        r->size -= 3;
    }
    return EW_OK;
}

/* A NUL would end an entry early and hide what follows it. */
static ew_status refuse_nul(const reader_t *r)
{
    const char *nul = memchr(r->text, '\0', r->size);
    if (nul == NULL)
        return EW_OK;
    slong line = 1;
    for (const char *c = r->text; c < nul; c++)
        line += *c == '\n' || (*c == '\r' && c[1] != '\n');
    return fail(r, EW_BAD_INPUT, "line %ld: holds a NUL byte, so this is not a text", line);
}

static ew_status load(reader_t *r, const char *name)
{
    FILE *file = fopen(name, "rb");
    struct stat about;
    if (file == NULL)
        return fail(r, EW_BAD_INPUT, "cannot be read: %s", strerror(errno));
    ew_status status;
    if (fstat(fileno(file), &about) != 0)
        status = fail(r, EW_BAD_INPUT, "cannot be read: %s", strerror(errno));
    else if (S_ISDIR(about.st_mode))
        status = fail(r, EW_BAD_INPUT, "is a directory");
    else if (about.st_size > LARGEST_FILE)
        status = fail(r, EW_RESOURCES, "is larger than 1 GB");
    else
        status = slurp(r, file, (size_t)about.st_size);
    fclose(file);
    if (status == EW_OK)
        status = take_mark(r);
    return status == EW_OK ? refuse_nul(r) : status;
}

/* ---- Lines and entries ---------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void rewind_text(reader_t *r)
{
    r->next = r->text;
    r->line = 0;
}

/* Goes to the next line that is neither empty nor a comment; false at the end of the text. A line ends at LF, CRLF
 * or a CR alone. */
static bool next_line(reader_t *r)
{
    while (*r->next != '\0') {
        r->at = r->next;
        r->end = r->at + strcspn(r->at, "\r\n");
        r->next = r->end + (r->end[0] == '\r' && r->end[1] == '\n' ? 2 : r->end[0] != '\0');
        r->line++;
        r->entry = 0;
        const char *start = r->at;
        while (start < r->end && is_blank(*start))
            start++;
        if (start < r->end && *start != r->comment)
            return true;
    }
    return false;
}

static bool ends_entry(const reader_t *r, char c)
{
    return r->separator == ' ' ? is_blank(c) : c == r->separator;
}

/* May it stand before an entry? A tab between entries may not: an empty one is left of it. */
static bool is_padding(const reader_t *r, char c)
{
    return is_blank(c) && (r->separator == ' ' || c != r->separator);
}

/* Entries in the current line, which stays as it is: one more than its separators, but as many as its words
 * where blanks separate. */
static slong count_entries(const reader_t *r)
{
    slong count = r->separator != ' ';
    for (const char *c = r->at; c < r->end; c++)
        if (r->separator != ' ')
            count += *c == r->separator;
        else
            count += !is_blank(*c) && (c + 1 == r->end || is_blank(c[1]));
    return count;
}

/* Takes the next entry off the current line, which has one left, and puts a NUL behind it. */
static char *take_entry(reader_t *r)
{
    while (r->at < r->end && is_padding(r, *r->at))
        r->at++;
    char *entry = r->at, *stop = entry;
    while (stop < r->end && !ends_entry(r, *stop))
        stop++;
    r->at = stop < r->end ? stop + 1 : stop;
    while (stop > entry && is_blank(stop[-1]))
        stop--;
    *stop = '\0'; /* the line's own end has been passed by then, so that a newline may go */
    r->entry++;
    return entry;
}

/* Puts `put` in the place of the first of `from` in the entry; where that was, or NULL. */
static char *exchange(char *entry, const char *from, char put)
{
    char *place = strpbrk(entry, from);
    if (place != NULL)
        *place = put;
    return place;
}

/* Takes a number, whose decimals may stand behind a comma and whose exponent behind Fortran's D. */
static ew_status take_number(reader_t *r, fmpq_t q)
{
    char *entry = take_entry(r), letter = entry[strcspn(entry, "dD")];
    const char *why = NULL;
    char *comma = r->point == ',' ? exchange(entry, ",", '.') : NULL;
    char *exponent = letter == '\0' ? NULL : exchange(entry, "dD", 'e');
    ew_status status = ew_rational_parse(q, entry, &why);
    if (status == EW_OK)
        return EW_OK;
    if (comma != NULL) /* quoted as it stands in the file */
        *comma = ',';
    if (exponent != NULL)
        *exponent = letter;
    return refuse_entry(r, status, entry, why,
                        status == EW_BAD_INPUT ? "numbers such as -2, 0.1, 1e-3 and 3/7" : NULL);
}

/* Takes a whole number in [lo, hi]. */
static ew_status take_integer(reader_t *r, slong *n, slong lo, slong hi)
{
    const char *entry = take_entry(r), *why = NULL;
    if (ew_integer_parse(n, entry, lo, hi, &why) == EW_OK)
        return EW_OK;
    char allowed[80];
    snprintf(allowed, sizeof allowed, "%ld to %ld", lo, hi);
    return refuse_entry(r, EW_BAD_INPUT, entry, why, hi < WORD_MAX ? allowed : NULL);
}

/* ---- The matrix ----------------------------------------------------------------------------- */

static ew_status refuse_shape(const reader_t *r, slong rows, slong cols)
{
    return fail(r, EW_BAD_INPUT, "is %ld x %ld, not square", rows, cols);
}

/* Is there memory for a matrix of this shape, with `extra` bytes more for each entry, and for what everyone makes of it: its
 * singular values and vectors in doubles? */
static ew_status check_memory(reader_t *r, slong rows, slong cols, double extra)
{
    r->bytes = (double)r->size +
               (double)rows * (double)cols * (sizeof(fmpq) + 4 * sizeof(double) + extra) +
               (double)rows * sizeof(fmpq *);
    if (ew_memory_check(r->bytes) == EW_OK)
        return EW_OK;
    char needed[32];
    ew_memory_text(needed, sizeof needed, r->bytes);
    return fail(r, EW_RESOURCES, "is %ld x %ld, which needs %s of memory", rows, cols, needed);
}

/* Bytes that an integer has beyond its place in the matrix. */
static double bytes_beyond(const fmpz_t z)
{
    return COEFF_IS_MPZ(*z) ? (double)sizeof(mpz_t) + 8 * (double)fmpz_size(z) : 0;
}

/* Entry (i, j) = q. Few characters can stand for long integers (1e100000), so these are counted as they come. */
static ew_status set_entry(reader_t *r, fmpq_mat_t a, slong i, slong j, const fmpq_t q)
{
    double more = bytes_beyond(fmpq_numref(q)) + bytes_beyond(fmpq_denref(q));
    r->bytes += more;
    if (more > 0 && ew_memory_check(r->bytes) != EW_OK) {
        char needed[32];
        ew_memory_text(needed, sizeof needed, r->bytes);
        return fail(r, EW_RESOURCES, "line %ld: the entries so far need %s of memory", r->line,
                    needed);
    }
    fmpq_set(fmpq_mat_entry(a, i, j), q);
    return EW_OK;
}

/* ---- CSV ------------------------------------------------------------------------------------ */

/* What separates the entries of the current line: the first of these that stands in it. */
static char choose_separator(const reader_t *r)
{
    static const char separators[] = {',', ';', '\t'};
    for (size_t i = 0; i < sizeof separators; i++)
        if (memchr(r->at, separators[i], (size_t)(r->end - r->at)) != NULL)
            return separators[i];
    return ' ';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What a file with commas and semicolons has in it: lines on which the first was seen, 0: none. */
typedef struct {
    slong comma, semicolon, point;
    slong lines;
    bool
        decimals; /* a comma that is no thousands separator, as the digits behind it are not three */
} marks_t;

/* Digits behind the comma, other than three, make it a decimal one. */
static bool is_decimal(const char *comma, const char *end)
{
    const char *c = comma + 1;
    while (c < end && is_digit(*c))
        c++;
    return c - comma != 4;
}

static void look_at_marks(marks_t *marks, const reader_t *r)
{
    marks->lines++;
    for (const char *c = r->at; c < r->end; c++)
        if (*c == ',') {
            marks->comma = marks->comma > 0 ? marks->comma : r->line;
            marks->decimals = marks->decimals || is_decimal(c, r->end);
        } else if (*c == ';')
            marks->semicolon = marks->semicolon > 0 ? marks->semicolon : r->line;
        else if (*c == '.')
            marks->point = marks->point > 0 ? marks->point : r->line;
}

/* Chooses the separator by the first line, unless semicolons stand anywhere: then they separate, and commas are
 * decimal ones where the whole file leaves no other reading. Ends at the first line again. */
static ew_status choose_marks(reader_t *r)
{
    marks_t marks = {.comma = 0};
    r->separator = choose_separator(r);
    rewind_text(r);
    while (next_line(r))
        look_at_marks(&marks, r);
    rewind_text(r);
    next_line(r);
    if (marks.comma == 0 || marks.semicolon == 0)
        return EW_OK;
    if (marks.point > 0)
        return fail(r, EW_BAD_INPUT,
                    "line %ld: has commas, line %ld semicolons and line %ld points; allowed: "
                    "decimal points, or decimal commas with semicolons between entries",
                    marks.comma, marks.semicolon, marks.point);
    if (!marks.decimals)
        return fail(r, EW_BAD_INPUT,
                    "line %ld: has a comma before three digits, as all in this file, which may be "
                    "a decimal one or one between thousands; allowed: decimal points",
                    marks.comma);
    if (marks.lines == 1)
        return fail(r, EW_BAD_INPUT,
                    "line %ld: is alone, so that its semicolons may end rows or its commas be "
                    "decimal ones; allowed: decimal points, one row on each line",
                    marks.comma);
    r->separator = ';';
    r->point = ',';
    return EW_OK;
}

/* Takes the numbers of the current line that are whole and not negative, at most three; how many there are. Leaves the
 * text as it is. */
static int peek_counts(const reader_t *r, slong n[3])
{
    int found = 0;
    const char *c = r->at;
    for (; found < 3; found++) {
        while (c < r->end && is_blank(*c))
            c++;
        const char *start = c;
        for (n[found] = 0; c < r->end && is_digit(*c) && c - start < 18; c++)
            n[found] = 10 * n[found] + (*c - '0');
        if (c == start || (c < r->end && !is_blank(*c)))
            break;
    }
    return found;
}

/* Refuses a table of three columns that reads as MatrixMarket coordinates without their header: the first line as
 * rows, columns, and the number of lines that follow, each of which starts with a place. */
static ew_status refuse_headless(reader_t *r, slong rows)
{
    slong size[3], place[3], first = r->line;
    bool headless = r->separator != ',' && r->separator != ';' && count_entries(r) == 3 &&
                    peek_counts(r, size) == 3 && size[2] == rows - 1;
    for (slong k = 1; headless && next_line(r); k++)
        headless = count_entries(r) == 3 && peek_counts(r, place) >= 2 && place[0] >= 1 &&
                   place[0] <= size[0] && place[1] >= 1 && place[1] <= size[1];
    if (!headless)
        return EW_OK;
    return fail(r, EW_BAD_INPUT,
                "line %ld: may be the size of a MatrixMarket file without its header; allowed: "
                "above it a line %%%%MatrixMarket matrix coordinate real general, or, when these "
                "are %ld rows of a matrix, commas between the entries",
                first, rows);
}

/* Reads all lines into a; when a is NULL they are only checked. */
static ew_status read_rows(reader_t *r, fmpq_mat_struct *a)
{
    ew_status status = EW_OK;
    slong cols = 0, first = 0;
    fmpq_t q;
    fmpq_init(q);
    rewind_text(r);
    for (slong i = 0; status == EW_OK && next_line(r); i++) {
        slong count = count_entries(r);
        if (i == 0) {
            cols = count;
            first = r->line;
        } else if (count != cols)
            status = fail(r, EW_BAD_INPUT, "line %ld: has %ld %s, line %ld has %ld", r->line, count,
                          entries(count), first, cols);
        for (slong j = 0; status == EW_OK && j < cols; j++) {
            status = take_number(r, q);
            if (status == EW_OK && a != NULL)
                status = set_entry(r, a, i, j, q);
        }
    }
    fmpq_clear(q);
    return status;
}

/* Refuses a file whose shape, told by its lines, will not do. A word or a ragged line is the likelier cause, and says
 * more. */
static ew_status refuse_lines(reader_t *r, slong rows, slong cols)
{
    ew_status status = read_rows(r, NULL);
    return status == EW_OK ? refuse_shape(r, rows, cols) : status;
}

/* The lines are counted before a matrix is made, so that a long row alone asks for no memory. */
static ew_status read_csv(reader_t *r, fmpq_mat_t a)
{
    r->comment = '#';
    if (!next_line(r))
        return fail(r, EW_BAD_INPUT, "is empty; allowed: a matrix, one row on each line");
    ew_status status = choose_marks(r);
    if (status != EW_OK)
        return status;
    slong rows = 1, cols = count_entries(r);
    bool ragged = false;
    while (next_line(r)) {
        rows++;
        ragged = ragged || count_entries(r) != cols;
    }
    rewind_text(r);
    next_line(r);
    status = refuse_headless(r, rows);
    if (status == EW_OK && (ragged || (r->square && rows != cols)))
        return refuse_lines(r, rows, cols);
    if (status == EW_OK)
        status = check_memory(r, rows, cols, 0);
    if (status != EW_OK)
        return status;
    fmpq_mat_clear(a);
    fmpq_mat_init(a, rows, cols);
    return read_rows(r, a);
}

/* ---- MatrixMarket --------------------------------------------------------------------------- */

/* Takes a word and says in `choice` which of those in `words`, up to a NULL, it is. */
static ew_status take_word(reader_t *r, int *choice, const char *const words[])
{
    const char *entry = take_entry(r);
    char allowed[100] = "";
    for (int i = 0; words[i] != NULL; i++) {
        *choice = i;
        if (strcasecmp(entry, words[i]) == 0)
            return EW_OK;
        strcat(strcat(allowed, i > 0 ? ", " : ""), words[i]);
    }
    return refuse_entry(r, EW_BAD_INPUT, entry, "is not supported", allowed);
}

/* The line %%MatrixMarket matrix FORMAT FIELD SYMMETRY, which is the current one. */
static ew_status read_header(reader_t *r, market_t *market)
{
    static const char *const words[5][5] = {{"%%MatrixMarket"},
                                            {"matrix"},
                                            {"coordinate", "array"},
                                            {"real", "integer", "unsigned-integer", "pattern"},
                                            {"general", "symmetric", "skew-symmetric"}};
    int choice[5];
    market->header_line = r->line;
    slong count = count_entries(r);
    if (count != 5)
        return fail(r, EW_BAD_INPUT,
                    "line %ld: has %ld %s, a header has 5: %%%%MatrixMarket matrix, then format, "
                    "field and symmetry",
                    r->line, count, entries(count));
    for (int i = 0; i < 5; i++) {
        ew_status status = take_word(r, choice + i, words[i]);
        if (status != EW_OK)
            return status;
    }
    market->format = choice[2];
    market->field = choice[3];
    market->symmetry = choice[4];
    if (market->format == ARRAY && market->field == PATTERN)
        return fail(r, EW_BAD_INPUT, "line %ld: a pattern has no values to fill an array with",
                    r->line);
    return EW_OK;
}

/* The first row of column j whose entry a symmetric file lists. */
static slong first_row(const market_t *market, slong j)
{
    return market->symmetry == GENERAL ? 0 : market->symmetry == SYMMETRIC ? j : j + 1;
}

/* How many entries an array file has. */
static slong array_entries(const market_t *market)
{
    slong d = market->cols;
    if (market->symmetry == GENERAL)
        return market->rows * d;
    return market->symmetry == SYMMETRIC ? d * (d + 1) / 2 : d * (d - 1) / 2;
}

/* The size line: rows, columns and, in coordinate files, entries. */
static ew_status read_size(reader_t *r, market_t *market)
{
    slong size[3] = {0, 0, 0}, width = market->format == COORDINATE ? 3 : 2;
    if (!next_line(r))
        return fail(r, EW_BAD_INPUT, "ends before the line with its size");
    slong count = count_entries(r);
    if (count != width)
        return fail(r, EW_BAD_INPUT, "line %ld: has %ld %s, a size line here has %ld: %s", r->line,
                    count, entries(count), width,
                    width == 3 ? "rows, columns, entries" : "rows, columns");
    for (slong k = 0; k < width; k++) {
        ew_status status = take_integer(r, size + k, 0, WORD_MAX);
        if (status != EW_OK)
            return status;
    }
    if (size[0] != size[1] && (r->square || market->symmetry != GENERAL))
        return refuse_shape(r, size[0], size[1]);
    if (size[0] == 0 || size[1] == 0)
        return fail(r, EW_BAD_INPUT, "is %ld x %ld, which is empty", size[0], size[1]);
    market->rows = size[0];
    market->cols = size[1];
    market->size_line = r->line;
    market->total = size[2]; /* an array's own is known to fit once as many entries do */
    double extra = market->format == COORDINATE ? 0.125 : 0;
    ew_status status = check_memory(r, market->rows, market->cols, extra);
    if (status == EW_OK && market->format == ARRAY)
        market->total = array_entries(market);
    return status;
}

/* Reads the place of a coordinate entry, and refuses one that was there or that symmetry leaves out. */
static ew_status read_place(reader_t *r, market_t *market)
{
    slong i, j;
    ew_status status = take_integer(r, &i, 1, market->rows);
    if (status == EW_OK)
        status = take_integer(r, &j, 1, market->cols);
    if (status != EW_OK)
        return status;
    market->i = i - 1;
    market->j = j - 1;
    if (market->i < first_row(market, market->j))
        return fail(r, EW_BAD_INPUT,
                    "line %ld: entry (%ld, %ld) is not below the diagonal%s, where a %ssymmetric "
                    "file lists its entries",
                    r->line, i, j, market->symmetry == SKEW ? "" : " or on it",
                    market->symmetry == SKEW ? "skew-" : "");
    size_t place = (size_t)market->i * (size_t)market->cols + (size_t)market->j;
    unsigned char bit = (unsigned char)(1U << place % 8);
    if (market->had[place / 8] & bit)
        return fail(r, EW_BAD_INPUT, "line %ld: entry (%ld, %ld) was given before", r->line, i, j);
    market->had[place / 8] |= bit;
    return EW_OK;
}

/* The place after (i, j) in an array, column by column. */
static void next_place(market_t *market)
{
    market->i++;
    if (market->i == market->rows) {
        market->j++;
        market->i = first_row(market, market->j);
    }
}

/* Sets (i, j) and its mirror image. */
static ew_status set_both(reader_t *r, const market_t *market, fmpq_mat_t a, fmpq_t q)
{
    ew_status status = set_entry(r, a, market->i, market->j, q);
    if (status != EW_OK || market->symmetry == GENERAL || market->i == market->j)
        return status;
    if (market->symmetry == SKEW)
        fmpq_neg(q, q);
    return set_entry(r, a, market->j, market->i, q);
}

/* Is the value one that the header's field allows? */
static ew_status check_field(const reader_t *r, const market_t *market, const fmpq_t q)
{
    bool whole = market->field == INTEGER || market->field == UNSIGNED;
    if (whole && !fmpz_is_one(fmpq_denref(q)))
        return fail(r, EW_BAD_INPUT, "line %ld: is not a whole number, but line %ld says integer",
                    r->line, market->header_line);
    if (market->field == UNSIGNED && fmpq_sgn(q) < 0)
        return fail(r, EW_BAD_INPUT, "line %ld: is negative, but line %ld says unsigned-integer",
                    r->line, market->header_line);
    return EW_OK;
}

/* Reads the current line's entry into a. */
static ew_status read_entry(reader_t *r, market_t *market, fmpq_mat_t a, fmpq_t q)
{
    slong width = market->format == ARRAY ? 1 : market->field == PATTERN ? 2 : 3;
    slong count = count_entries(r);
    if (count != width)
        return fail(r, EW_BAD_INPUT, "line %ld: has %ld %s, in this format a line has %ld: %s",
                    r->line, count, entries(count), width,
                    width == 1   ? "value"
                    : width == 2 ? "row, column"
                                 : "row, column, value");
    ew_status status = market->format == ARRAY ? EW_OK : read_place(r, market);
    if (status == EW_OK && market->field == PATTERN)
        fmpq_one(q);
    else if (status == EW_OK)
        status = take_number(r, q);
    if (status == EW_OK)
        status = check_field(r, market, q);
    if (status == EW_OK)
        status = set_both(r, market, a, q);
    if (market->format == ARRAY)
        next_place(market);
    return status;
}

static ew_status read_entries(reader_t *r, market_t *market, fmpq_mat_t a)
{
    ew_status status = EW_OK;
    slong count = 0;
    fmpq_t q;
    fmpq_init(q);
    market->i = first_row(market, 0);
    market->j = 0;
    for (; status == EW_OK && next_line(r); count++) {
        if (count == market->total)
            status = fail(r, EW_BAD_INPUT, "line %ld: is one entry more than the %ld of line %ld",
                          r->line, market->total, market->size_line);
        else
            status = read_entry(r, market, a, q);
    }
    fmpq_clear(q);
    if (status == EW_OK && count < market->total)
        return fail(r, EW_BAD_INPUT, "ends after %ld %s of the %ld that line %ld announces", count,
                    entries(count), market->total, market->size_line);
    return status;
}

static ew_status read_market(reader_t *r, fmpq_mat_t a)
{
    market_t market = {.had = NULL};
    r->separator = ' ';
    ew_status status = read_header(r, &market);
    r->comment = '%'; /* not before: the header starts with one */
    if (status == EW_OK)
        status = read_size(r, &market);
    if (status != EW_OK)
        return status;
    if (market.format == COORDINATE) {
        market.had = calloc((size_t)market.rows * (size_t)market.cols / 8 + 1, 1);
        if (market.had == NULL)
            return fail(r, EW_RESOURCES, "does not fit into memory");
    }
    fmpq_mat_clear(a);
    fmpq_mat_init(a, market.rows, market.cols);
    status = read_entries(r, &market, a);
    free(market.had);
    return status;
}

/* Is the first line that is neither empty nor a comment the header of a MatrixMarket file? One that is misspelt, as
 * with a single %, is refused. Leaves that line the current one where it is a header. */
static ew_status find_header(reader_t *r, bool *market)
{
    static const char banner[] = "%%MatrixMarket", *const name = banner + 2;
    rewind_text(r);
    *market = false;
    while (next_line(r)) { /* comments are told here: a header starts with their sign */
        while (is_blank(*r->at))
            r->at++;
        const char *word = r->at + strspn(r->at, "% \t");
        *market = strncasecmp(r->at, banner, strlen(banner)) == 0;
        if (!*market && strncasecmp(word, name, strlen(name)) == 0)
            return fail(r, EW_BAD_INPUT,
                        "line %ld: the header of a MatrixMarket file starts with two percent signs "
                        "and no blank: %s matrix",
                        r->line, banner);
        if (*market || *r->at != '%')
            break;
    }
    return EW_OK;
}

static ew_status read_matrix(fmpq_mat_t m, const char *name, bool square, char *why,
                             size_t why_size)
{
    reader_t reader = {.why = why, .why_size = why_size, .point = '.', .square = square};
    bool market = false;
    fmpq_mat_t a;
    fmpq_mat_init(a, 0, 0);
    ew_status status = load(&reader, name);
    if (status == EW_OK)
        status = find_header(&reader, &market);
    if (status == EW_OK && market)
        status = read_market(&reader, a);
    else if (status == EW_OK) {
        rewind_text(&reader);
        status = read_csv(&reader, a);
    }
    if (status == EW_OK)
        fmpq_mat_swap(m, a);
    fmpq_mat_clear(a);
    free(reader.text);
    return status;
}

ew_status ew_matrix_read(fmpq_mat_t m, const char *name, char *why, size_t why_size)
{
    if (m == NULL || name == NULL)
        return EW_BAD_INPUT;
    return read_matrix(m, name, true, why, why_size);
}

ew_status ew_matrix_read_any(fmpq_mat_t m, const char *name, char *why, size_t why_size)
{
    if (m == NULL || name == NULL)
        return EW_BAD_INPUT;
    return read_matrix(m, name, false, why, why_size);
}
