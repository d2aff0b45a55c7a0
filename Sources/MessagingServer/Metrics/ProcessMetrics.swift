import Foundation

/// This process.
package struct ProcessMetrics: Sendable {
    /// When it started, in seconds since 1970.
    let start = Date().timeIntervalSince1970

    /// Bytes of memory that are in use; nil where the system does not report them as Linux does.
    package static var residentBytes: Int? {
        guard let file = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = file.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
