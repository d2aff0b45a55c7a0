import ArgumentParser
import MessagingFiles

/// The end of a command that shows what it would change, and changes nothing.
enum DryRun {
    /// Prints the differences, and a note on a change that they do not show. If there is either, ends the program with the exit code for
    /// differences.
    static func show(_ difference: Difference, note: String? = nil) throws {
        let lines = difference.lines(styled: Printer.isStyled) + [note].compactMap(\.self)
        try Differences.end(found: !lines.isEmpty) { try Terminal.print(lines.joined(separator: "\n")) }
    }
}
