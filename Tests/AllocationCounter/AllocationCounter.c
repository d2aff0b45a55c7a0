#include "AllocationCounter.h"

#include <errno.h>
#include <stdlib.h>

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

#if defined(__linux__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) \
    && !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer) && !__has_feature(memory_sanitizer)

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *pointer, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

// The initial-exec model reserves the counters when a thread starts; any other may allocate at their first use.
static __thread int64_t calls __attribute__((tls_model("initial-exec")));
static __thread int64_t bytes __attribute__((tls_model("initial-exec")));

static void count(size_t size) {
    calls += 1;
    bytes += (int64_t)size;
}

void *malloc(size_t size) {
    count(size);
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    count(number * size);
    return __libc_calloc(number, size);
}

void *realloc(void *pointer, size_t size) {
    count(size);
    return __libc_realloc(pointer, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count(size);
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) {
        return EINVAL;
    }
    count(size);
    int before = errno;
    void *pointer = __libc_memalign(alignment, size);
    errno = before;
    if (pointer == NULL) {
        return ENOMEM;
    }
    *result = pointer;
    return 0;
}

int allocation_counter_active(void) { return 1; }
void allocation_counter_reset(void) { calls = 0; bytes = 0; }
int64_t allocation_counter_calls(void) { return calls; }
int64_t allocation_counter_bytes(void) { return bytes; }

#else

int allocation_counter_active(void) { return 0; }
void allocation_counter_reset(void) {}
int64_t allocation_counter_calls(void) { return 0; }
int64_t allocation_counter_bytes(void) { return 0; }

#endif
