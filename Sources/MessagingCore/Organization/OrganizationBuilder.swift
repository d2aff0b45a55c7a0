import MessagingContract

/// An ``Organization`` that is built from what is stored of it in short steps, so that other tasks can run between them.
struct OrganizationBuilder {
    /// One step reads at most so many records, and none after so many bytes.
    private static let recordsOfStep = 64
    private static let bytesOfStep = 64 * 1_024

    private static let namesOfIntegration = ["name", "version"] + References.Target.members

    /// The organization, after the last step.
    private(set) var organization: Organization
    private var records: ArraySlice<Record>
    private var tables: [RecordKind: TableBuilder] = [:]
    private var rest: [(kind: RecordKind, builder: TableBuilder)] = []
    private var references = ReferencesBuilder()

    /// Begins with what is stored. Throws ``StoreError/corrupt(cause:)`` when its revision is none of ours.
    init(_ stored: StoredOrganization) throws(StoreError) {
        organization = try Organization(id: stored.id, revision: stored.revision)
        records = stored.records[...]
    }

    /// Does one step of the work; false when nothing is left to do. Throws ``StoreError/corrupt(cause:)`` when a record is not what
    /// its kind says.
    mutating func step() throws(StoreError) -> Bool {
        if !records.isEmpty {
            var bytes = 0
            var count = 0
            while count < Self.recordsOfStep, bytes < Self.bytesOfStep, let record = records.popFirst() {
                try add(record)
                count += 1
                bytes += record.bytes.count
            }
            return true
        }
        if !tables.isEmpty {
            rest = tables.map { ($0.key, $0.value) }
            tables = [:]
        }
        if var last = rest.popLast() {
            if last.builder.step() { rest.append(last) } else { organization.load(last.builder.table, of: last.kind) }
            return true
        }
        if references.step() { return true }
        organization.load(references.references)
        return false
    }

    private mutating func add(_ record: Record) throws(StoreError) {
        let names = record.kind == .openIntegration ? Self.namesOfIntegration : ["name", "version"]
        let members = try Self.read(record) { try JSON.members(names, of: record.bytes) }
        let entry = Entry(id: record.id, members, record.bytes)
        tables[record.kind, default: TableBuilder()].add(entry)
        if record.kind == .oauthClient {
            organization.setClient(record.id, to: try Self.read(record) { try OAuthClient(document: record.bytes) })
        }
        if record.kind == .openIntegration {
            references.add(entry, members)
        }
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
        var builder = try OrganizationBuilder(stored)
        while try builder.step() {}
        self = builder.organization
    }

    /// Returns the organization as it is stored, like ``init(_:)``, but lets other tasks run about every millisecond.
    static func building(_ stored: StoredOrganization) async throws(StoreError) -> Organization {
        var builder = try OrganizationBuilder(stored)
        var start = ContinuousClock.now
        while try builder.step() {
            if start.duration(to: .now) < .milliseconds(1) { continue }
            await Task.yield()
            start = .now
        }
        return builder.organization
    }
}
