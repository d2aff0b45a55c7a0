extension APIOperation {
    /// All operations of the API.
    public static let all: [APIOperation] =
        MessagingSettingEndpoints.deprecated.operations + MessagingSettingEndpoints.current.operations
        + SupportedContentEndpoints.operations + OpenIntegrationEndpoints.operations + UsageEndpoints.operations
        + DecisionEndpoints.operations + SimulationEndpoints.operations + HistoryEndpoints.operations
        + OAuthEndpoints.operations + IdentityEndpoints.operations + HealthEndpoints.operations
        + DocumentEndpoints.operations + MetricsEndpoints.operations
}
