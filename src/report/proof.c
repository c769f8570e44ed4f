/* What `edgewise prove` writes. */
#include "report/write.h"
#include <string.h>

/* "every depth L >= 2", "every depth from 4 to 8". */
static void range_text(char *text, size_t size, const ew_proof_struct *proof)
{
    if (proof->last == 0)
        snprintf(text, size, "every depth L >= %ld", proof->first);
    else if (proof->first == proof->last)
        snprintf(text, size, "depth %ld", proof->first);
    else
        snprintf(text, size, "every depth from %ld to %ld", proof->first, proof->last);
}

static const char *verdict_of(const ew_proof_struct *proof)
{
    return ew_proof_is_complete(proof) ? "proved" : "undecided";
}

/* "    lead" and the words, broken at blanks; a word longer than a line stands alone. */
static void print_words(FILE *out, const char *lead, const char *text, size_t width)
{
    while (*text != '\0') {
        size_t n = strlen(text), used = strlen(lead), room = width > used ? width - used : 1;
        if (n > room) {
            for (n = room; n > 0 && text[n] != ' '; n--)
                ;
            n = n > 0 ? n : strcspn(text, " ");
        }
        fprintf(out, "    %s%.*s\n", lead, (int)n, text);
        text += n + (text[n] == ' ');
        lead = "";
    }
}

static void print_open_box(FILE *out, const ew_lemma_proof *lemma)
{
    fprintf(out, "      undecided: %ld, the first at", lemma->undecided);
    for (int k = 0; k < lemma->variables; k++)
        fprintf(out, " %s in [%.9g, %.9g]", lemma->variable[k],
                arf_get_d(lemma->open_lo + k, ARF_RND_DOWN),
                arf_get_d(lemma->open_hi + k, ARF_RND_UP));
    fputs(lemma->midpoint_holds ? "; it holds at the midpoint: smaller boxes or more bits may do\n"
                                : "; not shown at the midpoint: it may be false there\n",
          out);
}

ew_status ew_report_proofs_text(FILE *out, const ew_proof_struct *proofs, slong count,
                                ew_style style)
{
    char range[96];
    for (slong i = 0; i < count; i++) {
        const ew_proof_struct *proof = proofs + i;
        bool proved = ew_proof_is_complete(proof);
        range_text(range, sizeof range, proof);
        const char *colour = !style.colour ? "" : proved ? "\033[32m" : "\033[33m";
        fprintf(out, "%s%s%s  %s, for %s\n", colour, proved ? "PROVED" : "UNDECIDED",
                style.colour ? "\033[0m" : "", proof->theorem, range);
        print_words(out, "", proof->words, (size_t)style.width - 4);
        print_words(out, "where ", proof->where, (size_t)style.width - 4);
        for (int k = 0; k < proof->count; k++) {
            const ew_lemma_proof *lemma = proof->lemmas + k;
            fprintf(out, "      %-11s %7ld boxes at %ld bits\n", lemma->name, lemma->leaves,
                    lemma->prec);
            if (lemma->undecided > 0)
                print_open_box(out, lemma);
        }
    }
    return ew_write_status(out);
}

static json_object *lemma_json(const ew_lemma_proof *lemma)
{
    json_object *item = json_object_new_object(), *box = json_object_new_array();
    json_object_object_add(item, "name", json_object_new_string(lemma->name));
    json_object_object_add(item, "form", json_object_new_string(lemma->form));
    for (int k = 0; lemma->undecided > 0 && k < lemma->variables; k++) {
        json_object *side = json_object_new_object();
        json_object_object_add(side, "variable", json_object_new_string(lemma->variable[k]));
        json_object_object_add(side, "lo",
                               json_object_new_double(arf_get_d(lemma->open_lo + k, ARF_RND_DOWN)));
        json_object_object_add(side, "hi",
                               json_object_new_double(arf_get_d(lemma->open_hi + k, ARF_RND_UP)));
        json_object_array_add(box, side);
    }
    json_object_object_add(item, "boxes", json_object_new_int64(lemma->leaves));
    json_object_object_add(item, "precision_bits", json_object_new_int64(lemma->prec));
    json_object_object_add(item, "undecided", json_object_new_int64(lemma->undecided));
    if (lemma->undecided > 0) {
        json_object_object_add(item, "first_undecided", box);
        json_object_object_add(item, "holds_at_its_midpoint",
                               json_object_new_boolean(lemma->midpoint_holds));
    } else
        json_object_put(box);
    return item;
}

ew_status ew_report_proofs_json(FILE *out, const ew_proof_struct *proofs, slong count)
{
    json_object *document = json_object_new_object(), *list = json_object_new_array();
    json_object_object_add(document, "schema", json_object_new_int(EW_JSON_SCHEMA));
    json_object_object_add(document, "kind", json_object_new_string("prove"));
    for (slong i = 0; i < count; i++) {
        const ew_proof_struct *proof = proofs + i;
        json_object *item = json_object_new_object(), *lemmas = json_object_new_array();
        json_object_object_add(item, "theorem", json_object_new_string(proof->theorem));
        json_object_object_add(item, "statement", json_object_new_string(proof->words));
        json_object_object_add(item, "where", json_object_new_string(proof->where));
        json_object_object_add(item, "verdict", json_object_new_string(verdict_of(proof)));
        json_object_object_add(item, "first_depth", json_object_new_int64(proof->first));
        json_object_object_add(item, "last_depth",
                               proof->last == 0 ? NULL : json_object_new_int64(proof->last));
        for (int k = 0; k < proof->count; k++)
            json_object_array_add(lemmas, lemma_json(proof->lemmas + k));
        json_object_object_add(item, "lemmas", lemmas);
        json_object_array_add(list, item);
    }
    json_object_object_add(document, "proofs", list);
    return ew_write_json(out, document);
}
