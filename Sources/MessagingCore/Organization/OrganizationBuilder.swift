import MessagingContract

/// An ``Organization`` that is built from its stored records in short steps. Other tasks can run between them.
struct OrganizationBuilder {
    /// The limits of one step: the number of records, and the bytes after which it reads no more.
    private static let recordsOfStep = 64
    private static let bytesOfStep = 64 * 1_024

    private let id: String
    private let revision: Revision
    private let records: [Record]
    /// The number of records that have been added.
    private var added = 0
    private var growing: [RecordKind: TableBuilder] = [:]
    private var rest: [(kind: RecordKind, builder: TableBuilder)] = []
    private var tables: [RecordKind: Table] = [:]
    private var indexes: IndexesBuilder
    /// The kinds whose indexes are not complete.
    private var indexing = Kind.all.filter { $0.index != nil }
    /// The index of the last record's kind, which is that of most neighbors, and the members to read for it.
    private var last: (kind: RecordKind, index: DerivedIndex?, members: [String])?

    /// Creates a builder of a stored organization.
    init(_ stored: StoredOrganization) {
        id = stored.id
        revision = stored.revision
        records = stored.records
        indexes = IndexesBuilder(at: stored.revision)
    }

    /// Returns the organization, after the last step. Throws ``StoreError/corrupt(cause:)`` if its revision was not written by this
    /// program.
    func organization() throws(StoreError) -> Organization {
        try Organization(id: id, revision: revision, tables: tables, indexes: indexes.indexes)
    }

    /// Does one step of the work. Returns false if no work is left. Throws ``StoreError/corrupt(cause:)`` if a record does not fit its
    /// kind.
    mutating func step() throws(StoreError) -> Bool {
        if added < records.count {
            var bytes = 0
            let end = min(added + Self.recordsOfStep, records.count)
            while added < end, bytes < Self.bytesOfStep {
                try add(records[added])
                bytes += records[added].bytes.count
                added += 1
            }
            return true
        }
        if !growing.isEmpty {
            rest = growing.map { ($0.key, $0.value) }
            growing = [:]
        }
        if var last = rest.popLast() {
            if last.builder.step() { rest.append(last) } else { tables[last.kind] = last.builder.table }
            return true
        }
        while let kind = indexing.last {
            if let index = kind.index, index.step(&indexes, tables[kind.name] ?? Table()) { return true }
            indexing.removeLast()
        }
        return false
    }

    private mutating func add(_ record: Record) throws(StoreError) {
        let (index, members) = index(of: record.kind)
        try Self.read(record) {
            let members = try JSON.members(members, of: record.bytes)
            growing[record.kind, default: TableBuilder()].add(Entry(id: record.id, members, record.bytes))
            try index?.add(&indexes, record, members)
        }
    }

    private mutating func index(of kind: RecordKind) -> (index: DerivedIndex?, members: [String]) {
        if let last, last.kind == kind { return (last.index, last.members) }
        let index = Kind[kind].index
        let members = Entry.members + (index?.members ?? [])
        last = (kind, index, members)
        return (index, members)
    }

    private static func read<Value>(_ record: Record, _ body: () throws -> Value) throws(StoreError) -> Value {
        do {
            return try body()
        } catch {
            throw .corrupt(cause: "\(record.kind.rawValue) \(record.id): \(error)")
        }
    }
}

extension Organization {
    /// Creates a stored organization. Throws ``StoreError/corrupt(cause:)`` if a record does not fit its kind.
    public init(_ stored: StoredOrganization) throws(StoreError) {
        var builder = OrganizationBuilder(stored)
        while try builder.step() {}
        self = try builder.organization()
    }

    /// Returns a stored organization, like ``init(_:)``, but yields to other tasks about every millisecond.
    static func building(_ stored: StoredOrganization) async throws(StoreError) -> Organization {
        var builder = OrganizationBuilder(stored)
        var start = ContinuousClock.now
        while try builder.step() {
            if start.duration(to: .now) < .milliseconds(1) { continue }
            await Task.yield()
            start = .now
        }
        return try builder.organization()
    }
}
