/// The limits on the content of one organization. Deleting objects makes room.
public struct OrganizationLimits: Hashable, Sendable {
    /// The number of objects that clients create, of all kinds together.
    public var objects: Int
    /// The number of OAuth clients.
    public var clients: Int
    /// The bytes of records and history together; see ``OrganizationSize``.
    public var bytes: Int
    /// The limits on its history.
    public var history: HistoryLimits

    /// Creates limits, by default those of the server.
    public init(
        objects: Int = 100_000,
        clients: Int = 10_000,
        bytes: Int = 64 << 20,
        history: HistoryLimits = HistoryLimits()
    ) {
        self.objects = objects
        self.clients = clients
        self.bytes = bytes
        self.history = history
    }

    /// The largest memory in bytes of an organization within these limits, estimated as for ``SnapshotStatistics/bytes``. A record counts
    /// at least as ``Record/overhead`` bytes.
    package var memory: Int { Record.mostMemory(bytes, objects: objects) }

    /// The bytes up to which no history is dropped for its bytes. The rest leaves room for some writes before a drop is necessary.
    var comfortableBytes: Int { bytes - bytes / 16 }
}

extension OrganizationSize {
    /// The largest memory in bytes of an organization of this size, as for ``OrganizationLimits/memory``: six times its records, as if each
    /// were of the least size.
    var memory: Int { Record.mostMemory(records) }
}

extension Record {
    /// Returns the largest memory in bytes of at most `objects` records that have so many bytes together.
    fileprivate static func mostMemory(_ bytes: Int, objects: Int = .max) -> Int {
        bytes + min(objects, bytes / overhead) * Entry.overhead
    }
}
