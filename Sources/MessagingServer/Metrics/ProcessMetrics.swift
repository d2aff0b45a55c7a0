import Foundation

/// This process, and what it was built from.
package struct ProcessMetrics: Sendable {
    /// When it started, in seconds since 1970.
    let start = Date().timeIntervalSince1970
    /// What it was built from; a release has its number here.
    static let version = "unreleased"
    /// How it was built.
    static var configuration: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }

    /// Bytes of memory that are in use; nil where the system does not tell in the way of Linux.
    package static var residentBytes: Int? {
        guard let file = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = file.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
