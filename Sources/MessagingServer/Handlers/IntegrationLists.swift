import MessagingContract
import MessagingCore
import Synchronization

extension Routes {
    /// Adds the operation that returns a list of integrations. `entity` creates each of them from a stored entry. A large page is made in
    /// steps.
    mutating func addList<Entity, Expand>(
        _ endpoint: Endpoint<IntegrationPage<Expand>, NoBody, Listing<Entity>>,
        _ organizations: Organizations,
        _ gate: ReadGate,
        _ entity: @escaping @Sendable (Entry, Organization) throws(APIError) -> Entity
    ) {
        let list = { @Sendable (query: IntegrationPage<Expand>, caller: Caller) in
            IntegrationList(query, endpoint.operation, caller, organizations, entity)
        }
        read(
            endpoint,
            { (query, caller, budget) throws(APIError) in
                let list = list(query, caller)
                guard var page = try list.page(within: budget) else { return nil }
                while try !page.writeNext() {}
                return list.reply(page)
            },
            large: { (query, call, caller) throws(APIError) in
                let list = list(query, caller)
                return try await gate.run(for: caller.organizationID) { () throws(APIError) in
                    let page = try await call.onLane { () throws(APIError) in try list.page().map { SteppedPage($0) } }
                    guard let page else { throw .internalServerError.caused(by: "a page without a bound was not made") }
                    return try await call.onLaneInSteps { () throws(APIError) in
                        try page.step().map { list.reply($0) }
                    }
                }
            }
        )
    }
}

/// A list of integrations for one request.
private struct IntegrationList<Entity: WireObject, Expand: ExpansionParameter>: Sendable {
    private let query: IntegrationPage<Expand>
    private let operation: APIOperation
    private let caller: Caller
    private let organizations: Organizations
    private let entity: @Sendable (Entry, Organization) throws(APIError) -> Entity

    init(
        _ query: IntegrationPage<Expand>,
        _ operation: APIOperation,
        _ caller: Caller,
        _ organizations: Organizations,
        _ entity: @escaping @Sendable (Entry, Organization) throws(APIError) -> Entity
    ) {
        (self.query, self.operation, self.caller) = (query, operation, caller)
        (self.organizations, self.entity) = (organizations, entity)
    }

    private var shown: Set<IntegrationExpansion> { caller.visible(query.expand.expansions) }

    /// Returns the page before any integration is written, or nil if the work would exceed the budget. Throws a 400 if it is larger than a
    /// page may be.
    func page(within budget: Int = .max) throws(APIError) -> WrittenPage<Entity>? {
        let organization = caller.organization
        let (profile, setting) = (query.supportedContentID, query.messagingSettingID)
        let filtered = organization.integrationsToFilter(supportedContent: profile, messagingSetting: setting)
        if filtered > budget / ResponseWork.filtered { return nil }
        let (entries, total) = organization.listIntegrations(
            query.page,
            supportedContent: profile,
            messagingSetting: setting
        )
        let references = ExpandedReferences(in: organization, shown)
        let size = entries.reduce(0) { $0 + $1.bytes.count + references.size(of: $1.id) }
        if size > ResponseWork.largestPage { throw .responseTooLarge }
        if size + entries.count * ResponseWork.object > budget { return nil }
        return WrittenPage(entries, total, references) { [entity] (entry) throws(APIError) in
            try entity(entry, organization)
        }
    }

    /// Returns the response with a completely written page.
    func reply(_ page: WrittenPage<Entity>) -> Reply<Listing<Entity>> {
        let links = PageLinks(page: query.page, total: page.total, path: operation.path, filter: query.filter)
        let hidden = query.expand.expansions.subtracting(shown).map(\.rawValue)
        let tag = organizations.tag(of: caller.organization, without: hidden)
        return Reply(bytes: links.bytes(with: page.written), tag: tag)
    }
}

/// A page of integrations that is being written, one integration after the other.
private struct WrittenPage<Entity: WireObject>: Sendable {
    /// The number of integrations on all pages.
    let total: Int
    /// The written integrations.
    private(set) var written: [[UInt8]] = []
    /// The number of bytes in the written integrations.
    private(set) var size = 0

    private var rest: ArraySlice<Entry>
    private var references: ExpandedReferences
    private let entity: @Sendable (Entry) throws(APIError) -> Entity

    init(
        _ entries: [Entry],
        _ total: Int,
        _ references: ExpandedReferences,
        _ entity: @escaping @Sendable (Entry) throws(APIError) -> Entity
    ) {
        (self.total, self.references, self.entity) = (total, references, entity)
        rest = entries[...]
    }

    /// Writes the next integration. Returns true if there is none.
    ///
    /// Throws a 400 if all of them together have more bytes than a page may have. This can happen because an opened and escaped secret may
    /// take more bytes than a sealed one.
    mutating func writeNext() throws(APIError) -> Bool {
        guard let entry = rest.popFirst() else { return true }
        var bytes: [UInt8] = []
        try references.write(entity(entry), to: &bytes)
        size += bytes.count
        if size > ResponseWork.largestPage { throw .responseTooLarge }
        written.append(bytes)
        return false
    }
}

/// A page that is written in steps, one after the other, each on any thread.
private final class SteppedPage<Entity: WireObject>: Sendable {
    /// The number of bytes after which a step ends. The integration that reaches it is written completely.
    private static var bytesPerStep: Int { ResponseWork.atOnce }

    private let page: Mutex<WrittenPage<Entity>>

    init(_ page: WrittenPage<Entity>) { self.page = Mutex(page) }

    /// Writes some integrations. Returns the page once all are written.
    func step() throws(APIError) -> WrittenPage<Entity>? {
        try page.withLock { (page) throws(APIError) in
            let start = page.size
            while page.size - start < Self.bytesPerStep {
                if try page.writeNext() { return page }
            }
            return nil
        }
    }
}
