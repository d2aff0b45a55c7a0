import MessagingContract
import MessagingCore
import Synchronization

import struct Foundation.Date

/// The organizations that were created for tests, until each is deleted.
final class EmulatedOrganizations: Sendable {
    /// The largest number of them.
    static let most = 10_000

    private let organizations: Organizations
    private let identity: Identity
    private let content: OrganizationContent
    /// The organizations by id, without secrets; nil until they are read from the store.
    private let known = Mutex<[String: EmulatedOrganization]>([:])

    init(_ organizations: Organizations, _ identity: Identity, _ content: OrganizationContent) {
        self.organizations = organizations
        self.identity = identity
        self.content = content
    }

    /// All of them, ordered by name and id.
    var all: [EmulatedOrganization] {
        known.withLock { Array($0.values) }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    /// Reads those that are in the store already.
    func load() async throws(APIError) {
        for id in try await organizations.identifiers() {
            guard let organization = try await organizations.peek(at: id),
                let found = EmulatedOrganization(organization)
            else { continue }
            known.withLock { $0[id] = found }
        }
    }

    /// Creates one with a client, a token and its seed, and returns it with their secrets.
    ///
    /// Throws 400 if the seed or the name is not valid, and 400 `quota.exceeded` if there are too many.
    func create(_ request: EmulatedOrganizationRequest, contextID: String) async throws(APIError)
        -> EmulatedOrganization
    {
        let surroundings = organizations.surroundings
        let author = Author.server("postPlatformEmulatorOrganizations", contextID: contextID)
        var made = EmulatedOrganization()
        made.id = surroundings.makeOrderedID()
        made.name = request.name ?? "Emulated"
        let lifetime = request.lifetimeSeconds ?? EmulatedOrganizationRequest.standardLifetime
        made.dateExpires = surroundings.now(nil).addingTimeInterval(Double(lifetime))
        try reserve(made)
        do throws(APIError) {
            var seed: Organization?
            if let document = request.seed {
                seed = try await content.prepare(OrganizationState(document), for: made.id, made.name, by: author)
            }
            let client = ClientRegistration(name: made.name, in: surroundings)
            try await create(made, seed, client, author)
            let authenticated = try await identity.client([(client.client.id, client.secret)], from: nil)
            let token = try await identity.issueToken(to: authenticated, scope: nil)
            (made.clientId, made.clientSecret) = (client.client.id, client.secret)
            made.accessToken = token.access_token
            return made
        } catch {
            _ = known.withLock { $0.removeValue(forKey: made.id) }
            throw error
        }
    }

    private func create(
        _ made: EmulatedOrganization,
        _ seed: Organization?,
        _ client: ClientRegistration,
        _ author: Author
    ) async throws(APIError) {
        let (record, delay) = (made.json, content.delay)
        try await organizations.create(made.id, by: author) { (draft) throws(APIError) in
            if let seed {
                _ = try draft.setName(made.name)
                try draft.set(draft.organization.differences(to: seed), completingAfter: delay)
            } else {
                _ = try draft.initialize(name: made.name)
            }
            try draft.create(client.client)
            draft.put(.emulatedOrganization, made.id, record)
            draft.take(snapshot: EmulatorSnapshot.seed)
        }
    }

    /// Deletes one. Throws 404 if there is no such organization.
    func delete(_ id: String) async throws(APIError) {
        guard known.withLock({ $0.removeValue(forKey: id) }) != nil else { throw .notFound }
        try await organizations.remove(id)
    }

    /// Deletes those whose lifetime is over.
    func sweep() async throws(APIError) {
        let now = organizations.surroundings.now(nil)
        let over = known.withLock { $0.values.filter { $0.dateExpires <= now }.map(\.id) }
        for id in over where !Task.isCancelled {
            do throws(APIError) { try await delete(id) } catch { if error.status != 404 { throw error } }
        }
    }

    /// Notes an organization that is about to be created.
    private func reserve(_ made: EmulatedOrganization) throws(APIError) {
        try known.withLock { (known) throws(APIError) in
            guard known.count < Self.most else { throw .quotaExceeded("organizations", limit: Self.most) }
            known[made.id] = made
        }
    }
}
