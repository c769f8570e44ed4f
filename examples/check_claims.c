/* Every claim about one singular value, with its verdict and its reason. */
#include <edgewise.h>
#include <stdio.h>

int main(void)
{
    ew_mode_t mode;
    ew_mode_init(mode);
    mode->depth = 12;
    fmpq_set_si(mode->eta, 11, 60);  /* s = 2.2, sigma = 1 */
    fmpq_set_si(mode->alpha, 1, 10); /* doubles see no contraction here */

    ew_effort effort = ew_effort_default();
    effort.max_steps = 2000;
    ew_finding_t finding;
    ew_finding_init(finding);
    for (const ew_claim *claim = ew_claims; claim->id != NULL; claim++)
        if (claim->check != NULL && /* the others are about a network */
            ew_claim_check(finding, claim, mode, 1, &effort) == EW_OK)
            printf("%-10s %s\n           %s\n           because %s\n",
                   ew_verdict_text(finding->verdict), claim->id, claim->statement, finding->why);

    ew_finding_clear(finding);
    ew_mode_clear(mode);
    flint_cleanup();
    return 0;
}
