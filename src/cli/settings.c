#include "cli/settings.h"
#include "cli/interrupt.h"
#include "cli/problem_file.h"
#include "cli/target_file.h"
#include "num/linear.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A whole number option, when it was given. */
static int read_integer(slong *out, const options_t *options, option_id id, slong lo, slong hi)
{
    const char *why;
    if (options->text[id] == NULL ||
        ew_integer_parse(out, options->text[id], lo, hi, &why) == EW_OK)
        return 0;
    return complain_value(2, options, id, why);
}

/* The same with the limits that the table says, which may differ from one subcommand to another. */
static int read_number(slong *out, const options_t *options, option_id id)
{
    char allowed[OPTION_TEXT];
    slong lo = 0, hi = WORD_MAX;
    if (sscanf(option_allowed(allowed, id, options->command), "%ld to %ld", &lo, &hi) != 2)
        return complain(2, "--%s: has no limits", option_table[id].name);
    return read_integer(out, options, id, lo, hi);
}

/* A rational option; `least` 0 allows zero, 1 does not, -1 allows all. */
static int read_rational(fmpq_t out, const options_t *options, option_id id, int least)
{
    const char *why;
    ew_status status = ew_rational_parse(out, options->text[id], &why);
    if (status != EW_OK)
        return complain_value((int)status, options, id, why);
    if (fmpq_sgn(out) < least)
        return complain_value(2, options, id, fmpq_sgn(out) < 0 ? "is negative" : "is zero");
    return 0;
}

/* What the library says of the problem as far as it is read; the rest still has good values. */
static int check_problem(const settings_t *settings, const options_t *options)
{
    ew_fault fault;
    if (ew_problem_check(&fault, settings->problem) == EW_OK)
        return 0;
    int id = option_find(fault.argument, ~0, true);
    return complain_value(2, options, (option_id)id, fault.what);
}

static int read_sigma(settings_t *settings, const options_t *options)
{
    if (settings->problem->count > 0) { /* out of the target */
        settings->problem->dim = settings->problem->count;
        return check_problem(settings, options);
    }
    const char *why;
    const char *text = options->text[OPT_SIGMA] != NULL ? options->text[OPT_SIGMA] : "1";
    fmpq *list;
    slong count;
    ew_status status = ew_rational_list_parse(&list, &count, text, &why);
    if (status != EW_OK)
        return complain_value((int)status, options, OPT_SIGMA, why);
    ew_problem_set_sigma(settings->problem, list, count);
    settings->problem->dim = count;
    _fmpq_vec_clear(list, count);
    return check_problem(settings, options);
}

/* eta, from --eta or from --s for the largest singular value. */
static int read_step(settings_t *settings, const options_t *options)
{
    ew_problem_struct *problem = settings->problem;
    if (options->text[OPT_ETA] != NULL)
        return read_rational(problem->eta, options, OPT_ETA, -1);
    fmpq_t s;
    fmpq_init(s);
    int code = read_rational(s, options, OPT_S, 1);
    if (code == 0 && ew_eta_from_s(problem->eta, problem->depth, s, problem->sigma) != EW_OK) {
        arb_t near;
        arb_init(near);
        arb_set_fmpq(near, problem->eta, 64);
        char *text = ew_decimal_best(near, 15);
        code = complain(
            2,
            "--s: \"%.40s\" makes eta = s/S irrational at this depth and sigma; allowed: an s for "
            "which it is rational, or --eta %s (the nearest)",
            options->text[OPT_S], text);
        free(text);
        arb_clear(near);
    }
    fmpq_clear(s);
    return code;
}

static int read_problem(settings_t *settings, const options_t *options)
{
    ew_problem_struct *problem = settings->problem;
    bool depth = options->text[OPT_DEPTH] != NULL;
    bool step = options->text[OPT_ETA] != NULL || options->text[OPT_S] != NULL;
    if (!depth || !step)
        return complain(2, "missing: %s%s%s; for example --depth 3 --eta 0.75",
                        depth ? "" : "--depth", depth || step ? "" : " and ",
                        step ? "" : "--eta or --s");
    if (settings->has_target && options->text[OPT_S] != NULL && options->text[OPT_SIGMA] == NULL &&
        problem->count == 0)
        return complain(2, "--s: needs --sigma beside --target; give it, or --eta");
    int code = read_integer(&problem->depth, options, OPT_DEPTH, WORD_MIN, WORD_MAX);
    if (code == 0)
        code = read_sigma(settings, options);
    if (code == 0)
        code = read_step(settings, options);
    settings->alpha_given = options->text[OPT_ALPHA] != NULL;
    if (code == 0 && settings->alpha_given)
        code = read_rational(problem->alpha, options, OPT_ALPHA, -1);
    if (code == 0)
        code = read_integer(&problem->dim, options, OPT_DIM, WORD_MIN, WORD_MAX);
    return code == 0 ? check_problem(settings, options) : code;
}

