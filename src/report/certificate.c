/* Certificates: proofs as text that build/edgewise-check reads. docs/certificates.md */
#include <edgewise/report.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { TREE_LINE = 96, LONGEST_LINE = 4096, FARTHEST = 1000000000 };

/* Everything is made in memory first, as the hashes are of what stands before them. */
typedef struct {
    char *text;
    size_t size, room;
    bool lost;
} page;

static void page_put(page *p, const char *text, size_t n)
{
    if (p->size + n + 1 > p->room) {
        size_t room = 2 * (p->room + n) + 4096;
        char *larger = p->lost ? NULL : realloc(p->text, room);
        if (larger == NULL) {
            p->lost = true;
            return;
        }
        p->text = larger;
        p->room = room;
    }
    memcpy(p->text + p->size, text, n);
    p->size += n;
    p->text[p->size] = '\0';
}

static void page_word(page *p, const char *text)
{
    page_put(p, text, strlen(text));
}

static void page_line(page *p, const char *key, const char *value)
{
    page_word(p, key);
    page_word(p, " ");
    page_word(p, value);
    page_word(p, "\n");
}

static void page_number(page *p, const char *key, slong n)
{
    char text[32];
    snprintf(text, sizeof text, "%" PRId64, (int64_t)n);
    page_line(p, key, text);
}

/* FNV-1a of what was written from `from` on. */
static void page_hash(page *p, const char *key, size_t from)
{
    uint64_t h = UINT64_C(14695981039346656037);
    char text[17];
    for (size_t i = from; i < p->size; i++)
        h = (h ^ (unsigned char)p->text[i]) * UINT64_C(1099511628211);
    snprintf(text, sizeof text, "%016" PRIx64, h);
    page_line(p, key, text);
}

/* m*2^e with m odd, or 0, or m where e = 0. */
static void page_dyadic(page *p, const arf_t x)
{
    fmpz_t m, e;
    fmpz_init(m);
    fmpz_init(e);
    arf_get_fmpz_2exp(m, e, x);
    char *mantissa = fmpz_get_str(NULL, 10, m), *exponent = fmpz_get_str(NULL, 10, e);
    page_word(p, mantissa);
    if (!fmpz_is_zero(e)) {
        page_word(p, "*2^");
        page_word(p, exponent);
    }
    flint_free(mantissa);
    flint_free(exponent);
    fmpz_clear(m);
    fmpz_clear(e);
}

static void page_lemma(page *p, const ew_lemma_proof *lemma)
{
    if (lemma->name != NULL) {
        page_line(p, "lemma", lemma->name);
        page_line(p, "form", lemma->form);
        for (int r = 0; r < EW_PROOF_REASONS && lemma->reasons[r] != NULL; r++) {
            const char key[] = {'l', 'e', 'a', 'f', ' ', (char)('a' + r), '\0'};
            page_line(p, key, lemma->reasons[r]);
        }
    }
    for (int k = 0; k < lemma->variables; k++) {
        page_word(p, "box ");
        page_word(p, lemma->variable[k]);
        page_word(p, " ");
        page_dyadic(p, lemma->lo + k);
        page_word(p, " ");
        page_dyadic(p, lemma->hi + k);
        page_word(p, "\n");
    }
    size_t length = strlen(lemma->tree);
    page_number(p, "precision", lemma->prec);
    page_number(p, "tree", (slong)length);
    size_t from = p->size;
    for (size_t i = 0; i < length; i += TREE_LINE) {
        page_put(p, lemma->tree + i, FLINT_MIN(length - i, (size_t)TREE_LINE));
        page_word(p, "\n");
    }
    page_hash(p, "hash", from);
}

static void page_rational(page *p, const char *key, const fmpq_t q)
{
    char *text = fmpq_get_str(NULL, 10, q);
    page_line(p, key, text);
    flint_free(text);
}

static void page_problem(page *p, const ew_proof_struct *proof)
{
    const ew_mode_struct *mode = proof->mode;
    page_number(p, "depth", mode->depth);
    page_rational(p, "eta", mode->eta);
    page_rational(p, "sigma", mode->sigma);
    if (proof->roots >= 0)
        page_number(p, "roots", proof->roots);
    else if (fmpq_is_zero(mode->alpha))
        page_line(p, "alpha", "every");
    else
        page_rational(p, "alpha", mode->alpha);
}

static void page_proof(page *p, const ew_proof_struct *proof)
{
    page_line(p, "theorem", proof->theorem);
    page_line(p, "words", proof->words);
    page_line(p, "where", proof->where);
    if (proof->of_problem)
        page_problem(p, proof);
    else {
        page_number(p, "from-depth", proof->first);
        page_number(p, "to-depth", proof->last);
    }
    for (int i = 0; i < proof->count; i++)
        page_lemma(p, proof->lemmas + i);
    page_line(p, "qed", proof->theorem);
}

