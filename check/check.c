/* The certificate as a whole. Every line is compared with what the checker itself expects there; only ranges of depths,
 * problems, boxes, precisions and trees are read from the file, and each leaf of a tree is evaluated again. */
#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include "check.h"
#include "forms.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_BITS = 65568,
    DEEPEST = 4096,
    LONGEST = 20000,
    MOST_EXPONENT = 100100,
    MOST_DEPTH = 1000000000,
    MOST_NODES = 1000000000,
    MOST_POWER = 1 << 26 /* bits of a power that is written out */
};

typedef struct {
    const char *at, *end;
    long line;
    char *complaint;
    size_t room;
    int code;
    long undecided;
} reader;

/* ---- lines ---- */

/* Keeps the first complaint; always false. Nothing is known to be wrong once the work is spent. */
static bool wrong(reader *r, int code, const char *format, ...) {
    if (r->code == CHECK_PROVED && interval_spent()) {
        snprintf(r->complaint, r->room, "line %ld: beyond a limit of the checker: its work (see --help)", r->line);
        r->code = CHECK_LIMIT;
    } else if (r->code == CHECK_PROVED) {
        va_list arguments;
        int n = snprintf(r->complaint, r->room, "line %ld: ", r->line);
        va_start(arguments, format);
        vsnprintf(r->complaint + n, r->room - (size_t)n, format, arguments);
        va_end(arguments);
        r->code = code;
    }
    return false;
}

/* The next line must be `word`, a blank and then what is returned as a string of the caller's to free; or NULL. */
static char *field(reader *r, const char *word) {
    const char *line = r->at, *stop = memchr(line, '\n', (size_t)(r->end - line));
    size_t n = stop != NULL ? (size_t)(stop - line) : 0, m = strlen(word);
    r->line++;
    if (n <= m || memcmp(line, word, m) != 0 || line[m] != ' ' || memchr(line, '\0', n) != NULL) {
        wrong(r, CHECK_WRONG, "expected \"%s ..\"", word);
        return NULL;
    }
    if (n - m > LONGEST) {
        wrong(r, CHECK_LIMIT, "%s: beyond a limit of the checker: lines of %d characters", word, LONGEST);
        return NULL;
    }
    char *value = memory_or_end(NULL, n - m);
    r->at = stop + 1;
    value[n - m - 1] = '\0';
    return memcpy(value, line + m + 1, n - m - 1);
}

/* The line must be exactly `word`, a blank, `value`. */
static bool expect(reader *r, const char *word, const char *value) {
    char *given = field(r, word);
    bool same = given != NULL && strcmp(given, value) == 0;
    free(given);
    return same || wrong(r, CHECK_WRONG, "expected \"%s %s\"", word, value);
}

/* A decimal number without leading zeros, least to most. */
static bool read_number(reader *r, const char *word, long *n, long least, long most) {
    char *text = field(r, word);
    bool fine = text != NULL && *text != '\0' && text[strspn(text, "0123456789")] == '\0' && (*text != '0' || !text[1]);
    *n = fine ? strtol(text, NULL, 10) : 0;
    free(text);
    if (fine && *n > most) return wrong(r, CHECK_LIMIT, "%s: beyond a limit of the checker: at most %ld", word, most);
    return (fine && *n >= least) || wrong(r, CHECK_WRONG, "%s: expected a number from %ld to %ld", word, least, most);
}

/* FNV-1a of what was read since `from`, against shards that were mixed up; no proof rests on it. */
static bool expect_hash(reader *r, const char *word, const char *from) {
    uint64_t h = UINT64_C(14695981039346656037);
    char text[17];
    for (; from < r->at; from++) h = (h ^ (unsigned char)*from) * UINT64_C(1099511628211);
    snprintf(text, sizeof text, "%016" PRIx64, h);
    return expect(r, word, text);
}

/* A positive rational as it is printed again in lowest terms. */
static bool parse_rational(mpq_t q, const char *text) {
    char *again = NULL;
    bool fine = text != NULL && mpq_set_str(q, text, 10) == 0 && mpz_sgn(mpq_denref(q)) != 0;
    if (fine) {
        mpq_canonicalize(q);
        again = mpq_get_str(NULL, 10, q);
        fine = strcmp(again, text) == 0 && mpq_sgn(q) > 0;
    }
    free(again);
    return fine;
}

