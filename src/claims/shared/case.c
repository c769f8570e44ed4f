#include "claims/shared/case.h"

slong ew_case_more_bits(slong prec, slong most)
{
    return prec >= most ? 0 : FLINT_MIN(2 * prec, most);
}

void ew_case_init(ew_case *about, const ew_mode_t mode, const ew_effort *effort)
{
    ew_mode_init(about->mode);
    ew_mode_set(about->mode, mode);
    about->effort = *effort;
    about->effort.prec = FLINT_MIN(effort->prec, effort->max_prec);
    about->regime = ew_mode_regime(mode);
    about->stopped = EW_OK;
    about->roots_made = about->follow_made = about->lands_made = false;
    about->roots_status = EW_OK;
    ew_roots_init(about->roots);
    ew_stability_init(about->stability);
    ew_follow_init(about->follow);
    about->step_text = about->grows_text = NULL;
}

void ew_case_clear(ew_case *about)
{
    ew_mode_clear(about->mode);
    ew_roots_clear(about->roots);
    ew_stability_clear(about->stability);
    ew_follow_clear(about->follow);
    flint_free(about->step_text);
    flint_free(about->grows_text);
}

const ew_roots_struct *ew_case_roots(ew_case *about)
{
    if (!about->roots_made) {
        about->roots_made = true;
        about->roots_status = ew_orbit_roots(about->roots, about->mode, about->effort.prec,
                                             about->effort.max_prec, about->effort.progress);
        if (about->roots_status == EW_STOPPED)
            about->stopped = EW_STOPPED;
        if (about->roots_status == EW_OK && about->roots->low >= 0 && about->roots->high >= 0)
            ew_orbit_stability(about->stability, about->roots, about->mode, about->effort.prec);
    }
    return about->roots_status == EW_OK ? about->roots : NULL;
}

const ew_stability_struct *ew_case_stability(ew_case *about)
{
    const ew_roots_struct *roots = ew_case_roots(about);
    return roots != NULL && roots->low >= 0 && roots->high >= 0 ? about->stability : NULL;
}

const ew_follow_struct *ew_case_follow(ew_case *about)
{
    if (!about->follow_made) {
        about->follow_made = true;
        ew_status status = ew_follow(about->follow, about->mode, about->effort.max_steps,
                                     about->effort.max_prec, about->effort.progress);
        if (status == EW_STOPPED)
            about->stopped = EW_STOPPED;
    }
    return about->follow;
}

/* The plateau's steps and these. */
static char *with_skipped(const ew_follow_t follow, slong step)
{
    fmpz_t sum;
    fmpz_init(sum);
    fmpz_add_si(sum, follow->skipped, step);
    char *text = fmpz_get_str(NULL, 10, sum);
    fmpz_clear(sum);
    return text;
}

const char *ew_case_step(ew_case *about)
{
    if (about->step_text == NULL)
        about->step_text = with_skipped(about->follow, about->follow->step);
    return about->step_text;
}

const char *ew_case_grows(ew_case *about)
{
    if (about->grows_text == NULL)
        about->grows_text = with_skipped(about->follow, about->follow->grows_at);
    return about->grows_text;
}

void ew_case_note_step(ew_finding_t finding, ew_case *about)
{
    const ew_follow_struct *follow = ew_case_follow(about);
    if (fmpz_is_zero(follow->skipped))
        ew_finding_integer(finding, "step", follow->step);
    else
        ew_finding_text(finding, "step", ew_case_step(about));
}

const char *ew_case_fate(ew_case *about)
{
    const ew_follow_struct *follow = ew_case_follow(about);
    switch (follow->fate) {
    case EW_CONVERGES:
        return "converges to a minimum";
    case EW_PERIODIC:
        return "is trapped by a cycle";
    case EW_DIVERGES:
        return "diverges";
    case EW_RESTS:
        return follow->period == 1
                   ? "comes to rest at a saddle"
                   : "goes to and fro between x and -x, where the singular value stands still";
    default:
        return "is not known";
    }
}

bool ew_case_on_orbit(ew_case *about, int *phase)
{
    const ew_follow_struct *follow = ew_case_follow(about);
    const ew_roots_struct *roots =
        follow->fate == EW_PERIODIC && follow->period == 2 ? ew_case_roots(about) : NULL;
    slong met = -1, count = 0;
    for (slong i = 0; roots != NULL && i < roots->count; i++)
        if (arb_overlaps(follow->point, roots->roots[i].x)) {
            met = i;
            count++;
        }
    if (count != 1 || (met != roots->low && met != roots->high))
        return false;
    if (phase != NULL)
        *phase = (int)((follow->step + fmpz_is_odd(follow->skipped) + (met == roots->high)) % 2);
    return true;
}

