public import MessagingContract

extension Organizations {
    /// A page of the changes of a caller's organization as they are answered, each an ``ObjectChange``, newest first, and how many there
    /// are on all pages; changes of internal records are none. `query` is settled at a revision of the caller's snapshot or before it. A
    /// caller who may not view integrations is shown nothing of their webhook headers.
    ///
    /// Dropped changes are left out. Throws 400 when the page has several changes and their records more than
    /// ``ChangePage/mostBytes``, and 503 when the store cannot be reached.
    public nonisolated func changes(
        for caller: Caller,
        _ query: ChangesQuery
    ) async throws(APIError) -> (changes: [[UInt8]], total: Int) {
        let organization = caller.organization
        let kind = query.kind.flatMap(Kind.shown(as:))?.name
        let selection = ChangeSelection(
            kinds: kind.map { [$0] } ?? Kind.shownNames,
            id: query.id.map { kind == .defaultObject ? Self.defaultID($0) : $0 },
            upTo: query.asOf.map(Revision.init) ?? organization.revision
        )
        let page = try await changes(
            of: organization.id,
            selection,
            offset: query.page.offset,
            limit: query.page.pageSize
        )
        if page.isCut {
            throw .invalidParameter(
                "pageSize",
                value: "\(query.page.pageSize)",
                allowed: "fewer, since the changes on this page have more than \(ChangePage.mostBytes) bytes"
            )
        }
        var shown: [[UInt8]] = []
        for change in page.changes {
            shown.append(try change.shown(withHeaders: caller.has(.viewIntegrations)))
            await Task.yield()
        }
        return (shown, page.total)
    }

    /// The id of the record that says which object is the default of the kind with this word.
    private static func defaultID(_ word: String) -> String {
        Kind.shown(as: ObjectKind(rawValue: word))?.name.rawValue ?? ""
    }

    nonisolated func changes(
        of organization: String,
        _ selection: ChangeSelection,
        offset: Int,
        limit: Int
    ) async throws(APIError) -> ChangePage {
        do {
            return try await store.changes(of: organization, selection, offset: offset, limit: limit)
        } catch {
            throw APIError(error)
        }
    }
}
