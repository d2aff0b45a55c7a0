import MessagingContract

extension Routes {
    /// Answers the operation that tells how the server does.
    mutating func addMetrics(_ report: MetricsReport) {
        on(MetricsEndpoints.metrics) { (_, _, _) throws(APIError) in
            Reply(bytes: Array(await report.text().utf8))
        }
    }
}
