/// The reason why a pattern cannot be read.
struct PatternError: Error, Equatable {
    /// What is wrong.
    let reason: String
    /// The place in the pattern, in Unicode scalars from 0.
    let offset: Int
}
