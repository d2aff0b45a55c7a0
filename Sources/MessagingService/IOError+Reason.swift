import Foundation
import NIOCore

extension IOError {
    /// The system's message, such as `Address already in use`.
    var reason: String { String(cString: strerror(errnoCode)) }
}
