import MessagingFiles
import MessagingSDK

extension ObjectReader {
    /// Returns the object with an id or a name, as ``find(_:)``; without one, the object that a person chooses.
    func find(orChoose reference: String?) async throws -> Found {
        if let reference { return try await find(reference) }
        let objects = try await all(Entity.self)
        guard !objects.isEmpty else {
            throw Failure(.notFound, "not.found", "there are no \(Entity.plural)")
        }
        return try await get(Choice(objects).object()["id"]?.string ?? "")
    }
}
