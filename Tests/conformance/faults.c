// Preloaded into the server by the tests: syncs fail or hang, as long as a file of that name is in the directory FAULTS; those of drafts
// hang as long as "hold" is. As long as "kill" is, the sync of a commit is the last thing that the process does. Reads and writes of files
// take a millisecond longer as long as "drag" is; there is no room for what makes a file of a database longer (EDQUOT), as long as
// "quota" is.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int wanted(const char *fault) {
    const char *directory = getenv("FAULTS");
    char path[4096];
    if (directory == NULL) return 0;
    snprintf(path, sizeof path, "%s/%s", directory, fault);
    int before = errno, found = access(path, F_OK) == 0;
    errno = before;
    return found;
}

static void note(const char *what) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", getenv("FAULTS"), what);
    FILE *file = fopen(path, "w");
    if (file != NULL) fclose(file);
}

static int is_named(int file, const char *end) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path), count = strlen(end);
    return length > count && memcmp(path + length - count, end, count) == 0;
}

static void count(void);

// Whether pages of a commit were written to the log. Its head, of 32 bytes, and checkpoints are synced apart.
static volatile int has_commit = 0;

static int synchronize(int file, const char *name) {
    count();
    int (*call)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    while (wanted("hang") || (wanted("hold") && is_named(file, ".partial"))) {
        note("hangs");
        usleep(1000);
    }
    if (wanted("fail")) {
        errno = EIO;
        return -1;
    }
    int result = call(file);
    if (result == 0 && has_commit && is_named(file, "-wal") && wanted("kill")) kill(getpid(), SIGKILL);
    return result;
}

// The process ends before the call of this number, in KILL_AT, among those that change names or content or make them durable.
static void count(void) {
    static int calls = 0;
    const char *last = getenv("KILL_AT");
    if (last != NULL && ++calls == atoi(last)) kill(getpid(), SIGKILL);
}

// A signal comes as early as it can be handled: main sets the mode of files first.
mode_t umask(mode_t mode) {
    mode_t (*call)(mode_t) = (mode_t(*)(mode_t))dlsym(RTLD_NEXT, "umask");
    const char *early = getenv("EARLY_SIGNAL");
    if (early != NULL) kill(getpid(), atoi(early));
    return call(mode);
}

static int is_over_quota(int file, off_t end) {
    struct stat status;
    return wanted("quota") && fstat(file, &status) == 0 && S_ISREG(status.st_mode) && end > status.st_size;
}

#define COUNTED(result, name, parameters, arguments)                                  \
    result name parameters {                                                          \
        result (*call) parameters = (result(*) parameters)dlsym(RTLD_NEXT, #name);    \
        count();                                                                      \
        return call arguments;                                                        \
    }

COUNTED(int, rename, (const char *from, const char *to), (from, to))
COUNTED(int, link, (const char *from, const char *to), (from, to))
COUNTED(int, unlink, (const char *path), (path))
#define WRITE(name)                                                                                        \
    ssize_t name(int file, const void *bytes, size_t size, off_t place) {                                  \
        ssize_t (*call)(int, const void *, size_t, off_t) =                                                \
            (ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, #name);                         \
        count();                                                                                           \
        if (wanted("drag")) usleep(1000);                                                                  \
        if (place >= 32 && wanted("kill") && is_named(file, "-wal")) has_commit = 1;                       \
        if (is_over_quota(file, place + (off_t)size)) {                                                    \
            errno = EDQUOT;                                                                                \
            return -1;                                                                                     \
        }                                                                                                  \
        return call(file, bytes, size, place);                                                             \
    }

WRITE(pwrite)
WRITE(pwrite64)

#define READ(name)                                                                          \
    ssize_t name(int file, void *bytes, size_t size, off_t place) {                         \
        ssize_t (*call)(int, void *, size_t, off_t) =                                       \
            (ssize_t(*)(int, void *, size_t, off_t))dlsym(RTLD_NEXT, #name);                \
        if (wanted("drag")) usleep(1000);                                                   \
        return call(file, bytes, size, place);                                              \
    }

READ(pread)
READ(pread64)

int fsync(int file) { return synchronize(file, "fsync"); }
int fdatasync(int file) { return synchronize(file, "fdatasync"); }
