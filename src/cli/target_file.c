/* The exact commands work on rational singular values: which of a matrix are, is decided here. theory/target.md (5) */
#include "cli/target_file.h"
#include "cli/interrupt.h"
#include <stdlib.h>

/* The value at place `index` of the list with multiplicities, from 1. */
static const ew_singular_value_struct *value_at(const ew_singular_t values, slong index)
{
    const ew_singular_value_struct *value = values->list;
    for (; index > value->multiplicity; value++)
        index -= value->multiplicity;
    return value;
}

static int complain_irrational(const options_t *options, const ew_singular_value_struct *value,
                               slong index)
{
    char *text = ew_decimal_best(value->x, 12);
    int code =
        complain(2,
                 "--target: %s: its singular value %ld, %s, is irrational, as proved, and is "
                 "needed exactly; allowed: a matrix whose singular values are rational, or "
                 "--sigma with rationals instead (edgewise target tells s and the regime)",
                 options->text[OPT_TARGET], index, text == NULL ? "" : text);
    free(text);
    return code;
}

/* Copies the values number `from` to `to`, from 1, into the problem. */
static int take(settings_t *settings, const options_t *options, const ew_singular_t values,
                slong from, slong to)
{
    int code = 0;
    fmpq *sigma = _fmpq_vec_init(to - from + 1);
    for (slong i = from; i <= to && code == 0; i++) {
        const ew_singular_value_struct *value = value_at(values, i);
        if (value->kind == EW_RATIONAL)
            fmpq_set(sigma + i - from, value->value);
        else
            code = complain_irrational(options, value, i);
    }
    if (code == 0)
        ew_problem_set_sigma(settings->problem, sigma, to - from + 1);
    _fmpq_vec_clear(sigma, to - from + 1);
    return code;
}

/* The place of --index; the list is of that one value afterwards. */
static int take_index(slong *index, options_t *options, slong rank)
{
    const char *why;
    *index = 1;
    if (options->text[OPT_INDEX] == NULL)
        return 0;
    if (ew_integer_parse(index, options->text[OPT_INDEX], 1, rank, &why) != EW_OK)
        return complain_value(2, options, OPT_INDEX, why);
    options_set(options, OPT_INDEX, "1", false);
    return 0;
}

int target_file_sigma(settings_t *settings, options_t *options, bool one)
{
    if (!ew_singular_is_affordable(settings->target))
        return complain(4,
                        "--target: %s: is too large to decide which of its singular values are "
                        "rational; allowed: a smaller one, or --sigma with rationals instead",
                        options->text[OPT_TARGET]);
    ew_singular_t values;
    slong index = 1;
    ew_singular_init(values);
    ew_status status =
        ew_singular_by_polynomial(values, settings->target, 64, 32768, &settings->progress);
    interrupt_erase();
    int code = status == EW_OK ? 0 : settings_finish(status, "--target: its singular values");
    if (code == 0 && one)
        code = take_index(&index, options, values->rank);
    if (code == 0)
        code = take(settings, options, values, index, one ? index : values->rank);
    ew_singular_clear(values);
    return code;
}
