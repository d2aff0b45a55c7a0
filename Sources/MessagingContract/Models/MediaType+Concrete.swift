extension MediaType {
    /// The longest type that may stand in a profile, in bytes.
    package static let maximumLength = 255

    /// The one concrete type that a text names, in lower case and without parameters and the white space around it; nil when it names
    /// none. Two texts with the same type are let pass by the same entries.
    package static func concrete(_ text: String) -> String? {
        guard isConcrete(text) else { return nil }
        var bytes = Array(text.utf8.prefix { $0 != UInt8(ascii: ";") })
        bytes.removeAll { $0 <= 0x20 }
        for index in bytes.indices where (0x41...0x5A).contains(bytes[index]) { bytes[index] |= 0x20 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
