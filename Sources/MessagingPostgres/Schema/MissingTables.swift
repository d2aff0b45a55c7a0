/// What to do if a database has no tables of this program.
public enum MissingTables: Sendable, Hashable {
    /// Refuse the database.
    case refuse
    /// Create them. The large ones get so many partitions by the hash of the organization's id, or none for nil.
    case create(partitions: Int?)
}
