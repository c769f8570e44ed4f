/* Numbers in and out: exact rationals parsed from text, decimals with proved digits, status codes,
 * progress and interruption, and the memory check made before a large allocation. */
#ifndef EDGEWISE_NUM_H
#define EDGEWISE_NUM_H

#include <edgewise/api.h>
#include <edgewise/flint.h>

EW_BEGIN_API

/* What a call answers. The values are the exit codes of the program. */
typedef enum {
    EW_OK = 0,
    EW_REFUTED_STATUS = 1,   /* only as an exit code: some claim is refuted */
    EW_BAD_INPUT = 2,        /* an argument is outside its domain */
    EW_UNDECIDED_STATUS = 3, /* not decided within the precision or the steps allowed */
    EW_RESOURCES = 4,        /* memory, disk, or a missing part */
    EW_STOPPED = 5           /* the caller's progress function said stop */
} ew_status;

/* A short English phrase for a status; static storage. */
const char *ew_status_text(ew_status status);

/* The version of the library, "major.minor.patch"; static storage. */
const char *ew_version(void);

/* ---- Progress ------------------------------------------------------------------------------ */

/* Long computations call `tick` now and then; it answers true to go on and false to stop, upon which
 * the computation returns EW_STOPPED with its outputs unspecified but clearable.
 *   what   what is being done, static storage
 *   done, total   units of work; total = 0 when unknown */
typedef struct {
    bool (*tick)(void *context, const char *what, ulong done, ulong total);
    void *context;
} ew_progress;

/* True when the computation may go on. `progress` may be NULL, which always goes on. */
bool ew_progress_tick(const ew_progress *progress, const char *what, ulong done, ulong total);

/* ---- Numbers from text --------------------------------------------------------------------- */

/* Reads an exact rational: [+-]digits[.digits][e[+-]digits], or [+-]digits/digits. Nothing else: no
 * blanks, hexadecimal, inf, nan. Never goes through a double.
 *   q     out: the rational, canonical; unchanged on failure
 *   text  the number, NUL terminated
 *   why   out on failure, may be NULL: what is wrong, static storage
 * Returns EW_OK, EW_BAD_INPUT, or EW_RESOURCES for an exponent beyond +-100000 or a text of more
 * than 10^6 characters. */
EW_MUST_CHECK ew_status ew_rational_parse(fmpq_t q, const char *text, const char **why);

/* Reads a decimal integer in [lo, hi], with the same strictness. Returns EW_OK or EW_BAD_INPUT. */
EW_MUST_CHECK ew_status ew_integer_parse(slong *n, const char *text, slong lo, slong hi,
                                         const char **why);

/* Reads a comma-separated list of rationals, at least one.
 *   list, count  out: a vector made by _fmpq_vec_init(count), the caller's to clear with
 *                _fmpq_vec_clear; untouched on failure
 * Returns as ew_rational_parse. */
EW_MUST_CHECK ew_status ew_rational_list_parse(fmpq **list, slong *count, const char *text,
                                               const char **why);

/* The nearest double, as a script reads the decimal; infinite beyond their range. */
double ew_rational_double(const fmpq_t q);

/* ---- Numbers to text ----------------------------------------------------------------------- */

/* The rational as "n" or "n/d"; the caller's to free(). */
char *ew_rational_text(const fmpq_t q);

/* Decimals of a ball x with `digits` significant digits, the caller's to free(); plain notation for
 * moderate exponents, else d.ddde+-N.
 *   ew_decimal_lower, ew_decimal_upper  outward rounded: lower <= x <= upper for every x of the ball
 *   ew_decimal_value  every digit right: the decimal to which both ends of the ball round; NULL when
 *                     the ball is too wide for that (a higher precision settles it, except for a
 *                     number that lies exactly half way between two decimals)
 *   ew_decimal_best   as value with as many digits (at most `digits`) as the ball settles; when it
 *                     settles none, the "[mid +/- radius]" form
 * NULL too for less than one digit or more than EW_DIGITS_MAX.
 * A ball that is not finite gives "-inf"/"inf" ends, NULL and "[+/- inf]". */
char *ew_decimal_lower(const arb_t x, slong digits);
char *ew_decimal_upper(const arb_t x, slong digits);
char *ew_decimal_value(const arb_t x, slong digits);
char *ew_decimal_best(const arb_t x, slong digits);

/* The most bits, and decimal digits, that any function may be asked for. */
#define EW_PREC_MAX WORD(10000000000)
#define EW_DIGITS_MAX WORD(1000000000)

