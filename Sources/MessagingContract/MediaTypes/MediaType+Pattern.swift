extension MediaType {
    /// The longest type that may stand in a profile, in bytes.
    package static let maximumLength = 255

    /// Whether a text may stand in a profile: `*/*`, or a token and behind its slash another one or `*`.
    static func isPattern(_ text: String) -> Bool {
        text.utf8.withBytes { $0.count <= maximumLength && $0.isPattern }
    }
}

extension String.UTF8View {
    /// Reads the bytes where they are; a string that is not stored as UTF-8 is copied.
    @inlinable
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withContiguousStorageIfAvailable(body) ?? Array(self).withUnsafeBufferPointer(body)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The position of the slash; nil unless the text is two tokens with one between them, neither with a `*`.
    @inlinable
    package var slashOfConcreteType: Int? {
        var slash: Int?
        for index in 0..<count where !self[index].isToken || self[index] == UInt8(ascii: "*") {
            guard self[index] == UInt8(ascii: "/"), slash == nil, index > 0, index + 1 < count else { return nil }
            slash = index
        }
        return slash
    }

    /// Whether the text is `*/*`, or two tokens with a slash between them, of which only the second may have a `*`, and then no more.
    fileprivate var isPattern: Bool {
        let star = UInt8(ascii: "*")
        guard count >= 3, self[count - 1] == star, self[count - 2] == UInt8(ascii: "/") else {
            return slashOfConcreteType != nil
        }
        let type = self[..<(count - 2)]
        return type.elementsEqual(CollectionOfOne(star)) || type.allSatisfy { $0.isToken && $0 != star }
    }
}

extension UInt8 {
    /// The byte of the lowercase letter for that of an uppercase ASCII letter, and every other byte unchanged.
    @inlinable
    package var lowercaseASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }

    /// Whether a token of RFC 9110 may contain the byte.
    @inlinable
    package var isToken: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "^")...UInt8(ascii: "z"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "!"),
            UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "|"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
