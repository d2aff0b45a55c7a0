import ArgumentParser

/// A form of the output of a command.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    /// Aligned columns.
    case table
    /// The API's own objects as JSON.
    case json
    /// The same objects as YAML.
    case yaml
    /// Comma-separated values.
    case csv
    /// Names only, one on a line.
    case name
}

extension OutputFormat {
    /// Returns whether a command line selects JSON. It is also used for a command line that cannot be parsed.
    static func isJSON(_ arguments: [String]) -> Bool {
        let joined = ["-ojson", "-o=json", "--output=json"]
        return arguments.contains(where: joined.contains)
            || zip(arguments, arguments.dropFirst()).contains { ["-o", "--output"].contains($0) && $1 == "json" }
    }
}
