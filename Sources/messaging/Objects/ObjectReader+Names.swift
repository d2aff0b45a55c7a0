import Foundation
import MessagingFiles
import MessagingSDK

extension ObjectReader {
    /// Returns the object with an id or a name. An id counts before a name. Throws a failure that lists the candidates if several objects have
    /// the name, and one that names the nearest if none has.
    func find(_ reference: String) async throws -> Found {
        if UUID(uuidString: reference) != nil, let found = try await existing(reference) { return found }
        return try await get(named(reference))
    }

    /// Returns the id of the object with an id or a name, in the same way.
    func identify(_ reference: String) async throws -> String {
        if UUID(uuidString: reference) != nil, let found = try await existing(reference) { return found.id }
        return try await named(reference)
    }

    private func named(_ reference: String) async throws -> String {
        try await NameTable(all(Entity.self), noun: Entity.noun, command: Entity.command).id(orChoose: reference)
    }

    private func existing(_ id: String) async throws -> Found? {
        do {
            return try await get(id)
        } catch {
            guard error.status == 404 else { throw error }
            return nil
        }
    }
}

/// The ids and names of the objects of a kind.
struct NameTable {
    private let objects: [(id: String, name: String, modified: String)]
    private let noun: String
    private let command: String

    /// Creates the table of these objects, which failures call `noun`. `command` lists them.
    init(_ objects: [JSON], noun: String, command: String) {
        self.objects = objects.map { ($0["id"]?.cell ?? "", $0["name"]?.cell ?? "", $0["dateModified"]?.cell ?? "") }
        self.noun = noun
        self.command = command
    }

    /// Returns the objects with exactly this name, with what a list to choose from shows of them.
    func objects(named name: String) -> [JSON] {
        objects.filter { $0.name.isExactly(name) }.map { object in
            ["id": .string(object.id), "name": .string(object.name), "dateModified": .string(object.modified)]
        }
    }

    /// Returns the id of the object with exactly this id, or else with exactly this name.
    func id(of reference: String) throws(Failure) -> String {
        if let object = objects.first(where: { $0.id.isExactly(reference) }) { return object.id }
        let named = objects.filter { $0.name.isExactly(reference) }
        switch named.count {
        case 1: return named[0].id
        case 0:
            let next =
                objects.map(\.name).nearest(to: reference).map { "Did you mean \"\($0)\"? " } ?? ""
            throw Failure(
                .notFound,
                "not.found",
                "there is no \(noun) \"\(reference)\"",
                next: "\(next)messaging \(command) list shows all."
            )
        default:
            throw Failure(
                .notFound,
                "ambiguous.name",
                "\(named.count) objects have the name \"\(reference)\"",
                details: named.map { "\($0.id) changed \($0.modified)" },
                next: "Use an id."
            )
        }
    }
}
