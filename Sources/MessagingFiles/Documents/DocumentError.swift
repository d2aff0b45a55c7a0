/// The reason why a document cannot be read, with its place.
package struct DocumentError: Error, Equatable {
    /// What is wrong.
    package let reason: String
    /// The line, from 1.
    package let line: Int
    /// The column, from 1.
    package let column: Int
}
