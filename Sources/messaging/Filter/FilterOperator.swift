/// An operator of a filter.
enum FilterOperator: String, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case atMost = "<="
    case atLeast = ">="
    case less = "<"
    case greater = ">"
    /// A text that contains the value, or an array with an element that is the value.
    case contains
    /// A text, or an array with an element, in which the regular expression is found.
    case match

    /// Whether the values of a field are compared, so that they must have its type.
    var compares: Bool { self != .contains && self != .match }

    /// The operators that are signs, the longest first, with the synonym of `match`.
    static let signs: [(sign: String, value: FilterOperator)] =
        allCases.filter(\.compares).map { ($0.rawValue, $0) } + [(synonym, .match)]

    /// All operators as a filter has them.
    static let words = allCases.map(\.rawValue) + [synonym]

    private static let synonym = "~"
}

/// A word between two conditions of a filter.
enum FilterConjunction: String {
    case and
    case or
}
