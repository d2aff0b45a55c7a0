import MessagingFiles
import MessagingSDK
import StandardStreams
import Synchronization

/// Something that a person should change, and that does not stop a command.
struct Warning: Equatable {
    /// A name of the reason for programs.
    let code: String
    /// A sentence without its end that says what is wrong.
    let message: String
    /// A sentence that says what to do.
    let next: String

    private static let isShown = Mutex(false)

    /// Shows the warning on standard error, unless the program has shown one so before.
    func showOnce() {
        let isFirst = Self.isShown.withLock { isShown in
            defer { isShown = true }
            return !isShown
        }
        if isFirst { show() }
    }

    /// Shows the warning on standard error: as an object if the errors of the command are objects.
    func show(isJSON: Bool = OutputFormat.isJSON(CommandLine.arguments)) {
        let object: JSON = ["code": .string(code), "warning": .string(message), "next": .string(next)]
        Terminal.complain(isJSON ? object.shownOnOneLine : "messaging: warning: \(message.visible). \(next.visible)")
    }
}
