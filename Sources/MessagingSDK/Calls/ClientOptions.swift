public import Logging
import MessagingContract
public import Metrics

/// Options of a client, for all of its calls.
public struct ClientOptions: Sendable {
    /// The time for a call with its retries and their waits: 2 minutes by default, so that a call outlasts a rate limit of a minute once.
    public var timeout = Duration.seconds(120)
    /// The time for one attempt, with its wait for a free connection: 30 seconds by default.
    public var attemptTimeout = Duration.seconds(30)
    /// The policy by which failed requests are sent again.
    public var retries = RetryPolicy()
    /// The logger of the client. Each attempt is logged at level debug, each retry and each retry that the budget denies at level notice.
    /// No token, secret or body is logged.
    public var logger = Logger(label: "MessagingSDK")
    /// The factory of the client's metrics; nil for that of the process (`MetricsSystem`). The metrics are the timer
    /// `messaging_client_request_duration` by operation and status, and the counters `messaging_client_retries` and
    /// `messaging_client_retries_denied` by operation.
    public var metrics: (any MetricsFactory)?
    /// Receives the failure of each attempt that is repeated, and the wait before that.
    package var onRetry: (@Sendable (MessagingError, Duration) -> Void)?
    /// The clocks, the waits and the randomness of the client.
    package var surroundings = ClientSurroundings.system

    /// Creates the default options.
    public init() {}
}

extension ClientOptions {
    func observe(_ operation: APIOperation, status: Int?, since start: ContinuousClock.Instant) {
        let duration = surroundings.instant() - start
        let status = status.map(String.init) ?? "none"
        let dimensions = [("operation", operation.id), ("status", status)]
        timer("messaging_client_request_duration", dimensions).record(duration: duration)
        logger.debug(
            "Sent the request",
            metadata: ["operation": "\(operation.id)", "status": "\(status)", "duration": "\(duration)"]
        )
    }

    func observe(retryOf operation: APIOperation, after failure: MessagingError, attempt: Int, wait: Duration) {
        counter("messaging_client_retries", [("operation", operation.id)]).increment()
        onRetry?(failure, wait)
        log("Repeating the request", of: operation, after: failure, ["attempt": "\(attempt)", "wait": "\(wait)"])
    }

    func observe(noRetryOf operation: APIOperation, after failure: MessagingError) {
        counter("messaging_client_retries_denied", [("operation", operation.id)]).increment()
        log("Did not repeat the request: the retry budget is spent", of: operation, after: failure)
    }

    private func log(
        _ message: Logger.Message,
        of operation: APIOperation,
        after failure: MessagingError,
        _ metadata: Logger.Metadata = [:]
    ) {
        let cause: Logger.Metadata = [
            "operation": "\(operation.id)", "reason": "\(failure.reason)",
            "status": "\(failure.status.map(String.init) ?? "none")",
            "context_id": "\(failure.correlationID ?? "none")",
        ]
        logger.notice(message, metadata: cause.merging(metadata) { $1 })
    }

    private func timer(_ label: String, _ dimensions: [(String, String)]) -> Metrics.Timer {
        guard let metrics else { return Timer(label: label, dimensions: dimensions) }
        return Timer(label: label, dimensions: dimensions, factory: metrics)
    }

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> Counter {
        guard let metrics else { return Counter(label: label, dimensions: dimensions) }
        return Counter(label: label, dimensions: dimensions, factory: metrics)
    }
}
