public import HTTPTypes

#if canImport(FoundationNetworking)
    import Foundation
    public import FoundationNetworking
#else
    public import Foundation
#endif

/// The transport over `URLSession`, the default on Apple platforms.
///
/// It reads the whole response before it refuses one of more than 64 MiB. On Linux, FoundationNetworking does not distinguish a refused
/// certificate from a broken connection, so a refused certificate fails with ``TransportError/interrupted(cause:)``.
public struct URLSessionTransport: Transport {
    private let session: URLSession

    /// Creates a transport over a session. Without one, it uses a session that all such transports of the process share. That session has no
    /// cookies and no cache, and follows no redirect.
    ///
    /// On Apple platforms, a session of your own follows no redirect either. On Linux it follows redirects unless its delegate refuses them,
    /// and the access token is sent to the new address. A response from another address than that of the request is discarded, and the call
    /// fails with ``TransportError/interrupted(cause:)``.
    public init(_ session: URLSession? = nil) { self.session = session ?? Self.shared }

    /// The session has the delegate, because FoundationNetworking does not call that of a task.
    private static let shared: URLSession = {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        return URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
    }()

    public func send(
        _ request: HTTPRequest,
        body: [UInt8]
    ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8]) {
        let text = "\(request.scheme ?? "")://\(request.authority ?? "")\(request.path ?? "")"
        guard let url = URL(string: text) else { throw .notConnected(cause: "the address is no URL") }
        var outgoing = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData)
        outgoing.httpMethod = request.method.rawValue
        // URLSession has timers of its own, in real time. It has no value for "never", and its default of a minute is less than the time of
        // some calls, so this is a day. The client cancels the task at the deadline.
        outgoing.timeoutInterval = 86_400
        for field in request.headerFields { outgoing.addValue(field.value, forHTTPHeaderField: field.name.rawName) }
        if !body.isEmpty { outgoing.httpBody = Data(body) }
        let data: Data
        let response: URLResponse
        do {
            (data, response) = try await session.data(for: outgoing, delegate: NoRedirects())
        } catch {
            throw Self.reason(for: error)
        }
        if data.count > largestResponse { throw .interrupted(cause: "the response is too long") }
        guard let response = response as? HTTPURLResponse else { throw .interrupted(cause: "the response is not HTTP") }
        guard response.url.map({ Self.isSameAddress($0, url) }) ?? true else {
            throw .interrupted(cause: "the response is from another address")
        }
        var head = HTTPResponse(status: .init(code: response.statusCode))
        for (name, value) in response.allHeaderFields {
            guard let name = (name as? String).flatMap({ HTTPField.Name($0) }) else { continue }
            head.headerFields[name] = value as? String
        }
        return (head, Array(data))
    }

    private static func isSameAddress(_ one: URL, _ other: URL) -> Bool {
        one.scheme?.lowercased() == other.scheme?.lowercased() && one.host()?.lowercased() == other.host()?.lowercased()
            && one.port == other.port && one.path() == other.path()
    }

    private static func reason(for error: any Error) -> TransportError {
        if Task.isCancelled { return .cancelled }
        guard let error = error as? URLError else { return .interrupted(cause: "\(error)") }
        let cause = "URLError \(error.code.rawValue): \(error.localizedDescription)"
        return switch error.code {
        case .timedOut: .timedOut
        case .cannotFindHost, .cannotConnectToHost, .dnsLookupFailed, .notConnectedToInternet, .secureConnectionFailed,
            .serverCertificateUntrusted, .unsupportedURL, .badURL:
            .notConnected(cause: cause)
        default: .interrupted(cause: cause)
        }
    }
}

private final class NoRedirects: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