/* The matrix that `target` is about, of any shape, and zero if it likes. Depth and step may be left out there. */
static int read_matrix(settings_t *settings, options_t *options)
{
    char why[400];
    const char *name = options->word;
    if (name == NULL)
        return complain(2, "target: which matrix? allowed: a file with a matrix as CSV or "
                           "MatrixMarket, for example edgewise target examples/target.csv");
    settings->has_depth = options->text[OPT_DEPTH] != NULL;
    settings->has_eta = options->text[OPT_ETA] != NULL;
    if (settings->has_eta && !settings->has_depth)
        return complain(2, "--eta: needs --depth beside it; give both, or neither");
    if (!settings->has_depth)
        options_set(options, OPT_DEPTH, "2", false);
    if (!settings->has_eta)
        options_set(options, OPT_ETA, "1", false);
    ew_status status = ew_matrix_read_any(settings->target, name, why, sizeof why);
    return status == EW_OK ? 0 : complain((int)status, "target: %s: %s", name, why);
}

/* The matrix of --target. */
static int read_target(settings_t *settings, const options_t *options)
{
    char why[400];
    if (options->text[OPT_TARGET] == NULL)
        return 0;
    ew_status status = ew_matrix_read(settings->target, options->text[OPT_TARGET], why, sizeof why);
    if (status != EW_OK)
        return complain((int)status, "--target: %s: %s%s%s", options->text[OPT_TARGET], why,
                        strstr(why, "allowed: ") == NULL ? "; allowed: " : "",
                        strstr(why, "allowed: ") == NULL ? option_table[OPT_TARGET].allowed : "");
    if (fmpq_mat_is_zero(settings->target))
        return complain(2, "--target: %s: is the zero matrix; allowed: one that is not",
                        options->text[OPT_TARGET]);
    settings->has_target = true;
    return 0;
}

/* A target's own dimension; and where singular values are given too, they have to be those of the file, to nine
 * digits of the largest. */
static int check_target(settings_t *settings, const options_t *options)
{
    if (!settings->has_target)
        return 0;
    slong dim = fmpq_mat_nrows(settings->target);
    if (options->text[OPT_DIM] != NULL && settings->problem->dim != dim)
        return complain(2, "--dim: \"%.20s\" is not the target's dimension; allowed: %ld",
                        options->text[OPT_DIM], dim);
    settings->problem->dim = FLINT_MAX(dim, settings->problem->count);
    if (options->text[OPT_SIGMA] == NULL)
        return 0;
    ew_target_t target;
    ew_target_init(target);
    int code = 0;
    if (ew_target_from_matrix(target, settings->target, EW_DOUBLE, 53) != EW_OK)
        code = complain(4, "--target: its singular values could not be computed");
    if (code == 0 && target->rank != settings->problem->count)
        code = complain(2, "--target: %s has rank %ld, and --sigma lists %ld values; give the same",
                        options->text[OPT_TARGET], target->rank, settings->problem->count);
    for (slong k = 0; code == 0 && k < target->rank; k++) {
        double given = ew_rational_double(settings->problem->sigma + k);
        double off = target->sigma_d[k] - given;
        if (off * off > 1e-18 * target->sigma_d[0] * target->sigma_d[0])
            code = complain(2,
                            "--target: %s has the singular value %.12g where --sigma says %.12g; "
                            "give the same, or only one of them",
                            options->text[OPT_TARGET], target->sigma_d[k], given);
    }
    ew_target_clear(target);
    return code;
}

/* An option that names one of a few words; the list ends with NULL. */
static int read_word(int *out, const options_t *options, option_id id, const char *const *words)
{
    if (options->text[id] == NULL)
        return 0;
    for (int i = 0; words[i] != NULL; i++)
        if (strcmp(options->text[id], words[i]) == 0) {
            *out = i;
            return 0;
        }
    return complain_value(2, options, id, "is not one of these");
}

