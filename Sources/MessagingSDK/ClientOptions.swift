public import Logging
import MessagingContract
public import Metrics

/// How a client behaves, whatever it calls.
public struct ClientOptions: Sendable {
    /// The time for a call with its retries and their waits: 2 minutes, so that a rate limit of a minute passes.
    public var timeout = Duration.seconds(120)
    /// The time for one attempt: 30 seconds.
    public var attemptTimeout = Duration.seconds(30)
    /// How failures are retried.
    public var retries = RetryPolicy()
    /// Where the client logs: each attempt at level debug, each retry at level notice. No token, secret or body is logged.
    public var logger = Logger(label: "MessagingSDK")
    /// Where the client counts: the timer `messaging_client_request_duration` by operation and status, and the counter
    /// `messaging_client_retries` by operation; nil for the process's own (`MetricsSystem`).
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
        logger.notice(
            "retry",
            metadata: [
                "operation": "\(operation.id)", "attempt": "\(attempt)", "wait": "\(wait)",
                "reason": "\(failure.reason)",
                "status": "\(failure.status.map(String.init) ?? "none")",
                "context_id": "\(failure.correlationID ?? "none")",
            ]
        )
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
