import Foundation

/// The metrics of this process.
package struct ProcessMetrics: Sendable {
    /// The time of its start, in seconds since 1970.
    let start = Date().timeIntervalSince1970

    /// The number of bytes of memory in use; nil if the system does not report it as Linux does.
    package static var residentBytes: Int? {
        guard let file = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = file.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