/* The number of digits, refused when the memory for them is not there. */
static int read_digits(settings_t *settings, const options_t *options)
{
    if (options->text[OPT_DIGITS] == NULL)
        return 0;
    const char *why;
    slong many;
    char memory[32];
    if (ew_integer_parse(&many, options->text[OPT_DIGITS], 1000000001, WORD_MAX, &why) != EW_OK)
        many = 0;
    int code = many > 0 ? 0 : read_integer(&settings->digits, options, OPT_DIGITS, 1, 1000000000);
    double bytes = 64.0 * (double)(many > 0 ? many : settings->digits);
    if (code == 0 && (many > 0 || ew_memory_check(bytes) != EW_OK)) {
        ew_memory_text(memory, sizeof memory, bytes);
        code = complain(4, "--digits: \"%.40s\" would need about %s of memory; allowed: %s",
                        options->text[OPT_DIGITS], memory, option_table[OPT_DIGITS].allowed);
    }
    return code;
}

/* Digits where none were asked for: in the table of steps as many as fit, in its CSV and JSON as many as tell
 * any two numbers of that precision apart. */
static slong default_digits(const settings_t *settings, int command)
{
    if (command == CMD_CASCADE)
        return 30;
    if (command == CMD_ORBIT)
        return 20;
    if (command == CMD_SPECTRUM || command == CMD_FLOQUET || command == CMD_TARGET)
        return 12;
    if (command != CMD_SIMULATE && command != CMD_TRAIN)
        return 10;
    if (!settings->json && !settings->csv)
        return 9;
    slong prec = settings->arithmetic == EW_IN_FORMAT ? settings->format.bits
                 : settings->arithmetic == EW_DOUBLE  ? 53
                 : settings->prec > 0                 ? settings->prec
                                                      : 128;
    return 2 + (slong)(0.30103 * (double)prec);
}

/* The options of networks. */
static int read_network(settings_t *settings, const options_t *options)
{
    static const char *const frames[] = {"haar", "identity", NULL};
    static const char *const starts[] = {"poster", "unbalanced", "orthogonal", "gaussian", NULL};
    static const char *const points[] = {"minimum", "reached", "low", "high", NULL};
    int frame = 0, start = EW_START_POSTER;
    slong seed = 1;
    int code = read_word(&frame, options, OPT_FRAME, frames);
    if (code == 0)
        code = read_word(&start, options, OPT_START, starts);
    if (code == 0)
        code = read_word(&settings->at, options, OPT_AT, points);
    if (code == 0)
        code = read_integer(&seed, options, OPT_SEED, 0, 4294967295);
    if (code == 0)
        code = read_integer(&settings->top, options, OPT_TOP, 1, 1000);
    if (code == 0)
        code = read_integer(&settings->bits, options, OPT_BITS, 1, 1000000000);
    if (code == 0 && options->text[OPT_OFF_DIAGONAL] != NULL)
        code = read_rational(settings->off_diagonal, options, OPT_OFF_DIAGONAL, -1);
    settings->haar = frame == 0;
    settings->start = (ew_start_kind)start;
    settings->seed = (ulong)seed;
    settings->flow = options->text[OPT_FLOW] != NULL;
    settings->sharpness = options->text[OPT_NO_SHARPNESS] == NULL;
    settings->phases = options->text[OPT_PHASES];
    return code;
}

/* The n-th word of a list separated by commas, in `word`; false after the last. */
static bool list_word(char *word, size_t size, const char *list, slong n)
{
    for (; n > 0 && list != NULL; n--) {
        list = strchr(list, ',');
        list = list == NULL ? NULL : list + 1;
    }
    if (list == NULL)
        return false;
    size_t length = strcspn(list, ",");
    length = length < size ? length : size - 1;
    memcpy(word, list, length);
    word[length] = '\0';
    return true;
}