static bool read_rational(reader *r, const char *word, mpq_t q) {
    char *text = field(r, word);
    bool fine = parse_rational(q, text);
    free(text);
    return fine || wrong(r, CHECK_WRONG, "%s: expected a positive rational in lowest terms", word);
}

/* The problem that a section is about. */
typedef struct {
    long depth;
    mpq_t eta, sigma, alpha;
    bool every; /* every alpha of the theorem's range */
} problem;

static bool read_problem(reader *r, problem *p) {
    return read_number(r, "depth", &p->depth, 2, MOST_DEPTH) && read_rational(r, "eta", p->eta) &&
           read_rational(r, "sigma", p->sigma);
}

static bool read_alpha(reader *r, problem *p) {
    char *text = field(r, "alpha");
    p->every = text != NULL && strcmp(text, "every") == 0;
    bool fine = p->every || parse_rational(p->alpha, text);
    free(text);
    return fine || wrong(r, CHECK_WRONG, "alpha: expected \"every\" or a positive rational in lowest terms");
}

/* m*2^e with m odd and e not 0, or m; as it is printed again. */
static bool parse_dyadic(dyadic *x, const char *text) {
    const char *times = strstr(text, "*2^");
    char *again = NULL;
    x->e = times != NULL ? strtol(times + 3, NULL, 10) : 0;
    bool fine = gmp_sscanf(text, "%Zd", x->m) == 1;
    gmp_asprintf(&again, x->e != 0 ? "%Zd*2^%ld" : "%Zd", x->m, (long)x->e);
    fine = fine && strcmp(again, text) == 0 && (x->e == 0 || mpz_odd_p(x->m));
    free(again);
    return fine;
}

static bool is_beyond_exponents(const dyadic *x) { return x->e < -MOST_EXPONENT || x->e > MOST_EXPONENT; }

/* "box NAME LO HI" with LO < HI. */
static bool read_box(reader *r, const char *name, dyadic *lo, dyadic *hi) {
    char *text = field(r, "box"), *first = text != NULL ? strchr(text, ' ') : NULL;
    char *second = first != NULL ? strchr(first + 1, ' ') : NULL;
    bool fine = second != NULL, is_beyond = false;
    if (fine) {
        *first = *second = '\0';
        fine = strcmp(text, name) == 0 && parse_dyadic(lo, first + 1) && parse_dyadic(hi, second + 1);
        is_beyond = fine && (is_beyond_exponents(lo) || is_beyond_exponents(hi));
        fine = fine && !is_beyond && dyadic_compare(lo, hi) < 0;
    }
    free(text);
    if (is_beyond)
        return wrong(r, CHECK_LIMIT, "box: beyond a limit of the checker: exponents of 2 to +-%d", MOST_EXPONENT);
    return fine || wrong(r, CHECK_WRONG, "expected \"box %s LO HI\", dyadic, LO below HI", name);
}

/* ---- trees ---- */

typedef struct {
    reader *r;
    long bits, left, column; /* characters of the tree still to come, and the place in its line */
    int variables;
    dyadic lo[VARIABLES], hi[VARIABLES];
    const form *f; /* NULL: a problem's polynomial */
    unsigned long depth;
    const problem *p;
    bool at_edge;     /* s = 2 */
    long roots, said; /* shown so far; what the file says */
    FILE *out;
} tree;

/* The next character of the tree, whose lines are full but for the last. 0 when it ends too soon. */
static char next_node(tree *t) {
    reader *r = t->r;
    if (t->left <= 0 || r->at >= r->end) return 0;
    char c = *r->at++;
    t->left--;
    t->column++;
    if (t->column == 96 || t->left == 0) {
        t->column = 0;
        r->line++;
        if (r->at >= r->end || *r->at++ != '\n') return 0;
    }
    return c;
}

