/* edgewise prove: theorems for every depth and every step size at once. */
#include "cli/certificate.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "num/words.h"
#include <omp.h>
#include <string.h>

enum { MOST_THEOREMS = 16, MOST_DEPTH = 1000000000, MOST_PREC = 16384 };

/* "4", "4:8", "4:inf". 0, or 2 after one line on stderr. */
static int read_region(slong *first, slong *last, const char *text)
{
    char head[32];
    const char *colon = strchr(text, ':');
    size_t n = colon != NULL ? (size_t)(colon - text) : strlen(text);
    bool fine = n < sizeof head;
    if (fine) {
        memcpy(head, text, n);
        head[n] = '\0';
        fine = ew_integer_parse(first, head, 2, MOST_DEPTH, NULL) == EW_OK;
        *last = *first;
    }
    if (fine && colon != NULL && strcmp(colon + 1, "inf") == 0)
        *last = 0;
    else if (fine && colon != NULL)
        fine = ew_integer_parse(last, colon + 1, *first, MOST_DEPTH, NULL) == EW_OK;
    if (fine)
        return 0;
    return complain(
        2,
        "--region: \"%.40s\" is no range of depths; allowed: a depth from 2 to %d, or two "
        "with a colon, the larger last; the last may be inf",
        text, MOST_DEPTH);
}

static int check_theorem(const char *name)
{
    if (name == NULL || ew_theorem_words(name) != NULL)
        return 0;
    for (int i = 0; ew_theorem_name(i) != NULL; i++)
        if (ew_words_are_near(name, ew_theorem_name(i)))
            return complain(2, "\"%.40s\" is not a theorem; did you mean %s?", name,
                            ew_theorem_name(i));
    return complain(2,
                    "\"%.40s\" is not a theorem; allowed: orbit-roots, orbit-attracts, "
                    "balancing-gap, rank-p-unstable, stationary-unstable",
                    name);
}

/* The trees to go on from. 0, or an exit code after one line on stderr. */
static int read_earlier(ew_proof_t earlier, const char *file, const char *theorem)
{
    FILE *in = fopen(file, "rb");
    if (in == NULL)
        return complain(2, "--resume: \"%.80s\" cannot be read; allowed: a certificate", file);
    ew_status status = ew_certificate_read(earlier, in, theorem);
    fclose(in);
    if (status == EW_OK)
        return 0;
    return complain((int)status, "--resume: \"%.80s\" is not a certificate of this version", file);
}

/* Proves one theorem; the status of the proof in *status. */
static int prove_one(ew_proof_t proof, ew_status *status, const char *name, slong first, slong last,
                     const settings_t *settings)
{
    ew_proof_t earlier;
    int code = 0;
    ew_proof_init(earlier);
    if (settings->resume != NULL)
        code = read_earlier(earlier, settings->resume, name);
    if (code == 0)
        *status = ew_prove(proof, name, first, last, settings->prec > 0 ? settings->prec : 64,
                           earlier, &settings->progress);
    ew_proof_clear(earlier);
    return code;
}

/* No depth of the region is one that the theorem speaks of: 2 when it is asked for alone, else it is left out. */
static int too_shallow(const char *name, const settings_t *settings)
{
    if (settings->claim != NULL)
        return complain(2, "--region: %s needs depth %ld or more", name, ew_theorem_least(name));
    if (!settings->quiet) {
        interrupt_erase();
        fprintf(stderr, "edgewise: note: %s needs depth %ld or more and is left out\n", name,
                ew_theorem_least(name));
    }
    return 0;
}

/* The certificate and the report; the exit code. */
static int show(const ew_proof_struct *proofs, slong count, const settings_t *settings)
{
    int code = 0;
    if (settings->certificate != NULL)
        code = certificate_write(settings->certificate, proofs, count);
    ew_status status = EW_OK;
    if (code == 0 && settings->json)
        status = ew_report_proofs_json(stdout, proofs, count);
    else if (code == 0 && !settings->quiet)
        status = ew_report_proofs_text(stdout, proofs, count, settings->style);
    return code != 0 ? code : settings_finish(status, "prove");
}

int cmd_prove(const settings_t *settings)
{
    slong first = 2, last = 0, count = 0;
    int code = check_theorem(settings->claim);
    if (code == 0 && settings->region != NULL)
        code = read_region(&first, &last, settings->region);
    if (code == 0 && settings->prec > MOST_PREC)
        code = complain(2, "--prec: \"%ld\" is too large; allowed: 64 to %d", settings->prec,
                        MOST_PREC);
    if (code != 0)
        return code;
    if (settings->threads > 0)
        omp_set_num_threads((int)settings->threads);
    ew_proof_struct proofs[MOST_THEOREMS];
    ew_status worst = EW_OK;
    for (int i = 0; ew_theorem_name(i) != NULL && code == 0; i++) {
        const char *name = ew_theorem_name(i);
        if (settings->claim != NULL && strcmp(name, settings->claim) != 0)
            continue;
        if (last != 0 && last < ew_theorem_least(name)) {
            code = too_shallow(name, settings);
            continue;
        }
        ew_status status = EW_OK;
        ew_proof_init(proofs + count++);
        code = prove_one(proofs + count - 1, &status, name, first, last, settings);
        if (status == EW_RESOURCES || status == EW_BAD_INPUT)
            code = settings_finish(status, "prove");
        worst = status > worst ? status : worst;
    }
    interrupt_erase();
    if (code == 0)
        code = show(proofs, count, settings);
    for (slong i = 0; i < count; i++)
        ew_proof_clear(proofs + i);
    return code != 0 ? code : worst == EW_STOPPED ? settings_finish(worst, "prove") : (int)worst;
}
