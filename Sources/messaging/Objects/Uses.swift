import MessagingFiles
import MessagingSDK

/// The uses of an object.
struct Uses {
    /// The name of the operation, for failures.
    static let operation = "operation that shows the uses of an object"

    /// Whether the object is the default.
    let isDefault: Bool
    /// The references to the integrations that use it, ordered by name.
    let integrations: [JSON]
    /// The number of integrations that use it. A client that may not view them gets their number only.
    let total: Int

    /// Reads the uses of the object with an id.
    init<Entity: UsedEntity>(of id: String, _ kind: Entity.Type, _ client: MessagingClient) async throws {
        var integrations: [JSON] = []
        var number = 1
        while true {
            let usage = try await Self.page(number, of: id, Entity.self, client)
            integrations += usage.integrations.entities.map(\.json)
            let isLast = usage.integrations.entities.isEmpty || number >= usage.integrations.pageCount
            guard isLast else {
                number += 1
                continue
            }
            self.integrations = integrations
            isDefault = usage.isDefault
            total = max(0, usage.integrations.total)
            return
        }
    }

    /// Whether there are none.
    var isNone: Bool { !isDefault && total == 0 }

    /// The uses in the form of the API, with all integrations in one list.
    var json: JSON {
        [
            "isDefault": .bool(isDefault),
            "integrations": ["entities": .array(integrations), "total": .number(JSON.Number(total))],
        ]
    }

    /// A row for each use.
    var rows: [JSON] {
        let first: [JSON] = isDefault ? [["use": "default"]] : []
        let named: [JSON] = integrations.map { integration in
            ["use": "integration", "name": integration["name"] ?? .null, "id": integration["id"] ?? .null]
        }
        let hidden = total - integrations.count
        return first + named
            + (hidden > 0 ? [["use": "integration", "name": .string("(\(hidden) that the client may not view)")]] : [])
    }

    private static func page<Entity: UsedEntity>(
        _ number: Int,
        of id: String,
        _ kind: Entity.Type,
        _ client: MessagingClient
    ) async throws -> ObjectUsage {
        do {
            let page = PagedEntityID(id, try Paging(pageSize: 100, pageNumber: number))
            return try await client.call(Entity.usage, page).value
        } catch let error as MessagingError where error.status == 404 {
            throw Failure.notOffered(operation)
        }
    }
}
