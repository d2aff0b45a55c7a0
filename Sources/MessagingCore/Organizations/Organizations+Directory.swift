public import MessagingContract

extension Organizations {
    /// The ids of all organizations, ascending. Throws 503 when the store cannot be reached.
    public nonisolated func identifiers() async throws(APIError) -> [String] {
        do {
            return try await store.organizations()
        } catch {
            throw APIError(error)
        }
    }

    /// The ids of the organizations that have a record of a kind, ascending. Throws 503 when the store cannot be reached.
    public nonisolated func identifiers(having kind: RecordKind) async throws(APIError) -> [String] {
        do {
            return try await store.organizations(having: kind)
        } catch {
            throw APIError(error)
        }
    }

    /// Returns the tag of everything that follows from an organization's state as a whole, such as its lists. No other organization
    /// has the same one, at whatever revision.
    public nonisolated func tag(of organization: Organization) -> EntityTag {
        EntityTag(opaque: "\(store.epoch)-\(organization.id)-\(organization.revision)")
    }

    /// Returns the OAuth client with this id as it is stored, after the same work whether or not there is one: one row is read, one
    /// record is decoded, and no organization is loaded. The organization is nil for a client that does not exist, whose secret
    /// nobody knows.
    ///
    /// Throws 503 when the store cannot be reached, and 500 when the stored record is not a client.
    nonisolated func storedClient(
        _ id: String
    ) async throws(APIError) -> (client: OAuthClient, organization: String?) {
        let stored: StoredClient?
        do {
            stored = try await store.client(id)
        } catch {
            throw APIError(error)
        }
        do {
            return (try OAuthClient(document: stored?.bytes ?? OAuthClient.nobody), stored?.organization)
        } catch {
            throw .internalServerError.caused(by: "stored OAuth client: \(error.message)")
        }
    }

    /// Returns a snapshot of the organization that has the OAuth client with this id; nil when none has. Throws 503 when the store
    /// cannot be reached.
    public nonisolated func organization(ofClient id: String) async throws(APIError) -> Organization? {
        let client: StoredClient?
        do {
            client = try await store.client(id)
        } catch {
            throw APIError(error)
        }
        guard let client else { return nil }
        return try await snapshot(of: client.organization)
    }
}
