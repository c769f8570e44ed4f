/* The names of the fates. */
#include <edgewise/observe.h>

const char *ew_fate_text(ew_fate fate)
{
    static const char *const text[] = {"not yet", "converges", "periodic", "diverges", "rests"};
    return text[fate];
}
