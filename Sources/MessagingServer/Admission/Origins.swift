import HTTPTypes
import MessagingContract

/// The web origins whose pages may call the server (CORS). There are none unless configured. They are compared exactly.
struct Origins: Sendable {
    private let allowed: Set<String>

    init(_ allowed: Set<String>) { self.allowed = allowed }

    /// Returns what a web page may do with the response to this request; nil if no pages may call the server.
    func sharing(_ request: RequestHead) -> OutgoingResponse.Sharing? {
        allowed.isEmpty ? nil : OutgoingResponse.Sharing(origin: origin(of: request))
    }

    /// Adds the header fields that state what a browser's page may send to a path with these methods. A browser requests them with OPTIONS.
    func addPreflight(_ request: RequestHead, methods: [HTTPRequest.Method], to fields: inout HTTPFields?) {
        guard origin(of: request) != nil,
            !request.values(of: HTTPField.Name.accessControlRequestMethod.rawName).isEmpty
        else { return }
        fields.add(.accessControlAllowMethods, methods.map(\.rawValue).joined(separator: ", "))
        fields.add(.accessControlAllowHeaders, Self.accepted)
        fields.add(.accessControlMaxAge, "600")
    }

    private func origin(of request: RequestHead) -> String? {
        request[.origin].flatMap { allowed.contains($0) ? $0 : nil }
    }

    private static let accepted = [
        HTTPField.Name.authorization, .contentType, .accept, .ifMatch, .ifNoneMatch, .idempotencyKey, .clientVersion,
    ].map(\.rawName).joined(separator: ", ")
}
