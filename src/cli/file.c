#include "cli/file.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_LINKS = 40, MOST_TRIES = 1000 };

/* Where the symbolic link `name` points, seen from here. */
static char *follow(const char *name, off_t size)
{
    const char *slash = strrchr(name, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - name) + 1, room = (size_t)size + 4096;
    char *out = malloc(folder + room + 1);
    ssize_t length = out == NULL ? -1 : readlink(name, out + folder, room);
    if (length < 0) {
        free(out);
        return NULL;
    }
    out[folder + (size_t)length] = '\0';
    if (out[folder] == '/')
        memmove(out, out + folder, (size_t)length + 1);
    else
        memcpy(out, name, folder);
    return out;
}

/* Where all links lead; the last may lead to nothing that is there yet. NULL, and errno. */
static char *resolve(const char *name)
{
    struct stat about;
    char *at = strdup(name);
    for (int i = 0; at != NULL && lstat(at, &about) == 0 && S_ISLNK(about.st_mode); i++) {
        char *next = i < MOST_LINKS ? follow(at, about.st_size) : NULL;
        if (i == MOST_LINKS)
            errno = ELOOP;
        free(at);
        at = next;
    }
    return at;
}

/* Is it written to itself? The files of open descriptors are so whatever they lead to: who opened them goes on there. */
static bool is_stream(const char *name, const struct stat *there)
{
    return !S_ISREG(there->st_mode) || strncmp(name, "/dev/", 5) == 0 ||
           strncmp(name, "/proc/", 6) == 0;
}

/* Opens a new file beside the target. NULL, and errno. */
static FILE *open_aside(fresh_file *fresh)
{
    static int number;
    size_t room = strlen(fresh->target) + 64;
    int descriptor = -1;
    fresh->aside = malloc(room);
    if (fresh->aside == NULL)
        return NULL;
    for (int i = 0; i < MOST_TRIES && descriptor < 0; i++) {
        snprintf(fresh->aside, room, "%s.part.%ld.%d", fresh->target, (long)getpid(), number++);
        if (!interrupt_remove(fresh->aside)) { /* before it is there */
            errno = EMFILE;
            return NULL;
        }
        descriptor = open(fresh->aside, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor >= 0)
            return fdopen(descriptor, "w+");
        interrupt_keep(fresh->aside);
        if (errno != EEXIST)
            return NULL;
    }
    return NULL;
}

/* Lets the new file be what the old one is to others. Only root may give it to another owner. */
static void keep_permissions(int descriptor, const struct stat *old)
{
    if (fchown(descriptor, old->st_uid, old->st_gid) == 0 || errno == EPERM)
        fchmod(descriptor, old->st_mode & 07777);
}

static FILE *open_file(fresh_file *fresh)
{
    struct stat there;
    bool exists = stat(fresh->name, &there) == 0;
    if (!exists && errno != ENOENT)
        return NULL;
    if (exists && S_ISDIR(there.st_mode)) {
        errno = EISDIR;
        return NULL;
    }
    if (exists && is_stream(fresh->name, &there))
        return fopen(fresh->name, "a");
    if (exists && access(fresh->name, W_OK) != 0)
        return NULL;
    fresh->target = resolve(fresh->name);
    FILE *file = fresh->target == NULL ? NULL : open_aside(fresh);
    if (file != NULL && exists)
        keep_permissions(fileno(file), &there);
    return file;
}

static void release(fresh_file *fresh)
{
    if (fresh->aside != NULL)
        interrupt_keep(fresh->aside);
    free(fresh->name);
    free(fresh->target);
    free(fresh->aside);
}

int fresh_open(fresh_file *fresh, const char *name)
{
    *fresh = (fresh_file){.name = strdup(name)};
    fresh->file = fresh->name == NULL ? NULL : open_file(fresh);
    if (fresh->file != NULL)
        return 0;
    int code = complain(4, "%s: cannot write: %s", name, strerror(errno));
    release(fresh);
    return code;
}

/* A new name is on disk when its folder is; a file system that knows no such thing is as good as it gets. */
static void sync_folder(const char *name)
{
    char *folder = strdup(name), *slash = folder == NULL ? NULL : strrchr(folder, '/');
    if (slash != NULL)
        slash[slash == folder] = '\0';
    int descriptor = open(slash == NULL ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
    free(folder);
}

/* Everything written, and on disk. */
static bool finish(FILE *file, bool on_disk)
{
    bool fine = fflush(file) == 0 && !ferror(file);
    if (fine && on_disk && fsync(fileno(file)) != 0)
        fine = errno == EINVAL || errno == EROFS; /* it has no such thing */
    int error = errno;
    bool closed = fclose(file) == 0;
    if (!fine)
        errno = error;
    return fine && closed;
}

int fresh_close(fresh_file *fresh, bool fine)
{
    int code = 0;
    bool beside = fresh->aside != NULL;
    bool written = finish(fresh->file, beside && fine);
    if (fine && (!written || (beside && rename(fresh->aside, fresh->target) != 0)))
        code = complain(4, "%s: cannot write: %s", fresh->name, strerror(errno));
    if (beside && (!fine || code != 0))
        unlink(fresh->aside);
    else if (beside)
        sync_folder(fresh->target);
    release(fresh);
    return code;
}

/* A pipe is not opened for nothing: its reader would see it end. */
int file_allowed(const char *name)
{
    struct stat there;
    if (stat(name, &there) == 0 && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode))
        return access(name, W_OK) == 0 ? 0
                                       : complain(4, "%s: cannot write: %s", name, strerror(errno));
    fresh_file fresh;
    int code = fresh_open(&fresh, name);
    return code != 0 ? code : fresh_close(&fresh, false);
}
