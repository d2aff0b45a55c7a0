package import Foundation
import HTTPTypes

/// The parts of an address that the head of a request needs.
struct Origin: Sendable {
    private let scheme: String
    private let authority: String
    private let path: String

    /// Returns nil if the address has no scheme or no host, or a port that is not 1 to 65535, which would trap in a transport.
    init?(_ url: URL) {
        guard let scheme = url.scheme, let host = url.host(), !host.isEmpty, url.hasPossiblePort else { return nil }
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

extension URL {
    /// Whether the URL has no port, or one of 1 to 65535. A number that is too large for an integer is no port for Foundation.
    package var hasPossiblePort: Bool {
        if let port { return (1...65_535).contains(port) }
        let authority = absoluteString.drop { $0 != ":" }.dropFirst(3).prefix { !"/?#".contains($0) }
        let name = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return name.split(separator: "]").last?.wholeMatch(of: /.*:[0-9]+/) == nil
    }
}
