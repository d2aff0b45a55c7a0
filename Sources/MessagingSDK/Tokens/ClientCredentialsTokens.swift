import Foundation
import HTTPTypes
import MessagingContract
import Synchronization

/// A source that requests tokens with a client's id and secret (RFC 6749, section 4.4).
///
/// It has at most one request in flight, however many tasks wait for it. It requests the next token before the present one expires, and no
/// task waits for that request until then. A cancelled task stops waiting. The request continues for the other tasks, and is cancelled when
/// no task waits for it.
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
    private let keeper: (any TokenKeeper)?
    private let state: Mutex<State>

    /// The time before the expiry of a token at which it is replaced; at most half its life.
    private static let margin = Duration.seconds(60)
    /// The time from a failed request ahead of the expiry to the next one.
    private static let pause = Duration.seconds(5)

    init(id: String, secret: String, keeper: (any TokenKeeper)? = nil, exchange: Exchange) {
        self.id = id
        self.secret = secret
        self.exchange = exchange
        self.keeper = keeper
        state = Mutex(Self.state(of: keeper, exchange.surroundings))
    }

    /// Returns the first state, with the kept token if it does not expire soon.
    private static func state(of keeper: (any TokenKeeper)?, _ surroundings: ClientSurroundings) -> State {
        var state = State()
        guard let kept = keeper?.keptToken() else { return state }
        let life = Duration.seconds(kept.expires.timeIntervalSince(surroundings.now()))
        guard life > margin else { return state }
        let now = surroundings.instant()
        state.current = AccessToken(kept.token, expires: now.advanced(by: life))
        state.refreshAt = now.advanced(by: life - margin)
        return state
    }

    private var now: ContinuousClock.Instant { exchange.surroundings.instant() }

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

    /// Returns the token that can be used now; nil if there is none. Begins the request for the next token when its time has come. That
    /// request continues even if no task waits for it.
    private func usable(insteadOf rejected: AccessToken?, _ state: inout State) -> AccessToken? {
        let now = now
        guard let token = state.current, token.value != rejected?.value, token.expires.map({ $0 > now }) ?? true else {
            return nil
        }
        if let time = state.refreshAt, time <= now, state.running == nil { join(&state) }
        return token
    }

    /// Adds a waiting task to the request in flight, and begins the request if there is none.
    @discardableResult
    private func join(_ state: inout State) -> Refresh {
        if state.running == nil { state.begun += 1 }
        let number = state.begun
        var refresh = state.running ?? Refresh(number: number, task: Task { await self.refresh(number) }, waiters: 0)
        refresh.waiters += 1
        state.running = refresh
        return refresh
    }

    /// Removes a waiting task from a request. If it was the last one, cancels the request: a later task begins a new one, and ignores the
    /// result of this one.
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
            let response = try await request()
            guard !response.access_token.isEmpty else {
                let operation = OAuthEndpoints.issueToken.operation.id
                throw MessagingError(.unreadable, "the response has no token", operation: operation)
            }
            let life: Duration? = response.expires_in > 0 ? .seconds(response.expires_in) : nil
            let token = AccessToken(response.access_token, expires: life.map { now.advanced(by: $0) })
            finish(number) { state in
                state.current = token
                state.refreshAt = life.flatMap { token.expires?.advanced(by: .zero - min(Self.margin, $0 / 2)) }
            }
            if let life {
                keeper?.keep(token.value, until: exchange.surroundings.now().addingTimeInterval(life / .seconds(1)))
            }
            return .success(token)
        } catch {
            finish(number) { $0.refreshAt = now.advanced(by: Self.pause) }
            return .failure(error)
        }
    }

    /// Records the result of a request, unless all tasks have left it.
    private func finish(_ number: Int, _ note: (inout sending State) -> Void) {
        state.withLock { state in
            guard state.running?.number == number else { return }
            note(&state)
            state.running = nil
        }
    }

    private func request() async throws(MessagingError) -> AccessTokenResponse {
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
        let response = try await exchange.send(request, until: exchange.deadline())
        do {
            return try AccessTokenResponse(status: response.status, body: response.body)
        } catch {
            throw MessagingError(.unreadable, "\(error)", operation: endpoint.operation.id, response.withoutBody)
        }
    }
}

extension Task where Failure == Never {
    /// Returns the value of the task, or nil as soon as the calling task is cancelled. This task continues then.
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
