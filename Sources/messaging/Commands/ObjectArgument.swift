import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The argument that names an object. At a terminal a person may leave it out, and chooses from a list.
struct ObjectArgument<Entity: ManagedEntity>: ParsableArguments {
    @Argument(
        help: "The name or the id. Without it, a terminal shows a list to choose from.",
        completion: Completions.names(Entity.self)
    )
    var name: String?

    func validate() throws {
        guard name != nil || Choice.isPossible else { throw ValidationError("Missing expected argument '<name>'") }
    }

    /// Returns the object.
    func find(_ reader: ObjectReader<Entity>) async throws -> ObjectReader<Entity>.Found {
        try await reader.find(orChoose: name)
    }
}
