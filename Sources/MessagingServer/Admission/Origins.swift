import HTTPTypes
import MessagingContract

/// The web origins whose pages may call the server (CORS). There are none unless configured. They are compared exactly.
struct Origins: Sendable {
    private let allowed: Set<String>

    init(_ allowed: Set<String>) { self.allowed = allowed }

    /// Whether responses depend on the origin of the request.
    var responsesVary: Bool { !allowed.isEmpty }

    /// Adds the header fields that state which parts of a response a browser's page may read.
    func expose(_ request: HTTPRequest, in fields: inout HTTPFields) {
        guard responsesVary else { return }
        fields.append(HTTPField(name: .vary, value: "Origin"))
        guard let origin = origin(of: request) else { return }
        fields[.accessControlAllowOrigin] = origin
        fields[.accessControlExposeHeaders] = Self.exposed
    }

    /// Returns the header fields that state what a browser's page may send to a path with these methods. A browser requests them with
    /// OPTIONS.
    func preflight(_ request: HTTPRequest, methods: [HTTPRequest.Method]) -> HTTPFields {
        guard origin(of: request) != nil, request.headerFields[.accessControlRequestMethod] != nil else { return [:] }
        return [
            .accessControlAllowMethods: methods.map(\.rawValue).joined(separator: ", "),
            .accessControlAllowHeaders: Self.accepted, .accessControlMaxAge: "600",
        ]
    }

    private func origin(of request: HTTPRequest) -> String? {
        request.headerFields[.origin].flatMap { allowed.contains($0) ? $0 : nil }
    }

    private static let exposed = names([
        .correlationID, .genesysCorrelationID, .rateLimitCount, .rateLimitAllowed, .rateLimitReset, .eTag, .retryAfter,
    ])
    private static let accepted = names([
        .authorization, .contentType, .accept, .ifMatch, .ifNoneMatch, .idempotencyKey, .clientVersion,
    ])

    private static func names(_ names: [HTTPField.Name]) -> String { names.map(\.rawName).joined(separator: ", ") }
}
