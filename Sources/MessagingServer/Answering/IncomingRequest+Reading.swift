import HTTPTypes
import MessagingContract

extension IncomingRequest {
    /// The token of an `Authorization: Bearer` field, in any case; nil when there is none.
    var bearerToken: String? {
        let parts = (head.headerFields[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return parts[1].trimmingPrefix { $0 == " " }.isEmpty ? nil : String(parts[1].trimmingPrefix { $0 == " " })
    }

    /// Reads the body that an operation takes; one that it reads while it comes is left to its handler. Throws 415 for another media
    /// type and 413 for one that is too large.
    func body(of operation: APIOperation) async throws(APIError) -> [UInt8] {
        switch operation.body {
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
            let type = field.prefix { $0 != ";" }
            return type.filter { !$0.isWhitespace }.lowercased()
        }
    }
}
