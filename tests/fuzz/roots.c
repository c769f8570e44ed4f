/* The general solver against exact Sturm sequences: as many distinct real roots, each in an interval of its own that holds
 * one by Sturm's count at its ends, and the multiplicities right by the square-free factors. */
#include "fuzz.h"
#include <edgewise/isolate.h>

typedef struct {
    const uint8_t *at, *end;
} bytes_t;

static int next(bytes_t *b)
{
    return b->at < b->end ? *b->at++ : 0;
}

/* A whole number: a small one, or one shifted far. */
static void next_integer(fmpz_t n, bytes_t *b)
{
    int kind = next(b);
    fmpz_set_si(n, (signed char)next(b));
    if (kind % 4 == 1)
        fmpz_mul_2exp(n, n, (ulong)(kind >> 2));
    else if (kind % 4 == 2) {
        fmpz_mul_si(n, n, 256);
        fmpz_add_ui(n, n, (ulong)next(b));
    } else if (kind % 4 == 3) {
        fmpz_mul_2exp(n, n, (ulong)(kind >> 2));
        fmpz_add_si(n, n, (signed char)next(b));
    }
}

/* A small polynomial of the degree that the bytes say. */
static void next_factor(fmpz_poly_t g, bytes_t *b, int degree)
{
    fmpz_t c;
    fmpz_init(c);
    fmpz_poly_zero(g);
    for (int i = 0; i <= degree; i++) {
        next_integer(c, b);
        fmpz_poly_set_coeff_fmpz(g, i, c);
    }
    fmpz_clear(c);
}

/* A little program: multiply by a factor to a power, add a factor (which splits double roots into close ones), or put
 * x^k for x. The degree stays small, or Sturm's sequence takes all the time. */
static void build(fmpz_poly_t f, bytes_t *b)
{
    enum { MOST = 24 };
    fmpz_poly_t g, h;
    fmpz_poly_init(g);
    fmpz_poly_init(h);
    fmpz_poly_one(f);
    while (b->at < b->end) {
        int what = next(b);
        next_factor(g, b, (what >> 2) % 4);
        fmpz_poly_pow(h, g, (ulong)(what >> 4) % 4 + 1);
        if (what % 4 == 3)
            fmpz_poly_add(h, f, g);
        else
            fmpz_poly_mul(h, f, h);
        if (fmpz_poly_degree(h) > MOST || fmpz_poly_max_bits(h) > 2000 ||
            fmpz_poly_max_bits(h) < -2000)
            break;
        fmpz_poly_set(f, h);
    }
    fmpz_poly_clear(g);
    fmpz_poly_clear(h);
}

/* Disjoint and ascending, each with the multiplicity of a square-free factor that has a root in it. */
static void check_roots(const ew_real_roots_t roots, const fmpz_poly_t f)
{
    fmpz_poly_factor_t parts;
    fmpz_poly_factor_init(parts);
    fmpz_poly_factor_squarefree(parts, f);
    slong count = 0;
    for (slong i = 0; i < parts->num; i++) {
        slong these = 0, real = fmpz_poly_num_real_roots_sturm(parts->p + i);
        for (slong k = 0; k < roots->count; k++)
            these += roots->list[k].multiplicity == parts->exp[i];
        MUST(these == real);
        count += real;
    }
    MUST(count == roots->count);
    for (slong k = 1; k < roots->count; k++)
        MUST(arb_lt(roots->list[k - 1].x, roots->list[k].x));
    arb_t value;
    arb_init(value);
    for (slong k = 0; k < roots->count; k++) { /* the polynomial has a zero there */
        arb_fmpz_poly_evaluate_arb(value, f, roots->list[k].x, 4000);
        MUST(arb_contains_zero(value));
    }
    arb_clear(value);
    fmpz_poly_factor_clear(parts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bytes_t bytes = {data, data + (size > 200 ? 200 : size)};
    fmpz_poly_t f;
    ew_real_roots_t roots;
    fmpz_poly_init(f);
    ew_real_roots_init(roots);
    build(f, &bytes);
    ew_status status = ew_poly_real_roots(roots, f, 64, 1000000, NULL);
    if (fmpz_poly_is_zero(f))
        MUST(status == EW_BAD_INPUT);
    else {
        MUST(status == EW_OK);
        check_roots(roots, f);
    }
    ew_real_roots_clear(roots);
    fmpz_poly_clear(f);
    return 0;
}
