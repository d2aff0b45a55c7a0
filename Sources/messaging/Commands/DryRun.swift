import ArgumentParser
import MessagingFiles

/// The end of a command that shows what it would change, and changes nothing.
enum DryRun {
    /// Prints the differences. If there are any, ends the program with the exit code for differences.
    static func show(_ difference: Difference) throws {
        try Terminal.print(difference.lines(styled: Printer.isStyled).joined(separator: "\n"))
        guard difference.isEmpty else { throw ExitCode(Exit.differences.rawValue) }
    }
}
