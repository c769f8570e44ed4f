/* All points of period 5 of the map x + c x^2 (1 - x^3), c = 1.05, without expanding a polynomial of degree 3120: the fifth
 * iterate as a straight-line program, its roots isolated with proof; and x^1000 - 3 x + 1, put together by hand.
 *
 *     cc slp.c $(pkg-config --cflags --libs edgewise)
 */
#include <edgewise.h>
#include <stdio.h>
#include <stdlib.h>

/* All real roots of the program, to ten digits. */
static ew_status show(const ew_slp_t p)
{
    ew_slp_roots_t roots;
    fmpz_t degree;
    ew_slp_roots_init(roots);
    fmpz_init(degree);
    ew_status status = ew_slp_degree(degree, p);
    if (status == EW_OK)
        status = ew_slp_roots(roots, p, NULL, NULL, ew_digits_to_bits(10), NULL, NULL);
    if (status == EW_OK) {
        printf("degree ");
        fmpz_print(degree);
        printf(", %ld real roots from %ld intervals, all of them here:\n", roots->count,
               roots->cells);
        for (slong i = 0; i < roots->count; i++) {
            char *value = ew_decimal_value(roots->list[i].x, 10);
            printf("  %s\n", value);
            free(value);
        }
    } else
        fprintf(stderr, "%s\n", ew_status_text(status));
    fmpz_clear(degree);
    ew_slp_roots_clear(roots);
    return status;
}

int main(void)
{
    ew_slp_t p;
    ew_slp_map_t map;
    ew_slp_init(p);
    ew_slp_map_init(map);

    map->k = 2;
    map->m = 3;
    fmpq_set_si(map->c, 21, 20);
    ew_slp_map_cycles(p, map, 5); /* (g^5(x) - x) / (g(x) - x) */
    ew_status status = show(p);
    ew_slp_clear(p);

    slong x = ew_slp_x(p);
    slong f = ew_slp_sub(p, ew_slp_pow(p, x, 1000), ew_slp_mul(p, ew_slp_integer(p, 3), x));
    ew_slp_add(p, f, ew_slp_integer(p, 1));
    if (status == EW_OK)
        status = show(p);

    ew_slp_clear(p);
    ew_slp_map_clear(map);
    flint_cleanup();
    return status;
}
