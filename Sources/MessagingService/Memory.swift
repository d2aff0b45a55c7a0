import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The memory allocator of the process, as far as it can be told something. Systems whose allocator has no such functions are left as they
/// are.
enum Memory {
    private typealias Tune = @convention(c) (Int32, Int32) -> Int32
    private typealias Trim = @convention(c) (Int) -> Int32

    /// `M_ARENA_MAX` and `M_MMAP_THRESHOLD` of glibc's `malloc.h`, which Swift's module does not have.
    private static let arenaMax: Int32 = -8
    private static let mapThreshold: Int32 = -3

    private static let trim: Trim? = function("malloc_trim")

    /// Lets freed memory be returned: few arenas, and large blocks of their own. To be called before other threads begin.
    static func prepare() {
        guard let tune: Tune = function("mallopt") else { return }
        _ = tune(arenaMax, 2)
        _ = tune(mapThreshold, 1 << 20)
    }

    /// Gives free memory back to the system; takes about a millisecond.
    static func giveBack() { _ = trim?(0) }

    private static func function<Function>(_ name: String) -> Function? {
        dlsym(nil, name).map { unsafeBitCast($0, to: Function.self) }
    }
}
