import MessagingContract

extension Routes {
    /// Adds the operation that reports the metrics of the server.
    mutating func addMetrics(_ report: MetricsReport) {
        on(MetricsEndpoints.metrics) { (_, _, _) throws(APIError) in
            Reply(bytes: Array(await report.text().utf8))
        }
    }
}
