/* What the bench's files share. */
#ifndef EDGEWISE_BENCH_H
#define EDGEWISE_BENCH_H

/* Ends the bench with a line where the library did not do what is timed: `status` is an ew_status. */
void ew_bench_expect(int status);

/* Seconds of a steady clock. */
double ew_bench_now(void);

/* The median time of one call of `job`, over enough calls to be measured. */
double ew_bench_median(void (*job)(void *context), void *context);

/* Of the last ew_bench_median: the longest run less the shortest, as a part of the median. */
double ew_bench_spread(void);

/* One call alone: for jobs that take seconds. */
double ew_bench_once(void (*job)(void *context), void *context);

/* One row for bench/results.json, whose numbers the table shows too. Times in ms.
 *   spread  of ours, as above
 *   theirs  beside it; not positive: there is none
 *   ratio   held against the goal; not positive: there is none
 *   goal    in words, or "" */
typedef struct {
    const char *table, *row, *beside;
    double ours, spread, theirs, ratio;
    const char *goal;
    int met;
} ew_bench_row;
void ew_bench_record(ew_bench_row row);

/* Runs a shell command with that text for its input and reads numbers from its output, `count` at the most; how many there
 * were. 0 when the tool is not there. */
int ew_bench_tool(double *numbers, int count, const char *command, const char *input);

/* The middle one of `count` times, which it sorts. */
double ew_bench_middle(double *times, int count);

/* The tables; each prints itself and answers how many of its goals were missed. */
int ew_bench_roots(void);
int ew_bench_digits(void);
int ew_bench_growth(void);
int ew_bench_program(void);
int ew_bench_network(void);
int ew_bench_formats(void);
int ew_bench_diagram(void);
int ew_bench_simulate(void);

/* PARI/GP in the same process: all real roots of a polynomial given as text in x. The number of roots;
 * -1 when the bench was built without PARI. */
void *ew_bench_pari_polynomial(const char *text);
long ew_bench_pari_roots(void *polynomial);

/* "2.15.2", or "". */
const char *ew_bench_pari_version(void);

#endif
