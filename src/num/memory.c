#include "num/memory.h"
#include <math.h>
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* Requests up to SMALL bytes are not looked into, and what is free is read again after so many seconds. */
static const double SMALL = 1 << 20, FRESH = 0.1;

void *ew_held(void *memory)
{
    if (memory == NULL)
        flint_abort();
    return memory;
}

int ew_held_member(int failed)
{
    if (failed != 0)
        flint_abort();
    return failed;
}

/* The number after `key` in a file of lines "key number"; the first number for an empty key. INFINITY: none, as in "max". */
static double read_number(const char *name, const char *key)
{
    char line[512];
    double value = INFINITY;
    FILE *file = fopen(name, "r");
    while (file != NULL && isinf(value) && fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, key, strlen(key)) == 0 && sscanf(line + strlen(key), "%lf", &value) != 1)
            value = INFINITY;
    if (file != NULL)
        fclose(file);
    return value;
}

/* What a group leaves, by the names of its version's files; file pages that can be dropped count as free. */
static double group_leaves(const char *folder, bool v2)
{
    char name[1200];
    snprintf(name, sizeof name, "%s/%s", folder, v2 ? "memory.max" : "memory.limit_in_bytes");
    double limit = read_number(name, "");
    if (isinf(limit))
        return limit;
    snprintf(name, sizeof name, "%s/%s", folder, v2 ? "memory.current" : "memory.usage_in_bytes");
    double used = read_number(name, "");
    snprintf(name, sizeof name, "%s/memory.stat", folder);
    double pages = read_number(name, v2 ? "inactive_file " : "total_inactive_file ");
    used = isinf(used) ? 0 : fmax(0, used - (isinf(pages) ? 0 : pages));
    return fmax(0, limit - used);
}

double ew_memory_of_groups(const char *list, const char *root)
{
    char line[512], folder[1024];
    double least = INFINITY;
    FILE *file = fopen(list, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        char *kind = strchr(line, ':'), *path = kind == NULL ? NULL : strchr(kind + 1, ':');
        bool v2 = kind != NULL && kind[1] == ':';
        if (path == NULL || (!v2 && strncmp(kind, ":memory:", 8) != 0))
            continue;
        snprintf(folder, sizeof folder, "%s%s%s", root, v2 ? "" : "/memory", path + 1);
        size_t shortest = strlen(root) + (v2 ? 0 : strlen("/memory"));
        for (char *end = folder + strlen(folder); end != NULL && end >= folder + shortest;
             end = strrchr(folder, '/')) { /* its own, and those that it is in */
            *end = '\0';
            least = fmin(least, group_leaves(folder, v2));
        }
    }
    if (file != NULL)
        fclose(file);
    return least;
}

/* What the limits of the process leave of its address space, or of its data. */
static double process_leaves(void)
{
    struct rlimit limit;
    double page = (double)sysconf(_SC_PAGESIZE), size = 0, data = 0, least = INFINITY;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file != NULL && fscanf(file, "%lf %*f %*f %*f %*f %lf", &size, &data) != 2)
        size = data = 0;
    if (file != NULL)
        fclose(file);
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        least = fmin(least, (double)limit.rlim_cur - page * size);
    if (getrlimit(RLIMIT_DATA, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        least = fmin(least, (double)limit.rlim_cur - page * data);
    return fmax(0, least);
}

/* Bytes that can still be had. */
static double look(void)
{
    double free = 1024 * read_number("/proc/meminfo", "MemAvailable:");
    if (isinf(free))
        free = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    free = fmin(free, ew_memory_of_groups("/proc/self/cgroup", "/sys/fs/cgroup"));
    return fmin(free, process_leaves());
}

ew_status ew_memory_check(double bytes)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static double free, when = -1;
    if (bytes <= SMALL)
        return EW_OK;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
    pthread_mutex_lock(&lock);
    if (when < 0 || seconds > when + FRESH) {
        free = look();
        when = seconds;
    }
    bool fits = bytes <= 0.9 * free;
    pthread_mutex_unlock(&lock);
    return fits ? EW_OK : EW_RESOURCES;
}

void ew_memory_text(char *out, size_t size, double bytes)
{
    static const char *const unit[] = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"};
    int i = 0;
    for (; bytes >= 1000 && i < 8; i++)
        bytes /= 1000;
    snprintf(out, size, bytes < 10 && i > 0 ? "%.1f %s" : "%.0f %s", bytes, unit[i]);
}
