#include "cli/commands.h"
#include "cli/interrupt.h"
#include "num/memory.h"
#include "num/words.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NETWORK = CMD_TRAIN | CMD_SPECTRUM | CMD_FLOQUET,
    FORMATS = CMD_STRESS | CMD_PRECISION | CMD_CHAOS | CMD_EDGE,
    DIAGRAMS = CMD_BIFURCATION | CMD_MAP,
    PAGES = CMD_FIGURE | CMD_REPORT,
    MODE = CMD_VERIFY | CMD_ORBIT | CMD_BALANCE | CMD_SIMULATE | NETWORK | FORMATS | CMD_CASCADE |
           DIAGRAMS | PAGES,
    ONE = CMD_ORBIT | CMD_BALANCE | CMD_SIMULATE | CMD_CHAOS,
    STEPS = CMD_SIMULATE | CMD_VERIFY | CMD_TRAIN | CMD_SPECTRUM | FORMATS,
    ALL = MODE | CMD_PROVE | CMD_TARGET | CMD_HELP
};

const option_row option_table[OPT_COUNT] = {
    [OPT_DEPTH] = {"depth", "L", MODE | CMD_TARGET, true, NULL, "2 to 1000000000",
                   "number of layers"},
    [OPT_ETA] = {"eta", "Q", MODE | CMD_TARGET, true, NULL,
                 "a rational above 0, as 0.3, 3e-2 or 37/50", "step size, exact"},
    [OPT_S] = {"s", "Q", MODE, true, NULL, "a rational above 0, as 2.2 or 11/5",
               "instead of --eta: the step in units where 2 is the edge for the largest sigma; "
               "only where eta = s/S is rational"},
    [OPT_SIGMA] = {"sigma", "Q[,Q...]", MODE, true, "1", "rationals above 0, separated by commas",
                   "singular values of the target"},
    [OPT_ALPHA] = {"alpha", "Q", MODE, true, "1/10", "a rational, 0 or above",
                   "size of the initial weights"},
    [OPT_DIM] = {"dim", "D", MODE, true, "the number of singular values",
                 "the number of singular values up to 1000000", "the target is D x D"},
    [OPT_PROBLEM] =
        {"problem", "FILE", MODE, false, NULL, "a readable JSON file",
         "read these keys from a JSON file; the command line wins over it; FILE alone will do "
         "when it has a slash or ends in .json"},
    [OPT_INDEX] = {"index", "I", ONE, false, "1", "1 to the number of singular values",
                   "which singular value, from 1 for the largest"},
    [OPT_DIGITS] =
        {"digits", "N", (MODE & ~PAGES & ~DIAGRAMS) | CMD_TARGET, true,
         "cascade=30|orbit=20|spectrum,floquet,target=12|simulate,train=9 in text, else what reads "
         "back as the same number|10",
         "1 to 1000000000", "significant digits shown, all of them right"},
    [OPT_PREC] = {"prec", "BITS", (MODE & ~PAGES & ~DIAGRAMS) | CMD_PROVE | CMD_TARGET, true,
                  "prove=64|simulate,train,spectrum=128|32768, or what the digits need",
                  "64 to 100000000",
                  "prove,simulate,train,spectrum=working precision|cap on the working precision"},
    [OPT_PERIOD] = {"period", "N", CMD_ORBIT, false, "2", "1 to 64",
                    "all real cycles of exact period N instead, each with its multiplier"},
    [OPT_METHOD] = {"method", "M", CMD_ORBIT, false, "what is faster", "structured or expanded",
                    "how the roots are found: on the unexpanded form, by the closed form of its "
                    "roots; or from the expanded polynomial, by general means"},
    [OPT_POLYNOMIAL] = {"polynomial", NULL, CMD_ORBIT, false, NULL, NULL,
                        "write the expanded polynomial's coefficients too"},
    [OPT_STEPS] = {"steps", "T", STEPS, true,
                   "stress,precision=1000|chaos=100000|verify=500000|spectrum=0|200",
                   "stress,precision=1 to 10000000|chaos,edge=1 to 100000000|spectrum=0 to "
                   "1000000000000, without --top to 100000|0 to 1000000000000",
                   "verify=the most steps of gradient descent that are followed|steps of gradient "
                   "descent"},
    [OPT_EVERY] = {"every", "K", CMD_SIMULATE | CMD_TRAIN, false, "1", "1 to 1000000000000",
                   "record every K-th step (and the last)"},
    [OPT_ARITHMETIC] =
        {"arithmetic", "A", CMD_SIMULATE | CMD_TRAIN | CMD_SPECTRUM, false, "double",
         "simulate=double, mpfr, ball, fp8-e4m3, fp8-e5m2, bf16, fp16, tf32, fp32, fp64, "
         "x87, dd, quad or mpfr-N|double, mpfr or ball",
         "spectrum=arithmetic: double, or ball for certified enclosures|arithmetic "
         "of the simulation"},
    [OPT_DYNAMICS] = {"dynamics", "D", CMD_SIMULATE | CMD_BIFURCATION, false, "pair",
                      "layers, pair or balanced", "L factors, (a, b), or a = b"},
    [OPT_TARGET] = {"target", "FILE",
                    CMD_TRAIN | CMD_SPECTRUM | CMD_FLOQUET | CMD_VERIFY | CMD_ORBIT | CMD_BALANCE,
                    true, NULL, "a square matrix as CSV or MatrixMarket",
                    "read the target from a file; --sigma, when given too, must be its singular "
                    "values. Without it these must be rational, by proof (orbit, balance: that of "
                    "--index), but for train and spectrum --top"},
    [OPT_FRAME] = {"frame", "F", CMD_TRAIN | CMD_SPECTRUM, true, "haar", "haar or identity",
                   "singular vectors of the target: a random draw, or U = V = 1"},
    [OPT_SEED] = {"seed", "N", CMD_TRAIN | CMD_SPECTRUM | CMD_SIMULATE | FORMATS, true, "1",
                  "0 to 4294967295", "seed of every random draw"},
    [OPT_START] =
        {"start", "S", CMD_TRAIN | CMD_SPECTRUM, true, "poster",
         "poster, unbalanced, orthogonal or gaussian",
         "initial weights: 0 above alpha 1, .. alpha 1; 0 above (L-1) alpha 1 .. alpha 1; "
         "alpha times orthogonal; alpha times Gaussian"},
    [OPT_OFF_DIAGONAL] = {"off-diagonal", "Q", CMD_TRAIN | CMD_SPECTRUM, true, "0", "a rational",
                          "added to every off-diagonal entry of V^T W_1 V at the start"},
    [OPT_FLOW] = {"flow", NULL, CMD_TRAIN, false, NULL, NULL,
                  "gradient flow instead, eta per step; in doubles"},
    [OPT_NO_SHARPNESS] = {"no-sharpness", NULL, CMD_TRAIN, false, NULL, NULL,
                          "leave the sharpness out, which costs some 30 gradients a record"},
    [OPT_AT] = {"at", "POINT", CMD_SPECTRUM, false, "minimum", "minimum, reached, low or high",
                "the balanced minimum; with the zeros past the rank at (0, alpha); the low or high "
                "points of the rank-p orbit. With --steps instead: where the scalar dynamics from "
                "(0, alpha) has come to"},
    [OPT_TOP] = {"top", "K", CMD_SPECTRUM, false, NULL, "1 to 1000",
                 "only the K largest, matrix-free, of the whole network after --steps steps from "
                 "--start"},
    [OPT_PHASES] = {"phases", "P", CMD_FLOQUET, false, "+ for every one",
                    "gd, or a + or - for each oscillating singular value, largest first",
                    "which ones are at their low point at even steps (gd: as gradient descent from "
                    "(0, alpha) takes them): picks the multipliers that are counted"},
    [OPT_BITS] = {"bits", "P", CMD_FLOQUET, false, "53", "1 to 1000000000",
                  "precision for which the departure step is predicted"},
    [OPT_FORMATS] = {"formats", "F[,F...]", CMD_STRESS | CMD_CHAOS | CMD_EDGE, false,
                     "the ten from fp8-e4m3 to quad",
                     "fp8-e4m3, fp8-e5m2, bf16, fp16, tf32, fp32, fp64, x87, dd, quad, exact, "
                     "mpfr-N and ball-N "
                     "with N from 2 to 100000, separated by commas",
                     "number formats to try"},
    [OPT_ORDERS] =
        {"orders", "O[,O...]", FORMATS | CMD_SIMULATE, false, "stress=all four|tree",
         "stress=written, tree, fused, wide, separated by commas|written, tree, fused or "
         "wide",
         "order of operations: as the poster writes it, powers by squaring, fused "
         "multiply-adds, sums in a wider format"},
    [OPT_ROUNDING] = {"rounding", "R", FORMATS | CMD_SIMULATE, false, "nearest",
                      "nearest, zero, up, down or stochastic",
                      "of the formats that know it; the others round to nearest"},
    [OPT_MOST_BITS] = {"most-bits", "N", CMD_STRESS | CMD_PRECISION, false, "stress=256|512",
                       "stress=0 to 100000|2 to 100000",
                       "stress=how far to look for the bits that a claim needs; 0: not at all|how "
                       "far to look for the bits that a claim needs"},
    [OPT_LIMIT] = {"limit", NULL, CMD_CASCADE, false, NULL, NULL,
                   "the limit of infinite depth instead of --depth"},
    [OPT_DOUBLINGS] = {"doublings", "K", CMD_CASCADE, false, "6", "1 to 10",
                       "thresholds up to that of the cycle of period 2^K"},
    [OPT_WINDOW] = {"window", "N", CMD_CASCADE, false, NULL, "3 to 64",
                    "a window of that period beyond the thresholds, too"},
    [OPT_AXIS] = {"axis", "A", CMD_BIFURCATION, false, "s", "s, eta, alpha or depth",
                  "what runs from --from to --to"},
    [OPT_FROM] = {"from", "X", DIAGRAMS, false,
                  "map=1.5|1.8 (s), the same in eta, 0.01 (alpha), 2 (depth)",
                  "a positive rational", "value at the left"},
    [OPT_TO] =
        {"to", "X", DIAGRAMS, false,
         "map=where starts diverge|where the attractor ends (s, eta), 1.4 (alpha), 12 (depth)",
         "a rational larger than --from", "value at the right"},
    [OPT_VIEW] = {"view", "LO,HI", DIAGRAMS, false, "map=0.005,1.4|what is visited",
                  "map=two rationals above 0, the larger last|two rationals, the larger last",
                  "map=range of alpha, in units of sigma^(1/L)|range of b shown, in units of "
                  "sigma^(1/L)"},
    [OPT_STARTS] = {"starts", "A[,A...]", CMD_BIFURCATION, false, "1/2",
                    "positive rationals separated by commas, 16 at most; not with --axis alpha",
                    "alphas of the starts (0, alpha), in units of sigma^(1/L)"},
    [OPT_COLUMNS] = {"columns", "N", DIAGRAMS, false, "map=400|800", "2 to 1000000000",
                     "columns; refused when the memory for the cells is not there"},
    [OPT_ROWS] = {"rows", "N", DIAGRAMS, false, "map=300|500", "2 to 1000000000", "rows"},
    [OPT_TRANSIENT] = {"transient", "N", DIAGRAMS, false, "3000", "0 to 1000000000",
                       "steps before anything is recorded"},
    [OPT_SAMPLES] = {"samples", "N", DIAGRAMS, false, "map=512|4000", "256 to 1000000000",
                     "steps recorded"},
    [OPT_THREADS] = {"threads", "N", DIAGRAMS | CMD_PROVE, false, "all cores", "1 to 1024",
                     "cores to use; the result does not depend on it"},
    [OPT_CHECK] = {"check", "X", CMD_BIFURCATION, false, NULL, "a rational from --from to --to",
                   "run that column in balls and prove what it settles on"},
    [OPT_REGION] =
        {"region", "L1[:L2]", CMD_PROVE, false, "2:inf",
         "a depth, or two with a colon, 2 or above, the larger last; the last may be inf",
         "prove it for these depths alone"},
    [OPT_CERTIFICATE] =
        {"certificate", "FILE", CMD_PROVE | CMD_ORBIT | CMD_VERIFY | CMD_BALANCE, false, NULL,
         "a name for a file",
         "orbit,verify=write a proof, that these are all real roots, which edgewise-check checks "
         "again (docs/certificates.md)|balance=write a proof, that the gap is trapped, which "
         "edgewise-check checks again (docs/certificates.md)|write a proof that edgewise-check "
         "checks again (docs/certificates.md)"},
    [OPT_RESUME] = {"resume", "FILE", CMD_PROVE, false, NULL, "a certificate",
                    "go on from a certificate with undecided boxes; it is not trusted"},
    [OPT_OUTPUT] =
        {"output", "FILE", CMD_FIGURE | CMD_REPORT | DIAGRAMS, false,
         "figure=NAME.svg|report=report.html|no picture",
         "report=a name that ends in .html|a name that ends in .svg, .png, .pdf, .csv or .gp",
         "report=the file to write; it appears when it is complete|the file to write; it appears "
         "when it is complete, and beside a picture its data as .csv"},
    [OPT_CSV] = {"csv", NULL, CMD_SIMULATE | NETWORK | FORMATS | CMD_CASCADE | DIAGRAMS, false,
                 NULL, NULL, "write CSV"},
    [OPT_JSON] = {"json", NULL, (MODE & ~PAGES) | CMD_PROVE | CMD_TARGET, false, NULL, NULL,
                  "write JSON (docs/json.md)"},
    [OPT_QUIET] =
        {"quiet", NULL, MODE | CMD_PROVE | CMD_TARGET, false, NULL, NULL,
         "verify=nothing but the exit code, or the JSON with --json|no progress and no notes"},
    [OPT_COMPLETION] = {"completion", NULL, CMD_HELP, false, NULL, NULL,
                        "write a completion script for bash"},
    [OPT_MAN] = {"man", NULL, CMD_HELP, false, NULL, NULL, "write the manual page"},
    [OPT_HELP] = {"help", NULL, ALL, false, NULL, NULL, "this help"},
};