static int read_formats(settings_t *settings, const options_t *options)
{
    const char *list = options->text[OPT_FORMATS];
    if (list == NULL)
        list = "fp8-e4m3,fp8-e5m2,bf16,fp16,tf32,fp32,fp64,x87,dd,quad";
    slong count = 1;
    for (const char *c = list; *c != '\0'; c++)
        count += *c == ',';
    settings->formats = calloc((size_t)count, sizeof(ew_format));
    if (settings->formats == NULL)
        return complain(4, "--formats: out of memory");
    char word[64];
    const char *why;
    for (slong k = 0; list_word(word, sizeof word, list, k); k++) {
        ew_format *format = settings->formats + k;
        if (ew_format_named(format, word, &why) == EW_OK) {
            for (slong earlier = 0; earlier < k; earlier++)
                if (strcmp(settings->formats[earlier].name, format->name) == 0)
                    return complain(2, "--formats: \"%s\" is given twice; give each once", word);
            settings->format_count++;
            continue;
        }
        const char *near = ew_format_nearest(word);
        if (near != NULL)
            return complain(2, "--formats: \"%s\" %s; did you mean %s?", word, why, near);
        return complain(2, "--formats: \"%s\" %s; allowed: %s", word, why,
                        option_table[OPT_FORMATS].allowed);
    }
    return 0;
}

static int read_orders(settings_t *settings, const options_t *options, int command)
{
    const char *list = options->text[OPT_ORDERS];
    if (list == NULL)
        list = command == CMD_STRESS ? "written,tree,fused,wide" : "tree";
    char word[64], allowed[OPTION_TEXT];
    if (option_allowed(allowed, OPT_ORDERS, command) == NULL)
        allowed[0] = '\0';
    for (slong k = 0; list_word(word, sizeof word, list, k); k++) {
        ew_order order;
        if (ew_order_named(&order, word) != EW_OK)
            return complain(2, "--orders: \"%s\" is not an order; allowed: %s", word, allowed);
        for (slong earlier = 0; earlier < settings->order_count; earlier++)
            if (settings->orders[earlier] == order)
                return complain(2, "--orders: \"%s\" is given twice; give each once", word);
        if (command != CMD_STRESS && k > 0)
            return complain(2, "--orders: only stress takes more than one order; give one of %s",
                            allowed);
        settings->orders[settings->order_count++] = order;
    }
    return 0;
}

/* The options of stress and precision. */
static int read_stress(settings_t *settings, const options_t *options, int command)
{
    static const char *const roundings[] = {"nearest", "zero", "up", "down", "stochastic", NULL};
    int rounding = EW_TO_NEAREST;
    if ((command &
         (CMD_STRESS | CMD_PRECISION | CMD_CHAOS | CMD_EDGE | CMD_SIMULATE | CMD_REPORT)) == 0)
        return 0;
    settings->most_bits = command == CMD_STRESS ? 256 : 512;
    settings->claim = options->word;
    int code = read_formats(settings, options);
    if (code == 0)
        code = read_orders(settings, options, command);
    if (code == 0)
        code = read_word(&rounding, options, OPT_ROUNDING, roundings);
    if (code == 0)
        code = read_number(&settings->most_bits, options, OPT_MOST_BITS);
    settings->rounding = (ew_rounding)rounding;
    return code;
}

/* Is --arithmetic the name of a format that rounds? */
static bool names_format(ew_format *format, const options_t *options)
{
    const char *name = options->text[OPT_ARITHMETIC];
    return name != NULL && ew_format_named(format, name, NULL) == EW_OK &&
           format->kind != EW_EXACT && format->kind != EW_BALLS;
}

/* A rational when it was given. */
static int read_optional(fmpq_t out, bool *has, const options_t *options, option_id id)
{
    *has = options->text[id] != NULL;
    return *has ? read_rational(out, options, id, 1) : 0;
}

/* Diagrams are computed in doubles: a value on them has to be one that is neither infinite nor rounds to 0. */
static bool fits_double(const fmpq_t q)
{
    double x = ew_rational_double(q);
    return isfinite(x) && (x != 0 || fmpq_is_zero(q));
}

/* A positive rational on a diagram's axis, when it was given. */
static int read_place(fmpq_t out, bool *has, const options_t *options, option_id id)
{
    int code = read_optional(out, has, options, id);
    return code == 0 && *has && !fits_double(out)
               ? complain_value(2, options, id, "is out of the range of doubles")
               : code;
}