/* Was it proved, or tried: is there a theorem, and a tree for each lemma? */
static bool has_trees(const ew_proof_struct *proof)
{
    bool whole = proof->theorem != NULL && proof->count > 0;
    for (int i = 0; whole && i < proof->count; i++)
        whole = proof->lemmas[i].tree != NULL;
    return whole;
}

ew_status ew_certificate_write(FILE *out, const ew_proof_struct *proofs, slong count)
{
    if (out == NULL || count < 0 || (proofs == NULL && count > 0))
        return EW_BAD_INPUT;
    page p = {0};
    for (slong i = 0; i < count; i++)
        if (!has_trees(proofs + i))
            return EW_BAD_INPUT;
    page_line(&p, "edgewise-certificate", "2");
    for (slong i = 0; i < count; i++)
        page_proof(&p, proofs + i);
    page_hash(&p, "end", 0);
    ew_status status = p.lost ? EW_RESOURCES : EW_OK;
    if (status == EW_OK && fwrite(p.text, 1, p.size, out) != p.size)
        status = EW_RESOURCES;
    free(p.text);
    return status;
}

/* ---- reading a certificate to go on from ---- */

/* The rest of the line after "key ", without its end; NULL for another line. */
static char *after(char *line, const char *key)
{
    size_t n = strlen(key);
    line[strcspn(line, "\n")] = '\0';
    return strncmp(line, key, n) == 0 && line[n] == ' ' ? line + n + 1 : NULL;
}

/* The characters of a tree from the lines that follow. NULL when they are not all there. */
static char *read_tree(FILE *in, size_t length)
{
    if (length == 0 || length > (size_t)1 << 32 || ew_memory_check((double)length) != EW_OK)
        return NULL;
    char *tree = malloc(length + 1);
    size_t n = 0;
    int c = 0;
    while (tree != NULL && n < length && (c = getc(in)) != EOF)
        if (c != '\n')
            tree[n++] = (char)c;
    if (tree == NULL || n < length) {
        free(tree);
        return NULL;
    }
    tree[n] = '\0';
    return tree;
}

/* m*2^e with |e| at most FARTHEST, m, or nothing of the kind: 0. Trees for another box do no harm. */
static const char *read_dyadic(arf_t x, const char *text)
{
    char mantissa[64];
    size_t n = strspn(text, "-0123456789");
    arf_zero(x);
    if (n >= sizeof mantissa)
        return text;
    memcpy(mantissa, text, n);
    mantissa[n] = '\0';
    fmpz_t m, e;
    fmpz_init(m);
    fmpz_init(e);
    const char *rest = text + n;
    if (strncmp(rest, "*2^", 3) == 0) {
        slong small;
        char exponent[32];
        const char *at = rest + 3;
        n = strspn(at, "-0123456789");
        rest = at + n;
        n = FLINT_MIN(n, sizeof exponent - 1);
        memcpy(exponent, at, n);
        exponent[n] = '\0';
        if (ew_integer_parse(&small, exponent, -FARTHEST, FARTHEST, NULL) == EW_OK)
            fmpz_set_si(e, small);
        else
            mantissa[0] = '\0';
    }
    if (fmpz_set_str(m, mantissa, 10) == 0)
        arf_set_fmpz_2exp(x, m, e);
    fmpz_clear(m);
    fmpz_clear(e);
    return rest;
}

static void read_box(ew_lemma_proof *p, const char *value)
{
    if (p->variables == EW_PROOF_VARIABLES)
        return;
    int k = p->variables++;
    const char *at = value + strcspn(value, " ");
    at = read_dyadic(p->lo + k, at + (*at == ' '));
    read_dyadic(p->hi + k, at + (*at == ' '));
}

ew_status ew_certificate_read(ew_proof_t proof, FILE *in, const char *theorem)
{
    if (proof == NULL || in == NULL || theorem == NULL)
        return EW_BAD_INPUT;
    char line[LONGEST_LINE];
    bool inside = false;
    ew_lemma_proof *p = NULL;
    if (fgets(line, sizeof line, in) == NULL || strcmp(line, "edgewise-certificate 2\n") != 0)
        return EW_BAD_INPUT;
    proof->count = 0;
    while (fgets(line, sizeof line, in) != NULL) {
        const char *value;
        if ((value = after(line, "theorem")) != NULL)
            inside = strcmp(value, theorem) == 0;
        else if (inside && (value = after(line, "lemma")) != NULL &&
                 proof->count < EW_PROOF_LEMMAS) {
            p = proof->lemmas + proof->count++;
            p->variables = 0;
            p->name = ew_lemma_name(value);
        } else if (inside && p != NULL && (value = after(line, "box")) != NULL)
            read_box(p, value);
        else if (inside && p != NULL && p->tree == NULL && (value = after(line, "tree")) != NULL)
            p->tree = read_tree(in, strtoul(value, NULL, 10));
    }
    while (proof->count > 0 && proof->lemmas[proof->count - 1].tree == NULL)
        proof->count--;
    return ferror(in) ? EW_RESOURCES : EW_OK;
}