/* Is the edge, or minus it when L is even, inside? |x|^L against sigma at both ends. */
static bool holds_edge(const tree *t) {
    iv x = iv_ends(&t->lo[0], &t->hi[0]), sigma = iv_ratio(t->p->sigma);
    if (iv_sign(x) < 0 && t->depth % 2 == 0) x = iv_neg(x);
    return iv_sign(x) > 0 && iv_sign(iv_sub(iv_power(iv_lower(x), t->depth), sigma)) < 0 &&
           iv_sign(iv_sub(iv_power(iv_upper(x), t->depth), sigma)) > 0;
}

/* No root at or beyond that end: |x|^L >= sigma, u < 0 and |u|^L >= 3 there; where |u| > 3 the power, which may have no
 * exponent that fits, is not needed. theory/certificates.md (6) */
static bool is_beyond_roots(const tree *t, const dyadic *end) {
    interval_reset(t->bits);
    iv x = iv_ends(end, end), sigma = iv_ratio(t->p->sigma), r = iv_sign(x) < 0 ? iv_neg(x) : x, one = iv_integer(1);
    iv pull = iv_mul(iv_ratio(t->p->eta), iv_power(x, t->depth - 2));
    iv v = iv_neg(iv_add(one, iv_mul(pull, iv_sub(sigma, iv_power(x, t->depth)))));
    return iv_sign(iv_sub(iv_power(r, t->depth), sigma)) > 0 && iv_sign(v) > 0 &&
           (iv_sign(iv_sub(v, iv_integer(3))) > 0 || iv_sign(iv_sub(iv_power(v, t->depth), iv_integer(3))) > 0) &&
           !interval_failed();
}

/* How many roots the leaf shows, or -1 when it shows nothing. theory/certificates.md (5) */
static int polynomial_leaf(const tree *t, char c) {
    const dyadic *near = mpz_sgn(t->lo[0].m) > 0 ? &t->lo[0] : &t->hi[0];
    if (c == 'e') return mpz_sgn(t->lo[0].m) * mpz_sgn(t->hi[0].m) > 0 && is_beyond_roots(t, near) ? 0 : -1;
    iv p[3], left[3], right[3], x = iv_ends(&t->lo[0], &t->hi[0]);
    /* exactly: else one root near an end, or the edge, might be shown in two boxes that are rounded outwards */
    if (dyadic_compare(&x->lo, &t->lo[0]) != 0 || dyadic_compare(&x->hi, &t->hi[0]) != 0) return -1;
    polynomial_over(p, x, t->depth, t->p->eta, t->p->sigma);
    if (c == 'a') return iv_sign(p[0]) != 0 && !interval_failed() ? 0 : -1;
    if (c == 'd') return t->at_edge && iv_sign(p[2]) != 0 && holds_edge(t) && !interval_failed() ? 1 : -1;
    polynomial_over(left, iv_lower(x), t->depth, t->p->eta, t->p->sigma);
    polynomial_over(right, iv_upper(x), t->depth, t->p->eta, t->p->sigma);
    int product = iv_sign(left[0]) * iv_sign(right[0]);
    if (iv_sign(p[1]) == 0 || interval_failed()) return -1;
    return c == 'b' && product > 0 ? 0 : c == 'c' && product < 0 ? 1 : -1;
}

static bool check_leaf(tree *t, char c) {
    interval_reset(t->bits);
    if (t->f == NULL) {
        int roots = c != 0 && strchr("abcde", c) != NULL ? polynomial_leaf(t, c) : -1;
        t->roots += roots > 0;
        if (roots == 1 && t->roots <= t->said)
            gmp_fprintf(t->out, "  %s root in [%Zd*2^%ld, %Zd*2^%ld]\n", c == 'd' ? "double" : "simple", t->lo[0].m,
                        (long)t->lo[0].e, t->hi[0].m, (long)t->hi[0].e);
        return roots >= 0;
    }
    int reason = c - 'a';
    if (reason < 0 || reason >= REASONS || t->f->reason[reason] == NULL) return false;
    iv box[VARIABLES];
    for (int k = 0; k < t->variables; k++) box[k] = iv_ends(&t->lo[k], &t->hi[k]);
    return t->f->holds(box, reason);
}

