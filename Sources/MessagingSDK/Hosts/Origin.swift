import Foundation
import HTTPTypes

/// An address as the head of a request has it.
struct Origin: Sendable {
    private let scheme: String
    private let authority: String
    private let path: String

    /// Nil when the address has no scheme or no host.
    init?(_ url: URL) {
        guard let scheme = url.scheme, let host = url.host(), !host.isEmpty else { return nil }
        let name = host.contains(":") ? "[\(host)]" : host
        self.scheme = scheme
        authority = url.port.map { "\(name):\($0)" } ?? name
        path = url.path().hasSuffix("/") ? String(url.path().dropLast()) : url.path()
    }

    /// The head of a request to a path below the address.
    func request(_ method: HTTPRequest.Method, _ target: String, _ fields: HTTPFields) -> HTTPRequest {
        HTTPRequest(
            method: method,
            scheme: scheme,
            authority: authority,
            path: path + target,
            headerFields: fields
        )
    }
}
