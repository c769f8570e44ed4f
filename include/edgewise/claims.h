/* Claims: the only place where predictions and observations meet.
 *
 * One claim is one file in src/claims/, one page in theory/, one test and one row of the verdict
 * table, under one name; `ew_claims` is the registry. */
#ifndef EDGEWISE_CLAIMS_H
#define EDGEWISE_CLAIMS_H

#include <edgewise/observe.h>
#include <edgewise/predict.h>

EW_BEGIN_API

typedef enum {
    EW_PROVED,     /* by ball or exact arithmetic, for the whole stated range or exact input */
    EW_CONFIRMED,  /* at the points sampled, which are named; evidence, not proof */
    EW_REFUTED,    /* by a certified counterexample */
    EW_VACUOUS,    /* the hypothesis cannot hold */
    EW_DEGENERATE, /* the statement has no content at this input (s = 2 exactly, sigma = 0) */
    EW_UNDECIDED   /* needs more precision or steps than allowed */
} ew_verdict;

/* "PROVED", ...; static storage. */
const char *ew_verdict_text(ew_verdict verdict);

/* Is the verdict certified, so that it can be compared with, and built on, as the truth? Only EW_PROVED and EW_REFUTED are:
 * EW_CONFIRMED is evidence, and the others say neither yes nor no. */
bool ew_verdict_is_certified(ew_verdict verdict);

/* Evidence: named facts in the order in which they were found. */
typedef enum { EW_FACT_TEXT, EW_FACT_NUMBER, EW_FACT_INTEGER, EW_FACT_TRUTH } ew_fact_kind;

typedef struct {
    char *name;
    ew_fact_kind kind;
    char *text;    /* EW_FACT_TEXT; EW_FACT_NUMBER: a decimal or an exact rational */
    slong integer; /* EW_FACT_INTEGER; EW_FACT_TRUTH: 0 or 1 */
} ew_fact;

typedef struct {
    const char *id; /* the claim's fixed name, static */
    slong
        index; /* the singular value, from 1; count + 1 for the zeros past the rank; 0 for the whole
                       network */
    ew_verdict verdict;
    char *scope; /* for what the verdict holds: exact input, which steps, which alpha */
    char *why;   /* the reason in one line */
    ew_fact *facts;
    slong fact_count;
} ew_finding_struct;
typedef ew_finding_struct ew_finding_t[1];

void ew_finding_init(ew_finding_t finding);
void ew_finding_clear(ew_finding_t finding);

/* Set the verdict, scope and reason (printf style; a claim's check calls this once). */
void ew_finding_decide(ew_finding_t finding, ew_verdict verdict, const char *scope, const char *why,
                       ...) __attribute__((format(printf, 4, 5)));

/* Append a fact; the name is copied. `_ball` writes as many digits as the ball settles, 12 at most. */
void ew_finding_text(ew_finding_t finding, const char *name, const char *text);
void ew_finding_integer(ew_finding_t finding, const char *name, slong value);
void ew_finding_truth(ew_finding_t finding, const char *name, bool value);
void ew_finding_rational(ew_finding_t finding, const char *name, const fmpq_t value);
void ew_finding_ball(ew_finding_t finding, const char *name, const arb_t value);

/* Append a whole number that may be larger than a machine word: an integer where it fits, else its decimals as a number.
 * `_count` rounds the ball's midpoint to the nearest, and writes a larger one as `_ball` does. */
void ew_finding_whole(ew_finding_t finding, const char *name, const fmpz_t value);
void ew_finding_count(ew_finding_t finding, const char *name, const arb_t value);

/* What the checks of one mode share, and those of a whole network; made once and on demand. */
typedef struct ew_case_struct ew_case;
typedef struct ew_network_case_struct ew_network_case;

/* How much a check may spend. */
typedef struct {
    slong prec;      /* working precision to start from, bits */
    slong max_prec;  /* cap on the precision, bits */
    slong max_steps; /* cap on followed steps */
    const ew_progress *progress;
} ew_effort;

/* prec 128, max_prec 32768, max_steps 500000, no progress. */
ew_effort ew_effort_default(void);

/* One claim. */
typedef struct {
    const char *id;
    const char *statement; /* one sentence, quantifiers first */
    bool literal;          /* as printed on the poster; false: a repaired or added reading */
    bool past_rank;        /* speaks about sigma = 0 as well */
    void (*check)(ew_finding_t finding, ew_case *about); /* of one mode, or NULL */
    void (*check_network)(ew_finding_t finding,
                          ew_network_case *about); /* else of a whole network */
} ew_claim;

/* The registry: all claims in the order of the verdict table, ended by id = NULL. */
extern const ew_claim ew_claims[];

/* What the symbols of the statements mean, in one paragraph; static storage. */
const char *ew_claim_symbols(void);

/* The claim of that name, or NULL. */
const ew_claim *ew_claim_find(const char *id);

/* Checks one claim on one mode, claim->check != NULL (sigma = 0 allowed: past the rank). `index` goes into the finding.
 * Returns EW_OK; EW_STOPPED (the finding is then clearable but has no verdict); EW_BAD_INPUT for a bad mode or effort, or a claim
 * about networks. */
EW_MUST_CHECK ew_status ew_claim_check(ew_finding_t finding, const ew_claim *claim,
                                       const ew_mode_t mode, slong index, const ew_effort *effort);

/* Checks one claim on a whole network, claim->check_network != NULL. Returns likewise; or EW_RESOURCES. */
EW_MUST_CHECK ew_status ew_claim_check_network(ew_finding_t finding, const ew_claim *claim,
                                               const ew_problem_t problem, const ew_effort *effort);

/* All findings of a problem: every claim on a mode for every singular value, and for the zeros past the rank
 * (index count + 1) when dim > count those claims that speak about them; then every claim on the network. */
typedef struct {
    ew_finding_struct *findings;
    slong count;
} ew_findings_struct;
typedef ew_findings_struct ew_findings_t[1];

void ew_findings_init(ew_findings_t findings);
void ew_findings_clear(ew_findings_t findings);

/* Checks everything. Returns EW_OK, EW_STOPPED, EW_RESOURCES, or EW_BAD_INPUT for a bad problem or effort. */
EW_MUST_CHECK ew_status ew_verify(ew_findings_t findings, const ew_problem_t problem,
                                  const ew_effort *effort);

/* How tight a bound on alpha can be: by bisection in alpha,
 *   contracts_at  an alpha from which X < 2 is PROVED at every step for ever: by balls until the
 *                 trajectory enters the region of ew_balance_region (0 when none was found)
 *   grows_at      an alpha from which X > 2 is PROVED at step `grows_step` (0 when none was found)
 * to four digits or so, with contracts_at < grows_at; nothing is claimed about the alphas between them
 * or elsewhere. Returns EW_OK, EW_UNDECIDED_STATUS when one of them was not found, EW_STOPPED, or
 * EW_BAD_INPUT for a bad mode (sigma = 0 is one here) or effort. */
EW_MUST_CHECK ew_status ew_balance_tightness(fmpq_t contracts_at, fmpq_t grows_at,
                                             slong *grows_step, const ew_mode_t mode,
                                             const ew_effort *effort);

/* The exit code that findings amount to: 1 when something is REFUTED, else 3 when something is
 * UNDECIDED, else 0. */
int ew_findings_exit(const ew_findings_t findings);

EW_END_API

#endif