/* One node and all below it, in pre-order; the halves of a split are implied, so they cover. */
static bool check_node(tree *t, int depth) {
    char c = next_node(t);
    if (c >= '0' && c < '0' + t->variables) {
        int k = c - '0';
        if (depth == DEEPEST)
            return wrong(t->r, CHECK_LIMIT, "beyond a limit of the checker: %d splits on a path", DEEPEST);
        dyadic middle, keep;
        dyadic_init(&middle, 0);
        dyadic_middle(&middle, &t->lo[k], &t->hi[k]);
        keep = t->hi[k];
        t->hi[k] = middle;
        bool fine = check_node(t, depth + 1);
        t->hi[k] = keep;
        keep = t->lo[k];
        t->lo[k] = middle;
        fine = fine && check_node(t, depth + 1);
        t->lo[k] = keep;
        dyadic_clear(&middle);
        return fine;
    }
    if (c == '?') {
        t->r->undecided++;
        return true;
    }
    if (c != 0 && check_leaf(t, c)) return true;
    return wrong(t->r, CHECK_WRONG,
                 c == 0 ? "the tree ends too soon, or its lines are not of 96 characters"
                        : "the leaf \"%c\" (number %ld from the tree's end) does not show what it says",
                 c >= ' ' && c <= '~' ? c : '.', t->left);
}

/* "tree", its lines and "hash". */
static bool check_tree(tree *t) {
    if (!read_number(t->r, "tree", &t->left, 1, MOST_NODES)) return false;
    const char *from = t->r->at;
    return check_node(t, 0) && (t->left == 0 || wrong(t->r, CHECK_WRONG, "the tree is whole before its end")) &&
           expect_hash(t->r, "hash", from);
}

/* A lemma's tree, or that of all real roots of p. */
static void tree_init(tree *t, reader *r, const form *f, const problem *p, FILE *out) {
    *t = (tree){.r = r, .f = f, .variables = f != NULL ? f->variables : 1, .p = p, .out = out};
    if (p != NULL) t->depth = (unsigned long)p->depth;
    for (int k = 0; k < VARIABLES; k++) {
        dyadic_init(&t->lo[k], 0);
        dyadic_init(&t->hi[k], 0);
    }
}

static void tree_clear(tree *t) {
    for (int k = 0; k < VARIABLES; k++) {
        dyadic_clear(&t->lo[k]);
        dyadic_clear(&t->hi[k]);
    }
}

/* ---- theorems for a range of depths ---- */

/* Do lo and hi reach from 1/last (0: from 0) to 1/first? */
static bool reaches(const dyadic *lo, const dyadic *hi, long first, long last) {
    interval_reset(256);
    iv one = iv_integer(1), low = iv_mul(iv_ends(lo, lo), iv_integer(last));
    iv high = iv_mul(iv_ends(hi, hi), iv_integer(first));
    bool from = last == 0 ? mpz_sgn(lo->m) == 0 : dyadic_compare(&low->hi, &one->lo) <= 0;
    return from && mpz_sgn(lo->m) >= 0 && dyadic_compare(&high->lo, &one->hi) >= 0 && !interval_failed();
}

/* The box must hold the lemma's own, but that e = 1/L need reach over the depths alone. */
static bool check_lemma(reader *r, const form *f, long first, long last) {
    tree t;
    tree_init(&t, r, f, NULL, NULL);
    bool fine = expect(r, "lemma", f->name) && expect(r, "form", f->form);
    for (int i = 0; fine && i < REASONS && f->reason[i] != NULL; i++) {
        const char word[] = {'l', 'e', 'a', 'f', ' ', (char)('a' + i), '\0'};
        fine = expect(r, word, f->reason[i]);
    }
    for (int k = 0; fine && k < f->variables; k++) {
        fine = read_box(r, f->variable[k], &t.lo[k], &t.hi[k]);
        if (!fine) break; /* its ends may be beyond all exponents */
        dyadic end;
        dyadic_init(&end, f->lo[k]);
        end.e = -9;
        bool holds = dyadic_compare(&t.lo[k], &end) <= 0;
        mpz_set_si(end.m, f->hi[k]);
        holds = holds && dyadic_compare(&t.hi[k], &end) >= 0;
        if (strcmp(f->variable[k], "e") == 0)
            holds = dyadic_compare(&t.hi[k], &end) <= 0 &&
                    reaches(&t.lo[k], &t.hi[k], first < f->least ? f->least : first, last);
        dyadic_clear(&end);
        if (fine && !holds)
            fine = wrong(r, CHECK_WRONG, "the box of %s is not the one that the lemma needs", f->variable[k]);
    }
    fine = fine && read_number(r, "precision", &t.bits, 24, MOST_BITS) && check_tree(&t);
    tree_clear(&t);
    return fine;
}