static int read_view(settings_t *settings, const options_t *options, bool map)
{
    const char *why;
    fmpq *list;
    slong count;
    settings->has_view = options->text[OPT_VIEW] != NULL;
    if (!settings->has_view)
        return 0;
    ew_status status = ew_rational_list_parse(&list, &count, options->text[OPT_VIEW], &why);
    if (status != EW_OK)
        return complain_value((int)status, options, OPT_VIEW, why);
    int code = 0;
    if (count != 2 || fmpq_cmp(list, list + 1) >= 0)
        code = complain_value(2, options, OPT_VIEW, count != 2 ? "is not a range" : "is empty");
    else if (map && fmpq_sgn(list) <= 0)
        code = complain_value(2, options, OPT_VIEW, "has an alpha that is not positive");
    else if (!fits_double(list) || !fits_double(list + 1))
        code = complain_value(2, options, OPT_VIEW, "is out of the range of doubles");
    else {
        fmpq_set(settings->view[0], list);
        fmpq_set(settings->view[1], list + 1);
    }
    _fmpq_vec_clear(list, count);
    return code;
}

static int read_starts(settings_t *settings, const options_t *options)
{
    const char *why, *text = options->text[OPT_STARTS] != NULL ? options->text[OPT_STARTS] : "1/2";
    ew_status status =
        ew_rational_list_parse(&settings->starts, &settings->start_count, text, &why);
    if (status != EW_OK)
        return complain_value((int)status, options, OPT_STARTS, why);
    for (slong i = 0; i < settings->start_count; i++)
        if (fmpq_sgn(settings->starts + i) <= 0)
            return complain_value(2, options, OPT_STARTS, "has one that is not positive");
        else if (!fits_double(settings->starts + i))
            return complain_value(2, options, OPT_STARTS, "has one out of the range of doubles");
    if (settings->axis == AXIS_ALPHA && options->text[OPT_STARTS] != NULL)
        return complain_value(2, options, OPT_STARTS, "is what --axis alpha runs over");
    if (settings->start_count > 16)
        return complain_value(2, options, OPT_STARTS, "has too many");
    return 0;
}

static int read_diagram(settings_t *settings, const options_t *options, int command)
{
    static const char *const axes[] = {"s", "eta", "alpha", "depth", NULL};
    if ((command & (CMD_BIFURCATION | CMD_MAP)) == 0)
        return 0;
    bool map = command == CMD_MAP;
    if (options->text[OPT_ALPHA] != NULL && !options->from_file[OPT_ALPHA])
        return complain(2, "--alpha: is not used here; allowed: %s",
                        map ? "--view LO,HI for the range of alpha" : "--starts A[,A...]");
    settings->columns = map ? 400 : 800;
    settings->rows = map ? 300 : 500;
    settings->transient = 3000;
    settings->samples = map ? 512 : 4000;
    int code = read_word(&settings->axis, options, OPT_AXIS, axes);
    if (code == 0)
        code = read_place(settings->from, &settings->has_from, options, OPT_FROM);
    if (code == 0)
        code = read_place(settings->to, &settings->has_to, options, OPT_TO);
    if (code == 0 && settings->has_from && settings->has_to &&
        fmpq_cmp(settings->from, settings->to) >= 0)
        code = complain_value(2, options, OPT_TO, "is not larger than --from");
    if (code == 0)
        code = read_view(settings, options, map);
    if (code == 0)
        code = read_starts(settings, options);
    if (code == 0)
        code = read_integer(&settings->columns, options, OPT_COLUMNS, 2, 1000000000);
    if (code == 0)
        code = read_integer(&settings->rows, options, OPT_ROWS, 2, 1000000000);
    if (code == 0)
        code = read_integer(&settings->transient, options, OPT_TRANSIENT, 0, 1000000000);
    if (code == 0)
        code = read_integer(&settings->samples, options, OPT_SAMPLES, 256, 1000000000);
    if (code == 0)
        code = read_place(settings->check, &settings->has_check, options, OPT_CHECK);
    return code;
}

