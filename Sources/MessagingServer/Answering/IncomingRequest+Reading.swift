import HTTPTypes
import MessagingContract

extension IncomingRequest {
    /// The token of an `Authorization: Bearer` field, in any case; nil when there is none.
    var bearerToken: String? {
        let blank = UInt8(ascii: " ")
        guard let parts = head.headerFields[.authorization]?.utf8.split(separator: blank, maxSplits: 1),
            parts.count == 2,
            Substring(parts[0]).lowercased() == "bearer"
        else { return nil }
        let token = parts[1].drop { $0 == blank }
        return token.isEmpty ? nil : String(Substring(token))
    }

    /// Reads the body that an operation takes; one that it reads while it comes is left to its handler. Throws 415 for another media
    /// type and 413 for one that is too large.
    func body(_ rule: BodyRule) async throws(APIError) -> [UInt8] {
        switch rule {
        case .none:
            return []
        case .json(let limit):
            let type = mediaType
            guard type == nil || type == "application/json" || type?.wholeMatch(of: /application\/[^\/]+\+json/) != nil
            else {
                throw .unsupportedMediaType
            }
            return try await body.bytes(limit: limit)
        case .form(let limit):
            guard mediaType == "application/x-www-form-urlencoded" else { throw .unsupportedMediaType }
            return try await body.bytes(limit: limit)
        case .stream(_, let mediaTypes):
            guard let mediaType, mediaTypes.contains(mediaType) else { throw .unsupportedMediaType }
            return []
        }
    }

    /// The media type of the body in lower case, without parameters; nil when the request does not tell it.
    var mediaType: String? {
        head.headerFields[.contentType].map { field in
            if field == "application/json" { return field }
            let type = field.prefix { $0 != ";" }
            return type.filter { !$0.isWhitespace }.lowercased()
        }
    }
}
