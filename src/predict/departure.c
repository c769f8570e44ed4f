/* When rounding is seen: the covariance of what it puts across the invariant set, carried along the trajectory by the
 * blocks of the Hessian. In doubles: a prediction, not a bound. theory/departure.md */
#include "model/domain.h"
#include <edgewise/predict.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 64 };

/* The state of all modes: depth numbers each; sigma = 0 for the last where there are zeros past the rank. */
typedef struct {
    slong depth, modes;
    double eta, dim;
    double *sigma, *d;
    slong *copies;
} path;

/* One step of every mode: a = d_L, b the others. */
static void advance(path *p)
{
    for (slong i = 0; i < p->modes; i++) {
        double *d = p->d + i * p->depth, a = d[p->depth - 1], b = d[0];
        double w = pow(b, (double)p->depth - 2), k = -p->eta * (a * w * b - p->sigma[i]) * w;
        for (slong l = 0; l < p->depth - 1; l++)
            d[l] = b + k * a;
        d[p->depth - 1] = a + k * b;
    }
}

/* c_l = A_l,i B_l,j. theory/hessian-spectrum.md (3) */
static void first_derivatives(double *c, const double *di, const double *dj, slong depth)
{
    double t = 1;
    for (slong l = 0; l < depth; l++) {
        c[l] = t;
        t *= dj[l];
    }
    t = 1;
    for (slong l = depth - 1; l >= 0; l--) {
        c[l] *= t;
        t *= di[l];
    }
}

/* k = 1 - eta H of the pair, 2 depth square. theory/hessian-spectrum.md (3), (4) */
static void one_step(double *k, double *c, const path *p, slong i, slong j)
{
    slong depth = p->depth, n = 2 * depth;
    memset(k, 0, (size_t)(n * n) * sizeof(double));
    for (int side = 0; side < 2; side++) {
        const double *di = p->d + (side == 0 ? i : j) * depth,
                     *dj = p->d + (side == 0 ? j : i) * depth;
        slong from = side * depth, to = depth - from;
        first_derivatives(c + from, di, dj, depth);
        double r = 1, above;
        for (slong l = 0; l < depth; l++)
            r *= di[l];
        r -= p->sigma[side == 0 ? i : j];
        for (slong l = 0; l < depth; l++)
            for (slong m = 0; m < depth; m++)
                k[(from + l) * n + from + m] -= p->eta * c[from + l] * c[from + m];
        above = r;
        for (slong l = depth - 1; l > 0; l--) { /* r_i A_l,i (prod d_q,j) B_m,i, m < l */
            for (slong m = l - 1; m >= 0; m--) {
                double x = above;
                for (slong q = m + 1; q < l; q++)
                    x *= dj[q];
                for (slong q = 0; q < m; q++)
                    x *= di[q];
                k[(from + l) * n + to + m] -= p->eta * x;
                k[(to + m) * n + from + l] -= p->eta * x;
            }
            above *= di[l];
        }
    }
    for (slong l = 0; l < n; l++)
        k[l * n + l] += 1;
}

/* s <- k s k^T + noise; work has the size of s. */
static void propagate(double *s, double *work, const double *k, const double *noise, slong depth)
{
    slong n = 2 * depth;
    for (slong i = 0; i < n; i++)
        for (slong j = 0; j < n; j++) {
            double x = 0;
            for (slong m = 0; m < n; m++)
                x += k[i * n + m] * s[m * n + j];
            work[i * n + j] = x;
        }
    for (slong i = 0; i < n; i++)
        for (slong j = 0; j < n; j++) {
            double x = i == j ? noise[i % depth] : 0;
            for (slong m = 0; m < n; m++)
                x += work[i * n + m] * k[j * n + m];
            s[i * n + j] = x;
        }
}

/* Variance of one entry's rounding, per layer: (|W_l|_F / d)^2 / 3, uniform in one unit of the last place. */
static void layer_noise(double *noise, const path *p)
{
    for (slong l = 0; l < p->depth; l++) {
        double sum = 0;
        for (slong i = 0; i < p->modes; i++)
            sum += (double)p->copies[i] * p->d[i * p->depth + l] * p->d[i * p->depth + l];
        noise[l] = sum / (3 * p->dim * p->dim);
    }
}

/* The value's own entry of the end-to-end map; infinite for the zeros, whose vectors nobody watches. */
static double product(const path *p, slong i)
{
    double x = 1;
    for (slong l = 0; l < p->depth; l++)
        x *= p->d[i * p->depth + l];
    return p->sigma[i] > 0 ? fabs(x) : INFINITY;
}