ew_answer ew_case_never_lands(ew_case *about, ulong *prime, slong *step)
{
    if (!about->lands_made) {
        about->lands_made = true;
        about->never_lands =
            ew_balance_never_lands(&about->lands_prime, &about->lands_step, about->mode);
    }
    *prime = about->lands_prime;
    *step = about->lands_step;
    return about->never_lands;
}

void ew_case_note_prime(ew_finding_t finding, ulong prime)
{
    fmpz_t whole;
    fmpz_init_set_ui(whole, prime);
    ew_finding_whole(finding, "prime", whole);
    fmpz_clear(whole);
}

bool ew_case_gap_stays_nonzero(ew_case *about)
{
    ulong prime;
    slong step;
    return ew_case_never_lands(about, &prime, &step) == EW_YES ||
           ew_case_follow(about)->never_lands;
}

bool ew_case_gap_grows(ew_case *about)
{
    const ew_follow_struct *follow = ew_case_follow(about);
    return follow->grows_at >= 0 && (follow->gap_grows || ew_case_gap_stays_nonzero(about));
}

ew_answer ew_case_region(ew_finding_t finding, ew_case *about, const fmpq *alpha)
{
    arb_t gap;
    arb_init(gap);
    ew_answer answer = EW_UNKNOWN;
    slong prec = about->effort.prec, cap = FLINT_MIN(16 * prec, about->effort.max_prec), last = 0;
    for (; answer == EW_UNKNOWN && prec > 0; prec = ew_case_more_bits(prec, cap)) {
        last = prec;
        if (alpha != NULL)
            arb_set_fmpq(gap, alpha, prec);
        else if (ew_balance_bound(gap, about->mode, prec) != EW_OK)
            break;
        arb_sqr(gap, gap, prec);
        answer = ew_balance_region(about->mode, gap, prec);
    }
    ew_finding_truth(finding, "lemma_b", answer == EW_YES);
    ew_finding_integer(finding, "lemma_b_prec", last);
    arb_clear(gap);
    return answer;
}

bool ew_case_beyond_edge(ew_finding_t finding, ew_case *about)
{
    if (about->regime == EW_BELOW)
        ew_finding_decide(finding, EW_VACUOUS, "this eta, sigma",
                          "s < 2 exactly: eta > 2/S does not hold");
    if (about->regime == EW_EDGE)
        ew_finding_decide(finding, EW_DEGENERATE, "this eta, sigma",
                          "s = 2 exactly: both orbit roots have merged at the edge");
    return about->regime == EW_BEYOND;
}

bool ew_case_in_balancing_range(ew_finding_t finding, ew_case *about)
{
    if (about->regime != EW_BEYOND) {
        ew_finding_decide(finding, EW_VACUOUS, "this eta, sigma",
                          "s <= 2 exactly: eta > 2/S does not hold");
        return false;
    }
    if (ew_mode_cmp_s_sqrt8(about->mode) >= 0) {
        ew_finding_decide(finding, EW_VACUOUS, "this eta, sigma",
                          "s >= 2 sqrt 2: no alpha satisfies the bound");
        return false;
    }
    return true;
}

bool ew_case_alpha_positive(ew_finding_t finding, ew_case *about)
{
    if (!fmpq_is_zero(about->mode->alpha))
        return true;
    ew_finding_decide(finding, EW_VACUOUS, "alpha = 0",
                      "the hypothesis alpha > 0 does not hold: (0, 0) is a fixed point");
    return false;
}

int ew_case_cmp_bound(arb_t bound, ew_case *about, const fmpq_t alpha)
{
    int sign = 0;
    arb_t a;
    arb_init(a);
    for (slong prec = about->effort.prec; sign == 0 && prec > 0;
         prec = ew_case_more_bits(prec, about->effort.max_prec)) {
        if (ew_balance_bound(bound, about->mode, prec) != EW_OK)
            break;
        arb_set_fmpq(a, alpha, prec);
        sign = arb_lt(a, bound) ? -1 : arb_gt(a, bound) ? 1 : 0;
    }
    arb_clear(a);
    return sign;
}
