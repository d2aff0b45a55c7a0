import Foundation
import NIOCore

extension IOError {
    /// The system's own words, `Address already in use`.
    var words: String { String(cString: strerror(errnoCode)) }
}
