import ArgumentParser
import Foundation
import MessagingFiles
import MessagingSDK

/// The options of a command that select the form of its output.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: "The form of the output. (default: table on a terminal, tab-separated elsewhere)"
    )
    var format: OutputFormat?
    @Flag(help: "Leave out the names of the columns.") var noHeader = false

    /// The printer of this output.
    var printer: Printer { Printer(format: format, header: !noHeader) }
}

/// The option of a command that selects fields of its output.
struct FieldOptions: ParsableArguments {
    @Option(
        help:
            "The fields to show, such as name,content.story, with commas between them. JSON and YAML have only these, too.",
        completion: Completions.fields
    )
    var fields: String?

    /// Returns the fields to show; nil if none are named. Throws a failure for a field that is not declared, for an empty name, and for an output
    /// of names only.
    func chosen(_ declared: DeclaredField, for output: OutputOptions) throws(Failure) -> [String]? {
        guard let fields else { return nil }
        guard output.format != .name else {
            throw .usage("--fields does not go with -o name, which shows names only", next: "Leave one of them out.")
        }
        let names = fields.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        guard !names.contains("") else {
            throw .usage("--fields has an empty name", next: "Give names with commas between them, such as name,id.")
        }
        for name in names { _ = try declared.field(at: name) }
        return names
    }
}
