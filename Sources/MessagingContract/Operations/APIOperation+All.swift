extension APIOperation {
    /// All operations of the API. Those of the administration are in ``administration``, those of an
    /// emulator in ``emulator``, and the pages for people are in ``pages``.
    public static let all: [APIOperation] =
        MessagingSettingEndpoints.deprecated.operations + MessagingSettingEndpoints.current.operations
        + SupportedContentEndpoints.operations + OpenIntegrationEndpoints.operations + UsageEndpoints.operations
        + DecisionEndpoints.operations + SimulationEndpoints.operations + HistoryEndpoints.operations
        + OAuthEndpoints.operations + IdentityEndpoints.operations + HealthEndpoints.operations
        + DocumentEndpoints.operations + MetricsEndpoints.operations

    /// All pages and assets for people, which the listener of the API serves too.
    public static let pages: [APIOperation] = PageEndpoints.operations

    /// All operations of the administration. Only the administration socket serves them.
    public static let administration: [APIOperation] = AdministrationEndpoints.operations

    /// All operations that control an emulator. Only a server that is an emulator serves them.
    public static let emulator: [APIOperation] = EmulatorEndpoints.operations
}