static int read_rest(settings_t *settings, const options_t *options, int command)
{
    static const char *const arithmetics[] = {"double", "mpfr", "ball", NULL};
    static const char *const dynamics[] = {"layers", "pair", "balanced", NULL};
    static const char *const methods[] = {"structured", "expanded", NULL};
    int arithmetic = EW_DOUBLE, kind = EW_PAIR;
    settings->steps = command == CMD_VERIFY     ? ew_effort_default().max_steps
                      : command == CMD_SPECTRUM ? 0
                      : command == CMD_STRESS || command == CMD_PRECISION ? 1000
                      : command == CMD_CHAOS                              ? 100000
                                                                          : 200;
    settings->steps_given = options->text[OPT_STEPS] != NULL && !options->from_file[OPT_STEPS];
    int code = read_integer(&settings->index, options, OPT_INDEX, 1, settings->problem->count);
    if (code == 0)
        code = read_integer(&settings->period, options, OPT_PERIOD, 1, EW_PERIOD_MAX);
    if (code == 0)
        code = read_integer(&settings->threads, options, OPT_THREADS, 1, 1024);
    if (code == 0)
        code = read_word(&settings->method, options, OPT_METHOD, methods);
    if (code == 0 && settings->method >= 0 && settings->period != 2)
        code = complain_value(2, options, OPT_METHOD, "is for --period 2");
    if (code == 0)
        code = read_integer(&settings->prec, options, OPT_PREC, 64, 100000000);
    if (code == 0)
        code = read_number(&settings->steps, options, OPT_STEPS);
    if (code == 0)
        code = read_integer(&settings->every, options, OPT_EVERY, 1, 1000000000000);
    if (code == 0 && command == CMD_SIMULATE && names_format(&settings->format, options))
        arithmetic = EW_IN_FORMAT;
    else if (code == 0)
        code = read_word(&arithmetic, options, OPT_ARITHMETIC, arithmetics);
    if (code == 0)
        code = read_word(&kind, options, OPT_DYNAMICS, dynamics);
    if (code == 0)
        code = read_network(settings, options);
    if (code == 0)
        code = read_diagram(settings, options, command);
    settings->output = options->text[OPT_OUTPUT];
    settings->region = options->text[OPT_REGION];
    settings->certificate = options->text[OPT_CERTIFICATE];
    if (code == 0 && command == CMD_BALANCE && settings->certificate == NULL &&
        settings->alpha_given && !options->from_file[OPT_ALPHA])
        code = complain(2, "--alpha: is not used here, the bounds are on alpha; allowed: with "
                           "--certificate, which is about that alpha");
    settings->resume = options->text[OPT_RESUME];
    settings->claim = options->word;
    settings->limit = options->text[OPT_LIMIT] != NULL;
    settings->doublings = 6;
    if (code == 0)
        code = read_integer(&settings->doublings, options, OPT_DOUBLINGS, 1, 10);
    if (code == 0)
        code = read_integer(&settings->window, options, OPT_WINDOW, 3, 64);
    if (code == 0)
        code = read_stress(settings, options, command);
    settings->arithmetic = (ew_arithmetic)arithmetic;
    settings->dynamics = (ew_dynamics)kind;
    settings->digits = default_digits(settings, command);
    return code == 0 ? read_digits(settings, options) : code;
}

/* The commands about a single value; --index says which. */
enum { ONE_VALUE = CMD_ORBIT | CMD_BALANCE | CMD_SIMULATE | CMD_CHAOS };

/* The singular values of a target that stands alone. Only the simulators of whole networks take a matrix as it is. */
static int read_values(settings_t *settings, options_t *options, int command)
{
    bool whole =
        command == CMD_TRAIN || (command == CMD_SPECTRUM && options->text[OPT_TOP] != NULL);
    bool alone = settings->has_target && options->text[OPT_SIGMA] == NULL;
    settings->sigma_unknown = alone && whole;
    return alone && !whole ? target_file_sigma(settings, options, (command & ONE_VALUE) != 0) : 0;
}

