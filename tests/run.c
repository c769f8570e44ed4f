/* The one runner. usage: tests [FILTER] */
#include "test.h"
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
    const char *file;
    const struct CMUnitTest *tests;
    size_t count;
} group_t;

static group_t *groups;
static size_t group_count;

void ew_tests_register(const char *file, const struct CMUnitTest *tests, size_t count)
{
    groups = realloc(groups, (group_count + 1) * sizeof *groups);
    if (groups == NULL)
        abort();
    groups[group_count++] = (group_t){file, tests, count};
}

unsigned long ew_test_seed(void)
{
    static unsigned long seed;
    const char *text = getenv("EW_TEST_SEED");
    if (seed == 0 && text != NULL && strcmp(text, "random") == 0)
        seed = (unsigned long)time(NULL);
    else if (seed == 0 && (text == NULL || *text == '\0'))
        seed = 20251;
    else if (seed == 0) {
        char *end;
        errno = 0;
        seed = strtoul(text, &end, 10);
        if (*end != '\0' || errno != 0 || seed == 0) {
            fprintf(stderr, "tests: the seed '%s' is neither a positive integer nor 'random'\n",
                    text);
            exit(2);
        }
    }
    return seed;
}

static int by_file(const void *left, const void *right)
{
    return strcmp(((const group_t *)left)->file, ((const group_t *)right)->file);
}

int main(int argc, char **argv)
{
    qsort(groups, group_count, sizeof groups[0], by_file); /* constructors run in any order */
    size_t total = 0, next = 0, chosen = 0;
    for (size_t i = 0; i < group_count; i++)
        total += groups[i].count;
    struct CMUnitTest *all = calloc(total, sizeof *all);
    if (all == NULL)
        return 1;
    for (size_t i = 0; i < group_count; i++)
        for (size_t j = 0; j < groups[i].count; j++)
            all[next++] = groups[i].tests[j];
    for (size_t i = 0; i < total; i++)
        chosen += argc < 2 || fnmatch(argv[1], all[i].name, 0) == 0;
    if (chosen == 0) { /* cmocka would pass with no test run */
        fprintf(stderr, "tests: no test matches the filter\n");
        free(all);
        return 2;
    }
    printf("seed %lu (again: make test SEED=%lu FILTER='...')\n", ew_test_seed(), ew_test_seed());
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    int failed = _cmocka_run_group_tests("edgewise", all, total, NULL, NULL);
    free(all);
    return failed != 0;
}
