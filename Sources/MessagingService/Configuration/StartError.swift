import MessagingCore

/// The reason why a server or a command did not start, in one line for a terminal.
///
/// The line may have values from outside. So characters that a terminal would not show are escaped, and a long line is shortened.
public struct StartError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line.
    public let description: String

    /// Creates an error with this text, as one line.
    public init(_ description: String) { self.description = description.line() }
}
