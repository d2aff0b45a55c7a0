public import Logging
import MessagingContract
public import Metrics

/// How a client behaves, whatever it calls.
public struct ClientOptions: Sendable {
    /// The time for a call with its retries and their waits: 2 minutes, so that a rate limit of a minute passes once.
    public var timeout = Duration.seconds(120)
    /// The time for one attempt, a wait for a free connection among it: 30 seconds.
    public var attemptTimeout = Duration.seconds(30)
    /// How failures are retried.
    public var retries = RetryPolicy()
    /// Where the client logs: each attempt at level debug, each retry and each one that the budget does not allow at level notice.
    /// No token, secret or body is logged.
    public var logger = Logger(label: "MessagingSDK")
    /// Where the client counts: the timer `messaging_client_request_duration` by operation and status, and the counters
    /// `messaging_client_retries` and `messaging_client_retries_denied` by operation; nil for the process's own (`MetricsSystem`).
    public var metrics: (any MetricsFactory)?

    /// The defaults.
    public init() {}
}

extension ClientOptions {
    func observe(_ operation: APIOperation, status: Int?, since start: ContinuousClock.Instant) {
        let duration = ContinuousClock.now - start
        let status = status.map(String.init) ?? "none"
        let dimensions = [("operation", operation.id), ("status", status)]
        timer("messaging_client_request_duration", dimensions).record(duration: duration)
        logger.debug(
            "request",
            metadata: ["operation": "\(operation.id)", "status": "\(status)", "duration": "\(duration)"]
        )
    }

    func observe(retryOf operation: APIOperation, after failure: MessagingError, attempt: Int, wait: Duration) {
        counter("messaging_client_retries", [("operation", operation.id)]).increment()
        log("retry", of: operation, after: failure, ["attempt": "\(attempt)", "wait": "\(wait)"])
    }

    func observe(noRetryOf operation: APIOperation, after failure: MessagingError) {
        counter("messaging_client_retries_denied", [("operation", operation.id)]).increment()
        log("the budget for retries is spent", of: operation, after: failure)
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
