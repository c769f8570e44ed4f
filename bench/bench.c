/* Ratios in one run, on the same input: one table per file, and all rows in bench/results.json. The exit code is 1 when a goal
 * is missed. */
#include "bench.h"
#include <edgewise.h>
#include <gmp.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static json_object *rows;
static double spread;

void ew_bench_expect(int status)
{
    if (status == EW_OK)
        return;
    fprintf(stderr, "bench: %s\n", ew_status_text((ew_status)status));
    exit(1);
}

double ew_bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double ew_bench_middle(double *times, int count)
{
    qsort(times, (size_t)count, sizeof times[0], by_value);
    spread = (times[count - 1] - times[0]) / times[count / 2];
    return times[count / 2];
}

double ew_bench_median(void (*job)(void *context), void *context)
{
    enum { RUNS = 7 };
    double times[RUNS];
    for (int i = 0; i < RUNS; i++) {
        int calls = 0;
        double start = ew_bench_now(), now;
        do {
            job(context);
            calls++;
            now = ew_bench_now();
        } while (now - start < 0.02);
        times[i] = (now - start) / calls;
        if (i == 2 && times[i] > 1) /* slow jobs: three runs are enough */
            return ew_bench_middle(times, 3);
    }
    return ew_bench_middle(times, RUNS);
}

double ew_bench_spread(void)
{
    return spread;
}

double ew_bench_once(void (*job)(void *context), void *context)
{
    double start = ew_bench_now();
    job(context);
    spread = 0;
    return ew_bench_now() - start;
}

/* With nine digits; null for what there is none of. */
static void add_number(json_object *item, const char *name, double x)
{
    char text[32];
    snprintf(text, sizeof text, "%.9g", x);
    json_object_object_add(item, name, x > 0 ? json_object_new_double_s(x, text) : NULL);
}

void ew_bench_record(ew_bench_row row)
{
    json_object *item = json_object_new_object();
    json_object_object_add(item, "table", json_object_new_string(row.table));
    json_object_object_add(item, "row", json_object_new_string(row.row));
    json_object_object_add(item, "beside", json_object_new_string(row.beside));
    add_number(item, "ms", row.ours);
    add_number(item, "spread", row.spread);
    add_number(item, "beside_ms", row.theirs);
    add_number(item, "ratio", row.ratio);
    json_object_object_add(item, "goal", json_object_new_string(row.goal));
    json_object_object_add(item, "met", json_object_new_boolean(row.met));
    json_object_array_add(rows, item);
}

int ew_bench_tool(double *numbers, int count, const char *command, const char *input)
{
    char name[] = "/tmp/edgewise-bench-XXXXXX", line[512], whole[512];
    int handle = mkstemp(name), found = 0;
    if (handle < 0)
        return 0;
    FILE *file = fdopen(handle, "w");
    if (file != NULL) {
        fputs(input, file);
        fclose(file);
    }
    snprintf(whole, sizeof whole, "{ %s ; } < %s 2> /dev/null", command, name);
    FILE *output = popen(whole, "r");
    while (output != NULL && found < count && fgets(line, sizeof line, output) != NULL) {
        char *end;
        numbers[found] = strtod(line, &end);
        found += end != line;
    }
    if (output != NULL)
        pclose(output);
    remove(name);
    return found;
}

/* What the first line of that file says after the colon of the first line that starts with `key`. */
static void file_value(char *out, size_t size, const char *file, const char *key)
{
    char line[256];
    FILE *in = fopen(file, "r");
    out[0] = '\0';
    while (in != NULL && out[0] == '\0' && fgets(line, sizeof line, in) != NULL) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, key, strlen(key)) == 0 && colon != NULL)
            snprintf(out, size, "%.*s", (int)strcspn(colon + 2, "\n"), colon + 2);
    }
    if (in != NULL)
        fclose(in);
}

static json_object *machine(void)
{
    char model[128];
    json_object *item = json_object_new_object();
    file_value(model, sizeof model, "/proc/cpuinfo", "model name");
    json_object_object_add(item, "processor", json_object_new_string(model));
    json_object_object_add(item, "cores", json_object_new_int64(sysconf(_SC_NPROCESSORS_ONLN)));
    json_object_object_add(item, "compiler", json_object_new_string(__VERSION__));
    json_object_object_add(item, "edgewise", json_object_new_string(ew_version()));
    json_object_object_add(item, "flint", json_object_new_string(FLINT_VERSION));
    json_object_object_add(item, "mpfr", json_object_new_string(mpfr_get_version()));
    json_object_object_add(item, "gmp", json_object_new_string(gmp_version));
    json_object_object_add(item, "pari", json_object_new_string(ew_bench_pari_version()));
    return item;
}

static void write_results(const char *name)
{
    json_object *document = json_object_new_object();
    json_object_object_add(document, "machine", machine());
    json_object_object_add(document, "rows", rows);
    if (json_object_to_file_ext(name, document, JSON_C_TO_STRING_PRETTY) != 0)
        fprintf(stderr, "bench: cannot write %s\n", name);
    json_object_put(document);
}

int main(void)
{
    rows = json_object_new_array();
    int short_of = ew_bench_roots();
    short_of += ew_bench_digits();
    short_of += ew_bench_growth();
    short_of += ew_bench_program();
    short_of += ew_bench_network();
    short_of += ew_bench_formats();
    short_of += ew_bench_diagram();
    short_of += ew_bench_simulate();
    write_results("bench/results.json");
    flint_cleanup();
    return short_of > 0;
}
