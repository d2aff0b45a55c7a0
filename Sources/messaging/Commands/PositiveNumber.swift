import ArgumentParser

/// Whole numbers of 1 or more on the command line.
enum PositiveNumber {
    /// Reads a number. Throws an error that states the range for anything else.
    static func read(_ text: String) throws -> Int {
        guard let number = Int(text), number > 0 else { throw ValidationError("It must be a whole number from 1.") }
        return number
    }
}
