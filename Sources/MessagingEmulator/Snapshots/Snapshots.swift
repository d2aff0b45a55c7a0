import MessagingContract
import MessagingCore

/// The snapshots of organizations. Taking one stores its name and revision only. Restoring one sets the records that have changed since, as the
/// next revision.
struct Snapshots: Sendable {
    private let organizations: Organizations
    private let delay: Double
    /// The number of times that a restoration reads the history while the organization keeps changing.
    private static let looks = 8

    init(_ organizations: Organizations, completingAfter delay: Double) {
        self.organizations = organizations
        self.delay = delay
    }

    /// Takes a snapshot, in place of an earlier one with the name. Throws 400 for a name that is not one, and 400 `quota.exceeded`.
    func take(_ name: String, of id: String, by author: Author) async throws(APIError) -> EmulatorSnapshot {
        do throws(FieldError) { try ObjectName.check(name) } catch { throw APIError(error) }
        return try await organizations.change(id, by: author) { (draft) throws(APIError) in
            let present = draft.organization[.emulatorSnapshot]
            guard present[name] != nil || present.count < EmulatorSnapshot.most else {
                throw .quotaExceeded("snapshots", limit: EmulatorSnapshot.most)
            }
            return draft.take(snapshot: name)
        }
    }

    /// Restores the content of a snapshot, and returns the snapshot. Its revision is the new one then, so that a later restoration has fewer
    /// changes to read.
    ///
    /// Throws 404 if there is no such snapshot, 409 if the history no longer has its content, and 503 if the organization kept changing.
    func restore(_ name: String, of id: String, by author: Author) async throws(APIError) -> EmulatorSnapshot {
        for _ in 0..<Self.looks {
            guard let organization = try await organizations.snapshot(of: id) else { throw .notFound }
            let snapshot = try organization.snapshot(name)
            let past = try await organizations.pastContent(of: organization, at: Revision(snapshot.revision))
            let turn = Turn(bytes: 3 * past.reduce(0) { $0 + ($1.bytes?.count ?? 0) })
            let (read, delay) = (organization.revision, delay)
            let restored = try await organizations.change(id, by: author, turn: turn) {
                (draft) throws(APIError) -> EmulatorSnapshot? in
                guard draft.organization.revision == read else { return nil }
                guard try draft.set(past, completingAfter: delay) else { return snapshot }
                return draft.take(snapshot: name)
            }
            if let restored { return restored }
        }
        throw .changedMeanwhile
    }

    /// Deletes a snapshot. Throws 404.
    func delete(_ name: String, of id: String, by author: Author) async throws(APIError) {
        try await organizations.change(id, by: author) { (draft) throws(APIError) in
            _ = try draft.organization.snapshot(name)
            draft.remove(.emulatorSnapshot, name)
        }
    }
}
