/// What an export has written.
package struct WritingReport: Equatable, Sendable {
    /// The environment variables that the files name in place of secrets.
    package var variables: [String]
    /// Sentences without their ends about what the files do not have as the organization has it.
    package var notes: [String]

    /// Creates a report.
    package init(variables: [String], notes: [String] = []) {
        self.variables = variables
        self.notes = notes
    }
}
