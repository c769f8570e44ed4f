#include "cli/certificate.h"
#include "cli/interrupt.h"
#include "cli/plot.h"
#include <stdlib.h>

int certificate_write(const char *name, const ew_proof_struct *proofs, slong count)
{
    fresh_file fresh;
    int code = fresh_open(&fresh, name);
    if (code != 0)
        return code;
    bool fine = ew_certificate_write(fresh.file, proofs, count) == EW_OK;
    code = fresh_close(&fresh, fine);
    return fine || code != 0 ? code : complain(4, "--certificate: %.80s: not written", name);
}

int certificate_of_roots(const settings_t *settings, slong from, slong to)
{
    ew_proof_struct *proofs = malloc((size_t)(to - from) * sizeof *proofs);
    if (proofs == NULL)
        return complain(4, "--certificate: no memory for %ld proofs", to - from);
    ew_mode_t mode;
    ew_mode_init(mode);
    ew_status status = EW_OK;
    for (slong i = from; i < to; i++) {
        ew_proof_init(proofs + i - from);
        ew_problem_mode(mode, settings->problem, i);
        if (status == EW_OK)
            status = ew_prove_real_roots(proofs + i - from, mode, 64, settings_max_prec(settings),
                                         &settings->progress);
    }
    interrupt_erase();
    int code = 0;
    if (status == EW_UNDECIDED_STATUS)
        code =
            complain(3, "--certificate: the roots were not isolated at %ld bits; --prec gives more",
                     settings_max_prec(settings));
    else if (status != EW_OK)
        code = settings_finish(status, "--certificate");
    else
        code = certificate_write(settings->certificate, proofs, to - from);
    for (slong i = from; i < to; i++)
        ew_proof_clear(proofs + i - from);
    free(proofs);
    ew_mode_clear(mode);
    return code;
}

/* Is alpha <= sigma^(1/L)/sqrt(L)? Equality is not told. theory/proofs.md */
static ew_answer is_small(const ew_mode_t mode)
{
    arb_t gap, t;
    arb_init(gap);
    arb_init(t);
    ew_answer small = EW_UNKNOWN;
    for (slong prec = 128; prec <= 4096 && small == EW_UNKNOWN; prec *= 2) {
        ew_mode_edge(gap, mode, prec);
        arb_sqrt_ui(t, (ulong)mode->depth, prec);
        arb_div(gap, gap, t, prec);
        arb_set_fmpq(t, mode->alpha, prec);
        arb_sub(gap, gap, t, prec);
        small = arb_is_positive(gap) ? EW_YES : arb_is_negative(gap) ? EW_NO : EW_UNKNOWN;
    }
    arb_clear(gap);
    arb_clear(t);
    return small;
}

/* Is s < 2 sqrt 2 (L = 2), s <= 17/4 - 3/L? Exactly. */
static bool is_in_range(const ew_mode_t mode)
{
    if (mode->depth == 2)
        return ew_mode_cmp_s_sqrt8(mode) < 0;
    fmpq_t most;
    fmpq_init(most);
    fmpq_set_si(most, 17 * mode->depth - 12, 4 * (ulong)mode->depth);
    bool inside = ew_mode_cmp_s(mode, most) <= 0;
    fmpq_clear(most);
    return inside;
}

int certificate_of_trap(const settings_t *settings)
{
    ew_mode_t mode;
    ew_proof_t proof;
    ew_mode_init(mode);
    ew_proof_init(proof);
    settings_mode(mode, settings);
    int code = 0;
    if (fmpq_is_zero(mode->alpha) || !is_in_range(mode) || is_small(mode) != EW_YES)
        code = complain(
            3, "--certificate: the theorem balancing-gap does not reach this problem; allowed: 0 < "
               "alpha < sigma^(1/L)/sqrt(L), and s < 2 sqrt 2 (L = 2) or s <= 17/4 - 3/L");
    if (code == 0) {
        ew_status status = ew_prove(proof, "balancing-gap", mode->depth, mode->depth, 64, NULL,
                                    &settings->progress);
        interrupt_erase();
        code = status == EW_OK ? certificate_write(settings->certificate, proof, 1)
                               : settings_finish(status, "--certificate");
    }
    ew_proof_clear(proof);
    ew_mode_clear(mode);
    return code;
}
