#include "num/memory.h"
#include <unistd.h>

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

ew_status ew_memory_check(double bytes)
{
    double have = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    return bytes <= 0.75 * have ? EW_OK : EW_RESOURCES;
}

void ew_memory_text(char *out, size_t size, double bytes)
{
    static const char *const unit[] = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"};
    int i = 0;
    for (; bytes >= 1000 && i < 8; i++)
        bytes /= 1000;
    snprintf(out, size, bytes < 10 && i > 0 ? "%.1f %s" : "%.0f %s", bytes, unit[i]);
}
