import HTTPTypes
import Logging
import MessagingContract

/// Sends requests and repeats them where that may help; knows nothing of tokens. A class, since every part of a client has it.
final class Exchange: Sendable {
    /// A request on its way to a host.
    struct Request: Sendable {
        let operation: APIOperation
        let target: String
        /// Where to; nil when the address of the host is none.
        let origin: Origin?
        var fields: HTTPFields
        let body: [UInt8]
        /// Whether the host may get it twice.
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

    /// Sends a request until it succeeds and returns that answer. Throws what the last attempt failed with; none begins after
    /// the deadline. `mayHaveBeenApplied` says that the host may have done it already.
    func send(
        _ request: Request,
        _ call: CallOptions = CallOptions(),
        mayHaveBeenApplied: Bool = false,
        until deadline: ContinuousClock.Instant
    ) async throws(MessagingError) -> HTTPAnswer {
        let operation = request.operation
        let policy = call.retries ?? options.retries
        var mayHaveBeenApplied = mayHaveBeenApplied
        var attempt = 1
        while true {
            var failure: MessagingError
            do throws(MessagingError) {
                let answer = try await self.attempt(request, until: deadline)
                budget.earn()
                return answer
            } catch {
                failure = error
            }
            if mayHaveBeenApplied, operation.method == .delete, let metadata = failure.metadata, metadata.status == 404
            {
                return (HTTPResponse(status: .noContent, headerFields: metadata.headers), [])
            }
            failure.outcomeIsUnknown = failure.outcomeIsUnknown || mayHaveBeenApplied
            let wait = (failure.retryAfter ?? .zero) + policy.delay(after: attempt)
            guard attempt < policy.attempts,
                failure.mayPass(isRepeatable: request.isRepeatable, isConditional: request.fields[.ifMatch] != nil),
                ContinuousClock.now.advanced(by: wait) < deadline
            else { throw failure }
            guard failure.tellsWhenThereIsRoom || budget.spend() else {
                options.observe(noRetryOf: operation, after: failure)
                throw failure
            }
            mayHaveBeenApplied = failure.outcomeIsUnknown
            options.observe(retryOf: operation, after: failure, attempt: attempt, wait: wait)
            attempt += 1
            do {
                try await Task.sleep(for: wait)
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
    ) async throws(MessagingError) -> HTTPAnswer {
        let operation = request.operation
        guard let head = request.origin?.request(operation.method, request.target, request.fields) else {
            throw MessagingError(.invalidRequest, "the address has no scheme or no host", operation: operation.id)
        }
        let start = ContinuousClock.now
        if Task.isCancelled { throw MessagingError(.cancelled, operation: operation.id) }
        if start >= deadline { throw .outOfTime(operation.id) }
        let end = min(start.advanced(by: options.attemptTimeout), deadline)
        let answer: HTTPAnswer
        do throws(TransportError) {
            answer = try await transport.send(head, body: request.body, until: end)
        } catch {
            options.observe(operation, status: nil, since: start)
            throw MessagingError(after: error, operation: operation.id)
        }
        options.observe(operation, status: answer.response.status.code, since: start)
        guard answer.response.status.kind == .successful else {
            throw MessagingError(answer, operation: operation)
        }
        return answer
    }
}

extension MessagingError {
    fileprivate var tellsWhenThereIsRoom: Bool { status == 429 && retryAfter != nil }

    /// Whether the same request may succeed when it is sent again.
    fileprivate func mayPass(isRepeatable: Bool, isConditional: Bool) -> Bool {
        guard isRepeatable else { return false }
        if status == 429 || reason == .notConnected { return true }
        return !isConditional && ([.interrupted, .timedOut].contains(reason) || status == 503)
    }
}
