import MessagingFiles
import MessagingSDK

/// Finds earlier versions of the objects of a kind.
struct PastObjects<Entity: ManagedEntity> {
    private let history: HistoryReader
    private let reader: ObjectReader<Entity>

    /// Creates a finder of an account's objects. Throws a failure for a host that has no history.
    init(_ account: Account) throws(Failure) {
        history = try HistoryReader(account)
        reader = ObjectReader(client: account.client)
    }

    /// Returns a version of the object with an id or a name, by default the version before the present one, or the last version of a deleted
    /// object. An object that exists counts before a deleted one.
    /// Without a reference, a person chooses.
    func object(_ reference: String?, version: Int?) async throws -> PastObject<Entity> {
        guard let reference else { return try await choice(version: version) }
        do {
            let found = try await reader.find(reference)
            return try await self.version(version, of: found.id, found)
        } catch let failure as Failure where failure.code == "not.found" {
            guard let id = try await deleted(reference) else { throw failure }
            return try await self.version(version, of: id, nil)
        }
    }

    /// Returns the last changes of the objects of the kind that are deleted, the newest first.
    private func deletions() async throws -> [HistoryChange] {
        var seen: Set<String> = []
        var deletions: [HistoryChange] = []
        var count = 0
        let progress = ProgressLine("changes of the history")
        defer { progress.end() }
        try await history.walk(kind: Entity.objectKind) { change in
            count += 1
            progress.show(count)
            if seen.insert(change.value.objectId).inserted, change.value.after == nil { deletions.append(change) }
            return true
        }
        return deletions
    }

    private func deleted(_ reference: String) async throws -> String? {
        let objects = try await deletions().map(Self.listed)
        do throws(Failure) {
            return try NameTable(objects, noun: "deleted \(Entity.noun)", command: Entity.command).id(
                orChoose: reference
            )
        } catch {
            guard error.code == "not.found" else { throw error }
            return nil
        }
    }

    private func choice(version: Int?) async throws -> PastObject<Entity> {
        let present = try await reader.all(Entity.self)
        let deleted = try await deletions().map(Self.listed)
        guard !present.isEmpty || !deleted.isEmpty else {
            throw Failure(.notFound, "not.found", "there are no \(Entity.plural), and no deleted ones in the history")
        }
        let chosen = try Choice(present + deleted, columns: ["name", "id", "dateModified", "state"]).object()
        let id = chosen["id"]?.string ?? ""
        return try await self.version(version, of: id, chosen["state"] == nil ? reader.get(id) : nil)
    }

    /// Returns a deletion as an object of a list.
    private static func listed(_ deletion: HistoryChange) -> JSON {
        [
            "id": .string(deletion.value.objectId), "name": .string(deletion.name),
            "dateModified": deletion.json["date"] ?? .null, "state": "deleted",
        ]
    }

    /// Returns the version before another one; nil for the first one, and for a number that is no version.
    private static func previous(_ version: Int) -> Int? { version > 1 ? version - 1 : nil }

    private func version(_ wanted: Int?, of id: String, _ present: ObjectReader<Entity>.Found?) async throws
        -> PastObject<Entity>
    {
        var last = present.flatMap { Self.version(of: $0.object) }
        var name = present?.name
        var found: (version: Int, object: JSON)?
        try await history.walk(kind: Entity.objectKind, id: id) { change in
            for object in [change.value.after, change.value.before].compactMap(\.self).map(JSON.object) {
                guard let version = Self.version(of: object) else { continue }
                last = last ?? version
                name = name ?? object["name"]?.string
                if version == wanted ?? (present == nil ? last : last.flatMap(Self.previous)) {
                    found = (version, object)
                }
                if found != nil { return false }
            }
            return true
        }
        guard let found else {
            throw Failure(
                .notFound,
                "version.not.found",
                wanted.map { "the history has no version \($0) of the \(Entity.noun)" }
                    ?? "the history has no earlier version of the \(Entity.noun)",
                next: "messaging history --kind \(Entity.command) --id \(id) shows its changes."
            )
        }
        return PastObject(
            id: id,
            version: found.version,
            members: PastObject<Entity>.members(of: found.object),
            present: present,
            isPresent: present != nil && found.version == last,
            name: name ?? id
        )
    }

    /// Returns the version of an object, which some kinds write as a string, and some only in the history.
    private static func version(of object: JSON) -> Int? { object["version"].flatMap { Int($0.cell) } }
}
