/* Bisection, its subtrees shared over the cores. A subtree depends on its box alone, and the subtrees are put together
 * in their order, so the tree does not depend on who made which. theory/proofs.md (1) */
#include "predict/proof/cover.h"
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    SHARED_DEPTH = 8,   /* splits after which a subtree is one thread's */
    MOST_UNDECIDED = 16 /* parts left undecided in a subtree before the rest of it is given up */
};

typedef struct {
    char *text;
    size_t size, room;
    bool lost; /* no memory */
} line;

typedef struct {
    const cover_job *job;
    const ew_progress *progress;
    ulong done; /* volume decided, of 2^60 */
    slong leaves;
    slong finished; /* subtrees */
    bool stopped, gave_up, crowded, lost;
} state;

/* A subtree put off: where it starts, and what an earlier tree says of it. */
typedef struct {
    arf_struct lo[COVER_VARIABLES], hi[COVER_VARIABLES];
    const char *earlier;
    int depth;
    line tree;
} part;

typedef struct {
    part *list;
    slong count, room;
} parts;

static void append(line *out, char c)
{
    if (out->size + 1 >= out->room) {
        size_t room = 2 * out->room + 64;
        char *text = out->lost ? NULL : realloc(out->text, room);
        if (text == NULL) {
            out->lost = true;
            return;
        }
        out->text = text;
        out->room = room;
    }
    out->text[out->size++] = c;
    out->text[out->size] = '\0';
}

/* The side that is longest in the job's units. */
static int longest(const cover_job *job, const arf_struct *lo, const arf_struct *hi)
{
    arb_t w, best;
    int side = 0;
    arb_init(w);
    arb_init(best);
    for (int k = 0; k < job->variables; k++) {
        arf_sub(arb_midref(w), hi + k, lo + k, 64, ARF_RND_NEAR);
        mag_zero(arb_radref(w));
        arb_div(w, w, job->width + k, 64);
        if (arf_cmp(arb_midref(w), arb_midref(best)) > 0) {
            side = k;
            arf_set(arb_midref(best), arb_midref(w));
        }
    }
    arb_clear(w);
    arb_clear(best);
    return side;
}

/* The length of the subtree at `tree`; 0 when it is cut short. */
static size_t subtree_length(const char *tree)
{
    size_t n = 0;
    for (slong open = 1; open > 0; n++) {
        if (tree[n] == '\0')
            return 0;
        open += tree[n] >= '0' && tree[n] < '0' + COVER_VARIABLES ? 1 : -1;
    }
    return n;
}

typedef void (*visitor)(void *context, arf_struct *lo, arf_struct *hi, const char *earlier);

