/* The page's verdict tables, and the evidence behind each verdict. */
#include "report/page/page.h"
#include <string.h>

const char *ew_page_sign(ew_verdict verdict)
{
    static const char *const sign[] = {"✓", "≈", "✗", "∅", "–", "?"};
    return sign[verdict];
}

/* The finding of that claim about that singular value (0: the network), or NULL. */
static const ew_finding_struct *find(const ew_page *page, const char *id, slong index)
{
    for (slong i = 0; i < page->findings->count; i++) {
        const ew_finding_struct *finding = page->findings->findings + i;
        if (finding->index == index && strcmp(finding->id, id) == 0)
            return finding;
    }
    return NULL;
}

/* Do two singular values have the same verdict in every claim? */
static bool same_verdicts(const ew_page *page, slong i, slong j)
{
    for (const ew_claim *claim = ew_claims; claim->id != NULL; claim++) {
        const ew_finding_struct *a = find(page, claim->id, i), *b = find(page, claim->id, j);
        if ((a == NULL) != (b == NULL) || (a != NULL && a->verdict != b->verdict))
            return false;
    }
    return true;
}

/* Columns of the table: each singular value, or, when they are many, each run of them with the same verdicts; past
 * the rank, all zeros share one. */
enum { MANY = 8 };

typedef struct {
    slong first, last;
} column;

static column next_column(const ew_page *page, slong first)
{
    slong count = page->problem->count;
    column c = {first, first};
    while (count > MANY && c.last < count && same_verdicts(page, first, c.last + 1))
        c.last++;
    return c;
}

static slong last_index(const ew_page *page)
{
    return page->problem->count + (page->problem->dim > page->problem->count);
}

/* "σ_2", "σ_4 … σ_9", "σ_4 … σ_10 = 0". Subscripts as plain digits where there is no markup. */
static void print_column_name(FILE *out, const ew_page *page, column c, bool markup)
{
    const char *open = markup ? "<sub>" : "", *close = markup ? "</sub>" : "";
    bool zero = c.first > page->problem->count;
    slong last = zero ? page->problem->dim : c.last;
    fprintf(out, "σ%s%ld%s", open, c.first, close);
    if (last > c.first)
        fprintf(out, " … σ%s%ld%s", open, last, close);
    if (zero)
        fputs(" = 0", out);
}

static void print_column_head(FILE *out, const ew_page *page, column c)
{
    fputs("<th scope=\"col\">", out);
    print_column_name(out, page, c, true);
    if (c.first <= page->problem->count && c.last == c.first) {
        ew_mode_t mode;
        ew_mode_init(mode);
        ew_problem_mode(mode, page->problem, c.first - 1);
        fputs(" = ", out);
        ew_page_rational(out, mode->sigma);
        fprintf(out, "<small>%s the edge</small>",
                ew_mode_regime(mode) == EW_EDGE ? "at" : ew_regime_text(ew_mode_regime(mode)));
        ew_mode_clear(mode);
    } else if (c.first > page->problem->count)
        fputs("<small>past the rank</small>", out);
    fputs("</th>", out);
}

/* The claim's name, which leads to its evidence; a star for a reading that is not the poster's own. */
static void print_claim_name(FILE *out, const ew_claim *claim)
{
    fprintf(out, "<th scope=\"row\"><a href=\"#claim-%s\" title=\"", claim->id);
    ew_page_text(out, claim->statement);
    fprintf(out, "\">%s</a>%s</th>", claim->id, claim->literal ? "" : " *");
}

/* A cell; empty where the claim says nothing about the column. */
static void print_cell(FILE *out, const ew_page *page, const ew_claim *claim, column c)
{
    const ew_finding_struct *finding = find(page, claim->id, c.first);
    if (finding == NULL) {
        fputs("<td></td>", out);
        return;
    }
    const char *verdict = ew_verdict_text(finding->verdict);
    fprintf(out,
            "<td class=\"%s\" data-claim=\"%s\" data-index=\"%ld\" data-last=\"%ld\" "
            "data-verdict=\"%s\" ",
            verdict, claim->id, c.first, c.last, verdict);
    if (c.first > 0) {
        fputs("data-label=\"", out);
        print_column_name(out, page, c, false);
        fputs("\" ", out);
    }
    fputs("title=\"", out);
    ew_page_text(out, finding->why);
    fprintf(out, "\">%s %s</td>", ew_page_sign(finding->verdict), verdict);
}

static void print_value_table(FILE *out, const ew_page *page)
{
    slong last = last_index(page);
    fputs("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"verdicts by singular "
          "value\">\n<table class=\"verdicts\">\n<thead><tr><th scope=\"col\">claim</th>",
          out);
    for (column c = next_column(page, 1); c.first <= last; c = next_column(page, c.last + 1))
        print_column_head(out, page, c);
    fputs("</tr></thead>\n<tbody>\n", out);
    for (const ew_claim *claim = ew_claims; claim->id != NULL; claim++) {
        if (claim->check == NULL)
            continue;
        fputs("<tr>", out);
        print_claim_name(out, claim);
        for (column c = next_column(page, 1); c.first <= last; c = next_column(page, c.last + 1))
            print_cell(out, page, claim, c);
        fputs("</tr>\n", out);
    }
    fputs("</tbody></table></div>\n", out);
}

