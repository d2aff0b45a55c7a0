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
    func object(_ reference: String, version: Int?) async throws -> PastObject<Entity> {
        do {
            let found = try await reader.find(reference)
            return try await self.version(version, of: found.id, found)
        } catch let failure as Failure where failure.code == "not.found" {
            guard let id = try await deleted(reference) else { throw failure }
            return try await self.version(version, of: id, nil)
        }
    }

    /// Returns the changes that deleted objects of the kind which do not exist now, the newest first.
    func deletions() async throws -> [HistoryChange] {
        var seen: Set<String> = []
        var deletions: [HistoryChange] = []
        try await history.walk(kind: Entity.objectKind) { change in
            if seen.insert(change.value.objectId).inserted, change.value.after == nil { deletions.append(change) }
            return true
        }
        return deletions
    }

    private func deleted(_ reference: String) async throws -> String? {
        let objects: [JSON] = try await deletions().map { change in
            [
                "id": .string(change.value.objectId), "name": .string(change.name),
                "dateModified": change.json["date"] ?? .null,
            ]
        }
        do throws(Failure) {
            return try NameTable(objects, noun: "deleted \(Entity.noun)", command: Entity.command).id(of: reference)
        } catch {
            guard error.code == "not.found" else { throw error }
            return nil
        }
    }

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
                if version == wanted ?? (present == nil ? last : last.map { $0 - 1 }) { found = (version, object) }
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
            name: name ?? id
        )
    }

    /// Returns the version of an object, which some kinds write as a string.
    private static func version(of object: JSON) -> Int? { object["version"].flatMap { Int($0.cell) } }
}
