/* All real roots of the orbit polynomial of depth 9 (degree 272) to 50 digits, each with proof, and the
 * step at which the orbit loses its stability.
 *
 *     cc orbit_roots.c $(pkg-config --cflags --libs edgewise)
 */
#include <edgewise.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    const slong digits = 50;
    ew_mode_t mode;
    ew_roots_t roots;
    arb_t s2;
    ew_mode_init(mode);
    ew_roots_init(roots);
    arb_init(s2);

    mode->depth = 9;
    fmpq_set_si(mode->eta, 11, 45); /* s = 2.2, sigma = 1 */
    ew_status status = ew_orbit_roots(roots, mode, ew_digits_to_bits(digits), 4096, NULL);
    if (status == EW_OK)
        status = ew_flip_threshold(s2, mode->depth, ew_digits_to_bits(digits));

    if (status == EW_OK) {
        for (slong i = 0; i < roots->count; i++) {
            char *value = ew_decimal_value(roots->roots[i].x, digits);
            printf("%-8s %s\n", ew_place_text(roots->roots[i].place), value);
            free(value);
        }
        char *value = ew_decimal_value(s2, digits);
        printf("the orbit attracts for 2 < s < %s\n", value);
        free(value);
    } else
        fprintf(stderr, "%s\n", ew_status_text(status));

    arb_clear(s2);
    ew_roots_clear(roots);
    ew_mode_clear(mode);
    flint_cleanup();
    return status;
}
