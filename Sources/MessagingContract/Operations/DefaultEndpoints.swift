import HTTPTypes

/// The operations on the default object of a kind: get, set and clear. Clear is absent for a kind that always has a default. It is a
/// class for the same reason as ``ResourceEndpoints``.
public final class DefaultEndpoints<Entity: WireObject & OperationResponse, Choice: DefaultChoice>: Sendable {
    /// Returns the default. If none is set, the response is a 204 (our reading).
    public let get: Endpoint<NoParameters, NoBody, Entity?>
    /// Makes an object the default.
    public let set: Endpoint<NoParameters, Choice, Entity>
    /// Removes the default; nil for a kind that always has one.
    public let clear: Endpoint<NoParameters, NoBody, NoContent>?

    /// All operations on the default.
    public var operations: [APIOperation] { [get.operation, set.operation] + (clear.map { [$0.operation] } ?? []) }

    /// The operations whose names end with `name`; the other texts are their summaries.
    init(_ resource: ResourcePath, name: String, get: String, set: String, clear: String?) {
        let path = "\(resource.path)/default"
        self.get = resource.endpoint(OperationName("get\(name)", get), .get, path, .all([resource.permission("view")]))
        self.set = resource.endpoint(OperationName("put\(name)", set), .put, path, .all([resource.permission("edit")]))
        self.clear = clear.map {
            resource.endpoint(OperationName("delete\(name)", $0), .delete, path, .all([resource.permission("delete")]))
        }
    }
}

/// A body that names the object that becomes the default.
public protocol DefaultChoice: WireObject, OperationBody {
    /// The id of the object.
    var chosenID: String { get }
    /// Creates a body that names the object with this id.
    init(choosing id: String)
}

extension DefaultChoice {
    public static var namesObject: Bool { true }
}

extension MessagingSettingDefaultRequest: DefaultChoice {
    public var chosenID: String { settingId }
    public init(choosing id: String) { self.init(settingId: id) }
}

extension SupportedContentReference: DefaultChoice {
    public var chosenID: String { id }
    public init(choosing id: String) { self.init(id: id) }
}
