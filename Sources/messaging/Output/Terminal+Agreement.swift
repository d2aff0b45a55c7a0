extension Terminal {
    /// Asks a person a question, and returns whether the answer is yes. Anything else, also the end of the input, is no.
    static func agrees(to question: String) -> Bool {
        ask("\(question) [y/N]").map { ["y", "yes"].contains($0.lowercased()) } ?? false
    }
}
