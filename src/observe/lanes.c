/* The kernel of the diagrams: plain loops over the lanes, which the compiler turns into vector operations. */
#include "observe/lanes.h"
#include <string.h>

/* Widest vectors where the machine has them; no fused operations, so that every machine rounds alike. For
 * static functions alone: GCC exports the others' names, hidden or not. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&                             \
    !defined(__SANITIZE_ADDRESS__)
#define EW_WIDE_VECTORS __attribute__((target_clones("avx2", "default"), optimize("O3")))
#else
#define EW_WIDE_VECTORS
#endif

/* x^n by squaring, lowest bit first. Below 32 without a loop: where n is known when compiling, nothing then stands in the way of
 * vectors. Multiplying by 1 changes nothing. */
static inline __attribute__((always_inline)) double power(double x, slong n)
{
    double y = n & 1 ? x : 1;
    if (n < 32) {
        double x2 = x * x, x4 = x2 * x2, x8 = x4 * x4;
        y *= n & 2 ? x2 : 1;
        y *= n & 4 ? x4 : 1;
        y *= n & 8 ? x8 : 1;
        return n & 16 ? y * (x8 * x8) : y;
    }
    while ((n >>= 1) > 0) {
        x *= x;
        if (n & 1)
            y *= x;
    }
    return y;
}

static inline __attribute__((always_inline)) void run(lanes_t *lanes, slong depth, slong steps)
{
    for (slong t = 0; t < steps; t++)
#pragma omp simd
        for (int i = 0; i < LANES; i++) {
            double a = lanes->a[i], b = lanes->b[i], q = power(b, depth - 2), w = q * b;
            double k = lanes->eta[i] * (a * w - 1);
            lanes->a[i] = a - k * w;
            lanes->b[i] = b - k * (q * a); /* a = b stays so, to the bit */
        }
}

typedef double wide __attribute__((vector_size(4 * sizeof(double))));
enum { TOGETHER = 4 }; /* vectors: as many as hide each other's latency and stay in registers */

/* A power of unknown exponent above 0, in the same order. The compiler would keep its vectors in memory. */
static inline __attribute__((always_inline)) void run_any(lanes_t *lanes, slong depth, slong steps)
{
    const int width = (int)(sizeof(wide) / sizeof(double));
    for (int first = 0; first < LANES; first += TOGETHER * width) {
        wide a[TOGETHER], b[TOGETHER], eta[TOGETHER], x[TOGETHER], q[TOGETHER];
        memcpy(a, lanes->a + first, sizeof a);
        memcpy(b, lanes->b + first, sizeof b);
        memcpy(eta, lanes->eta + first, sizeof eta);
        for (slong t = 0; t < steps; t++) {
            slong n = depth - 2;
            memcpy(x, b, sizeof x);
            for (; (n & 1) == 0; n >>= 1)
                for (int v = 0; v < TOGETHER; v++)
                    x[v] *= x[v];
            memcpy(q, x, sizeof q);
            while ((n >>= 1) > 0) {
                for (int v = 0; v < TOGETHER; v++)
                    x[v] *= x[v];
                if (n & 1)
                    for (int v = 0; v < TOGETHER; v++)
                        q[v] *= x[v];
            }
            for (int v = 0; v < TOGETHER; v++) {
                wide w = q[v] * b[v], k = eta[v] * (a[v] * w - 1);
                wide next = b[v] - k * (q[v] * a[v]);
                a[v] -= k * w;
                b[v] = next;
            }
        }
        memcpy(lanes->a + first, a, sizeof a);
        memcpy(lanes->b + first, b, sizeof b);
    }
}

static EW_WIDE_VECTORS void run_lanes(lanes_t *lanes, slong depth, slong steps)
{
    switch (depth) {
    case 2:
        run(lanes, 2, steps);
        break;
    case 3:
        run(lanes, 3, steps);
        break;
    case 4:
        run(lanes, 4, steps);
        break;
    case 5:
        run(lanes, 5, steps);
        break;
    case 6:
        run(lanes, 6, steps);
        break;
    case 7:
        run(lanes, 7, steps);
        break;
    case 8:
        run(lanes, 8, steps);
        break;
    case 10:
        run(lanes, 10, steps);
        break;
    case 12:
        run(lanes, 12, steps);
        break;
    case 16:
        run(lanes, 16, steps);
        break;
    case 32:
        run(lanes, 32, steps);
        break;
    default:
        run_any(lanes, depth, steps);
    }
}

/* With r = a w - 1, w = b^(L-1), q = b^(L-2), v = b^(L-3) (0 for L = 2 where its factor is 0):
 *   dr = w da + (L-1) a q db
 *   da <- da - eta (dr w + r (L-1) q db)
 *   db <- db - eta (dr q a + r q da + r (L-2) v a db) */
static EW_WIDE_VECTORS void run_tangent(lanes_t *lanes, tangent_t *tangent, slong depth)
{
    double v[LANES];
    for (int i = 0; i < LANES; i++)
        v[i] = depth > 2 ? power(lanes->b[i], depth - 3) : 0;
    double L = (double)depth;
    slong two = depth == 2;
#pragma omp simd
    for (int i = 0; i < LANES; i++) {
        double a = lanes->a[i], b = lanes->b[i], eta = lanes->eta[i];
        double q = two ? 1 : v[i] * b, w = q * b, r = a * w - 1;
        double da = tangent->da[i], db = tangent->db[i];
        double dr = w * da + (L - 1) * a * q * db;
        tangent->da[i] = da - eta * (dr * w + r * (L - 1) * q * db);
        tangent->db[i] = db - eta * (dr * q * a + r * q * da + r * (L - 2) * v[i] * a * db);
    }
}

void ew_lanes_run(lanes_t *lanes, slong depth, slong steps)
{
    run_lanes(lanes, depth, steps);
}

void ew_lanes_run_tangent(lanes_t *lanes, tangent_t *tangent, slong depth)
{
    run_tangent(lanes, tangent, depth);
    run_lanes(lanes, depth, 1);
}
