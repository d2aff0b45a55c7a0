import MessagingContract

/// An ``Organization`` that is built from what is stored of it in short steps, so that other tasks can run between them.
struct OrganizationBuilder {
    /// One step reads at most so many records, and none after so many bytes.
    private static let recordsOfStep = 64
    private static let bytesOfStep = 64 * 1_024

    private let id: String
    private let revision: Revision
    private let records: [Record]
    /// How many of the records have been added.
    private var added = 0
    private var growing: [RecordKind: TableBuilder] = [:]
    private var rest: [(kind: RecordKind, builder: TableBuilder)] = []
    private var tables: [RecordKind: Table] = [:]
    private var indexes: IndexesBuilder
    /// The indexes that are not complete.
    private var indexing = Kind.all.filter { $0.index != nil }
    /// The index of the last record's kind, which is that of most of its neighbors, and the members that it is read for.
    private var last: (kind: RecordKind, index: DerivedIndex?, members: [String])?

    /// Creates a builder of what is stored.
    init(_ stored: StoredOrganization) {
        id = stored.id
        revision = stored.revision
        records = stored.records
        indexes = IndexesBuilder(at: stored.revision)
    }

    /// Returns the organization, after the last step. Throws ``StoreError/corrupt(cause:)`` when its revision was not written by this
    /// program.
    func organization() throws(StoreError) -> Organization {
        try Organization(id: id, revision: revision, tables: tables, indexes: indexes.indexes)
    }

    /// Does one step of the work; false when nothing is left to do. Throws ``StoreError/corrupt(cause:)`` when a record is not what
    /// its kind says.
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
    /// Creates the organization as it is stored. Throws ``StoreError/corrupt(cause:)`` when a record is not what its kind says.
    public init(_ stored: StoredOrganization) throws(StoreError) {
        var builder = OrganizationBuilder(stored)
        while try builder.step() {}
        self = try builder.organization()
    }

    /// Returns the organization as it is stored, like ``init(_:)``, but lets other tasks run about every millisecond.
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
