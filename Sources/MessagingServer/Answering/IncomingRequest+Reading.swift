import HTTPTypes
import MessagingContract

extension IncomingRequest {
    /// The token of an `Authorization: Bearer` field, in any case; nil when there is none.
    var bearerToken: String? {
        let parts = (head.headerFields[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return parts[1].trimmingPrefix { $0 == " " }.isEmpty ? nil : String(parts[1].trimmingPrefix { $0 == " " })
    }

    /// Reads the body that an operation takes. Throws 415 for another media type and 413 for one that is too large.
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
            return try await body(limit)
        case .form(let limit):
            guard mediaType == "application/x-www-form-urlencoded" else { throw .unsupportedMediaType }
            return try await body(limit)
        }
    }

    private var mediaType: String? {
        head.headerFields[.contentType].map { field in
            let type = field.prefix { $0 != ";" }
            return type.filter { !$0.isWhitespace }.lowercased()
        }
    }
}
