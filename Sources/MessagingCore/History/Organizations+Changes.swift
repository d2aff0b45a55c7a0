public import MessagingContract

extension Organizations {
    /// Returns a page of the changes of a caller's organization as responses have them, each an ``ObjectChange``, newest first, and their
    /// number on all pages. Changes of internal records and dropped changes are not among them. `query` is resolved at a revision of the
    /// caller's snapshot or before it. A caller who may not view integrations does not see their webhook headers.
    ///
    /// Throws 400 if the page has several changes with more than ``ChangePage/mostBytes`` of records together, and 503 if the store cannot
    /// be reached.
    public func changes(
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
        let withHeaders = caller.has(.viewIntegrations)
        for change in page.changes {
            let bytes = (change.before?.count ?? 0) + (change.after?.count ?? 0)
            shown.append(
                try await WorkLane.shared.run(onBytes: bytes, for: organization.id) { () throws(APIError) in
                    try change.shown(withHeaders: withHeaders)
                }
            )
            await Task.yield()
        }
        return (shown, page.total)
    }

    /// Returns the id of the record that has the default of the kind with this word.
    private static func defaultID(_ word: String) -> String {
        Kind.shown(as: ObjectKind(rawValue: word))?.name.rawValue ?? ""
    }

    func changes(
        of organization: String,
        _ selection: ChangeSelection,
        offset: Int,
        limit: Int
    ) async throws(APIError) -> ChangePage {
        // A page is put together from megabytes, so not on an event loop.
        try await withTaskExecutorPreference(globalConcurrentExecutor) { () throws(APIError) in
            try await APIError.fromStore { () throws(StoreError) in
                try await store.changes(of: organization, selection, offset: offset, limit: limit)
            }
        }
    }
}
