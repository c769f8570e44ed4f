/* The one table of options, and what a command line (and a problem file) gives for them. Parsing, --help,
 * error messages and shell completion all come out of this table. */
#ifndef EDGEWISE_CLI_OPTIONS_H
#define EDGEWISE_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum {
    OPT_DEPTH,
    OPT_ETA,
    OPT_S,
    OPT_SIGMA,
    OPT_ALPHA,
    OPT_DIM,
    OPT_PROBLEM,
    OPT_INDEX,
    OPT_DIGITS,
    OPT_PREC,
    OPT_PERIOD,
    OPT_METHOD,
    OPT_POLYNOMIAL,
    OPT_STEPS,
    OPT_EVERY,
    OPT_ARITHMETIC,
    OPT_DYNAMICS,
    OPT_TARGET,
    OPT_FRAME,
    OPT_SEED,
    OPT_START,
    OPT_OFF_DIAGONAL,
    OPT_FLOW,
    OPT_NO_SHARPNESS,
    OPT_AT,
    OPT_TOP,
    OPT_PHASES,
    OPT_BITS,
    OPT_FORMATS,
    OPT_ORDERS,
    OPT_ROUNDING,
    OPT_MOST_BITS,
    OPT_LIMIT,
    OPT_DOUBLINGS,
    OPT_WINDOW,
    OPT_AXIS,
    OPT_FROM,
    OPT_TO,
    OPT_VIEW,
    OPT_STARTS,
    OPT_COLUMNS,
    OPT_ROWS,
    OPT_TRANSIENT,
    OPT_SAMPLES,
    OPT_THREADS,
    OPT_CHECK,
    OPT_REGION,
    OPT_CERTIFICATE,
    OPT_RESUME,
    OPT_OUTPUT,
    OPT_CSV,
    OPT_JSON,
    OPT_QUIET,
    OPT_COMPLETION,
    OPT_MAN,
    OPT_HELP,
    OPT_COUNT
} option_id;

/* Subcommands as bits, for the table's "who takes it". */
typedef enum {
    CMD_VERIFY = 1,
    CMD_ORBIT = 2,
    CMD_BALANCE = 4,
    CMD_SIMULATE = 8,
    CMD_HELP = 16,
    CMD_TRAIN = 32,
    CMD_SPECTRUM = 64,
    CMD_FLOQUET = 128,
    CMD_STRESS = 256,
    CMD_PRECISION = 512,
    CMD_CHAOS = 1024,
    CMD_EDGE = 2048,
    CMD_CASCADE = 4096,
    CMD_FIGURE = 8192,
    CMD_REPORT = 16384,
    CMD_BIFURCATION = 32768,
    CMD_MAP = 65536,
    CMD_PROVE = 131072,
    CMD_TARGET = 262144
} command_bit;

typedef struct {
    const char *name;     /* without the dashes; also the key in a problem file */
    const char *argument; /* NULL for a switch */
    int commands;         /* bits of the subcommands that take it */
    bool in_file;         /* may stand in a problem file */
    const char *standard; /* the default in words, or NULL; this and the next two: option_part */
    const char
        *allowed; /* the domain in words, for error messages; of numbers the limits, "LO to HI" */
    const char *help;
} option_row;

enum { OPTION_TEXT = 400 };

/* What a text of the table says about a subcommand: of "stress,precision=A|map=B|C" it is A for stress, B for map, and C
 * for those that are not named. `out`, or NULL where it says nothing. */
const char *option_part(char out[OPTION_TEXT], const char *text, int command);

/* The same of what is allowed. */
const char *option_allowed(char out[OPTION_TEXT], option_id id, int command);

extern const option_row option_table[OPT_COUNT];

/* The texts given: from the command line, or from the problem file. NULL where nothing was given. */
typedef struct {
    char *text[OPT_COUNT];
    bool from_file[OPT_COUNT];
    int command;      /* the bit of the subcommand they are for */
    const char *file; /* the problem file's name */
    const char *word; /* stress, precision: the claim; prove: the theorem; NULL */
} options_t;

/* Reads argv[0 .. argc). Returns 0, or the exit code after one line on stderr. */
int options_parse(options_t *options, int argc, char **argv, int command);
void options_clear(options_t *options);

/* Sets an option's text (a copy). */
void options_set(options_t *options, option_id id, const char *text, bool from_file);

/* The option of that name for that command, or -1; keys of problem files with `file`. */
int option_find(const char *name, int command, bool file);

/* The option, key or word nearest to `word` among those allowed, or NULL when none is near. */
const char *option_nearest(const char *word, int command, bool file);

/* One line "edgewise: ..." on stderr; returns `code`. */
int complain(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same about an option's value: names the option (or the file and key), the text, what is wrong and what
 * is allowed. */
int complain_value(int code, const options_t *options, option_id id, const char *why);

#endif
