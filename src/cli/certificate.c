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
