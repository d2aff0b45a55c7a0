public import HTTPTypes

/// The operation that reports the metrics of the server.
public enum MetricsEndpoints {
    /// Returns counts and times since the start, for Prometheus. They contain no data of any organization.
    public static let metrics = Endpoint<NoParameters, NoBody, MetricsText>(
        "getMetrics",
        .get,
        "/metrics",
        access: .open,
        tag: "Server",
        summary: "Get counts and times since the start of the server, in the Prometheus text format"
    )

    static let operations = [metrics.operation]
}

/// A response with metrics in the text format of Prometheus.
public enum MetricsText: OperationResponse {
    public static let status = HTTPResponse.Status.ok
    public static let schema: Schema? = Schema(["type": "string"])
    public static let mediaType = "text/plain; version=0.0.4; charset=utf-8"
}
