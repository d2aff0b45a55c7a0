import MessagingContract
package import MessagingCore

extension Routes {
    /// Creates the routes of all operations of the API and of the pages.
    ///
    /// - Parameters:
    ///   - organizations: The organizations that the operations read and change.
    ///   - identity: The authentication of OAuth clients.
    ///   - integrations: The integrations of the organizations.
    ///   - load: The load of the server, which readiness and the metrics report.
    ///   - publicURL: The URL at which clients reach the server; nil to use the URL of each request.
    ///   - rateLimits: The numbers of requests per minute, from which the limits of token requests and revocations follow.
    ///   - simulations: The number of simulations that may run at a time. An organization may run a quarter of them.
    ///   - build: The build of the program, for the metrics.
    ///   - addition: Operations that the server has besides the API; nil if it has none.
    package init(
        organizations: Organizations,
        identity: Identity,
        integrations: OpenIntegrations,
        load: ServerLoad,
        publicURL: BaseURL?,
        rateLimits: RateLimits,
        simulations: Int,
        build: BuildInfo,
        addition: (any ServerExtension)? = nil
    ) {
        let others = addition?.operations ?? []
        let description = others.isEmpty ? APIDescription.api : APIDescription(of: APIOperation.all + others)
        self.init(of: APIOperation.all + others + APIOperation.pages)
        let pages = PageCache()
        let gate = ReadGate(limit: ResponseWork.largeAtATime)
        for family in [MessagingSettingEndpoints.deprecated, .current] {
            add(family.resource, organizations, pages)
            add(family.default, organizations)
        }
        add(SupportedContentEndpoints.deprecated.resource, organizations, pages)
        add(SupportedContentEndpoints.current.resource, organizations, pages)
        add(SupportedContentEndpoints.default, organizations)
        add(integrations, organizations, gate)
        add(UsageEndpoints.setting, of: MessagingSetting.self, organizations)
        add(UsageEndpoints.supportedContent, of: SupportedContent.self, organizations)
        addChanges(organizations, gate)
        addRestorations(HistoryEndpoints.restoreSetting, organizations)
        addRestorations(HistoryEndpoints.restoreSupportedContent, organizations)
        addDecisions(gate)
        addSimulations(RunningSimulations(atMost: simulations))
        addOAuth(organizations, identity, publicURL: publicURL, limits: rateLimits)
        addIdentity(organizations)
        addHealth(load, organizations)
        addDocuments(description)
        addPages(description)
        addition?.addRoutes(to: &self, organizations, identity, integrations)
        addMetrics(
            MetricsReport(
                requests: metrics,
                load: load,
                organizations: organizations,
                identity: identity,
                build: build
            )
        )
    }
}
