import MessagingContract
import MessagingCore

extension IncomingRequest {
    /// The place of the token of an `Authorization: Bearer` field, whose scheme may have any letter case; nil if there is none.
    func bearerToken(in bytes: Span<UInt8>) -> Range<Int>? {
        guard let value = head.authorization else { return nil }
        var start = value.lowerBound + 7
        guard start < value.upperBound, bytes.matches(value.lowerBound..<start, "bearer ") else { return nil }
        while start < value.upperBound, bytes[start] == UInt8(ascii: " ") { start += 1 }
        return start < value.upperBound ? start..<value.upperBound : nil
    }

    /// Throws a 415 if the operation does not accept the media type of the body.
    func checkMediaType(_ rule: BodyRule) throws(APIError) {
        switch rule {
        case .none:
            break
        case .json:
            if let type = mediaType, type != "application/json", !Self.isJSON(type) { throw .unsupportedMediaType }
        case .form:
            guard mediaType == "application/x-www-form-urlencoded" else { throw .unsupportedMediaType }
        case .stream(_, let mediaTypes):
            guard let mediaType, mediaTypes.contains(mediaType) else { throw .unsupportedMediaType }
        }
    }

    /// Returns the owner of the body: the caller, or the address without one.
    func bodyOwner(_ caller: Caller?) -> BodyOwner {
        if let caller { return .client(caller.clientID, organization: caller.organizationID) }
        return .address(address.flatMap { NetworkAddress($0)?.site } ?? 0)
    }

    /// Returns whether a media type has the suffix of JSON (RFC 6839): `application/`, a name without a slash, `+json`.
    private static func isJSON(_ type: String) -> Bool {
        let (start, end) = ("application/", "+json")
        guard type.hasPrefix(start), type.hasSuffix(end) else { return false }
        let name = type.dropFirst(start.count).dropLast(end.count)
        return !name.isEmpty && !name.contains("/")
    }

    /// The media type of the body in lower case, without parameters; nil if the request does not state it.
    var mediaType: String? {
        head[.contentType].map { field in
            if field == "application/json" { return field }
            let type = field.prefix { $0 != ";" }
            return type.filter { !$0.isWhitespace }.lowercased()
        }
    }
}