/* The name of a subcommand. */
static const char *command_name(int command)
{
    for (const command_t *row = command_table; row->name != NULL; row++)
        if (row->bit == command)
            return row->name;
    return "";
}

/* Does "orbit,verify" name it? */
static bool names_command(const char *list, size_t size, const char *name)
{
    size_t length = strlen(name);
    for (const char *end = list + size; list < end; list++) {
        size_t n = strcspn(list, ",=");
        if (n == length && strncmp(list, name, n) == 0)
            return true;
        list += n;
    }
    return false;
}

const char *option_part(char out[OPTION_TEXT], const char *text, int command)
{
    const char *name = command_name(command);
    for (const char *part = text; part != NULL; part = strchr(part, '|')) {
        part += *part == '|';
        size_t size = strcspn(part, "|"), names = strspn(part, "abcdefghijklmnopqrstuvwxyz,");
        bool all = part[names] != '='; /* an equals sign may stand further on, in a sentence */
        if (!all && !names_command(part, names, name))
            continue;
        size_t skipped = all ? 0 : names + 1;
        snprintf(out, OPTION_TEXT, "%.*s", (int)(size - skipped), part + skipped);
        return out;
    }
    return NULL;
}

const char *option_allowed(char out[OPTION_TEXT], option_id id, int command)
{
    return option_part(out, option_table[id].allowed, command);
}

