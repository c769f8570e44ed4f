/* The kernel of the diagrams: plain loops over the lanes, which the compiler turns into vector operations. */
#include "observe/lanes.h"

/* Widest vectors where the machine has them; no fused operations, so that every machine rounds alike. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&                             \
    !defined(__SANITIZE_ADDRESS__)
#define EW_WIDE_VECTORS __attribute__((target_clones("avx2", "default"), optimize("O3")))
#else
#define EW_WIDE_VECTORS
#endif

/* x^n by squaring; unrolled where n is known. */
static inline __attribute__((always_inline)) double power(double x, slong n)
{
    double y = 1;
    for (; n > 0; n >>= 1, x *= x)
        if (n & 1)
            y *= x;
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

/* A power of unknown exponent, lane by lane in the same order. */
static inline __attribute__((always_inline)) void run_any(lanes_t *lanes, slong depth, slong steps)
{
    double x[LANES], q[LANES];
    for (slong t = 0; t < steps; t++) {
#pragma omp simd
        for (int i = 0; i < LANES; i++) {
            x[i] = lanes->b[i];
            q[i] = 1;
        }
        for (slong n = depth - 2; n > 0; n >>= 1) {
            if (n & 1)
#pragma omp simd
                for (int i = 0; i < LANES; i++)
                    q[i] *= x[i];
#pragma omp simd
            for (int i = 0; i < LANES; i++)
                x[i] *= x[i];
        }
#pragma omp simd
        for (int i = 0; i < LANES; i++) {
            double a = lanes->a[i], b = lanes->b[i], w = q[i] * b;
            double k = lanes->eta[i] * (a * w - 1);
            lanes->a[i] = a - k * w;
            lanes->b[i] = b - k * (q[i] * a);
        }
    }
}

EW_WIDE_VECTORS void lanes_run(lanes_t *lanes, slong depth, slong steps)
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
    default:
        run_any(lanes, depth, steps);
    }
}

/* With r = a w - 1, w = b^(L-1), q = b^(L-2), v = b^(L-3) (0 for L = 2 where its factor is 0):
 *   dr = w da + (L-1) a q db
 *   da <- da - eta (dr w + r (L-1) q db)
 *   db <- db - eta (dr q a + r q da + r (L-2) v a db) */
EW_WIDE_VECTORS void lanes_run_tangent(lanes_t *lanes, tangent_t *tangent, slong depth)
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
    lanes_run(lanes, depth, 1);
}
