import MessagingContract
import MessagingCore

extension Routes {
    /// Adds the operation that returns the uses of an object. Callers who may not view integrations get only their number.
    mutating func add<R: Resource>(
        _ endpoint: Endpoint<PagedEntityID, NoBody, ObjectUsage>,
        of type: R.Type,
        _ organizations: Organizations
    ) {
        read(endpoint) { (target, caller) throws(APIError) in
            let organization = caller.organization
            let entry = try organization.get(R.self, target.id)
            let users = organization.integrations(using: R.self, entry.id)
            let path = endpoint.operation.target(target.pathParameters)
            var listing = Listing<DomainEntityRef>(page: target.page, total: users.count, path: path)
            let isNaming = caller.has(.viewIntegrations)
            if isNaming {
                listing.entities = users.page(offset: target.page.offset, limit: target.page.pageSize).map { user in
                    DomainEntityRef(integration: user.id, name: user.name)
                }
            }
            let isDefault = organization.getDefault(R.self)?.id == entry.id
            let usage = ObjectUsage(isDefault: isDefault, integrations: listing)
            let tag = organizations.tag(of: organization, without: isNaming ? [] : ["integrations"])
            return Reply(bytes: usage.json.bytes, tag: tag)
        }
    }
}

extension DomainEntityRef {
    /// Creates a reference to an integration.
    fileprivate init(integration id: String, name: String) {
        self.init()
        self.id = id
        self.name = name
        selfUri = OpenIntegrationEndpoints.get.operation.target([id])
    }
}
