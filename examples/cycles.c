/* All cycles of period 3 of gradient descent on the balanced line at depth 2, just past the step at which the first of them are
 * born, each point with proof, and that there are no others.
 *
 *     cc cycles.c $(pkg-config --cflags --libs edgewise)
 */
#include <edgewise.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    const slong digits = 20, period = 3;
    ew_mode_t mode;
    ew_cycles_t cycles;
    ew_mode_init(mode);
    ew_cycles_init(cycles);

    fmpq_set_si(mode->eta, 291, 200); /* s = 2.91, sigma = 1 */
    ew_status status = ew_cycles_find(cycles, mode, period, ew_digits_to_bits(digits), 4096, NULL);
    if (status == EW_OK) {
        printf("%ld cycles of period %ld\n", cycles->count, period);
        for (slong i = 0; i < cycles->count; i++) {
            const ew_cycle_struct *cycle = cycles->list + i;
            char *multiplier = ew_decimal_best(cycle->along, digits);
            printf("%s, multiplier %s:", ew_cycle_stability_text(cycle->stability), multiplier);
            free(multiplier);
            for (slong k = 0; k < period; k++) {
                char *x = ew_decimal_best(cycle->points + k, digits);
                printf(" %s", x);
                free(x);
            }
            putchar('\n');
        }
    } else
        fprintf(stderr, "%s\n", ew_status_text(status));

    ew_cycles_clear(cycles);
    ew_mode_clear(mode);
    flint_cleanup();
    return status;
}
