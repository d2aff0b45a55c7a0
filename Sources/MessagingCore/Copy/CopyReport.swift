/// The content of a finished copy.
public struct CopyReport: Sendable {
    /// The number of organizations whose revisions a report has.
    private static let mostRevisions = 10

    /// The number of rows of each table.
    public private(set) var rows: [CopiedTable: Int] = [:]
    /// The first organizations by their ids, each with the revision of the copy.
    public private(set) var revisions: [(organization: String, revision: Revision)] = []
    /// The keys that are needed to open secrets in the copy.
    public private(set) var keys: KeyUse
    /// The SHA-256 digest of all rows, in hexadecimal digits, which does not depend on the engine.
    public internal(set) var digest = ""

    init(given: SealingKeys?) { keys = KeyUse(given: given) }

    /// The number of all rows.
    public var rowCount: Int { rows.values.reduce(0, +) }

    mutating func add(_ rows: [CopiedRow], of table: CopiedTable) {
        self.rows[table, default: 0] += rows.count
        switch table {
        case .organization:
            for row in rows.prefix(Self.mostRevisions - revisions.count) {
                if let id = row[0].string, case .integer(let revision) = row[1] { revisions.append((id, revision)) }
            }
        case .record:
            for row in rows where row[1].string == RecordKind.openIntegration.rawValue {
                if case .bytes(let bytes) = row[3] { bytes.withUnsafeBytes { keys.add($0) } }
            }
        default: break
        }
    }
}
