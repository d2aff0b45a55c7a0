#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdint.h>

/// Counts what the calling thread allocates on the heap, in a process that this library is linked into.
/// It takes the place of malloc and its relatives, on glibc and without sanitizers; elsewhere it counts nothing.

/// 1 when allocations are counted, 0 where this platform or a sanitizer does not allow it.
int allocation_counter_active(void);

/// Sets the calling thread's counters to 0.
void allocation_counter_reset(void);

/// How often the calling thread has allocated or reallocated since its last reset.
int64_t allocation_counter_calls(void);

/// How many bytes the calling thread has asked for since its last reset; a reallocation counts its whole new size.
int64_t allocation_counter_bytes(void);

#endif
