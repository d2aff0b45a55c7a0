public import MessagingContract

extension MediaTypes {
    /// The entry that lets a medium of this type pass in this direction; nil when it is blocked.
    ///
    /// It is the first of the direction's list that is the type itself, `type/*` or `*/*`. Letter case does not count, nor do
    /// parameters (all from the first `;`) and white space around the type. An absent or empty list blocks all, and so does a
    /// direction that is neither inbound nor outbound. What is not one concrete type, `image/*` or `png` say, matches no entry,
    /// not even `*/*` (our reading).
    public func entry(for mediaType: String, _ direction: MessageDirection) -> MediaType? {
        let list = list(direction)
        return list.firstMatch(for: mediaType).map { list[$0] }
    }

    /// The entries for a direction, in order; none where the direction has no list.
    package func list(_ direction: MessageDirection) -> [MediaType] {
        switch direction {
        case .inbound: allow?.inbound ?? []
        case .outbound: allow?.outbound ?? []
        default: []
        }
    }
}

extension [MediaType] {
    /// The position of the first entry that lets a medium of this type pass; nil when none does.
    package func firstMatch(for mediaType: String) -> Int? {
        mediaType.utf8.withBytes { bytes in
            let type = bytes.essence
            guard let slash = type.slashOfConcreteType else { return nil }
            for index in indices where self[index].type.utf8.withBytes({ $0.essence.admits(type, slash: slash) }) {
                return index
            }
            return nil
        }
    }
}

extension MediaType {
    /// Whether a text is one concrete type, `type/subtype`, when its parameters and the white space around it are left out.
    package static func isConcrete(_ text: String) -> Bool {
        text.utf8.withBytes { $0.essence.slashOfConcreteType != nil }
    }

    /// The text without its parameters and the white space around what is left.
    static func essence(of text: String) -> String {
        text.utf8.withBytes { String(decoding: $0.essence, as: UTF8.self) }
    }
}

extension UnsafeBufferPointer<UInt8> {
    private static var star: UInt8 { UInt8(ascii: "*") }
    private static var slash: UInt8 { UInt8(ascii: "/") }

    /// The text without parameters and the white space around what is left.
    var essence: Self {
        var (start, end) = (0, 0)
        while end < count, self[end] != UInt8(ascii: ";") { end += 1 }
        while start < end, self[end - 1].isWhiteSpace { end -= 1 }
        while start < end, self[start].isWhiteSpace { start += 1 }
        return Self(rebasing: self[start..<end])
    }

    /// Whether this is `*/*`, or the same as `type` but for letter case up to its end, or up to its slash with a `*` behind.
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
    /// Space, tab, line feed and carriage return.
    fileprivate var isWhiteSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
