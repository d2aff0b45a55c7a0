extension String {
    /// Returns whether both have the same Unicode scalars, without normalization. The API compares names in the same way.
    func isExactly(_ other: String) -> Bool { unicodeScalars.elementsEqual(other.unicodeScalars) }
}
