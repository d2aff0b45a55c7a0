import Logging
import MessagingContract
import MessagingCore
import MessagingSQLite

/// The implementation of the commands of the administration on an open store.
///
/// Each command throws an error whose message is for the terminal. It adds the objects that it concerns to the log of its run, also if it
/// is refused, but only existing organizations and clients.
struct Administration: Sendable {
    let store: OpenStore
    let organizations: Organizations
    /// Returns the integrations, which seal and open secrets, for commands that need them.
    let integrations: @Sendable () async throws(APIError) -> OpenIntegrations
    /// Saves the keys of ``integrations`` unless they are saved already. Commands call it before they store anything sealed.
    var keepKeys: @Sendable () throws(APIError) -> Void = {}
    /// The one import or export that runs at a time.
    let documents = OneAtATime()

    func createOrganization(
        _ request: OrganizationRequest,
        _ run: inout CommandRun
    ) async throws(APIError) -> NamedEntity {
        let info = try await organizations.create(name: request.name, by: run.author)
        run.log["organization"] = .string(info.id)
        return NamedEntity(id: info.id, name: info.name)
    }

    func listOrganizations() async throws(APIError) -> EntityList<NamedEntity> {
        var list: [NamedEntity] = []
        for id in try await organizations.identifiers() {
            guard let organization = try await organizations.peek(at: id) else { continue }
            list.append(NamedEntity(id: id, name: organization.info.name))
        }
        return EntityList(list)
    }

    func createClient(
        _ request: ClientRequest,
        _ run: inout CommandRun
    ) async throws(APIError) -> AdministeredClient {
        let organization = try await organization(request.organization, &run)
        let registration = ClientRegistration(
            name: request.name,
            permissions: request.permissions ?? Permission.all.map(\.rawValue),
            scopes: request.scopes ?? [Scope.messaging.rawValue],
            in: organizations.surroundings
        )
        try await organizations.register(registration, in: organization.id, by: run.author)
        run.log["client"] = .string(registration.client.id)
        return AdministeredClient(registration.client, organization, secret: registration.secret)
    }

    func listClients(
        _ query: OrganizationQuery,
        _ run: inout CommandRun
    ) async throws(APIError) -> EntityList<AdministeredClient> {
        let organization = try await organization(query.organization, &run)
        let clients = organization.clients.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        return EntityList(clients.map { AdministeredClient($0, organization) })
    }

    func rotateClient(_ id: String, _ run: inout CommandRun) async throws(APIError) -> AdministeredClient {
        let (client, organization) = try await client(id, &run)
        let registration = try await organizations.rotateSecret(of: client, in: organization.id, by: run.author)
        return AdministeredClient(client, organization, secret: registration.secret)
    }

    func deleteClient(_ id: String, _ run: inout CommandRun) async throws(APIError) -> DeletedClient {
        let (client, organization) = try await client(id, &run)
        try await organizations.change(organization.id, by: run.author) { (draft) throws(APIError) in
            try draft.deleteClient(client.id)
        }
        return DeletedClient(id: client.id)
    }

    func backUp(_ request: BackupRequest, _ run: inout CommandRun) async throws(APIError) -> BackupReport {
        run.log["file"] = .string(request.file.line())
        let progress = run.progress
        let isFinal = request.isFinal == true
        if isFinal { run.log["final"] = "true" }
        do {
            return BackupReport(
                try await store.file(for: "backup").backUp(to: request.file, isFinal: isFinal) {
                    try await progress($0.done, $0.total)
                },
                file: request.file
            )
        } catch {
            throw .badRequest("\(error)")
        }
    }

    /// Returns the organization with this id, or the only one without an id.
    func organization(_ id: String?, _ run: inout CommandRun) async throws(APIError) -> Organization {
        let organization = try await organization(id)
        run.log["organization"] = .string(organization.id)
        return organization
    }

    private func organization(_ id: String?) async throws(APIError) -> Organization {
        if let id {
            guard let organization = try await organizations.snapshot(of: id) else {
                throw .badRequest("there is no organization \(id)")
            }
            return organization
        }
        let ids = try await organizations.identifiers()
        guard ids.count == 1, let organization = try await organizations.snapshot(of: ids[0]) else {
            throw .badRequest("there are \(ids.count) organizations: name one with --organization")
        }
        return organization
    }

    private func client(_ id: String, _ run: inout CommandRun) async throws(APIError) -> (OAuthClient, Organization) {
        guard let organization = try await organizations.organization(ofClient: id),
            let client = organization.clients[id]
        else { throw .badRequest("there is no client \(id)") }
        run.log["organization"] = .string(organization.id)
        run.log["client"] = .string(client.id)
        return (client, organization)
    }
}

extension BackupReport {
    /// Creates the report of a backup to this file.
    init(_ summary: BackupSummary, file: String) {
        self.init()
        self.file = file
        bytes = summary.bytes
        organizations = summary.organizations
        keys = summary.keys.ids
    }
}

extension AdministeredClient {
    /// Creates a description of a client, with its secret only if that is new.
    fileprivate init(_ client: OAuthClient, _ organization: Organization, secret: String? = nil) {
        self.init()
        id = client.id
        name = client.name
        self.organization = organization.id
        permissions = client.permissions
        scopes = client.scopes
        self.secret = secret
        if secret == nil { dateCreated = client.dateCreated }
    }
}
