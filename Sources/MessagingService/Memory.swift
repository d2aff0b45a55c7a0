import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The memory allocator of the process, as far as it can be configured. Allocators without these functions are not changed.
public enum Memory {
    private typealias Tune = @convention(c) (Int32, Int32) -> Int32
    private typealias Trim = @convention(c) (Int) -> Int32

    /// `M_ARENA_MAX`, `M_MMAP_THRESHOLD` and `M_TOP_PAD` of glibc's `malloc.h`, which Swift's module does not have.
    private static let arenaMax: Int32 = -8
    private static let mapThreshold: Int32 = -3
    private static let topPad: Int32 = -2

    private static let trim: Trim? = function("malloc_trim")

    /// Configures the allocator so that freed memory can be returned: one arena, and separate mappings for large blocks. The arena grows by
    /// a mebibyte at a time. A second one would grow by a page at a time, each with a system call. A server calls this before other threads
    /// begin, since each thread that has allocated keeps an arena of its own.
    public static func prepare() {
        guard let tune: Tune = function("mallopt") else { return }
        _ = tune(arenaMax, 1)
        _ = tune(mapThreshold, 1 << 20)
        _ = tune(topPad, 1 << 20)
    }

    /// Returns free memory to the system. Takes about a millisecond.
    static func giveBack() { _ = trim?(0) }

    private static func function<Function>(_ name: String) -> Function? {
        dlsym(nil, name).map { unsafeBitCast($0, to: Function.self) }
    }
}
