#include <edgewise/num.h>

#define TEXT_OF(x) #x
#define DOTTED(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *ew_status_text(ew_status status)
{
    switch (status) {
    case EW_OK:
        return "fine";
    case EW_REFUTED_STATUS:
        return "a claim is refuted";
    case EW_BAD_INPUT:
        return "an argument is outside its domain";
    case EW_UNDECIDED_STATUS:
        return "not decided within the precision or the steps allowed";
    case EW_RESOURCES:
        return "not enough memory, a full disk or a missing part"; /* the caller knows which */
    case EW_STOPPED:
        return "stopped on request";
    }
    return "unknown status";
}

const char *ew_version(void)
{
    return DOTTED(EW_VERSION_MAJOR, EW_VERSION_MINOR, EW_VERSION_PATCH);
}

bool ew_progress_tick(const ew_progress *progress, const char *what, ulong done, ulong total)
{
    return progress == NULL || progress->tick == NULL ||
           progress->tick(progress->context, what, done, total);
}
