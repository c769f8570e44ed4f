/* hessian-spectrum: theory/hessian-spectrum.md. The closed form is proved there; here it is compared with the certified
 * eigenvalues of the blocks. */
#include "claims/checks.h"
#include "claims/shared/network.h"

/* Every eigenvalue of a block overlaps zero or one of the closed form's two for that block, and each of those is met. */
static bool agrees(const ew_spectrum_t closed, const ew_spectrum_t blocks)
{
    for (slong k = 0; k < blocks->count; k++) {
        const ew_eigen *block = blocks->list + k;
        bool met = arb_contains_zero(block->value);
        for (slong m = 0; m < closed->count && !met; m++) {
            const ew_eigen *value = closed->list + m;
            bool same =
                value->kind == block->kind && ((value->i == block->i && value->j == block->j) ||
                                               (value->i == block->j && value->j == block->i));
            met = same && arb_overlaps(value->value, block->value);
        }
        if (!met)
            return false;
    }
    return true;
}

/* Sum of all eigenvalues: the trace, which the matching above does not see. */
static void trace(arb_t sum, const ew_spectrum_t spectrum, slong prec)
{
    arb_t t;
    arb_init(t);
    arb_zero(sum);
    for (slong k = 0; k < spectrum->count; k++) {
        arb_mul_fmpz(t, spectrum->list[k].value, spectrum->list[k].multiplicity, prec);
        arb_add(sum, sum, t, prec);
    }
    arb_clear(t);
}

void ew_check_hessian_spectrum(ew_finding_t finding, ew_network_case *about)
{
    const ew_problem_struct *problem = about->problem;
    double n = 2 * (double)problem->depth, pairs = (double)about->modes * (double)about->modes;
    bool compare = pairs * n * n * n < 2e6; /* a second or so */
    slong prec = about->effort.prec;
    bool fine = true, compared = false;
    fmpq_t null;
    ew_spectrum_t closed, blocks;
    fmpq_init(null);
    ew_spectrum_init(closed);
    ew_spectrum_init(blocks);
    if (compare) {
        ew_point_t point;
        arb_t a, b;
        arb_init(a);
        arb_init(b);
        ew_point_init(point, problem, 2 * prec);
        ew_point_set_minimum(point, problem, null, 2 * prec);
        if (ew_spectrum_minimum(closed, problem, null, prec) == EW_OK &&
            ew_spectrum_point(blocks, point, prec, about->effort.progress) == EW_OK) {
            trace(a, closed, prec);
            trace(b, blocks, prec);
            fine = agrees(closed, blocks) && arb_overlaps(a, b);
            compared = true;
            ew_finding_integer(finding, "blocks_compared", blocks->count);
            ew_finding_ball(finding, "sharpness", closed->sharpness);
        }
        ew_point_clear(point);
        arb_clear(a);
        arb_clear(b);
    }
    if (!fine)
        ew_finding_decide(finding, EW_REFUTED, "this problem",
                          "the blocks' eigenvalues exclude the closed form: the algebra or the "
                          "program is wrong");
    else
        ew_finding_decide(finding, EW_PROVED, "every sigma, depth and dimension",
                          "the residual vanishes, so each pair's block has rank one "
                          "(theory/hessian-spectrum.md)%s",
                          compared ? "; the certified eigenvalues of the blocks agree" : "");
    ew_spectrum_clear(closed);
    ew_spectrum_clear(blocks);
    fmpq_clear(null);
}
