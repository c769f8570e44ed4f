/* What the bench's files share. */
#ifndef EDGEWISE_BENCH_H
#define EDGEWISE_BENCH_H

/* Seconds of a steady clock. */
double ew_bench_now(void);

/* The median time of one call of `job`, over enough calls to be measured. */
double ew_bench_median(void (*job)(void *context), void *context);

/* The middle one of `count` times, which it sorts. */
double ew_bench_middle(double *times, int count);

/* The tables; each prints itself and answers how many of its goals were missed. */
int ew_bench_roots(void);
int ew_bench_network(void);
int ew_bench_formats(void);
int ew_bench_diagram(void);

/* PARI/GP in the same process: all real roots of a polynomial given as text in x. The number of roots;
 * -1 when the bench was built without PARI. */
void *ew_bench_pari_polynomial(const char *text);
long ew_bench_pari_roots(void *polynomial);

#endif
