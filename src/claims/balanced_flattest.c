/* balanced-flattest: theory/balanced-flattest.md. Proved for every minimum of the network; the scalar inequality behind
 * it, (sum_l (p/d_l)^2)^L >= L^L p^(2L-2), is checked exactly at rational minima. */
#include "claims/checks.h"
#include "claims/shared/network.h"

enum { MINIMA = 8, LARGEST_DEPTH = 8 };

/* One minimum d_1 .. d_L with product sigma, d_l rational: does the inequality hold, strictly when not balanced? */
static bool holds(const fmpq_t sigma, slong depth, slong trial)
{
    fmpq_t d, left, right, t;
    fmpq_init(d);
    fmpq_init(left);
    fmpq_init(right);
    fmpq_init(t);
    fmpq_set(right, sigma); /* what is left for the last layer */
    for (slong l = 0; l < depth; l++) {
        if (l < depth - 1)
            fmpq_set_si(d, 1 + (5 * l + 3 * trial) % 7, (ulong)(1 + (3 * l + trial) % 5));
        else
            fmpq_set(d, right);
        fmpq_div(right, right, d);
        fmpq_div(t, sigma, d);
        fmpq_addmul(left, t, t);
    }
    fmpq_pow_si(left, left, depth);
    fmpq_pow_si(right, sigma, 2 * depth - 2);
    fmpq_set_si(t, depth, 1);
    fmpq_pow_si(t, t, depth);
    fmpq_mul(right, right, t);
    int order = fmpq_cmp(left, right);
    fmpq_clear(d);
    fmpq_clear(left);
    fmpq_clear(right);
    fmpq_clear(t);
    return order >= 0;
}

void ew_check_balanced_flattest(ew_finding_t finding, ew_network_case *about)
{
    slong depth = FLINT_MIN(about->problem->depth, LARGEST_DEPTH);
    bool small = fmpq_height_bits(about->problem->sigma) < 4096, fine = true;
    for (slong trial = 0; trial < MINIMA && small; trial++)
        fine = fine && holds(about->problem->sigma, depth, trial);
    ew_finding_integer(finding, "exact_minima", small ? MINIMA : 0);
    ew_finding_integer(finding, "exact_depth", small ? depth : 0);
    if (!fine)
        ew_finding_decide(
            finding, EW_REFUTED, "this sigma_1",
            "an exact minimum of depth %ld is flatter: the algebra or the program is wrong", depth);
    else
        ew_finding_decide(finding, EW_PROVED, "every minimum of every network of this depth",
                          "by Cauchy-Schwarz and the AM-GM inequality "
                          "(theory/balanced-flattest.md); other minima can be as flat when the "
                          "layers of sigma_1 balance");
}
