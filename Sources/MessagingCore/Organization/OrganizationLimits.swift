/// How much one organization may hold. Deleting makes room.
public struct OrganizationLimits: Hashable, Sendable {
    /// Objects that clients create, of all kinds together.
    public var objects: Int
    /// OAuth clients.
    public var clients: Int
    /// Bytes of records and history together, see ``OrganizationSize``.
    public var bytes: Int
    /// How much of its history it keeps.
    public var history: HistoryLimits

    /// The defaults, but for what is given.
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

    /// The most bytes of memory that an organization takes within these limits, estimated as for ``SnapshotStatistics/bytes``. A record counts
    /// as ``Record/overhead`` bytes at least.
    package var memory: Int { Record.mostMemory(bytes, objects: objects) }

    /// The bytes up to which no history is dropped for its bytes: there has to be room for some writes before that is necessary.
    var comfortableBytes: Int { bytes - bytes / 16 }
}

extension OrganizationSize {
    /// The most bytes of memory that an organization of this size takes, as for ``OrganizationLimits/memory``: six times its records, as if
    /// these were of the least size.
    var memory: Int { Record.mostMemory(records) }
}

extension Record {
    /// The most bytes of memory that records of so many bytes take, at most `objects` of them.
    fileprivate static func mostMemory(_ bytes: Int, objects: Int = .max) -> Int {
        bytes + min(objects, bytes / overhead) * Entry.overhead
    }
}
