import MessagingFiles
import MessagingSDK

/// One condition of a filter: a field, an operator and a value.
struct FilterCondition {
    /// The path of the field.
    let path: [String]
    /// The operator.
    let `operator`: FilterOperator
    /// The value.
    let value: FilterValue
    /// The regular expression of the operator `match`; nil for all others.
    let pattern: Pattern?

    /// Returns whether an object fulfills the condition. A missing value is an empty text, and neither less nor greater than anything.
    func matches(_ object: JSON) -> Bool {
        let found = object.value(at: path) ?? .null
        switch `operator` {
        case .equal: return value.isEqual(to: found)
        case .notEqual: return !value.isEqual(to: found)
        case .atMost: return value.order(of: found).map { $0 <= 0 } ?? false
        case .atLeast: return value.order(of: found).map { $0 >= 0 } ?? false
        case .less: return value.order(of: found).map { $0 < 0 } ?? false
        case .greater: return value.order(of: found).map { $0 > 0 } ?? false
        case .contains:
            guard let elements = found.array else { return found.cell.utf8.contains(value.text.utf8) }
            return elements.contains { value.isEqual(to: .string(JSON.array([$0]).cell)) }
        case .match:
            guard let elements = found.array else { return isFound(in: found.cell) }
            return elements.contains { isFound(in: JSON.array([$0]).cell) }
        }
    }

    private func isFound(in text: String) -> Bool { pattern?.isFound(in: text) ?? false }
}
