import Foundation
import HTTPTypes
import MessagingContract
import Synchronization

/// The source that asks for tokens with a client's id and secret (RFC 6749, section 4.4).
///
/// It has one request in flight at most, however many tasks wait for it, and asks ahead of the expiry: until then nobody waits for it. A
/// task that is cancelled waits no longer; the request goes on for the others.
final class ClientCredentialsTokens: ReadyTokenSource {
    private typealias Refresh = Task<Result<AccessToken, MessagingError>, Never>

    private struct State {
        var current: AccessToken?
        var refreshAt: ContinuousClock.Instant?
        var running: Refresh?
    }

    private let id: String
    private let secret: String
    private let exchange: Exchange
    private let state = Mutex(State())

    /// How long before its expiry a token is replaced; half its life when that is less.
    private static let margin = Duration.seconds(60)

    init(id: String, secret: String, exchange: Exchange) {
        self.id = id
        self.secret = secret
        self.exchange = exchange
    }

    func token(readyInsteadOf rejected: AccessToken?) -> AccessToken? { usable(insteadOf: rejected).token }

    func token(replacing rejected: AccessToken?) async throws(MessagingError) -> AccessToken {
        let (usable, refresh) = usable(insteadOf: rejected)
        if let usable { return usable }
        guard let result = await refresh?.valueUnlessCancelled() else { throw MessagingError(.cancelled) }
        return try result.get()
    }

    /// The token that can be used now, and the request for the next one, which begins here when it is time.
    private func usable(insteadOf rejected: AccessToken?) -> (token: AccessToken?, refresh: Refresh?) {
        state.withLock { state in
            let now = ContinuousClock.now
            let usable = state.current.flatMap { $0 != rejected && ($0.expires.map { $0 > now } ?? true) ? $0 : nil }
            if let usable, state.refreshAt.map({ $0 > now }) ?? true { return (usable, nil) }
            let refresh = state.running ?? Refresh { await self.refresh() }
            state.running = refresh
            return (usable, refresh)
        }
    }

    private func refresh() async -> Result<AccessToken, MessagingError> {
        do throws(MessagingError) {
            let answer = try await ask()
            let life: Duration? = answer.expires_in > 0 ? .seconds(answer.expires_in) : nil
            let token = AccessToken(answer.access_token, expires: life.map { .now.advanced(by: $0) })
            state.withLock { state in
                state.current = token
                state.refreshAt = life.flatMap { token.expires?.advanced(by: .zero - min(Self.margin, $0 / 2)) }
                state.running = nil
            }
            return .success(token)
        } catch {
            state.withLock { $0.running = nil }
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
            origin: exchange.login,
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
