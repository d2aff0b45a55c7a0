package import struct Foundation.Date

/// A place that keeps the token of an OAuth client between the runs of a program, so that a program that runs often needs few tokens.
package protocol TokenKeeper: Sendable {
    /// Returns the kept token and the time at which it expires; nil if none is kept.
    func keptToken() -> (token: String, expires: Date)?

    /// Keeps a token that expires then, if that is possible.
    func keep(_ token: String, until expires: Date)
}
