import MessagingCore

/// Why a backup was not made, or a file not restored, in one line for a terminal. Nothing was changed.
public struct BackupError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line.
    public let description: String

    /// An error with this line.
    public init(_ description: String) {
        self.description = description.line()
    }
}
