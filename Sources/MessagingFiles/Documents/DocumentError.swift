/// The reason why a document cannot be read, with its place.
package struct DocumentError: Error, Equatable {
    /// What is wrong.
    package let reason: String
    /// The line, from 1.
    package let line: Int
    /// The column, from 1.
    package let column: Int
}

extension DocumentError {
    /// Returns the failure for a document in this form. It names the document and the place.
    package func failure(_ name: String, _ format: DocumentFormat) -> Failure {
        Failure(
            .failed,
            "file.not.\(format.rawValue)",
            "\(name) is not \(format.rawValue.uppercased()): \(reason), line \(line), column \(column)"
        )
    }
}
