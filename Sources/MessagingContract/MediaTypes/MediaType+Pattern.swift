extension MediaType {
    /// The greatest length of a media type in a profile.
    package static let maximumLength = 255

    /// Returns whether a text is `*/*`, `type/*` or `type/subtype`, with tokens as parts.
    static func isPattern(_ text: String) -> Bool { text.withBytes { $0.isPattern } }
}

extension UnsafeBufferPointer<UInt8> {
    /// The position of the slash if the text is two tokens without `*`, separated by one slash; nil otherwise.
    @inlinable
    package var slashOfConcreteType: Int? {
        var slash: Int?
        for index in 0..<count where !self[index].isToken || self[index] == UInt8(ascii: "*") {
            guard self[index] == UInt8(ascii: "/"), slash == nil, index > 0, index + 1 < count else { return nil }
            slash = index
        }
        return slash
    }

    /// Whether the text is `*/*`, `type/*` or `type/subtype`. The parts are tokens that contain no further `*`.
    fileprivate var isPattern: Bool {
        let star = UInt8(ascii: "*")
        guard count >= 3, self[count - 1] == star, self[count - 2] == UInt8(ascii: "/") else {
            return slashOfConcreteType != nil
        }
        let type = self[..<(count - 2)]
        return type.elementsEqual(CollectionOfOne(star)) || type.allSatisfy { $0.isToken && $0 != star }
    }
}