/* Calls `visit` on the halves, with what an earlier tree says of each. */
static void split(int side, arf_struct *lo, arf_struct *hi, const char *earlier, visitor visit,
                  void *context)
{
    arf_t middle, keep;
    arf_init(middle);
    arf_init(keep);
    arf_add(middle, lo + side, hi + side, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_mul_2exp_si(middle, middle, -1);
    arf_set(keep, hi + side);
    arf_set(hi + side, middle);
    visit(context, lo, hi, earlier);
    arf_swap(hi + side, keep);
    arf_set(keep, lo + side);
    arf_set(lo + side, middle);
    size_t first = earlier != NULL ? subtree_length(earlier) : 0;
    visit(context, lo, hi, first > 0 && earlier[first] != '\0' ? earlier + first : NULL);
    arf_swap(lo + side, keep);
    arf_clear(middle);
    arf_clear(keep);
}

/* One thread's way through a subtree; at the tree's top `later` takes the subtrees that are put off, '*' standing for
 * each. */
typedef struct {
    state *all;
    void *worker;
    line *out;
    int depth;
    parts *later;
    slong undecided;
} walk;

static void give_up(state *all)
{
#pragma omp atomic write
    all->gave_up = true;
}

/* One thread tells the caller how far all are; all hear the answer. */
static void tell(state *all)
{
    ulong done;
    if (omp_get_thread_num() != 0 || all->progress == NULL)
        return;
#pragma omp atomic read
    done = all->done;
    if (!ew_progress_tick(all->progress, "proving, by volume", done >> 40, UWORD(1) << 20)) {
#pragma omp atomic write
        all->stopped = true;
    }
}

/* Adds a decided part to the progress. */
static void count(state *all, int depth)
{
    ulong part = depth < 60 ? UWORD(1) << (60 - depth) : 0;
    slong leaves;
#pragma omp atomic
    all->done += part;
#pragma omp atomic capture
    leaves = ++all->leaves;
    if (all->job->most > 0 && leaves > all->job->most) {
#pragma omp atomic write
        all->crowded = true;
        give_up(all);
    }
}

static void put_off(walk *w, const arf_struct *lo, const arf_struct *hi, const char *earlier)
{
    parts *p = w->later;
    if (p->count == p->room) {
        slong room = 2 * p->room + 64;
        part *list = realloc(p->list, sizeof *list * (size_t)room);
        if (list == NULL) {
            w->all->lost = true;
            return;
        }
        p->list = list;
        p->room = room;
    }
    part *last = p->list + p->count++;
    *last = (part){.earlier = earlier, .depth = w->depth};
    for (int k = 0; k < w->all->job->variables; k++) {
        arf_init(last->lo + k);
        arf_init(last->hi + k);
        arf_set(last->lo + k, lo + k);
        arf_set(last->hi + k, hi + k);
    }
    append(w->out, '*');
}

static void cover_part(void *context, arf_struct *lo, arf_struct *hi, const char *earlier)
{
    walk *w = context;
    const cover_job *job = w->all->job;
    bool stopped;
    bool gave_up;
#pragma omp atomic read
    stopped = w->all->stopped;
#pragma omp atomic read
    gave_up = w->all->gave_up;
    stopped = stopped || gave_up || w->undecided >= MOST_UNDECIDED;
    if (w->later != NULL && w->depth == SHARED_DEPTH) {
        put_off(w, lo, hi, earlier);
        return;
    }
    tell(w->all);
    bool is_split = earlier != NULL && earlier[0] >= '0' && earlier[0] < '0' + job->variables;
    char hint = earlier != NULL && !is_split && earlier[0] != COVER_UNDECIDED ? earlier[0] : 0;
    char leaf = is_split || stopped ? 0 : job->decide(w->worker, lo, hi, hint);
    if (leaf == 0 && hint != 0 && !stopped) /* an earlier leaf that was wrong */
        leaf = job->decide(w->worker, lo, hi, 0);
    if (leaf != 0 || stopped || w->depth == job->deepest) {
        append(w->out, leaf != 0 ? leaf : COVER_UNDECIDED);
        w->undecided += leaf == 0;
        if (leaf == 0 && job->all_or_nothing)
            give_up(w->all);
        count(w->all, w->depth);
        return;
    }
    int side = is_split ? earlier[0] - '0' : longest(job, lo, hi);
    append(w->out, (char)('0' + side));
    w->depth++;
    split(side, lo, hi, is_split ? earlier + 1 : NULL, cover_part, w);
    w->depth--;
}

/* The one that tells goes on telling until the others have ended, too. */
static void tell_to_the_end(state *all, slong count)
{
    const struct timespec pause = {0, 20000000};
    for (slong finished = 0; omp_get_thread_num() == 0;) {
#pragma omp atomic read
        finished = all->finished;
        if (finished == count)
            return;
        tell(all);
        nanosleep(&pause, NULL);
    }
}

static void run_parts(state *all, parts *later)
{
    const cover_job *job = all->job;
#pragma omp parallel
    {
        void *worker = job->start(job->context);
#pragma omp for schedule(dynamic) nowait
        for (slong i = 0; i < later->count; i++) {
            part *p = later->list + i;
            walk w = {all, worker, &p->tree, p->depth, NULL, 0};
            if (worker != NULL)
                cover_part(&w, p->lo, p->hi, p->earlier);
#pragma omp atomic
            all->finished++;
        }
        tell_to_the_end(all, later->count);
        if (worker != NULL)
            job->stop(worker);
        flint_cleanup();
    }
}

static void join(line *tree, const line *top, const parts *later)
{
    slong next = 0;
    for (size_t i = 0; i < top->size; i++) {
        if (top->text[i] != '*') {
            append(tree, top->text[i]);
            continue;
        }
        const line *piece = &later->list[next++].tree;
        tree->lost |= piece->size == 0 || piece->lost;
        for (size_t k = 0; k < piece->size; k++)
            append(tree, piece->text[k]);
    }
    tree->lost |= top->size == 0 || top->lost;
}

ew_status ew_cover_run(char **tree, const cover_job *job, const arf_struct *lo,
                       const arf_struct *hi, const char *earlier, const ew_progress *progress)
{
    state all = {.job = job, .progress = progress};
    line top = {0}, whole = {0};
    parts later = {0};
    arf_struct from[COVER_VARIABLES], to[COVER_VARIABLES];
    for (int k = 0; k < job->variables; k++) {
        arf_init(from + k);
        arf_init(to + k);
        arf_set(from + k, lo + k);
        arf_set(to + k, hi + k);
    }
    void *worker = job->start(job->context);
    if (worker != NULL) {
        walk w = {&all, worker, &top, 0, &later, 0};
        cover_part(&w, from, to, earlier != NULL && subtree_length(earlier) > 0 ? earlier : NULL);
        job->stop(worker);
        run_parts(&all, &later);
        join(&whole, &top, &later);
    }
    for (int k = 0; k < job->variables; k++) {
        arf_clear(from + k);
        arf_clear(to + k);
        for (slong i = 0; i < later.count; i++) {
            arf_clear(later.list[i].lo + k);
            arf_clear(later.list[i].hi + k);
        }
    }
    for (slong i = 0; i < later.count; i++)
        free(later.list[i].tree.text);
    free(later.list);
    free(top.text);
    if (worker == NULL || all.lost || whole.lost || whole.text == NULL) {
        free(whole.text);
        *tree = NULL;
        return EW_RESOURCES;
    }
    *tree = whole.text;
    return all.stopped ? EW_STOPPED : all.crowded ? EW_UNDECIDED_STATUS : EW_OK;
}

typedef struct {
    arf_struct *lo, *hi; /* where the answer goes */
    int variables;
    bool found;
} search;

static void search_part(void *context, arf_struct *lo, arf_struct *hi, const char *tree)
{
    search *s = context;
    if (s->found || tree == NULL)
        return;
    if (tree[0] >= '0' && tree[0] < '0' + s->variables) {
        split(tree[0] - '0', lo, hi, tree + 1, search_part, s);
        return;
    }
    s->found = tree[0] == COVER_UNDECIDED;
    for (int k = 0; k < s->variables && s->found; k++) {
        arf_set(s->lo + k, lo + k);
        arf_set(s->hi + k, hi + k);
    }
}

bool ew_cover_find_undecided(arf_struct *lo, arf_struct *hi, const char *tree, int variables)
{
    search s = {.variables = variables};
    arf_struct from[COVER_VARIABLES], to[COVER_VARIABLES];
    for (int k = 0; k < variables; k++) {
        arf_init(from + k);
        arf_init(to + k);
        arf_set(from + k, lo + k);
        arf_set(to + k, hi + k);
    }
    s.lo = lo;
    s.hi = hi;
    if (strchr(tree, COVER_UNDECIDED) != NULL)
        search_part(&s, from, to, tree);
    for (int k = 0; k < variables; k++) {
        arf_clear(from + k);
        arf_clear(to + k);
    }
    return s.found;
}
