import MessagingFiles
import MessagingSDK

/// A condition on objects in the language of the option `--filter`.
///
/// One condition is `PATH OPERATOR VALUE`, such as `event.typing.on.inbound == Enabled`. Conditions are joined with `and` and `or`; `and`
/// binds tighter. A value with spaces is in single or double quotes.
struct Filter {
    private let alternatives: [[FilterCondition]]

    /// Reads a filter of objects with these fields. Throws a failure that names the column of a fault.
    init(_ text: String, _ declared: DeclaredField) throws(Failure) {
        var reader = FilterReader(text)
        var alternatives: [[FilterCondition]] = [[]]
        repeat {
            alternatives[alternatives.count - 1].append(try reader.condition(declared))
            guard let word = try reader.conjunction() else { break }
            if word == .or { alternatives.append([]) }
        } while true
        self.alternatives = alternatives
    }

    /// Returns whether an object fulfills the condition.
    func matches(_ object: JSON) -> Bool {
        alternatives.contains { conditions in conditions.allSatisfy { $0.matches(object) } }
    }
}
