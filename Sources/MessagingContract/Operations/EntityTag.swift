/// A strong entity tag (RFC 9110, section 8.8.3). Two responses with the same tag have the same bytes.
public struct EntityTag: Hashable, Sendable {
    /// The tag without its quotes; every character is an `etagc` of RFC 9110.
    public let opaque: String

    /// Creates a tag from the text between its quotes. Each byte that a tag cannot contain, such as a space, a quote or a line end, is
    /// percent-encoded.
    public init(opaque: String) {
        var opaque = opaque
        self.opaque = opaque.withUTF8 { $0.allSatisfy(Self.isOpaque) } ? opaque : Self.encoded(opaque)
    }

    /// The tag with its quotes, as in a header field.
    public var field: String { "\"\(opaque)\"" }

    /// Returns whether a byte of UTF-8 is part of an `etagc`: visible ASCII except the quote, or `obs-text`.
    private static func isOpaque(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != UInt8(ascii: "\"") && byte != 0x7F
    }

    private static func encoded(_ text: String) -> String {
        text.unicodeScalars.map { $0.utf8.allSatisfy(isOpaque) ? String($0) : String($0).percentEncoded }.joined()
    }
}

/// The condition in `If-Match` and `If-None-Match` that an object must fulfill before a request is carried out.
public struct Precondition: Hashable, Sendable {
    private let match: Tags?
    private let noneMatch: Tags?

    /// Reads the two fields; nil means absent. Throws a 400 for a field that is neither `*` nor a list of entity tags.
    public init(ifMatch: String?, ifNoneMatch: String?) throws(APIError) {
        match = try Self.tags(ifMatch, "If-Match")
        noneMatch = try Self.tags(ifNoneMatch, "If-None-Match")
    }

    private init(match: Tags?, noneMatch: Tags?) {
        self.match = match
        self.noneMatch = noneMatch
    }

    /// Throws a 412 if the object does not fulfill the condition. `current` is the tag of the object, or nil if there is none.
    public func check(_ current: EntityTag?) throws(APIError) {
        if let match, !match.contains(current, weakly: false) { throw .preconditionFailed }
        if let noneMatch, noneMatch.contains(current, weakly: true) { throw .preconditionFailed }
    }

    /// Returns whether the client already has the object with this tag, so that the response can be a 304.
    public func isNotModified(_ current: EntityTag) -> Bool { noneMatch?.contains(current, weakly: true) ?? false }

    /// The part of the condition that refuses a read: `If-Match`.
    public var forReading: Precondition { Precondition(match: match, noneMatch: nil) }

    private static func tags(_ field: String?, _ name: String) throws(APIError) -> Tags? {
        guard let field else { return nil }
        guard let tags = Tags(field) else { throw .badRequest("The field \(name) is not a list of entity tags.") }
        return tags
    }
}

/// The tags in one of the fields. They are parsed in place at each comparison, since a field usually has one tag and is used once.
private struct Tags: Hashable, Sendable {
    private let field: String
    private let isAny: Bool

    /// Returns nil for a field that is neither `*` nor a list of entity tags.
    init?(_ field: String) {
        self.field = field
        isAny = field.utf8.last == UInt8(ascii: "*") && field.utf8.dropLast().allSatisfy(Self.isBetween)
        guard isAny || Self.look(for: "", in: field, weakly: false) != nil else { return nil }
    }

    func contains(_ tag: EntityTag?, weakly: Bool) -> Bool {
        guard let tag else { return false }
        return isAny || Self.look(for: tag.opaque, in: field, weakly: weakly) == true
    }

    /// Returns whether a list contains a tag, or nil if the text is not a list of tags.
    private static func look(for tag: String, in field: String, weakly: Bool) -> Bool? {
        var (tag, field) = (tag, field)
        return field.withUTF8 { field in tag.withUTF8 { tag in look(for: tag, in: field, weakly: weakly) } }
    }

    private static func look(
        for tag: UnsafeBufferPointer<UInt8>,
        in field: UnsafeBufferPointer<UInt8>,
        weakly: Bool
    ) -> Bool? {
        let quote = UInt8(ascii: "\"")
        var found = false
        var position = 0
        while position < field.count {
            if isBetween(field[position]) {
                position += 1
                continue
            }
            let isWeak = field[position] == UInt8(ascii: "W")
            if isWeak {
                guard position + 1 < field.count, field[position + 1] == UInt8(ascii: "/") else { return nil }
                position += 2
            }
            guard position < field.count, field[position] == quote else { return nil }
            position += 1
            let start = position
            var isSame = weakly || !isWeak
            while position < field.count, field[position] != quote {
                let place = position - start
                isSame = isSame && place < tag.count && tag[place] == field[position]
                position += 1
            }
            guard position < field.count else { return nil }
            found = found || (isSame && position - start == tag.count)
            position += 1
            while position < field.count, isBlank(field[position]) { position += 1 }
            guard position == field.count || field[position] == UInt8(ascii: ",") else { return nil }
        }
        return found
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    private static func isBetween(_ byte: UInt8) -> Bool { isBlank(byte) || byte == UInt8(ascii: ",") }
}
