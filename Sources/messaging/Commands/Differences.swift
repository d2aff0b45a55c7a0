import ArgumentParser
import MessagingFiles

/// The exit of a command that looks for differences. If it has found some, its exit code says so even if the reader of its output has gone.
enum Differences {
    /// Shows what was found. If there are differences, ends the program with the exit code for them.
    static func end(found: Bool, show: () throws -> Void) throws {
        try self.show(found: found, show: show)
        if found { throw code }
    }

    /// Shows what was found, and returns if more may follow. Ends the program if the reader of its output has gone.
    static func show(found: Bool, show: () throws -> Void) throws {
        do {
            try show()
        } catch is Terminal.OutputClosed where found {
            throw code
        }
    }

    private static var code: ExitCode { ExitCode(Exit.differences.rawValue) }
}