static void print_network_table(FILE *out, const ew_page *page)
{
    fputs("<table class=\"verdicts\">\n<thead><tr><th scope=\"col\">claim</th><th "
          "scope=\"col\">verdict</th><th scope=\"col\">why</th></tr></thead>\n<tbody>\n",
          out);
    for (const ew_claim *claim = ew_claims; claim->id != NULL; claim++) {
        const ew_finding_struct *finding = find(page, claim->id, 0);
        if (finding == NULL)
            continue;
        fputs("<tr>", out);
        print_claim_name(out, claim);
        print_cell(out, page, claim, (column){0, 0});
        fputs("<td>", out);
        ew_page_text(out, finding->why);
        fputs("</td></tr>\n", out);
    }
    fputs("</tbody></table>\n", out);
}

void ew_page_verdicts(FILE *out, const ew_page *page)
{
    fputs("<section id=\"verdicts\">\n<h2>Verdicts</h2>\n<h3>Each singular value</h3>\n", out);
    print_value_table(out, page);
    fputs("<h3>The network</h3>\n", out);
    print_network_table(out, page);
    fputs("<p class=\"note\">No verdict rests on a floating-point comparison. PROVED: by balls "
          "that exclude zero or by exact arithmetic, for the whole scope that is named. CONFIRMED: "
          "at the points named, as evidence. REFUTED: by a certified counterexample. VACUOUS: the "
          "hypothesis cannot hold here. DEGENERATE: no content at this input. UNDECIDED: says how "
          "much was tried. * a repaired or added reading; the others are the poster's own.</p>\n",
          out);
    ew_page_command(out, page, "verify", "");
    fputs("</section>\n", out);
}

static void print_facts(FILE *out, const ew_finding_struct *finding)
{
    fputs("<dl><dt>scope</dt><dd>", out);
    ew_page_text(out, finding->scope);
    fputs("</dd>", out);
    for (slong i = 0; i < finding->fact_count; i++) {
        const ew_fact *fact = finding->facts + i;
        fprintf(out, "<dt>%s</dt><dd>", fact->name);
        if (fact->kind == EW_FACT_INTEGER)
            fprintf(out, "%ld", fact->integer);
        else if (fact->kind == EW_FACT_TRUTH)
            fputs(fact->integer ? "yes" : "no", out);
        else
            ew_page_text(out, fact->text);
        fputs("</dd>", out);
    }
    fputs("</dl>\n", out);
}

/* One finding, its reason and its facts; of a run of singular values, those of the first. */
static void print_finding(FILE *out, const ew_page *page, const ew_finding_struct *finding,
                          column c)
{
    const char *verdict = ew_verdict_text(finding->verdict);
    fprintf(out, "<p><span class=\"chip %s\">%s %s</span> ", verdict,
            ew_page_sign(finding->verdict), verdict);
    if (c.first > 0) {
        fputs("<b>", out);
        print_column_name(out, page, c, true);
        fputs("</b>: ", out);
    }
    ew_page_text(out, finding->why);
    if (c.last > c.first)
        fprintf(out, " (the numbers are those of σ<sub>%ld</sub>)", c.first);
    fputs("</p>\n", out);
    print_facts(out, finding);
}

static void print_evidence(FILE *out, const ew_page *page, const ew_claim *claim)
{
    slong last = last_index(page);
    fprintf(out, "<details id=\"claim-%s\"><summary>%s%s</summary><div>\n<p><b>Statement.</b> ",
            claim->id, claim->id, claim->literal ? "" : " *");
    ew_page_text(out, claim->statement);
    fprintf(out, " <span class=\"note\">(%s; proof and derivation: theory/%s.md)</span></p>\n",
            claim->literal ? "as on the poster" : "a repaired or added reading", claim->id);
    const ew_finding_struct *finding = find(page, claim->id, 0);
    if (finding != NULL)
        print_finding(out, page, finding, (column){0, 0});
    for (column c = next_column(page, 1); c.first <= last; c = next_column(page, c.last + 1)) {
        finding = find(page, claim->id, c.first);
        if (finding != NULL)
            print_finding(out, page, finding, c);
    }
    fputs("</div></details>\n", out);
}

void ew_page_evidence(FILE *out, const ew_page *page)
{
    fputs("<section id=\"evidence\">\n<h2>Evidence, claim by claim</h2>\n<p class=\"note\">", out);
    ew_page_text(out, ew_claim_symbols());
    fputs("</p>\n", out);
    for (const ew_claim *claim = ew_claims; claim->id != NULL; claim++)
        print_evidence(out, page, claim);
    ew_page_command(out, page, "verify", "--json");
    fputs("</section>\n", out);
}
