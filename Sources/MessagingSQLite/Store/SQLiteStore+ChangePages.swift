import GRDB
public import MessagingCore

/// Pages of a history. A page is read in many short turns of the store, so commits never wait for a whole page. The first turns read the
/// positions of all changes of the selection from an index, unless an earlier page left them in memory. The next turns read the changes of
/// the page.
extension SQLiteStore {
    /// The number of index entries that one turn reads.
    private static let entriesOfTurn = 1_000
    /// The number of changes that one turn reads if the index does not help.
    private static let rowsOfTurn = 200
    /// The number of bytes after which one turn stops reading changes.
    private static let bytesOfTurn = 256 * 1_024
    /// The number of revisions after which a list is made anew, since updating it reads the changes themselves.
    private static let revisionsBehind: Int64 = 2_000

    /// An entry of `history_object` within an organization and a kind.
    private struct Entry: Equatable, Sendable {
        let id: String
        let position: ChangePosition
    }

    public nonisolated func changes(
        of organization: String,
        _ selection: ChangeSelection,
        offset: Int,
        limit: Int
    ) async throws(StoreError) -> ChangePage {
        let kinds = Set(selection.kinds.map(\.rawValue)).sorted()
        guard !kinds.isEmpty, ([organization, selection.id ?? ""] + kinds).allSatisfy(Text.isStorable) else {
            return ChangePage(changes: [], total: 0)
        }
        guard await pageGate.enter(organization) else { throw .cancelled }
        defer { pageGate.leave(organization) }
        let subject = ChangeList.Subject(organization: organization, kinds: kinds, id: selection.id)
        guard let list = try await list(of: subject) else { return ChangePage(changes: [], total: 0) }
        return try await page(of: list, upTo: selection.last, offset: max(0, offset), limit: max(0, limit))
    }

    /// Returns the positions of all changes of a subject up to the present revision of its organization, or nil if that does not exist.
    private nonisolated func list(of subject: ChangeList.Subject) async throws(StoreError) -> ChangeList? {
        let (revision, known) = try await present(of: subject)
        guard let revision else { return nil }
        if var known, revision - known.last <= Self.revisionsBehind {
            try await bringForward(&known, to: revision)
            return known
        }
        var runs = SortedRuns<ChangePosition>(by: <)
        for kind in subject.kinds {
            var place: Entry? = Entry(id: subject.id ?? "", position: ChangePosition(revision: -1, position: -1))
            while let start = place {
                if Task.isCancelled { throw .cancelled }
                let (positions, end) = try await positions(of: subject, kind, after: start, upTo: revision)
                runs.append(positions)
                place = end
            }
        }
        while runs.step() { await Task.yield() }
        return ChangeList(subject: subject, last: revision, positions: runs.removeAll())
    }

    /// Returns the revision of an organization, and its list from ``changeLists``, which is removed there.
    private func present(of subject: ChangeList.Subject) throws(StoreError) -> (Int64?, ChangeList?) {
        let revision = try access { db in
            let header = try db.cachedStatement(sql: "SELECT revision FROM organization WHERE id = ?")
            return try Row.fetchOne(header, arguments: [subject.organization])?.integer(0)
        }
        return (revision, changeLists.take(subject))
    }

