/* The names of the fates. */
#include "num/domain.h"
#include <edgewise/observe.h>

const char *ew_fate_text(ew_fate fate)
{
    static const char *const text[] = {"not yet", "converges", "periodic", "diverges", "rests"};
    return EW_WORD_OF(text, fate);
}
