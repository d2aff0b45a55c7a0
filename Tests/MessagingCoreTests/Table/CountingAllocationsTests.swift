import Allocations
import Testing

#if canImport(Glibc)
    import Glibc
#endif

struct CountingAllocationsTests {
    #if canImport(Glibc)
        /// Without this test, the tests of costs could be skipped unnoticed.
        @Test func countsOnGlibcUnlessASanitizerRuns() {
            let sanitizers = ["__asan_init", "__tsan_init", "__msan_init"]
            let isSanitized = sanitizers.contains { dlsym(nil, $0) != nil }
            #expect(allocationsAreCounted == !isSanitized)
        }
    #endif

    @Test(.enabled(if: allocationsAreCounted))
    func countsAnArray() {
        var numbers: [Int] = []
        let counted = countingAllocations { numbers.reserveCapacity(1000) }
        #expect(numbers.capacity >= 1000)
        #expect(counted.calls == 1)
        #expect(counted.bytes >= 8000 && counted.bytes < 8200)
    }

    @Test(.enabled(if: allocationsAreCounted))
    func countsZeroWithoutAllocations() {
        var product: UInt64 = 1
        let counted = countingAllocations { product &*= 3 }
        #expect(product == 3)
        #expect(counted == (0, 0))
    }
}