static bool check_lemmas(reader *r, const char *name, long first, long last) {
    bool fine = true, is_empty = true;
    for (int i = 0; fine && i < FORMS; i++) {
        const form *f = form_table + i;
        bool needed =
            strcmp(f->theorem, name) == 0 && (last == 0 || last >= f->least) && (f->most == 0 || first <= f->most);
        fine = !needed || check_lemma(r, f, first, last);
        is_empty = is_empty && !needed;
    }
    return fine && (!is_empty || wrong(r, CHECK_WRONG, "no depth in the range is one that the theorem speaks of"));
}

static const char *verdict(const reader *r, long undecided) {
    return r->undecided > undecided ? "NOT PROVED (some boxes are undecided)" : "proved";
}

static bool check_theorem(reader *r, const theorem *about, FILE *out) {
    long first = 0, last = 0, undecided = r->undecided;
    if (!read_number(r, "from-depth", &first, 2, MOST_DEPTH) || !read_number(r, "to-depth", &last, 0, MOST_DEPTH))
        return false;
    if (last != 0 && last < first) return wrong(r, CHECK_WRONG, "the range of depths is empty");
    if (!check_lemmas(r, about->name, first, last)) return false;
    char to[32] = "infinity";
    if (last != 0) snprintf(to, sizeof to, "%ld", last);
    fprintf(out, "%s, depths %ld to %s: %s\n  %s\n  where %s\n", verdict(r, undecided), first, to, about->name,
            about->words, about->where);
    return true;
}

/* ---- one problem ---- */

enum { UNKNOWN = 2 };

/* Is q[0]^n[0] q[1]^n[1] q[2]^n[2] above 1, below or equal: 1, -1, 0? Exactly: by the powers, where intervals do not tell;
 * UNKNOWN where these would be larger than MOST_POWER bits. theory/certificates.md (7) */
static int against_one(mpq_t *q, const unsigned long *n) {
    unsigned long common = 0, size = 0;
    mpz_t left, right, power;
    for (int i = 0; i < 3; i++)
        for (unsigned long m = mpq_cmp_ui(q[i], 1, 1) != 0 ? n[i] : 0, rest; m != 0; common = m, m = rest)
            rest = common % m;
    if (common == 0) return 0;
    for (long bits = 64; bits <= 4096; bits *= 4) {
        interval_reset(bits);
        iv sum = iv_integer(0);
        for (int i = 0; i < 3; i++)
            sum = iv_add(sum, iv_mul(iv_integer((long)(n[i] / common)), iv_log(iv_ratio(q[i]))));
        if (iv_sign(sum) != 0 && !interval_failed()) return iv_sign(sum);
    }
    for (int i = 0; i < 3; i++)
        size += n[i] / common * (mpz_sizeinbase(mpq_numref(q[i]), 2) + mpz_sizeinbase(mpq_denref(q[i]), 2));
    if (size > MOST_POWER) return UNKNOWN;
    interval_spend(8 * size);
    mpz_init_set_ui(left, 1);
    mpz_init_set_ui(right, 1);
    mpz_init(power);
    for (int i = 0; i < 3; i++) {
        mpz_pow_ui(power, mpq_numref(q[i]), n[i] / common);
        mpz_mul(left, left, power);
        mpz_pow_ui(power, mpq_denref(q[i]), n[i] / common);
        mpz_mul(right, right, power);
    }
    int sign = mpz_cmp(left, right);
    mpz_clears(left, right, power, NULL);
    return (sign > 0) - (sign < 0);
}

