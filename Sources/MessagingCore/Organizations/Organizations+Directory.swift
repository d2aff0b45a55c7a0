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

    /// The tag of everything that follows from an organization's state as a whole, such as its lists.
    public nonisolated func tag(of organization: Organization) -> EntityTag {
        EntityTag(opaque: "\(store.epoch)-\(organization.revision)")
    }

    /// A snapshot of the organization that has the OAuth client with this id; nil when none has. Throws 503 when the store
    /// cannot be reached.
    public nonisolated func organization(ofClient id: String) async throws(APIError) -> Organization? {
        let organization: String?
        do {
            organization = try await store.organization(ofClient: id)
        } catch {
            throw APIError(error)
        }
        guard let organization else { return nil }
        return try await snapshot(of: organization)
    }
}