int settings_read(settings_t *settings, options_t *options, int command)
{
    memset(settings, 0, sizeof *settings);
    ew_problem_init(settings->problem);
    fmpq_init(settings->off_diagonal);
    fmpq_init(settings->from);
    fmpq_init(settings->to);
    fmpq_init(settings->view[0]);
    fmpq_init(settings->view[1]);
    fmpq_init(settings->check);
    fmpq_mat_init(settings->target, 0, 0);
    settings->index = settings->every = 1;
    settings->bits = 53;
    settings->period = 2;
    settings->method = -1;
    settings->json = options->text[OPT_JSON] != NULL;
    settings->csv = options->text[OPT_CSV] != NULL;
    settings->quiet = options->text[OPT_QUIET] != NULL;
    settings->polynomial = options->text[OPT_POLYNOMIAL] != NULL;
    const char *term = getenv("TERM"), *plain = getenv("NO_COLOR");
    bool rewrites = term != NULL && strcmp(term, "dumb") != 0;
    settings->style.colour = isatty(STDOUT_FILENO) && (plain == NULL || *plain == '\0') && rewrites;
    settings->style.width = 100;
    int code = 0;
    bool finds_steps = (command & (CMD_EDGE | CMD_CASCADE | CMD_BIFURCATION | CMD_MAP)) != 0;
    bool shows = command == CMD_FIGURE || command == CMD_REPORT;
    if (shows && options->text[OPT_PROBLEM] == NULL && options->text[OPT_DEPTH] == NULL &&
        options->text[OPT_SIGMA] == NULL) { /* the poster's example */
        options_set(options, OPT_DEPTH, "3", false);
        options_set(options, OPT_SIGMA, "1,19/20,9/10", false);
        if (options->text[OPT_ETA] == NULL && options->text[OPT_S] == NULL)
            options_set(options, OPT_ETA, "4/5", false);
        if (options->text[OPT_DIM] == NULL)
            options_set(options, OPT_DIM, "10", false);
    }
    if (finds_steps && options->text[OPT_ETA] == NULL && options->text[OPT_S] == NULL)
        options_set(options, OPT_ETA, "1", false); /* it makes its own */
    if (command == CMD_CASCADE && options->text[OPT_LIMIT] != NULL &&
        options->text[OPT_DEPTH] == NULL)
        options_set(options, OPT_DEPTH, "2", false);
    if (command == CMD_PROVE) { /* it is about every problem */
        options_set(options, OPT_DEPTH, "2", false);
        options_set(options, OPT_ETA, "1", false);
    }
    if (command == CMD_TARGET)
        code = read_matrix(settings, options);
    if (options->text[OPT_PROBLEM] != NULL)
        code = problem_file_read(options, command);
    if (code == 0)
        code = read_target(settings, options);
    interrupt_start(&settings->progress, !settings->quiet && rewrites);
    if (code == 0)
        code = read_values(settings, options, command);
    if (code == 0)
        code = read_problem(settings, options);
    if (code == 0)
        code = check_target(settings, options);
    if (code == 0)
        code = read_rest(settings, options, command);
    return code;
}

void settings_clear(settings_t *settings)
{
    interrupt_end();
    ew_problem_clear(settings->problem);
    free(settings->formats);
    fmpq_clear(settings->off_diagonal);
    fmpq_clear(settings->from);
    fmpq_clear(settings->to);
    fmpq_clear(settings->view[0]);
    fmpq_clear(settings->view[1]);
    fmpq_clear(settings->check);
    if (settings->starts != NULL)
        _fmpq_vec_clear(settings->starts, settings->start_count);
    fmpq_mat_clear(settings->target);
}

void settings_mode(ew_mode_t mode, const settings_t *settings)
{
    ew_problem_mode(mode, settings->problem, settings->index - 1);
}

slong settings_prec(const settings_t *settings)
{
    return settings->prec > 0 ? settings->prec : 128;
}

slong settings_max_prec(const settings_t *settings)
{
    if (settings->prec > 0)
        return settings->prec;
    return FLINT_MAX(32768, 2 * ew_digits_to_bits(settings->digits) + 1024);
}

/* The error of a write that failed, if `error` is one: it may be that of a call since then. */
static const char *reason_of(int error)
{
    static const int of_writing[] = {ENOSPC, EDQUOT, EFBIG, EIO, EPIPE, EBADF};
    for (size_t i = 0; i < sizeof of_writing / sizeof of_writing[0]; i++)
        if (error == of_writing[i])
            return strerror(error);
    return "an earlier part failed";
}

int settings_finish(ew_status status, const char *what)
{
    int error = errno;
    interrupt_end();
    bool failed = ferror(stdout) != 0;
    if (status == EW_OK && !failed && fflush(stdout) != 0) {
        failed = true;
        error = errno;
    }
    if ((status == EW_OK || status == EW_RESOURCES) && failed)
        return complain(4, "standard output: cannot write: %s", reason_of(error));
    if (status == EW_STOPPED)
        return complain(130, "interrupted");
    if (status == EW_RESOURCES && ew_linear_missing())
        return complain(4, "%s: BLAS, LAPACK or ARPACK is missing, or cannot be loaded", what);
    if (status == EW_RESOURCES)
        return complain(4, "%s: not enough memory", what);
    if (status != EW_OK)
        return complain((int)status, "%s: %s", what, ew_status_text(status));
    return 0;
}
