import Foundation
import HTTPTypes
import MessagingContract

/// The source that asks for tokens with a client's id and secret (RFC 6749, section 4.4).
///
/// It has one request in flight at most, however many tasks wait for it, and asks ahead of the expiry: until then nobody waits for it. A
/// task that is cancelled waits no longer; the request goes on for the others.
actor ClientCredentialsTokens: TokenSource {
    private let id: String
    private let secret: String
    private let exchange: Exchange
    private var current: AccessToken?
    private var refreshAt: ContinuousClock.Instant?
    private var running: Task<Result<AccessToken, MessagingError>, Never>?

    /// How long before its expiry a token is replaced; half its life when that is less.
    private static let margin = Duration.seconds(60)

    init(id: String, secret: String, exchange: Exchange) {
        self.id = id
        self.secret = secret
        self.exchange = exchange
    }

    func token(replacing rejected: AccessToken?) async throws(MessagingError) -> AccessToken {
        let usable = current.flatMap { $0 != rejected && ($0.expires.map { $0 > .now } ?? true) ? $0 : nil }
        if let usable, refreshAt.map({ $0 > .now }) ?? true { return usable }
        let task = running ?? Task { await refresh() }
        running = task
        if let usable { return usable }
        guard let result = await task.valueUnlessCancelled() else { throw MessagingError(.cancelled) }
        return try result.get()
    }

    private func refresh() async -> Result<AccessToken, MessagingError> {
        defer { running = nil }
        do throws(MessagingError) {
            let answer = try await ask()
            let life: Duration? = answer.expires_in > 0 ? .seconds(answer.expires_in) : nil
            let token = AccessToken(answer.access_token, expires: life.map { .now.advanced(by: $0) })
            current = token
            refreshAt = life.flatMap { token.expires?.advanced(by: .zero - min(Self.margin, $0 / 2)) }
            return .success(token)
        } catch {
            return .failure(error)
        }
    }

    private func ask() async throws(MessagingError) -> AccessTokenResponse {
        let endpoint = OAuthEndpoints.issueToken
        var fields = HTTPFields()
        fields[.authorization] = "Basic \(Data("\(id):\(secret)".utf8).base64EncodedString())"
        fields[.contentType] = "application/x-www-form-urlencoded"
        let request = Exchange.Request(
            operation: endpoint.operation,
            target: endpoint.operation.path,
            base: \.login,
            fields: fields,
            body: AccessTokenRequest(Query([("grant_type", "client_credentials")])).body,
            isRepeatable: true
        )
        let answer = try await exchange.send(request, until: .now.advanced(by: exchange.options.timeout))
        do {
            return try AccessTokenResponse(status: answer.response.status, body: answer.body)
        } catch {
            throw MessagingError(.unreadable, "\(error)", operation: endpoint.operation.id, (answer.response, []))
        }
    }
}

extension Task where Failure == Never {
    /// The value of the task, or nil as soon as the one who waits is cancelled; the task itself goes on.
    func valueUnlessCancelled() async -> Success? {
        let (stream, continuation) = AsyncStream.makeStream(of: Success.self)
        let forward = Task<Void, Never> {
            continuation.yield(await value)
            continuation.finish()
        }
        defer { forward.cancel() }
        for await value in stream { return value }
        return nil
    }
}
