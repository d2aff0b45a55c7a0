import AllocationCounter

/// Returns the number and the bytes of the allocations of the calling thread while `body` runs.
public func countingAllocations(_ body: () throws -> Void) rethrows -> (calls: Int, bytes: Int) {
    let before = (calls: allocation_counter_calls(), bytes: allocation_counter_bytes())
    try body()
    return (
        Int(allocation_counter_calls() - before.calls), Int(allocation_counter_bytes() - before.bytes)
    )
}

/// Whether allocations are counted here: on glibc, and not under a sanitizer.
public let allocationsAreCounted = allocation_counter_active() != 0