    /// Returns the positions of the next changes of a kind in the order of `history_object`, up to a revision, and the last entry that was
    /// read. The entry is nil if there are no more.
    private func positions(
        of subject: ChangeList.Subject,
        _ kind: String,
        after start: Entry,
        upTo last: Int64
    ) throws(StoreError) -> ([ChangePosition], end: Entry?) {
        try access { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT id, revision, position FROM history INDEXED BY history_object
                    WHERE organization = ? AND kind = ? AND (id, revision, position) > (?, ?, ?)
                    ORDER BY id, revision, position LIMIT \(Self.entriesOfTurn)
                    """
            )
            let rows = try Row.fetchCursor(
                statement,
                arguments: [subject.organization, kind, start.id, start.position.revision, start.position.position]
            )
            defer { withExtendedLifetime(rows) {} }
            var positions: [ChangePosition] = []
            var count = 0
            while try rows.next() != nil {
                if let id = subject.id, !statement.isText(0, id) { return (positions, nil) }
                let position = try statement.position(1)
                if position.revision <= last { positions.append(position) }
                count += 1
                if count == Self.entriesOfTurn {
                    let end = Entry(id: try statement.text(0), position: position)
                    guard end != start else {
                        throw StoreError.corrupt(cause: "an id in the history of \(subject.organization) is not text")
                    }
                    return (positions, end)
                }
            }
            return (positions, nil)
        }
    }

    /// Adds the changes of a list's subject since its last revision.
    private nonisolated func bringForward(_ list: inout ChangeList, to revision: Int64) async throws(StoreError) {
        var start = ChangePosition(revision: list.last, position: .max)
        while list.last < revision {
            if Task.isCancelled { throw .cancelled }
            let (positions, end) = try await positions(of: list.subject, after: start, upTo: revision)
            list.positions += positions
            if let end { start = end } else { list.last = revision }
        }
    }

    /// Returns the positions of the next changes of a subject in their own order, up to a revision, and the last position that was read. It
    /// is nil if there are no more.
    private func positions(
        of subject: ChangeList.Subject,
        after start: ChangePosition,
        upTo last: Int64
    ) throws(StoreError) -> ([ChangePosition], end: ChangePosition?) {
        try access { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT kind, id, revision, position FROM history
                    WHERE organization = ? AND (revision, position) > (?, ?) AND revision <= ?
                    ORDER BY revision, position LIMIT \(Self.rowsOfTurn)
                    """
            )
            let rows = try Row.fetchCursor(
                statement,
                arguments: [subject.organization, start.revision, start.position, last]
            )
            defer { withExtendedLifetime(rows) {} }
            var positions: [ChangePosition] = []
            var count = 0
            while try rows.next() != nil {
                let position = try statement.position(2)
                if subject.kinds.contains(where: { statement.isText(0, $0) }),
                    subject.id.map({ statement.isText(1, $0) }) ?? true
                {
                    positions.append(position)
                }
                count += 1
                if count == Self.rowsOfTurn { return (positions, position) }
            }
            return (positions, nil)
        }
    }

    /// Reads a page of a list's changes up to a revision. The total is that of the first turn.
    private nonisolated func page(
        of list: consuming ChangeList,
        upTo last: Int64,
        offset: Int,
        limit: Int
    ) async throws(StoreError) -> ChangePage {
        let organization = list.subject.organization
        let (total, places) = try await choose(from: list, upTo: last, offset: offset, limit: limit)
        var changes: [Change] = []
        var bytes = 0
        var rest = places[...]
        while !rest.isEmpty {
            if Task.isCancelled { throw .cancelled }
            let (read, count) = try await read(rest, of: organization)
            rest = rest.dropFirst(count)
            for change in read {
                bytes += change.byteCount
                if bytes > ChangePage.mostBytes, !changes.isEmpty {
                    return ChangePage(changes: changes, total: total, isCut: true)
                }
                changes.append(change)
            }
        }
        return ChangePage(changes: changes, total: total)
    }

    /// Keeps a list without dropped changes. Returns its number of changes up to a revision, and the positions of those on a page.
    private func choose(
        from list: consuming ChangeList,
        upTo last: Int64,
        offset: Int,
        limit: Int
    ) throws(StoreError) -> (total: Int, places: [ChangePosition]) {
        let oldest = try access { db in
            let statement = try db.cachedStatement(
                sql: "SELECT revision, position FROM history WHERE organization = ? ORDER BY revision, position LIMIT 1"
            )
            return try Row.fetchOne(statement, arguments: [list.subject.organization]).map {
                try ChangePosition(revision: $0.integer(0), position: $0.integer(1))
            }
        }
        list.removeAll(before: oldest ?? ChangePosition(revision: .max, position: .max))
        let total = list.count(upTo: last)
        let end = total - min(offset, total)
        let places = Array(list.positions[max(0, end - min(limit, end))..<end].reversed())
        changeLists.put(list)
        return (total, places)
    }

    /// Reads as many of these changes as fit into one turn, at least one, and returns them with the number of positions that were read. A
    /// change that was dropped meanwhile is left out.
    private func read(
        _ places: ArraySlice<ChangePosition>,
        of organization: String
    ) throws(StoreError) -> (changes: [Change], count: Int) {
        try access { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT revision, position, kind, id, before, after, user, client, operation, context, address, time_ms
                    FROM history WHERE organization = ? AND revision = ? AND position = ?
                    """
            )
            var changes: [Change] = []
            var count = 0
            var bytes = 0
            for place in places where bytes < Self.bytesOfTurn {
                count += 1
                let row = try Row.fetchOne(statement, arguments: [organization, place.revision, place.position])
                guard let change = try row?.change() else { continue }
                bytes += change.byteCount
                changes.append(change)
            }
            return (changes, count)
        }
    }
}

extension Change {
    /// The bytes of the record before and after the change.
    fileprivate var byteCount: Int { (before?.count ?? 0) + (after?.count ?? 0) }
}
