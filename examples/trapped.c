/* Follows one exact start in ball arithmetic until its fate is proved, for steps across the flip: period 2
 * gives way to period 4. */
#include <edgewise.h>
#include <stdio.h>

int main(void)
{
    ew_mode_t mode;
    ew_follow_t follow;
    ew_mode_init(mode);
    ew_follow_init(follow);
    fmpq_set_si(mode->alpha, 1, 5);
    for (slong eta = 110; eta <= 130; eta += 5) { /* depth 2, sigma = 1: s = 2 eta */
        fmpq_set_si(mode->eta, eta, 100);
        ew_status status = ew_follow(follow, mode, 20000, 32768, NULL);
        printf("s = %.2f: %s", (double)eta / 50, ew_fate_text(follow->fate));
        if (status == EW_OK)
            printf(" with exact period %ld, trapped at step %ld, proved with %ld bits",
                   follow->period, follow->step, follow->prec);
        printf("\n");
    }
    ew_follow_clear(follow);
    ew_mode_clear(mode);
    flint_cleanup();
    return 0;
}
