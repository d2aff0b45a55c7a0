import Logging
import MessagingContract
import MessagingCore
import MessagingSQLite

/// Runs the commands of the administration on a store.
struct Administration: Sendable {
    let store: SQLiteStore
    let organizations: Organizations
    /// Gives what seals and opens secrets, for commands that need it.
    let integrations: @Sendable () async throws(APIError) -> OpenIntegrations
    /// Saves the keys that ``integrations`` seals with where they are not saved, before anything that they seal is stored.
    var keepKeys: @Sendable () throws(APIError) -> Void = {}
    /// The one import or export that runs at a time.
    let documents = OneAtATime()

    /// Runs a command and returns its response, as `--json` prints it. One that takes long reports its progress, and ends when that
    /// throws. `log` gets what the command is about, also when it is refused: of organizations and clients only such as exist.
    ///
    /// Throws an error whose message is for the terminal.
    func run(
        _ request: AdministrationRequest,
        log: inout Logger.Metadata,
        progress: @escaping AdministrationProgress
    ) async throws(APIError) -> JSON {
        if let file = request.file { log["file"] = .string(file.line()) }
        let author = Author.server(request.command.rawValue, contextID: organizations.surroundings.makeID())
        switch request.command {
        case .createOrganization:
            let info = try await organizations.create(name: request.name ?? "", by: author)
            log["organization"] = .string(info.id)
            return ["id": .string(info.id), "name": .string(info.name)]
        case .listOrganizations:
            var list: [JSON] = []
            for id in try await organizations.identifiers() {
                guard let organization = try await organizations.peek(at: id) else { continue }
                list.append(["id": .string(id), "name": .string(organization.info.name)])
            }
            return .array(list)
        case .createClient:
            let organization = try await organization(request.organization, &log)
            let registration = ClientRegistration(
                name: request.name ?? "",
                permissions: request.permissions ?? Permission.all.map(\.rawValue),
                scopes: request.scopes ?? [Scope.messaging.rawValue]
            )
            try await organizations.register(registration, in: organization.id, by: author)
            log["client"] = .string(registration.client.id)
            return registration.client.summary(organization, secret: registration.secret)
        case .listClients:
            let organization = try await organization(request.organization, &log)
            let clients = organization.clients.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
            return .array(clients.map { $0.summary(organization) })
        case .rotateClient:
            let (client, organization) = try await client(request.client, &log)
            let registration = try await organizations.rotateSecret(of: client, in: organization.id, by: author)
            return client.summary(organization, secret: registration.secret)
        case .deleteClient:
            let (client, organization) = try await client(request.client, &log)
            try await organizations.change(organization.id, by: author) { (draft) throws(APIError) in
                try draft.deleteClient(client.id)
            }
            return ["id": .string(client.id)]
        case .exportOrganization:
            log["with_secrets"] = "\(request.withSecrets == true)"
            return try await export(try await organization(request.organization, &log), request, progress: progress)
        case .importOrganization:
            let summary = try await importOrganization(request, by: author)
            log["organization"] = .string(summary.organization.id)
            return summary.json
        case .backup:
            let file = request.file ?? ""
            do throws(BackupError) {
                let summary = try await store.backUp(to: file) { try await progress($0.done, $0.total) }
                return summary.json(file)
            } catch {
                throw .badRequest("\(error)")
            }
        }
    }

    private func organization(
        _ id: String?,
        _ log: inout Logger.Metadata
    ) async throws(APIError) -> Organization {
        let organization = try await organization(id)
        log["organization"] = .string(organization.id)
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
            throw .badRequest("there are \(ids.count) organizations: say which one with --organization")
        }
        return organization
    }

    private func client(
        _ id: String?,
        _ log: inout Logger.Metadata
    ) async throws(APIError) -> (OAuthClient, Organization) {
        let id = id ?? ""
        guard let organization = try await organizations.organization(ofClient: id),
            let client = organization.clients[id]
        else { throw .badRequest("there is no client \(id)") }
        log["organization"] = .string(organization.id)
        log["client"] = .string(client.id)
        return (client, organization)
    }
}

/// Gets how many pages of how many are done. Throws when nobody wants to know.
typealias AdministrationProgress = @Sendable (_ done: Int, _ total: Int) async throws -> Void

extension BackupSummary {
    /// The result of a backup, as the administration returns it.
    func json(_ file: String) -> JSON {
        [
            "file": .string(file), "bytes": bytes.json, "organizations": organizations.json, "keys": keys.ids.json,
        ]
    }
}

extension OAuthClient {
    /// A client, as the administration returns it: never its digest, and the secret only when it was just made.
    fileprivate func summary(_ organization: Organization, secret: String? = nil) -> JSON {
        var summary: JSON.Object = [
            "id": .string(id), "name": .string(name), "organization": .string(organization.id),
            "permissions": permissions.json, "scopes": scopes.json,
        ]
        if let secret { summary["secret"] = .string(secret) } else { summary["dateCreated"] = dateCreated.json }
        return .object(summary)
    }
}
