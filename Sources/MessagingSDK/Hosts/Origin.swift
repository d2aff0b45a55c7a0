import Foundation
import HTTPTypes

/// The parts of an address that the head of a request needs.
struct Origin: Sendable {
    private let scheme: String
    private let authority: String
    private let path: String

    /// Returns nil if the address has no scheme or no host.
    init?(_ url: URL) {
        guard let scheme = url.scheme, let host = url.host(), !host.isEmpty else { return nil }
        let name = host.contains(":") ? "[\(host)]" : host
        self.scheme = scheme
        authority = url.port.map { "\(name):\($0)" } ?? name
        path = url.path().hasSuffix("/") ? String(url.path().dropLast()) : url.path()
    }

    /// Returns the head of a request to a path below the address.
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
