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

    /// A transport over this session. Without one it is a session that all such transports of the process share, without cookies and
    /// without a cache, which follows no redirect.
    ///
    /// A session of your own follows none on Apple platforms either. On Linux it does unless its delegate refuses them, and then the
    /// access token goes to the new address: an answer from another address than the one asked is thrown away, and the call fails with
    /// ``TransportError/interrupted(cause:)``, but the request has been sent there.
    public init(_ session: URLSession? = nil) { self.session = session ?? Self.shared }

    /// With a delegate of its own, since on Linux that of a task is not asked.
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
        // A day: URLSession has no value for "never", and its own minute would end a call that has more time.
        outgoing.timeoutInterval = 86_400
        for field in request.headerFields { outgoing.addValue(field.value, forHTTPHeaderField: field.name.rawName) }
        if !body.isEmpty { outgoing.httpBody = Data(body) }
        let data: Data
        let answer: URLResponse
        do {
            (data, answer) = try await session.data(for: outgoing, delegate: NoRedirects())
        } catch {
            throw Self.reason(for: error)
        }
        if data.count > largestAnswer { throw .interrupted(cause: "the answer is too long") }
        guard let answer = answer as? HTTPURLResponse else { throw .interrupted(cause: "the answer is not HTTP") }
        guard answer.url.map({ Self.isSameAddress($0, url) }) ?? true else {
            throw .interrupted(cause: "the answer is from another address")
        }
        var head = HTTPResponse(status: .init(code: answer.statusCode))
        for (name, value) in answer.allHeaderFields {
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
