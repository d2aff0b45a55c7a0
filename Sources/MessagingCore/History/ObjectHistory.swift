import MessagingContract

/// The history of one object up to a revision.
struct ObjectHistory: Sendable {
    let organizations: Organizations
    let organization: String
    let kind: RecordKind
    let id: String
    /// The last revision of the history.
    let last: Revision

    /// Returns the object as it was when it was deleted, or nil if the history does not have the deletion.
    func deleted() async throws(APIError) -> Entry? {
        guard let last = try await change(at: 0), last.after == nil else { return nil }
        return try await entry(last.before)
    }

    /// Returns the object in a version before its last one, or nil if the history does not have that version.
    ///
    /// Each version is one change older than the next one, or more if the object was deleted and restored in between. So a version is at
    /// least as many changes away as it is versions away. The search takes about as many steps as the number of those changes has digits.
    func version(_ wanted: Int) async throws(APIError) -> Entry? {
        var offset = 0
        while let change = try await change(at: offset) {
            let (before, after) = (try await entry(change.before), try await entry(change.after))
            if let found = [before, after].compactMap(\.self).first(where: { $0.version == wanted }) { return found }
            guard let newest = after ?? before, newest.version > wanted else { return nil }
            offset += max(1, newest.version - wanted - (after == nil ? 0 : 1))
        }
        return nil
    }

    private func change(at offset: Int) async throws(APIError) -> Change? {
        let selection = ChangeSelection(kinds: [kind], id: id, upTo: last)
        return try await organizations.changes(of: organization, selection, offset: offset, limit: 1).changes.first
    }

    private func entry(_ record: [UInt8]?) async throws(APIError) -> Entry? {
        guard let record else { return nil }
        return try await WorkLane.shared.run(onBytes: record.count, for: organization) {
            [id, kind] () throws(APIError) in
            do {
                return try Entry(id: id, bytes: record)
            } catch {
                throw .internalServerError.caused(by: "history of \(kind.rawValue) \(id): \(error)")
            }
        }
    }
}
