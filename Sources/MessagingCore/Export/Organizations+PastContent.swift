package import MessagingContract

extension Organizations {
    /// The number of changes that are read at a time.
    private static let page = 500

    /// Returns the records of an organization's content that had other bytes at an earlier revision, as they were then. Reads the changes since.
    ///
    /// Throws 409 if the history no longer has all of them, and 503 if the store is not available. Throws 500 if the store is
    /// no ``EmulatorStore``.
    package func pastContent(
        of organization: Organization,
        at revision: Revision
    ) async throws(APIError) -> [ContentRecord] {
        let store = try emulatorStore
        let selection = ChangeSelection(kinds: Organization.contentKinds, upTo: organization.revision)
        var past: [RecordPlace: [UInt8]?] = [:]
        var offset = 0
        while true {
            let changes = try await changes(of: organization.id, selection, offset: offset)
            for change in changes where change.revision > revision {
                past[RecordPlace(kind: change.kind, id: change.id)] = .some(change.before)
            }
            guard let last = changes.last, last.revision > revision else { break }
            offset += changes.count
        }
        let dropped = try await APIError.fromStore { () throws(StoreError) in
            try await store.droppedRevision(of: organization.id)
        }
        guard dropped <= revision else { throw .historyDropped }
        return past.map { ContentRecord(kind: $0.key.kind, id: $0.key.id, bytes: $0.value) }
    }

    private func changes(
        of id: String,
        _ selection: ChangeSelection,
        offset: Int
    ) async throws(APIError) -> [Change] {
        try await APIError.fromStore { () throws(StoreError) in
            try await store.changes(of: id, selection, offset: offset, limit: Self.page).changes
        }
    }
}

/// The place of a record in its organization.
private struct RecordPlace: Hashable {
    let kind: RecordKind
    let id: String
}

extension APIError {
    /// 409: changes that the response depends on were dropped from the history.
    fileprivate static let historyDropped = APIError(
        status: 409,
        code: "conflict",
        message: "The history no longer has all changes since then."
    )
}
