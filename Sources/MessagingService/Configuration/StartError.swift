/// Why a server or a command did not start, in one line for a terminal.
public struct StartError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line.
    public let description: String

    /// An error with this line.
    public init(_ description: String) { self.description = description }
}
