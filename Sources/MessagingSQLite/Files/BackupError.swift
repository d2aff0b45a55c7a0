import MessagingCore

/// The reason why a backup or a restoration failed, in one line for a terminal. Nothing was changed.
public struct BackupError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line.
    public let description: String

    /// Creates an error with this line.
    public init(_ description: String) {
        self.description = description.line()
    }
}