int complain(int code, const char *format, ...)
{
    char line[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    for (char *c = line; *c != '\0'; c++) /* one line, whatever a name or a value holds */
        if ((unsigned char)*c < 32 || *c == 127)
            *c = '?';
    interrupt_erase();
    fprintf(stderr, "edgewise: %s\n", line);
    return code;
}

/* The text as it can stand in a message: shortened, in characters that can be seen. */
enum { SHOWN = 60 };

static void shorten(char out[EW_QUOTED_SIZE(SHOWN)], const char *text)
{
    ew_words_quote(out, text, strlen(text), SHOWN);
}

int complain_value(int code, const options_t *options, option_id id, const char *why)
{
    char text[EW_QUOTED_SIZE(SHOWN)];
    shorten(text, options->text[id]);
    char allowed[OPTION_TEXT];
    const option_row *row = option_table + id;
    if (options->from_file[id])
        return complain(code, "%s: %s: \"%s\" %s; allowed: %s", options->file, row->name, text, why,
                        option_allowed(allowed, id, options->command));
    return complain(code, "--%s: \"%s\" %s; allowed: %s", row->name, text, why,
                    option_allowed(allowed, id, options->command));
}

int option_find(const char *name, int command, bool file)
{
    for (int id = 0; id < OPT_COUNT; id++)
        if (strcmp(option_table[id].name, name) == 0 && (option_table[id].commands & command) &&
            (!file || option_table[id].in_file))
            return id;
    return -1;
}

const char *option_nearest(const char *word, int command, bool file)
{
    const char *nearest = NULL;
    int best = 100;
    for (int id = 0; id < OPT_COUNT; id++) {
        const option_row *row = option_table + id;
        if (!(row->commands & command) || (file && !row->in_file) ||
            !ew_words_are_near(word, row->name))
            continue;
        int d = ew_words_distance(word, row->name);
        if (d < best) {
            best = d;
            nearest = row->name;
        }
    }
    return nearest;
}

void options_set(options_t *options, option_id id, const char *text, bool from_file)
{
    free(options->text[id]);
    options->text[id] = strcpy(ew_held(malloc(strlen(text) + 1)), text);
    options->from_file[id] = from_file;
}

void options_clear(options_t *options)
{
    for (int id = 0; id < OPT_COUNT; id++)
        free(options->text[id]);
    memset(options, 0, sizeof *options);
}

static int unknown_option(const char *name, int command)
{
    char text[EW_QUOTED_SIZE(SHOWN)];
    shorten(text, name);
    const char *nearest = option_nearest(name, command, false);
    if (nearest != NULL)
        return complain(2, "unknown option --%s; did you mean --%s?", text, nearest);
    return complain(2, "unknown option --%s; --help lists the options", text);
}

/* One option that starts with "--"; `next` is the following argument or NULL, *used tells if it was taken. */
static int parse_one(options_t *options, const char *argument, const char *next, bool *used,
                     int command)
{
    char name[64], allowed[OPTION_TEXT];
    const char *equals = strchr(argument + 2, '=');
    size_t length = equals != NULL ? (size_t)(equals - argument - 2) : strlen(argument + 2);
    if (length >= sizeof name)
        length = sizeof name - 1;
    memcpy(name, argument + 2, length);
    name[length] = '\0';
    int id = option_find(name, command, false);
    if (id < 0)
        return unknown_option(name, command);
    const char *value = equals != NULL ? equals + 1 : next;
    if (option_table[id].argument == NULL) {
        if (equals != NULL)
            return complain(2, "--%s: takes no value", name);
        value = "";
    } else if (value == NULL)
        return complain(2, "--%s: needs a value; allowed: %s", name,
                        option_allowed(allowed, (option_id)id, command));
    *used = option_table[id].argument != NULL && equals == NULL;
    if (options->text[id] != NULL && strcmp(options->text[id], value) != 0)
        return complain(2, "--%s: given twice with different values; give it once", name);
    options_set(options, (option_id)id, value, false);
    return 0;
}

/* Is this word a problem file's name? A slash or .json tells it from a forgotten "--". */
static bool names_problem(const char *word, int command)
{
    size_t length = strlen(word);
    return word[0] != '-' && (option_table[OPT_PROBLEM].commands & command) &&
           (strchr(word, '/') != NULL || (length > 5 && strcmp(word + length - 5, ".json") == 0));
}

int options_parse(options_t *options, int argc, char **argv, int command)
{
    options->command = command;
    for (int i = 0; i < argc; i++) {
        if ((command & (CMD_PRECISION | CMD_STRESS | CMD_FIGURE | CMD_PROVE | CMD_TARGET)) != 0 &&
            options->word == NULL && argv[i][0] != '-' && !names_problem(argv[i], command)) {
            options->word = argv[i];
            continue;
        }
        if (strcmp(argv[i], "-h") == 0) {
            options_set(options, OPT_HELP, "", false);
            continue;
        }
        if (names_problem(argv[i], command)) {
            const char *earlier = options->text[OPT_PROBLEM];
            if (earlier != NULL && strcmp(earlier, argv[i]) != 0)
                return complain(2, "--problem: given twice with different values; give it once");
            options_set(options, OPT_PROBLEM, argv[i], false);
            continue;
        }
        if (strncmp(argv[i], "--", 2) != 0 || argv[i][2] == '\0') {
            char text[EW_QUOTED_SIZE(SHOWN)];
            shorten(text, argv[i]);
            return complain(
                2, "\"%s\" is not an option (these start with --) nor a problem file (.json)",
                text);
        }
        bool used = false;
        int code = parse_one(options, argv[i], i + 1 < argc ? argv[i + 1] : NULL, &used, command);
        if (code != 0)
            return code;
        i += used;
    }
    static const option_id pairs[][2] = {{OPT_ETA, OPT_S}, {OPT_JSON, OPT_CSV}};
    for (int i = 0; i < 2; i++)
        if (options->text[pairs[i][0]] != NULL && options->text[pairs[i][1]] != NULL)
            return complain(2, "--%s and --%s contradict each other; give one of them",
                            option_table[pairs[i][0]].name, option_table[pairs[i][1]].name);
    return 0;
}
