import HTTPTypes
import MessagingContract
import MessagingCore

extension IncomingRequest {
    /// The token of an `Authorization: Bearer` field, whose scheme may have any letter case; nil if there is none.
    var bearerToken: String? {
        let blank = UInt8(ascii: " ")
        guard let parts = head.headerFields[.authorization]?.utf8.split(separator: blank, maxSplits: 1),
            parts.count == 2,
            Substring(parts[0]).lowercased() == "bearer"
        else { return nil }
        let token = parts[1].drop { $0 == blank }
        return token.isEmpty ? nil : String(Substring(token))
    }

    /// Reads the body that an operation accepts from this caller. A stream is left to the operation's handler.
    ///
    /// Throws:
    /// - a 415 for another media type,
    /// - a 413 for a body that is too large,
    /// - a 503 for a body for which there is no memory.
    func body(_ rule: BodyRule, of caller: Caller?) async throws(APIError) -> [UInt8] {
        switch rule {
        case .none:
            return []
        case .json(let limit):
            if let type = mediaType, type != "application/json", !Self.isJSON(type) { throw .unsupportedMediaType }
            return try await body.bytes(limit: limit, of: owner(caller))
        case .form(let limit):
            guard mediaType == "application/x-www-form-urlencoded" else { throw .unsupportedMediaType }
            return try await body.bytes(limit: limit, of: owner(caller))
        case .stream(_, let mediaTypes):
            guard let mediaType, mediaTypes.contains(mediaType) else { throw .unsupportedMediaType }
            return []
        }
    }

    private func owner(_ caller: Caller?) -> BodyOwner {
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
        head.headerFields[.contentType].map { field in
            if field == "application/json" { return field }
            let type = field.prefix { $0 != ";" }
            return type.filter { !$0.isWhitespace }.lowercased()
        }
    }
}
