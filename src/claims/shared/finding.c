/* Findings: a verdict with its scope, its reason and its evidence. */
#include "num/domain.h"
#include "num/word.h"
#include <edgewise/claims.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const char *ew_verdict_text(ew_verdict verdict)
{
    static const char *const text[] = {"PROVED",  "CONFIRMED",  "REFUTED",
                                       "VACUOUS", "DEGENERATE", "UNDECIDED"};
    return EW_WORD_OF(text, verdict);
}

bool ew_verdict_is_certified(ew_verdict verdict)
{
    return verdict == EW_PROVED || verdict == EW_REFUTED;
}

void ew_finding_init(ew_finding_t finding)
{
    finding->id = "";
    finding->index = 0;
    finding->verdict = EW_UNDECIDED;
    finding->scope = finding->why = NULL;
    finding->facts = NULL;
    finding->fact_count = 0;
}

void ew_finding_clear(ew_finding_t finding)
{
    for (slong i = 0; i < finding->fact_count; i++) {
        flint_free(finding->facts[i].name);
        flint_free(finding->facts[i].text);
    }
    flint_free(finding->facts);
    flint_free(finding->scope);
    flint_free(finding->why);
    ew_finding_init(finding);
}

/* A copy in FLINT's memory. */
static char *copy(const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(flint_malloc(size), text, size);
}

void ew_finding_decide(ew_finding_t finding, ew_verdict verdict, const char *scope, const char *why,
                       ...)
{
    char line[1024];
    va_list arguments;
    va_start(arguments, why);
    vsnprintf(line, sizeof line, why, arguments);
    va_end(arguments);
    flint_free(finding->scope);
    flint_free(finding->why);
    finding->verdict = verdict;
    finding->scope = copy(scope);
    finding->why = copy(line);
}

static ew_fact *append(ew_finding_t finding, const char *name, ew_fact_kind kind)
{
    finding->facts =
        flint_realloc(finding->facts, (size_t)(finding->fact_count + 1) * sizeof(ew_fact));
    ew_fact *fact = finding->facts + finding->fact_count++;
    fact->name = copy(name);
    fact->kind = kind;
    fact->text = NULL;
    fact->integer = 0;
    return fact;
}

void ew_finding_text(ew_finding_t finding, const char *name, const char *text)
{
    append(finding, name, EW_FACT_TEXT)->text = copy(text);
}

void ew_finding_integer(ew_finding_t finding, const char *name, slong value)
{
    append(finding, name, EW_FACT_INTEGER)->integer = value;
}

void ew_finding_truth(ew_finding_t finding, const char *name, bool value)
{
    append(finding, name, EW_FACT_TRUTH)->integer = value;
}

void ew_finding_rational(ew_finding_t finding, const char *name, const fmpq_t value)
{
    char *text = ew_rational_text(value);
    append(finding, name, EW_FACT_NUMBER)->text = copy(text);
    free(text);
}

void ew_finding_ball(ew_finding_t finding, const char *name, const arb_t value)
{
    char *text = ew_decimal_best(value, 12);
    append(finding, name, EW_FACT_NUMBER)->text = copy(text);
    free(text);
}

void ew_finding_whole(ew_finding_t finding, const char *name, const fmpz_t value)
{
    slong n;
    if (ew_word_from_fmpz(&n, value)) {
        ew_finding_integer(finding, name, n);
        return;
    }
    char *text = fmpz_get_str(NULL, 10, value);
    append(finding, name, EW_FACT_NUMBER)->text = copy(text);
    flint_free(text);
}

void ew_finding_count(ew_finding_t finding, const char *name, const arb_t value)
{
    slong n;
    if (ew_word_from_arb(&n, value))
        ew_finding_integer(finding, name, n);
    else
        ew_finding_ball(finding, name, value);
}
