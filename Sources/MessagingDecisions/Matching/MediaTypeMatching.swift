public import MessagingContract

extension MediaTypes {
    /// Returns the entry that allows this media type in this direction, or nil if it is blocked.
    ///
    /// It is the first entry in the direction's list that is the type itself, `type/*` or `*/*`. The comparison ignores letter case,
    /// parameters (all text from the first `;`) and white space around the type. These cases are blocked:
    /// - the direction's list is absent or empty, or the direction is unknown;
    /// - the text is not one concrete type, such as `image/*` or `png`. It matches no entry, not even `*/*` (our reading).
    public func entry(for mediaType: String, _ direction: MessageDirection) -> MediaType? {
        let list = list(direction)
        return list.firstMatch(for: mediaType).map { list[$0] }
    }

    /// Returns the entries for a direction, in order. The list is empty if the direction has none.
    package func list(_ direction: MessageDirection) -> [MediaType] {
        switch direction {
        case .inbound: allow?.inbound ?? []
        case .outbound: allow?.outbound ?? []
        default: []
        }
    }
}

extension [MediaType] {
    /// Returns the position of the first entry that allows this media type, or nil if none does.
    package func firstMatch(for mediaType: String) -> Int? {
        mediaType.withBytes { bytes in
            let type = bytes.essence
            guard let slash = type.slashOfConcreteType else { return nil }
            for index in indices where self[index].type.withBytes({ $0.essence.admits(type, slash: slash) }) {
                return index
            }
            return nil
        }
    }
}

extension MediaType {
    /// Returns whether a text is one concrete type, `type/subtype`, apart from parameters and surrounding white space.
    package static func isConcrete(_ text: String) -> Bool {
        text.withBytes { $0.essence.slashOfConcreteType != nil }
    }

    /// Returns a text without its parameters and without the white space around the rest.
    static func essence(of text: String) -> String {
        text.withBytes { String(decoding: $0.essence, as: UTF8.self) }
    }
}

extension UnsafeBufferPointer<UInt8> {
    private static var star: UInt8 { UInt8(ascii: "*") }
    private static var slash: UInt8 { UInt8(ascii: "/") }

    /// The text without its parameters and without the white space around the rest.
    var essence: Self {
        var (start, end) = (0, 0)
        while end < count, self[end] != UInt8(ascii: ";") { end += 1 }
        while start < end, self[end - 1].isWhiteSpace { end -= 1 }
        while start < end, self[start].isWhiteSpace { start += 1 }
        return Self(rebasing: self[start..<end])
    }

    /// Returns whether this entry is `*/*`, the same as `type`, or `type/*` for the part of `type` up to its slash. Letter case is ignored.
    fileprivate func admits(_ type: Self, slash: Int) -> Bool {
        if count == type.count, begins(as: type, through: count) { return true }
        guard count > 0, self[count - 1] == Self.star else { return false }
        if count == 3, self[0] == Self.star, self[1] == Self.slash { return true }
        return count == slash + 2 && begins(as: type, through: count - 1)
    }

    private func begins(as other: Self, through length: Int) -> Bool {
        for index in 0..<length where self[index] != other[index] {
            guard self[index].lowercaseASCII == other[index].lowercaseASCII else { return false }
        }
        return true
    }
}

extension UInt8 {
    /// Whether the byte is a space, tab, line feed or carriage return.
    fileprivate var isWhiteSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
