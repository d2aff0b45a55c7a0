/// A strong entity tag (RFC 9110, section 8.8.3): two answers with the same tag have the same bytes.
public struct EntityTag: Hashable, Sendable {
    /// The tag without its quotes: letters, digits and hyphens.
    public let opaque: String

    /// A tag by what stands between its quotes.
    public init(opaque: String) { self.opaque = opaque }

    /// The tag as it stands in a header field.
    public var field: String { "\"\(opaque)\"" }
}

/// What a request asks of the object before it is answered or changed: the fields `If-Match` and `If-None-Match`.
public struct Precondition: Hashable, Sendable {
    private let match: Tags?
    private let noneMatch: Tags?

    /// Reads the two fields, nil where one is absent. Throws 400 for one that is neither `*` nor a list of entity tags.
    public init(ifMatch: String?, ifNoneMatch: String?) throws(APIError) {
        match = try Self.tags(ifMatch, "If-Match")
        noneMatch = try Self.tags(ifNoneMatch, "If-None-Match")
    }

    private init(match: Tags?, noneMatch: Tags?) {
        self.match = match
        self.noneMatch = noneMatch
    }

    /// Throws 412 when the object is not as the request asks; `current` is its tag, nil when there is no object.
    public func check(_ current: EntityTag?) throws(APIError) {
        if let match, !match.contains(current, weakly: false) { throw .preconditionFailed }
        if let noneMatch, noneMatch.contains(current, weakly: true) { throw .preconditionFailed }
    }

    /// Whether a reader already has the object with this tag, so that it need not be sent again.
    public func isNotModified(_ current: EntityTag) -> Bool { noneMatch?.contains(current, weakly: true) ?? false }

    /// The part of the precondition that a reader can fail: `If-Match`.
    public var forReading: Precondition { Precondition(match: match, noneMatch: nil) }

    private static func tags(_ field: String?, _ name: String) throws(APIError) -> Tags? {
        guard let field else { return nil }
        guard let tags = Tags(field) else { throw .badRequest("The field \(name) is not a list of entity tags.") }
        return tags
    }
}

/// The tags that one of the fields lists. They are read where they stand, for mostly there is one, and it is looked at once.
private struct Tags: Hashable, Sendable {
    private let field: String
    private let isAny: Bool

    /// Nil for a field that is neither `*` nor a list of entity tags.
    init?(_ field: String) {
        self.field = field
        isAny = field.utf8.drop(while: Self.isBetween).elementsEqual("*".utf8)
        guard isAny || Self.scan(field, { _, _ in }) else { return nil }
    }

    func contains(_ tag: EntityTag?, weakly: Bool) -> Bool {
        guard let tag else { return false }
        var found = isAny
        if !isAny {
            _ = Self.scan(field) { each, isWeak in
                found = found || ((weakly || !isWeak) && each.elementsEqual(tag.opaque.utf8))
            }
        }
        return found
    }

    /// Shows each tag of a list, without its quotes, and whether it is weak. Answers whether the field is a list to its end.
    private static func scan(_ field: String, _ visit: (_ tag: UnsafeBufferPointer<UInt8>.SubSequence, Bool) -> Void)
        -> Bool
    {
        var field = field
        return field.withUTF8 { bytes in
            var position = 0
            func skip(_ belongs: (UInt8) -> Bool) {
                while position < bytes.count, belongs(bytes[position]) { position += 1 }
            }
            skip(isBetween)
            while position < bytes.count {
                let isWeak = bytes[position...].starts(with: "W/".utf8)
                if isWeak { position += 2 }
                guard position < bytes.count, bytes[position] == quote else { return false }
                let start = position + 1
                position = start
                skip { $0 != quote }
                guard position < bytes.count else { return false }
                visit(bytes[start..<position], isWeak)
                position += 1
                skip(isBlank)
                guard position == bytes.count || bytes[position] == comma else { return false }
                skip(isBetween)
            }
            return true
        }
    }

    private static var quote: UInt8 { UInt8(ascii: "\"") }
    private static var comma: UInt8 { UInt8(ascii: ",") }
    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    private static func isBetween(_ byte: UInt8) -> Bool { isBlank(byte) || byte == comma }
}
