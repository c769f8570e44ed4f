#include "cli/certificate.h"
#include "cli/file.h"
#include "cli/interrupt.h"
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

/* The checker reads no longer balls than of this and 32 bits. */
enum { MOST_PREC = 65536 };

int certificate_of_roots(const settings_t *settings, slong from, slong to)
{
    ew_proof_struct *proofs = malloc((size_t)(to - from) * sizeof *proofs);
    if (proofs == NULL)
        return complain(4, "--certificate: no memory for %ld proofs", to - from);
    ew_mode_t mode;
    ew_mode_init(mode);
    ew_status status = EW_OK;
    slong most = FLINT_MIN(settings_max_prec(settings), MOST_PREC);
    for (slong i = from; i < to; i++) {
        ew_proof_init(proofs + i - from);
        ew_problem_mode(mode, settings->problem, i);
        if (status == EW_OK)
            status = ew_prove_real_roots(proofs + i - from, mode, 64, most, &settings->progress);
    }
    interrupt_erase();
    int code = 0;
    if (status == EW_UNDECIDED_STATUS)
        code = complain(
            3, "--certificate: the roots were not isolated by %d boxes of up to %ld bits%s",
            EW_ROOT_BOXES, most,
            most < MOST_PREC ? "; --prec gives more" : ", the checker's limit");
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

int certificate_of_trap(const settings_t *settings)
{
    ew_mode_t mode;
    ew_proof_t proof;
    ew_mode_init(mode);
    ew_proof_init(proof);
    settings_mode(mode, settings);
    int code = 0;
    if (!settings->alpha_given)
        fmpq_zero(mode->alpha); /* every alpha of the range */
    if ((settings->alpha_given && fmpq_is_zero(mode->alpha)) || !ew_gap_in_range(mode))
        code = complain(
            3, "--certificate: the theorem balancing-gap does not reach this problem; allowed: 0 < "
               "alpha <= sigma^(1/L)/sqrt(L), and s < 2 sqrt 2 (L = 2) or s <= 17/4 - 3/L");
    if (code == 0) {
        ew_status status = ew_prove_gap(proof, mode, 64, &settings->progress);
        interrupt_erase();
        code = status == EW_OK ? certificate_write(settings->certificate, proof, 1)
                               : settings_finish(status, "--certificate");
    }
    ew_proof_clear(proof);
    ew_mode_clear(mode);
    return code;
}
