import HTTPTypes
import MessagingContract
import NIOHTTP1

/// The length of a body, as its head states it.
enum BodyLength: Sendable, Equatable {
    case known(Int)
    case chunked
}

extension HTTPRequestHead {
    /// Returns the length of the body. Throws a 400 for a head that two readers could interpret as two different requests.
    func checkedLength() throws(APIError) -> BodyLength {
        var hosts = 0
        var authorizations = 0
        var length: Int?
        var isChunked = false
        for (name, value) in headers {
            switch name.lowercased() {
            case "host":
                hosts += 1
                if value.utf8.contains(where: { " \t,/@\\".utf8.contains($0) }) {
                    throw .malformed("Host is not a valid host")
                }
            case "authorization":
                authorizations += 1
            case "content-length":
                if length != nil { throw .malformed("it has more than one Content-Length") }
                guard let number = Int(value), number >= 0 else {
                    throw .malformed("Content-Length is not a valid length")
                }
                length = number
            case "transfer-encoding":
                if isChunked || value.lowercased() != "chunked" || version == .http1_0 {
                    throw .malformed("the only supported Transfer-Encoding is chunked, in HTTP/1.1")
                }
                isChunked = true
            default:
                break
            }
        }
        if let authority = RequestTarget(uri).server?.authority, authority.isEmpty || authority.hasPrefix(":") {
            throw .malformed("its target has no host")
        }
        if hosts > 1 || (hosts == 0 && version != .http1_0) { throw .malformed("it must have exactly one Host") }
        if authorizations > 1 { throw .malformed("it has more than one Authorization") }
        if isChunked, length != nil { throw .malformed("it has both Content-Length and Transfer-Encoding") }
        return isChunked ? .chunked : .known(length ?? 0)
    }

    /// Whether this request is the last one of its connection, because its client wants that or the parser reads none after it.
    var isLast: Bool {
        version == .http1_0 || method == .CONNECT || hasConnectionOption("close")
    }

    /// Whether the client offers to switch to another protocol. The parser then reads nothing after this request.
    var offersProtocol: Bool {
        headers.contains(name: "upgrade") && hasConnectionOption("upgrade")
    }

    /// Returns whether the connection has an option. Like NIO's parser it reads the old field of proxies too.
    private func hasConnectionOption(_ option: String) -> Bool {
        headers[canonicalForm: "connection"].contains { $0.lowercased() == option }
            || headers[canonicalForm: "proxy-connection"].contains { $0.lowercased() == option }
    }

    /// Returns the same head with the target in its form on the wire, or nil if a name is invalid.
    func request(scheme: String) -> HTTPRequest? {
        guard let method = HTTPRequest.Method(method.rawValue) else { return nil }
        var fields = HTTPFields()
        fields.reserveCapacity(headers.count)
        var authority: String?
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { return nil }
            if name.canonicalName == "host" {
                authority = value
            } else {
                fields.append(HTTPField(name: name, value: value))
            }
        }
        return HTTPRequest(method: method, scheme: scheme, authority: authority, path: uri, headerFields: fields)
    }
}