/* The rms of entry (i,j), or (j,i), of the end-to-end map beside the smaller of the two values that it turns. */
static double seen(const double *s, const double *c, const path *p, slong i, slong j)
{
    slong depth = p->depth, n = 2 * depth;
    double most = 0, scale = fmin(product(p, i), product(p, j));
    for (int side = 0; side < 2; side++) {
        double x = 0;
        for (slong l = 0; l < depth; l++)
            for (slong m = 0; m < depth; m++)
                x += c[side * depth + l] * c[side * depth + m] *
                     s[(side * depth + l) * n + side * depth + m];
        most = fmax(most, x);
    }
    return scale > 0 ? sqrt(fmax(most, 0)) / scale : 0;
}

static bool start(path *p, const ew_problem_t problem)
{
    p->depth = problem->depth;
    p->modes = problem->count + (problem->dim > problem->count);
    p->eta = ew_rational_double(problem->eta);
    p->dim = (double)problem->dim;
    p->sigma = calloc((size_t)(p->modes * (1 + p->depth)), sizeof(double));
    p->copies = calloc((size_t)p->modes, sizeof(slong));
    if (p->sigma == NULL || p->copies == NULL) {
        free(p->sigma);
        free(p->copies);
        return false;
    }
    p->d = p->sigma + p->modes;
    for (slong i = 0; i < p->modes; i++) {
        p->copies[i] = i < problem->count ? 1 : problem->dim - problem->count;
        if (i < problem->count)
            p->sigma[i] = ew_rational_double(problem->sigma + i);
        for (slong l = 0; l < p->depth - 1; l++)
            p->d[i * p->depth + l] = ew_rational_double(problem->alpha);
    }
    return true;
}

/* All pairs through all steps. */
static void run(ew_departure_struct *out, path *p, double *room)
{
    slong n = 2 * p->depth;
    double *k = room, *work = k + n * n, *c = work + n * n, *noise = c + n, *all = noise + p->depth;
    for (slong t = 0; t < out->steps; t++) {
        double most = 0;
        layer_noise(noise, p);
        for (slong i = 0, at = 0; i < p->modes; i++)
            for (slong j = i; j < p->modes; j++, at++) {
                if (i == j && (p->copies[i] < 2 || p->sigma[i] == 0))
                    continue; /* a mode alone, or zeros among themselves: nothing turns */
                double *s = all + at * n * n;
                one_step(k, c, p, i, j);
                most = fmax(most, seen(s, c, p, i, j));
                propagate(s, work, k, noise, p->depth);
            }
        out->amplitude[t] = most;
        advance(p);
    }
}

void ew_departure_init(ew_departure_t out)
{
    out->steps = 0;
    out->amplitude = NULL;
    out->more = out->less = 0;
}

void ew_departure_clear(ew_departure_t out)
{
    free(out->amplitude);
    ew_departure_init(out);
}

ew_status ew_departure_make(ew_departure_t out, const ew_problem_t problem, slong steps)
{
    if (out == NULL || !ew_problem_fits(problem) || steps < 0)
        return EW_BAD_INPUT;
    if (ew_memory_check(64.0 * (double)steps) != EW_OK)
        return EW_RESOURCES;
    ew_departure_clear(out);
    double n = 2 * (double)problem->depth, modes = (double)problem->count + 1;
    double size = n * n * (modes * (modes + 1) / 2 + 2) + 2 * n;
    if (problem->depth > DEEPEST || ew_memory_check(8 * (size + (double)steps)) != EW_OK)
        return EW_RESOURCES;
    path p;
    if (!start(&p, problem))
        return EW_RESOURCES;
    double *room = calloc((size_t)size, sizeof(double));
    out->amplitude = calloc((size_t)FLINT_MAX(steps, 1), sizeof(double));
    if (room != NULL && out->amplitude != NULL) {
        out->steps = steps;
        run(out, &p, room);
    }
    /* theory/departure.md (4), (5) */
    out->more = 3 * sqrt(3) * (1 + (double)(problem->depth + 1) * sqrt((double)problem->dim));
    out->less = 1.0 / 40;
    free(room);
    free(p.sigma);
    free(p.copies);
    return out->steps == steps ? EW_OK : EW_RESOURCES;
}

/* The first step at which the amplitude times `unit` reaches the angle. */
static slong reaches(const ew_departure_t d, double unit, double angle)
{
    for (slong t = 0; t < d->steps; t++)
        if (!(d->amplitude[t] * unit < angle))
            return t;
    return -1;
}

void ew_departure_steps_at(slong *lo, slong *typical, slong *hi, const ew_departure_t departure,
                           slong bits, double angle)
{
    double unit = ldexp(1, -(int)FLINT_MIN(bits, 1000));
    *lo = reaches(departure, unit * departure->more, angle);
    *typical = reaches(departure, unit, angle);
    *hi = reaches(departure, unit * departure->less, angle);
}
