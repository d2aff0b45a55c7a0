import Foundation
import HTTPTypes
import MessagingContract
import Synchronization

/// The source that asks for tokens with a client's id and secret (RFC 6749, section 4.4).
///
/// It has one request in flight at most, however many tasks wait for it, and asks ahead of the expiry: until then nobody waits for it. A
/// task that is cancelled waits no longer; the request goes on for the others, and ends when none is left that waits for it.
final class ClientCredentialsTokens: ReadyTokenSource {
    /// A request in flight.
    private struct Refresh {
        let number: Int
        let task: Task<Result<AccessToken, MessagingError>, Never>
        var waiters: Int
    }

    private struct State {
        var current: AccessToken?
        var refreshAt: ContinuousClock.Instant?
        var running: Refresh?
        var begun = 0
    }

    private let id: String
    private let secret: String
    private let exchange: Exchange
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())

    /// How long before its expiry a token is replaced; half its life when that is less.
    private static let margin = Duration.seconds(60)
    /// How long the next request ahead of the expiry waits after one that failed.
    private static let pause = Duration.seconds(5)

    /// Creates the source of a client's tokens, whose time is measured by `now`.
    init(id: String, secret: String, exchange: Exchange, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.id = id
        self.secret = secret
        self.exchange = exchange
        self.now = now
    }

    func token(readyInsteadOf rejected: AccessToken?) -> AccessToken? {
        state.withLock { usable(insteadOf: rejected, &$0) }
    }

    func token(replacing rejected: AccessToken?) async throws(MessagingError) -> AccessToken {
        let (ready, refresh) = state.withLock { state -> (AccessToken?, Refresh?) in
            if let ready = usable(insteadOf: rejected, &state) { return (ready, nil) }
            return (nil, join(&state))
        }
        if let ready { return ready }
        guard let refresh, let result = await refresh.task.valueUnlessCancelled() else {
            refresh.map(leave)
            throw MessagingError(.cancelled)
        }
        return try result.get()
    }

    /// The token that can be used now; the request for the next one begins here when it is time, and is nobody's to end.
    private func usable(insteadOf rejected: AccessToken?, _ state: inout State) -> AccessToken? {
        let now = now()
        guard let token = state.current, token.value != rejected?.value, token.expires.map({ $0 > now }) ?? true else {
            return nil
        }
        if let time = state.refreshAt, time <= now, state.running == nil { join(&state) }
        return token
    }

    /// Waits for the request in flight, or for a new one when there is none.
    @discardableResult
    private func join(_ state: inout State) -> Refresh {
        if state.running == nil { state.begun += 1 }
        let number = state.begun
        var refresh = state.running ?? Refresh(number: number, task: Task { await self.refresh(number) }, waiters: 0)
        refresh.waiters += 1
        state.running = refresh
        return refresh
    }

    /// Who comes after the last one has left begins a new request, and does not see how this one ends.
    private func leave(_ refresh: Refresh) {
        let isAbandoned = state.withLock { state in
            guard state.running?.number == refresh.number else { return false }
            state.running?.waiters -= 1
            guard state.running?.waiters == 0 else { return false }
            state.running = nil
            return true
        }
        if isAbandoned { refresh.task.cancel() }
    }

    private func refresh(_ number: Int) async -> Result<AccessToken, MessagingError> {
        do throws(MessagingError) {
            let answer = try await ask()
            guard !answer.access_token.isEmpty else {
                let operation = OAuthEndpoints.issueToken.operation.id
                throw MessagingError(.unreadable, "the answer has no token", operation: operation)
            }
            let life: Duration? = answer.expires_in > 0 ? .seconds(answer.expires_in) : nil
            let token = AccessToken(answer.access_token, expires: life.map { now().advanced(by: $0) })
            finish(number) { state in
                state.current = token
                state.refreshAt = life.flatMap { token.expires?.advanced(by: .zero - min(Self.margin, $0 / 2)) }
            }
            return .success(token)
        } catch {
            finish(number) { $0.refreshAt = now().advanced(by: Self.pause) }
            return .failure(error)
        }
    }

    /// Notes how a request ended, unless all have left it.
    private func finish(_ number: Int, _ note: (inout sending State) -> Void) {
        state.withLock { state in
            guard state.running?.number == number else { return }
            note(&state)
            state.running = nil
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
