import ArgumentParser
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
        help: "The fields to show, such as name,content.story, with commas between them.",
        completion: Completions.fields
    )
    var fields: String?

    /// Returns the fields to show; nil if none are named. Throws a failure for a field that is not declared.
    func chosen(_ declared: DeclaredField) throws(Failure) -> [String]? {
        guard let fields else { return nil }
        let names = fields.split(separator: ",").map(String.init)
        for name in names { _ = try declared.field(at: name) }
        return names
    }
}
