// Preloaded into the server by the tests: syncs fail, take long, or are the last thing that the process did, as long as a file
// of that name is in the directory FAULTS.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static int is_log(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path);
    return length > 4 && memcmp(path + length - 4, "-wal", 4) == 0;
}

static int synchronize(int file, const char *name) {
    int (*call)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    if (wanted("delay")) usleep(2000000);
    if (wanted("fail")) {
        errno = EIO;
        return -1;
    }
    int result = call(file);
    if (result == 0 && is_log(file) && wanted("kill")) kill(getpid(), SIGKILL);
    return result;
}

int fsync(int file) { return synchronize(file, "fsync"); }
int fdatasync(int file) { return synchronize(file, "fdatasync"); }
