/// The characters that one place of a pattern matches.
struct ScalarSet: Equatable {
    private(set) var ranges: [ClosedRange<UInt32>]
    private var isInverted = false

    /// Creates the set of the characters in these ranges.
    init(_ ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }

    /// Creates the set of one character.
    init(_ scalar: Unicode.Scalar) { self.init([scalar.value...scalar.value]) }

    /// All characters that are not in the set.
    var inverted: ScalarSet {
        var set = self
        set.isInverted.toggle()
        return set
    }

    /// Adds the characters of a set that is not inverted.
    mutating func add(_ other: ScalarSet) { ranges += other.ranges }

    /// Returns whether the set has a character; with `ignoringCase` also whether it has the same letter in the other case.
    func contains(_ scalar: Unicode.Scalar, ignoringCase: Bool) -> Bool {
        let isFound =
            has(scalar)
            || (ignoringCase && (has(scalar.other(\.lowercaseMapping)) || has(scalar.other(\.uppercaseMapping))))
        return isFound != isInverted
    }

    private func has(_ scalar: Unicode.Scalar) -> Bool { ranges.contains { $0.contains(scalar.value) } }

    /// The characters other than a line feed.
    static let any = ScalarSet("\n").inverted
    /// The digits 0 to 9.
    static let digits = ScalarSet([0x30...0x39])
    /// The letters A to Z and a to z, the digits and the underscore.
    static let words = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// The space, the tab and the ends of lines and pages.
    static let spaces = ScalarSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
}

extension Unicode.Scalar {
    /// Returns the character in another case if that is one character, and this one otherwise.
    fileprivate func other(_ mapping: KeyPath<Unicode.Scalar.Properties, String>) -> Unicode.Scalar {
        let mapped = properties[keyPath: mapping].unicodeScalars
        return mapped.count == 1 ? mapped.first ?? self : self
    }
}
