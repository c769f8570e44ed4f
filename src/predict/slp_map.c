/* Programs for the iterates of maps x + c x^k (a - x^m). theory/slp.md (6)
 *
 * With y_0 = x, y_(j+1) = g(y_j) = y_j u_j, u = 1 + c y^(k-1) (a - y^m), and g(y) - y = c y^k (a - y^m),
 *
 *     w_j = (g(y_(j+1)) - y_(j+1)) / (g(y_j) - y_j) = u^k (1 - c y^(k+m-1) (1 + u + ... + u^(m-1)))
 *
 * without dividing, and (g^n(x) - x) / (g(x) - x) = 1 + w_0 + w_0 w_1 + ... + w_0 .. w_(n-2). */
#include <edgewise/slp.h>

void ew_slp_map_init(ew_slp_map_t map)
{
    fmpq_init(map->c);
    fmpq_init(map->a);
    fmpq_one(map->c);
    fmpq_one(map->a);
    map->k = map->m = 1;
}

void ew_slp_map_clear(ew_slp_map_t map)
{
    fmpq_clear(map->c);
    fmpq_clear(map->a);
}

/* u at y; -1 for a map that is none. */
static slong factor(ew_slp_t p, slong y, const ew_slp_map_t map)
{
    if (map->k == 0 || map->m == 0)
        return ew_slp_add(p, -1, -1);
    slong c = ew_slp_constant(p, map->c), a = ew_slp_constant(p, map->a);
    slong r = ew_slp_sub(p, a, ew_slp_pow(p, y, map->m));
    slong step = ew_slp_mul(p, c, ew_slp_mul(p, ew_slp_pow(p, y, map->k - 1), r));
    return ew_slp_add(p, ew_slp_integer(p, 1), step);
}

slong ew_slp_map_iterate(ew_slp_t p, slong y, const ew_slp_map_t map, ulong n)
{
    for (; n > 0 && y >= 0; n--)
        y = ew_slp_mul(p, y, factor(p, y, map));
    return y;
}

/* w at y, with u there. */
static slong quotient(ew_slp_t p, slong y, slong u, const ew_slp_map_t map)
{
    slong c = ew_slp_constant(p, map->c);
    slong t = ew_slp_mul(p, c, ew_slp_pow(p, y, map->k + map->m - 1));
    slong inner = ew_slp_mul(p, t, ew_slp_geometric(p, u, map->m));
    slong left = ew_slp_sub(p, ew_slp_integer(p, 1), inner);
    return ew_slp_mul(p, ew_slp_pow(p, u, map->k), left);
}

slong ew_slp_map_cycles(ew_slp_t p, const ew_slp_map_t map, ulong n)
{
    if (n < 2)
        return ew_slp_add(p, -1, -1);
    slong y = ew_slp_x(p), product = -1, sum = ew_slp_integer(p, 1);
    for (ulong j = 0; j + 1 < n && sum >= 0; j++) {
        slong u = factor(p, y, map), w = quotient(p, y, u, map);
        product = j == 0 ? w : ew_slp_mul(p, product, w);
        if (j + 2 < n)
            y = ew_slp_mul(p, y, u);
        sum = ew_slp_add(p, sum, product);
    }
    return sum;
}