/* s against (num/den)^(n/2L): (eta L)^2L sigma^(4L-4) (den/num)^n against 1. */
static int s_against(const problem *p, long num, long den, long n) {
    mpq_t q[3];
    unsigned long depth = (unsigned long)p->depth;
    for (int i = 0; i < 3; i++) mpq_init(q[i]);
    mpz_mul_ui(mpq_numref(q[0]), mpq_numref(p->eta), depth);
    mpz_set(mpq_denref(q[0]), mpq_denref(p->eta));
    mpq_canonicalize(q[0]);
    mpq_set(q[1], p->sigma);
    mpq_set_ui(q[2], (unsigned long)den, (unsigned long)num);
    mpq_canonicalize(q[2]);
    int sign = against_one(q, (unsigned long[]){2 * depth, 4 * depth - 4, (unsigned long)n});
    for (int i = 0; i < 3; i++) mpq_clear(q[i]);
    return sign;
}

/* alpha against sigma^(1/L)/sqrt(L): alpha^2L L^L sigma^-2 against 1. */
static int alpha_against_range(const problem *p) {
    mpq_t q[3];
    unsigned long depth = (unsigned long)p->depth;
    for (int i = 0; i < 3; i++) mpq_init(q[i]);
    mpq_set(q[0], p->alpha);
    mpq_set_ui(q[1], depth, 1);
    mpq_inv(q[2], p->sigma);
    int sign = against_one(q, (unsigned long[]){2 * depth, depth, 2});
    for (int i = 0; i < 3; i++) mpq_clear(q[i]);
    return sign;
}

/* Is the problem in the range of the theorem balancing-gap: s < 2 sqrt 2 (L = 2) or s <= (17L - 12)/(4L), and alpha? */
static bool check_range(reader *r, const problem *p) {
    long depth = p->depth, s = depth == 2 ? s_against(p, 8, 1, 2) : s_against(p, 17 * depth - 12, 4 * depth, 2 * depth);
    long alpha = p->every ? -1 : alpha_against_range(p);
    if (s == UNKNOWN || alpha == UNKNOWN)
        return wrong(r, CHECK_LIMIT, "beyond a limit of the checker: powers of %d bits", MOST_POWER);
    if (s > 0 || (s == 0 && depth == 2)) return wrong(r, CHECK_WRONG, "s is beyond the theorem's range");
    return alpha <= 0 || wrong(r, CHECK_WRONG, "alpha is beyond the theorem's range");
}

static bool check_gap(reader *r, problem *p, FILE *out) {
    long undecided = r->undecided;
    if (!read_problem(r, p) || !read_alpha(r, p) || !check_range(r, p) ||
        !check_lemmas(r, "balancing-gap", p->depth, p->depth))
        return false;
    int s = s_against(p, 2, 1, 2 * p->depth);
    gmp_fprintf(out, "%s, depth L = %ld, eta = %Qd, sigma = %Qd, ", verdict(r, undecided), p->depth, p->eta, p->sigma);
    if (p->every)
        fputs("every alpha with 0 < alpha <= sigma^(1/L)/sqrt(L)", out);
    else
        gmp_fprintf(out, "alpha = %Qd", p->alpha);
    fprintf(out, "%s: balancing-gap\n  %s\n  where %s\n",
            s == 0    ? ", s = 2"
            : s == 1  ? ", s > 2"
            : s == -1 ? ", s < 2"
                      : "",
            theorem_of_gap.words, theorem_of_gap.where);
    return true;
}

