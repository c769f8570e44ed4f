/* The verdict table of `edgewise verify`. */
#include "report/write.h"
#include <stdlib.h>
#include <string.h>

/* A colour for a verdict; the word itself always says it too. */
static const char *verdict_colour(ew_verdict verdict, ew_style style)
{
    static const char *const colour[] = {"\033[32m", "\033[36m", "\033[1;31m",
                                         "\033[2m",  "\033[2m",  "\033[33m"};
    return style.colour ? colour[verdict] : "";
}

/* Prints text after `indent` columns already used, in lines of at most `width` columns. */
static void print_wrapped(FILE *out, const char *text, int indent, int width)
{
    size_t room = (size_t)(width > indent + 20 ? width - indent : 20);
    while (*text != '\0') {
        size_t length = strlen(text);
        if (length > room) {
            length = room;
            while (length > 0 && text[length] != ' ')
                length--;
            if (length == 0)
                length = room;
        }
        fprintf(out, "%.*s\n", (int)length, text);
        text += length;
        while (*text == ' ')
            text++;
        if (*text != '\0')
            fprintf(out, "%*s", indent, "");
    }
}

/* "sigma_2 = 19/20, s = 2.31 (beyond the edge)" above the rows of one singular value. */
static void print_mode_line(FILE *out, const ew_problem_t problem, slong index, ew_style style)
{
    ew_mode_t mode;
    arb_t s;
    ew_mode_init(mode);
    arb_init(s);
    if (index > 0)
        ew_problem_mode(mode, problem, index - 1);
    fputs(style.colour ? "\n\033[1m" : "\n", out);
    if (index == 0)
        fprintf(out, "the network, %ld x %ld", problem->dim, problem->dim);
    else if (index == problem->dim && index > problem->count)
        fprintf(out, "sigma_%ld = 0 (past the rank)", index);
    else if (index > problem->count)
        fprintf(out, "sigma_%ld .. sigma_%ld = 0 (past the rank)", index, problem->dim);
    else {
        char *sigma = ew_rational_text(mode->sigma);
        ew_regime regime = ew_mode_regime(mode);
        fprintf(out, "sigma_%ld = %s, ", index, sigma);
        free(sigma);
        if (regime == EW_EDGE)
            fputs("s = 2 exactly (at the edge)", out);
        else {
            ew_mode_s(s, mode, 96);
            ew_print_ball(out, "s = ", s, 10);
            fprintf(out, " (%s the edge)", ew_regime_text(regime));
        }
    }
    fputs(style.colour ? "\033[0m\n" : "\n", out);
    ew_mode_clear(mode);
    arb_clear(s);
}

ew_status ew_report_verify_text(FILE *out, const ew_findings_t findings, const ew_problem_t problem,
                                ew_style style)
{
    slong totals[6] = {0};
    ew_print_problem(out, problem);
    for (slong i = 0; i < findings->count; i++) {
        const ew_finding_struct *finding = findings->findings + i;
        if (i == 0 || finding->index != findings->findings[i - 1].index)
            print_mode_line(out, problem, finding->index, style);
        bool literal = ew_claim_find(finding->id)->literal;
        fprintf(out, "  %s%-10s%s %-33s%s", verdict_colour(finding->verdict, style),
                ew_verdict_text(finding->verdict), style.colour ? "\033[0m" : "", finding->id,
                literal ? "  " : "* ");
        print_wrapped(out, finding->why, 48, style.width);
        totals[finding->verdict]++;
    }
    fputs("\n* a repaired or added reading; the others are the poster's own\n", out);
    for (int i = 0; i < 6; i++)
        if (totals[i] > 0)
            fprintf(out, "%ld %s  ", totals[i], ew_verdict_text((ew_verdict)i));
    fprintf(out, "(exit code %d)\n", ew_findings_exit(findings));
    return ew_write_status(out);
}

static json_object *evidence_json(const ew_finding_struct *finding)
{
    json_object *evidence = json_object_new_object();
    json_object_object_add(evidence, "why", json_object_new_string(finding->why));
    for (slong i = 0; i < finding->fact_count; i++) {
        const ew_fact *fact = finding->facts + i;
        json_object *value = fact->kind == EW_FACT_INTEGER ? json_object_new_int64(fact->integer)
                             : fact->kind == EW_FACT_TRUTH
                                 ? json_object_new_boolean((int)fact->integer)
                                 : json_object_new_string(fact->text);
        json_object_object_add(evidence, fact->name, value);
    }
    return evidence;
}

ew_status ew_report_verify_json(FILE *out, const ew_findings_t findings, const ew_problem_t problem)
{
    json_object *document = json_object_new_object(), *list = json_object_new_array();
    json_object_object_add(document, "schema", json_object_new_int(EW_JSON_SCHEMA));
    json_object_object_add(document, "kind", json_object_new_string("verify"));
    ew_json_problem(document, problem);
    for (slong i = 0; i < findings->count; i++) {
        const ew_finding_struct *finding = findings->findings + i;
        const ew_claim *claim = ew_claim_find(finding->id);
        json_object *item = json_object_new_object();
        json_object_object_add(item, "id", json_object_new_string(finding->id));
        json_object_object_add(item, "index", json_object_new_int64(finding->index));
        json_object_object_add(item, "statement", json_object_new_string(claim->statement));
        json_object_object_add(item, "literal", json_object_new_boolean(claim->literal));
        json_object_object_add(item, "verdict",
                               json_object_new_string(ew_verdict_text(finding->verdict)));
        json_object_object_add(item, "scope", json_object_new_string(finding->scope));
        json_object_object_add(item, "evidence", evidence_json(finding));
        json_object_array_add(list, item);
    }
    json_object_object_add(document, "claims", list);
    json_object_object_add(document, "exit", json_object_new_int(ew_findings_exit(findings)));
    return ew_write_json(out, document);
}
