/* Square matrices with exact rational entries from a text file: CSV and MatrixMarket. The file is held in
 * memory and cut up in place; a matrix is made only once its dimension and the memory for it are known. */
#include <edgewise/num.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { LARGEST_FILE = 1000000000, FIRST_ROOM = 1 << 16, QUOTED = 40 };
enum { COORDINATE, ARRAY };
enum { REAL, INTEGER, PATTERN };
enum { GENERAL, SYMMETRIC, SKEW };

/* The text and the place in it; `why` is the caller's. */
typedef struct {
    char *text;
    size_t size;
    char separator; /* between entries; ' ' stands for any run of blanks and tabs */
    char comment;   /* lines that start with it are skipped */
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
    slong d;
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
    char quoted[QUOTED + 4];
    size_t n = strnlen(entry, QUOTED + 1);
    memcpy(quoted, entry, n);
    strcpy(quoted + (n > QUOTED ? QUOTED : n), n > QUOTED ? "..." : "");
    for (char *c = quoted; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || (unsigned char)*c > '~')
            *c = '?';
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

/* A NUL would end an entry early and hide what follows it. */
static ew_status refuse_nul(const reader_t *r)
{
    const char *nul = memchr(r->text, '\0', r->size);
    if (nul == NULL)
        return EW_OK;
    slong line = 1;
    for (const char *c = r->text; c < nul; c++)
        line += *c == '\n';
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

/* Goes to the next line that is neither empty nor a comment; false at the end of the text. */
static bool next_line(reader_t *r)
{
    while (*r->next != '\0') {
        r->at = r->next;
        r->end = strchr(r->at, '\n');
        if (r->end == NULL)
            r->end = r->text + r->size;
        r->next = *r->end == '\n' ? r->end + 1 : r->end;
        r->line++;
        r->entry = 0;
        if (r->end > r->at && r->end[-1] == '\r')
            r->end--;
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
static const char *take_entry(reader_t *r)
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

static ew_status take_number(reader_t *r, fmpq_t q)
{
    const char *entry = take_entry(r), *why = NULL;
    ew_status status = ew_rational_parse(q, entry, &why);
    if (status == EW_OK)
        return EW_OK;
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

/* Is there memory for a d x d matrix, with `extra` bytes more for each entry? */
static ew_status check_memory(reader_t *r, slong d, double extra)
{
    r->bytes = (double)r->size + (double)d * (double)d * (sizeof(fmpq) + extra) +
               (double)d * sizeof(fmpq *);
    if (ew_memory_check(r->bytes) == EW_OK)
        return EW_OK;
    char needed[32];
    ew_memory_text(needed, sizeof needed, r->bytes);
    return fail(r, EW_RESOURCES, "is %ld x %ld, which needs %s of memory", d, d, needed);
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

/* The lines are counted before a matrix is made, so that a long row alone asks for no memory. */
static ew_status read_csv(reader_t *r, fmpq_mat_t a)
{
    r->comment = '#';
    if (!next_line(r))
        return fail(r, EW_BAD_INPUT, "is empty; allowed: a square matrix, one row on each line");
    r->separator = choose_separator(r);
    slong rows = 1, cols = count_entries(r);
    while (next_line(r))
        rows++;
    if (rows != cols) { /* a word or a ragged line is the likelier cause, and says more */
        ew_status status = read_rows(r, NULL);
        return status == EW_OK ? refuse_shape(r, rows, cols) : status;
    }
    ew_status status = check_memory(r, cols, 0);
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

/* The first line: %%MatrixMarket matrix FORMAT FIELD SYMMETRY. */
static ew_status read_header(reader_t *r, market_t *market)
{
    static const char *const words[5][4] = {{"%%MatrixMarket"},
                                            {"matrix"},
                                            {"coordinate", "array"},
                                            {"real", "integer", "pattern"},
                                            {"general", "symmetric", "skew-symmetric"}};
    int choice[5];
    next_line(r);
    slong count = count_entries(r);
    if (count != 5)
        return fail(r, EW_BAD_INPUT,
                    "line 1: has %ld %s, a header has 5: %%%%MatrixMarket matrix, then format, "
                    "field and symmetry",
                    count, entries(count));
    for (int i = 0; i < 5; i++) {
        ew_status status = take_word(r, choice + i, words[i]);
        if (status != EW_OK)
            return status;
    }
    market->format = choice[2];
    market->field = choice[3];
    market->symmetry = choice[4];
    if (market->format == ARRAY && market->field == PATTERN)
        return fail(r, EW_BAD_INPUT, "line 1: a pattern has no values to fill an array with");
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
    slong d = market->d;
    if (market->symmetry == GENERAL)
        return d * d;
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
    if (size[0] != size[1])
        return refuse_shape(r, size[0], size[1]);
    if (size[0] == 0)
        return fail(r, EW_BAD_INPUT, "is 0 x 0, which is empty");
    market->d = size[0];
    market->size_line = r->line;
    market->total = size[2]; /* an array's own, at most d^2, is known to fit once d^2 entries do */
    ew_status status = check_memory(r, market->d, market->format == COORDINATE ? 0.125 : 0);
    if (status == EW_OK && market->format == ARRAY)
        market->total = array_entries(market);
    return status;
}

/* Reads the place of a coordinate entry, and refuses one that was there or that symmetry leaves out. */
static ew_status read_place(reader_t *r, market_t *market)
{
    slong i, j, d = market->d;
    ew_status status = take_integer(r, &i, 1, d);
    if (status == EW_OK)
        status = take_integer(r, &j, 1, d);
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
    size_t place = (size_t)market->i * (size_t)d + (size_t)market->j;
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
    if (market->i == market->d) {
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
    if (status == EW_OK && market->field == INTEGER && !fmpz_is_one(fmpq_denref(q)))
        status = fail(r, EW_BAD_INPUT, "line %ld: is not a whole number, but line 1 says integer",
                      r->line);
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
        market.had = calloc((size_t)market.d * (size_t)market.d / 8 + 1, 1);
        if (market.had == NULL)
            return fail(r, EW_RESOURCES, "does not fit into memory");
    }
    fmpq_mat_clear(a);
    fmpq_mat_init(a, market.d, market.d);
    status = read_entries(r, &market, a);
    free(market.had);
    return status;
}

ew_status ew_matrix_read(fmpq_mat_t m, const char *name, char *why, size_t why_size)
{
    static const char banner[] = "%%MatrixMarket";
    reader_t reader = {.why = why, .why_size = why_size};
    fmpq_mat_t a;
    fmpq_mat_init(a, 0, 0);
    ew_status status = load(&reader, name);
    if (status == EW_OK) {
        rewind_text(&reader);
        status = strncasecmp(reader.text, banner, sizeof banner - 1) == 0 ? read_market(&reader, a)
                                                                          : read_csv(&reader, a);
    }
    if (status == EW_OK)
        fmpq_mat_swap(m, a);
    fmpq_mat_clear(a);
    free(reader.text);
    return status;
}
