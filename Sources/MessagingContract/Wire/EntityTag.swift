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
    /// The tags that one of the fields lists.
    enum Tags: Hashable, Sendable {
        case any
        case these(strong: [String], weak: [String])
    }

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
        var rest = field.utf8[...]
        var strong: [String] = []
        var weak: [String] = []
        func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        func skip() { rest = rest.drop { isSpace($0) || $0 == UInt8(ascii: ",") } }
        skip()
        if rest.elementsEqual("*".utf8) { return .any }
        while !rest.isEmpty {
            let isWeak = rest.starts(with: "W/".utf8)
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.first == UInt8(ascii: "\""),
                let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\"")),
                let tag = String(rest[rest.index(after: rest.startIndex)..<end])
            else { throw .badRequest("The field \(name) is not a list of entity tags.") }
            if isWeak { weak.append(tag) } else { strong.append(tag) }
            rest = rest[rest.index(after: end)...]
            guard rest.allSatisfy(isSpace) || rest.drop(while: isSpace).first == UInt8(ascii: ",") else {
                throw .badRequest("The field \(name) is not a list of entity tags.")
            }
            skip()
        }
        return .these(strong: strong, weak: weak)
    }
}

extension Precondition.Tags {
    fileprivate func contains(_ tag: EntityTag?, weakly: Bool) -> Bool {
        guard let tag else { return false }
        switch self {
        case .any: return true
        case .these(let strong, let weak):
            return strong.contains(tag.opaque) || (weakly && weak.contains(tag.opaque))
        }
    }
}
