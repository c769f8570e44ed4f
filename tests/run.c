/* The one runner. usage: tests [FILTER] */
#include "test.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
    const char *file;
    const struct CMUnitTest *tests;
    size_t count;
} group_t;

enum { MOST_GROUPS = 256 };
static group_t groups[MOST_GROUPS];
static size_t group_count;

void ew_tests_register(const char *file, const struct CMUnitTest *tests, size_t count)
{
    if (group_count == MOST_GROUPS)
        abort();
    groups[group_count++] = (group_t){file, tests, count};
}

unsigned long ew_test_seed(void)
{
    static unsigned long seed;
    const char *text = getenv("EW_TEST_SEED");
    if (seed == 0 && text != NULL && strcmp(text, "random") == 0)
        seed = (unsigned long)time(NULL);
    else if (seed == 0)
        seed = text != NULL && *text != '\0' ? strtoul(text, NULL, 10) : 20251;
    return seed;
}

static int by_file(const void *left, const void *right)
{
    return strcmp(((const group_t *)left)->file, ((const group_t *)right)->file);
}

int main(int argc, char **argv)
{
    qsort(groups, group_count, sizeof groups[0], by_file); /* constructors run in any order */
    size_t total = 0, next = 0;
    for (size_t i = 0; i < group_count; i++)
        total += groups[i].count;
    struct CMUnitTest *all = calloc(total, sizeof *all);
    if (all == NULL)
        return 1;
    for (size_t i = 0; i < group_count; i++)
        for (size_t j = 0; j < groups[i].count; j++)
            all[next++] = groups[i].tests[j];
    printf("seed %lu (again: make test SEED=%lu FILTER='...')\n", ew_test_seed(), ew_test_seed());
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    int failed = _cmocka_run_group_tests("edgewise", all, total, NULL, NULL);
    free(all);
    return failed != 0;
}
