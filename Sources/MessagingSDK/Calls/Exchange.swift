import HTTPTypes
import Logging
import MessagingContract

/// The exchange of requests and responses with a host. It repeats requests as the ``RetryPolicy`` states, and has nothing to do with
/// tokens. It is a class because every part of a client holds it.
final class Exchange: Sendable {
    /// A request on its way to a host.
    struct Request: Sendable {
        let operation: APIOperation
        let target: String
        /// The address that the request goes to; nil if the host's URL has none, see ``Origin``.
        let origin: Origin?
        var fields: HTTPFields
        let body: [UInt8]
        /// Whether the host may receive it twice.
        let isRepeatable: Bool
    }

    let host: MessagingHost
    let transport: any Transport
    let options: ClientOptions
    let api: Origin?
    let login: Origin?
    private let budget = RetryBudget()

    init(host: MessagingHost, transport: any Transport, options: ClientOptions) {
        self.host = host
        self.transport = transport
        self.options = options
        api = Origin(host.api)
        login = Origin(host.login)
    }

    var surroundings: ClientSurroundings { options.surroundings }

    /// Returns the instant at which the time for a call ends that begins now.
    func deadline(_ timeout: Duration? = nil) -> ContinuousClock.Instant {
        surroundings.instant().advanced(by: timeout ?? options.timeout)
    }

    /// Sends a request until it succeeds, and returns the successful response. Throws the failure of the last attempt. No attempt begins
    /// after the deadline. `mayHaveBeenApplied` states that the host may have applied the request already.
    func send(
        _ request: Request,
        _ call: CallOptions = CallOptions(),
        mayHaveBeenApplied: Bool = false,
        until deadline: ContinuousClock.Instant
    ) async throws(MessagingError) -> ReceivedResponse {
        let operation = request.operation
        let policy = call.retries ?? options.retries
        var mayHaveBeenApplied = mayHaveBeenApplied
        var attempt = 1
        while true {
            var failure: MessagingError
            do throws(MessagingError) {
                let response = try await self.attempt(request, until: deadline)
                budget.earn()
                return response
            } catch {
                failure = error
            }
            if mayHaveBeenApplied, operation.method == .delete, let metadata = failure.metadata, metadata.status == 404
            {
                let head = HTTPResponse(status: .noContent, headerFields: metadata.headers)
                return ReceivedResponse(head: head, body: [], time: surroundings.now())
            }
            failure.outcomeIsUnknown = failure.outcomeIsUnknown || mayHaveBeenApplied
            let delay = policy.delay(after: attempt, random: surroundings.random)
            let wait = (failure.retryAfter ?? .zero) + delay
            guard attempt < policy.attempts,
                failure.mayPass(isRepeatable: request.isRepeatable, isConditional: request.fields[.ifMatch] != nil),
                surroundings.instant().advanced(by: wait) < deadline
            else { throw failure }
            guard failure.statesWhenThereIsRoom || budget.spend() else {
                options.observe(noRetryOf: operation, after: failure)
                throw failure
            }
            mayHaveBeenApplied = failure.outcomeIsUnknown
            options.observe(retryOf: operation, after: failure, attempt: attempt, wait: wait)
            attempt += 1
            do {
                try await surroundings.sleep(wait)
            } catch {
                failure = MessagingError(.cancelled, operation: operation.id)
                failure.outcomeIsUnknown = mayHaveBeenApplied
                throw failure
            }
        }
    }

    /// Sends a request once. Throws the failure that the host reports, or one that states why there is no response.
    private func attempt(
        _ request: Request,
        until deadline: ContinuousClock.Instant
    ) async throws(MessagingError) -> ReceivedResponse {
        let operation = request.operation
        guard let head = request.origin?.request(operation.method, request.target, request.fields) else {
            throw MessagingError(
                .invalidRequest,
                "the address has no scheme, no host or no valid port",
                operation: operation.id
            )
        }
        let start = surroundings.instant()
        if Task.isCancelled { throw MessagingError(.cancelled, operation: operation.id) }
        if start >= deadline { throw .outOfTime(operation.id) }
        let end = min(start.advanced(by: options.attemptTimeout), deadline)
        let response: ReceivedResponse
        do throws(TransportError) {
            let received = try await transport.send(head, body: request.body, until: end)
            response = ReceivedResponse(head: received.response, body: received.body, time: surroundings.now())
        } catch {
            options.observe(operation, status: nil, since: start)
            throw MessagingError(after: error, operation: operation.id)
        }
        options.observe(operation, status: response.status.code, since: start)
        guard response.status.kind == .successful else {
            throw MessagingError(response, operation: operation)
        }
        return response
    }
}

extension MessagingError {
    fileprivate var statesWhenThereIsRoom: Bool { status == 429 && retryAfter != nil }

    /// Whether the same request may succeed when it is sent again.
    fileprivate func mayPass(isRepeatable: Bool, isConditional: Bool) -> Bool {
        guard isRepeatable else { return false }
        if status == 429 || reason == .notConnected { return true }
        return !isConditional && ([.interrupted, .timedOut].contains(reason) || status == 503)
    }
}