/* Bits that `digits` decimal digits need, rounded up, plus a guard of 32; 0, which is no precision, for less than one digit
 * or more than EW_DIGITS_MAX. */
slong ew_digits_to_bits(slong digits);

/* ---- Memory -------------------------------------------------------------------------------- */

/* Without memory: what the input makes large is asked for before it is allocated, and the call answers EW_RESOURCES. What is
 * small (numbers, texts, the members of a document) ends as every number of GMP, MPFR, FLINT and Arb does that has no room:
 * by flint_abort or abort, as a half-done number cannot be handed back. A host that must not be ended so can
 *   - give GMP and FLINT its own allocation (mp_set_memory_functions, __flint_set_memory_functions) before the first call, and
 *     free a reserve there, or end in its own way, as src/cli/memory.c does for the program, for every library at once;
 *   - replace the end itself (flint_set_abort, gsl_set_error_handler) by a longjmp out of the call: whatever the call held is
 *     then lost, and nothing that was handed to it may be used again but to be dropped;
 *   - run the call in a child process.
 * The library sets no handler itself. */

/* EW_OK when `bytes` more can be had, else EW_RESOURCES: at most nine tenths of what is free, and of what the limits of the
 * process (RLIMIT_AS, RLIMIT_DATA) and of its control groups leave. These are read anew after a tenth of a second. From any
 * thread. Called before an allocation whose size comes from the input. */
EW_MUST_CHECK ew_status ew_memory_check(double bytes);

/* "17.2 GB" for a number of bytes; writes at most `size` characters to `out`, always terminated. */
void ew_memory_text(char *out, size_t size, double bytes);

/* ---- Matrices from files -------------------------------------------------------------------- */

/* Reads a matrix from a text file, every number exactly as ew_rational_parse does, with Fortran's D for e. The format
 * is told by the content:
 *   MatrixMarket  a first line %%MatrixMarket matrix, then coordinate or array, real, integer, unsigned-integer (both
 *                 checked) or pattern (coordinate only, every entry listed is 1), general, symmetric or
 *                 skew-symmetric; one entry on a line, lines that start with % skipped; before the header blanks,
 *                 empty lines and comments will do. A header with a single % is refused
 *   CSV           any other: a row on each line, its entries separated by commas, or by semicolons, tabs or
 *                 blanks, whichever of these comes first in this list and is in the first row; blanks around
 *                 entries, and lines that are empty or start with # are fine; there is no header line. Where
 *                 semicolons stand in a file with commas, they separate and the commas are decimal ones; refused
 *                 when a point stands in it too, when every comma is before three digits (it may be one between
 *                 thousands), or in a single line (which may be rows ended by semicolons). A table without commas
 *                 that reads as MatrixMarket coordinates without the header is refused
 * Lines end with LF, CRLF or CR; a UTF-8 byte order mark is skipped.
 *   ew_matrix_read      square matrices only
 *   ew_matrix_read_any  of any shape
 *   m     out: the matrix, of one row and column at least, in place of what was in it; initialised by the caller
 *         with fmpq_mat_init(m, 0, 0), whose to clear it stays; unchanged on failure
 *   name  the file; one that cannot be rewound, as a pipe, will do
 *   why   out on failure: what is wrong in a line of printable text such as "line 3: has 4 entries, line 1 has
 *         3", without the file's name; what is not ASCII is quoted as <U+2212>, or \xff where it is not UTF-8; at most
 *         `why_size` bytes with the NUL (may be NULL with 0)
 * Returns EW_OK, EW_BAD_INPUT (a file that cannot be read, a bad number, a shape that is not square, entries
 * twice, too few or too many), or EW_RESOURCES (a file larger than 1 GB, a matrix that ew_memory_check refuses,
 * or a number that ew_rational_parse answers so). The file's text is held in memory while it is read. */
EW_MUST_CHECK ew_status ew_matrix_read(fmpq_mat_t m, const char *name, char *why, size_t why_size);
EW_MUST_CHECK ew_status ew_matrix_read_any(fmpq_mat_t m, const char *name, char *why,
                                           size_t why_size);

/* The rank of a matrix of any shape, proved: by elimination modulo as many primes as the minors' size asks for (one
 * where the rank is full). theory/target.md (1), (2)
 * Returns EW_OK, EW_RESOURCES, EW_STOPPED, EW_BAD_INPUT for a NULL; ticks for each prime. */
EW_MUST_CHECK ew_status ew_matrix_rank(slong *rank, const fmpq_mat_t m,
                                       const ew_progress *progress);

EW_END_API

#endif
