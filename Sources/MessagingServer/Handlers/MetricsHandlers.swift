import MessagingContract

extension Routes {
    /// Adds the operation that reports the metrics of the server.
    mutating func addMetrics(_ report: MetricsReport) {
        on(MetricsEndpoints.metrics) { (_, _, call) throws(APIError) in
            Reply(bytes: try await call.onLane { () throws(APIError) in Array(report.text().utf8) })
        }
    }
}
