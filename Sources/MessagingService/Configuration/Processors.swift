import Foundation
import NIOCore

/// The processors that this process can use.
package enum Processors {
    /// The number of processors on which it may run: those of the machine or the container, or fewer if it is pinned. Two event loops on
    /// one processor would take turns of milliseconds.
    package static var count: Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed:") })
        else { return System.coreCount }
        let pinned = line.dropFirst(13).reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
        return max(1, min(pinned, System.coreCount))
    }
}