static bool check_roots(reader *r, problem *p, FILE *out) {
    if (!read_problem(r, p)) return false;
    long undecided = r->undecided;
    tree t;
    tree_init(&t, r, NULL, p, out);
    bool fine = read_number(r, "roots", &t.said, 0, 1000) && read_box(r, "x", &t.lo[0], &t.hi[0]) &&
                read_number(r, "precision", &t.bits, 24, MOST_BITS);
    if (fine && (mpz_sgn(t.lo[0].m) >= 0 || mpz_sgn(t.hi[0].m) <= 0 || !is_beyond_roots(&t, &t.lo[0]) ||
                 !is_beyond_roots(&t, &t.hi[0])))
        fine = wrong(r, CHECK_WRONG, "there may be roots outside the box");
    if (fine) {
        t.at_edge = s_against(p, 2, 1, 2 * p->depth) == 0;
        gmp_fprintf(out, "the orbit polynomial of depth L = %ld, eta = %Qd, sigma = %Qd:\n", p->depth, p->eta,
                    p->sigma);
    }
    fine = fine && check_tree(&t);
    if (fine && (t.roots > t.said || (t.roots < t.said && r->undecided == undecided)))
        fine = wrong(r, CHECK_WRONG, "%ld roots are said, %ld shown", t.said, t.roots);
    if (fine)
        fprintf(out, "%s: these are all its real roots, %ld of them\n  where %s\n", verdict(r, undecided), t.roots,
                theorem_of_roots.where);
    tree_clear(&t);
    return fine;
}

static bool check_problem(reader *r, const theorem *about, FILE *out) {
    problem p;
    mpq_inits(p.eta, p.sigma, p.alpha, NULL);
    bool fine = about == &theorem_of_gap ? check_gap(r, &p, out) : check_roots(r, &p, out);
    mpq_clears(p.eta, p.sigma, p.alpha, NULL);
    return fine;
}

/* ---- the whole ---- */

static const theorem *find_theorem(const char *name) {
    const theorem *about = theorem_table;
    if (strcmp(name, theorem_of_gap.name) == 0) return &theorem_of_gap;
    if (strcmp(name, theorem_of_roots.name) == 0) return &theorem_of_roots;
    while (about->name != NULL && strcmp(about->name, name) != 0) about++;
    return about->name != NULL ? about : NULL;
}

static bool check_section(reader *r, FILE *out) {
    char *name = field(r, "theorem");
    if (name == NULL) return false;
    const theorem *about = find_theorem(name);
    free(name);
    if (about == NULL) return wrong(r, CHECK_WRONG, "a theorem that is not known here");
    if (!expect(r, "words", about->words) || !expect(r, "where", about->where)) return false;
    bool is_of_problem = about == &theorem_of_gap || about == &theorem_of_roots;
    return (is_of_problem ? check_problem : check_theorem)(r, about, out) && expect(r, "qed", about->name);
}

static bool check_sections(reader *r, FILE *out) {
    bool fine = check_section(r, out);
    while (fine && (r->end - r->at <= 4 || memcmp(r->at, "end ", 4) != 0)) fine = check_section(r, out);
    return fine;
}

/* Sections and end; the theorems go to `out` as they are found. */
static void check_all(reader *r, const char *text, FILE *out) {
    if (check_sections(r, out) && expect_hash(r, "end", text) && r->at != r->end)
        wrong(r, CHECK_WRONG, "something follows the end");
}

int certificate_check(const char *text, size_t size, uint64_t work, FILE *out, char *complaint, size_t room) {
    static const char first[] = "edgewise-certificate 2\n";
    reader r = {text + (sizeof first - 1), text + size, 1, complaint, room, CHECK_PROVED, 0};
    interval_budget(work);
    if (size < sizeof first || memcmp(text, first, sizeof first - 1) != 0) {
        r.at = text;
        wrong(&r, CHECK_NO_CERTIFICATE, "not a certificate of version 2; edgewise writes them anew");
        return r.code;
    }
    char *found = NULL;
    size_t length;
    FILE *kept = open_memstream(&found, &length); /* nothing is said before all of the file is known to be sound */
    if (kept != NULL) check_all(&r, text, kept);
    if (kept == NULL || fclose(kept) != 0) memory_or_end(NULL, SIZE_MAX);
    if (r.code == CHECK_PROVED) fputs(found, out);
    if (r.undecided > 0) wrong(&r, CHECK_WRONG, "%ld boxes are undecided: not all is proved", r.undecided);
    free(found);
    interval_release();
    return r.code;
}
