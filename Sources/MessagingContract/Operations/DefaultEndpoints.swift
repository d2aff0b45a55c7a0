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

    init(_ family: Family, name: String, words: (get: String, set: String, clear: String?)) {
        let path = "\(family.path)/default"
        get = family.endpoint("get\(name)", .get, path, .all([family.permission("view")]), words.get)
        set = family.endpoint("put\(name)", .put, path, .all([family.permission("edit")]), words.set)
        clear = words.clear.map {
            family.endpoint("delete\(name)", .delete, path, .all([family.permission("delete")]), $0)
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
