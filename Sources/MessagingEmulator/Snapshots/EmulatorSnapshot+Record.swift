import MessagingContract
import MessagingCore

extension RecordKind {
    /// A snapshot of its organization. It has no content: that is what the history has of its revision.
    static let emulatorSnapshot = RecordKind(rawValue: "emulatorSnapshot")
}

extension EmulatorSnapshot {
    /// The name of the snapshot that an organization begins with.
    static let seed = "seed"
    /// The largest number of snapshots of an organization.
    static let most = 1_000

    /// Creates the snapshot of a record. Throws 500 if the record is not valid.
    init(_ entry: Entry) throws(APIError) {
        do {
            self = try EmulatorSnapshot(json: JSON(parsing: entry.bytes), side: .response)
        } catch {
            throw .internalServerError.caused(by: "stored snapshot: \(error)")
        }
    }
}

extension Organization {
    /// Returns the snapshots, ordered by name.
    func snapshots() throws(APIError) -> [EmulatorSnapshot] {
        var snapshots: [EmulatorSnapshot] = []
        for entry in self[.emulatorSnapshot].entries { snapshots.append(try EmulatorSnapshot(entry)) }
        return snapshots
    }

    /// Returns the snapshot with a name. Throws 404.
    func snapshot(_ name: String) throws(APIError) -> EmulatorSnapshot {
        guard let entry = self[.emulatorSnapshot][name] else { throw .notFound }
        return try EmulatorSnapshot(entry)
    }
}

extension Draft {
    /// Takes a snapshot of the content with the rule's changes so far, in place of an earlier one with the name.
    @discardableResult
    mutating func take(snapshot name: String) -> EmulatorSnapshot {
        var snapshot = EmulatorSnapshot()
        snapshot.name = name
        snapshot.revision = Int(nextRevision)
        snapshot.date = stamp.time
        snapshot.settings = organization[.messagingSetting].count
        snapshot.supportedContent = organization[.supportedContent].count
        snapshot.integrations = organization[.openIntegration].count
        put(.emulatorSnapshot, name, snapshot.json)
        return snapshot
    }
}
