import AllocationCounter

/// How often the calling thread allocates while `body` runs, and how many bytes it asks for.
public func countingAllocations(_ body: () throws -> Void) rethrows -> (calls: Int, bytes: Int) {
    let before = (calls: allocation_counter_calls(), bytes: allocation_counter_bytes())
    try body()
    return (
        Int(allocation_counter_calls() - before.calls), Int(allocation_counter_bytes() - before.bytes)
    )
}

/// Whether allocations are counted here: on glibc, and not under a sanitizer.
public let allocationsAreCounted = allocation_counter_active() != 0
