import HTTPTypes

/// The five operations on a kind of resource: list, create, get, update, delete. It is a class, since there is one value for each kind, and
/// each call copies the value.
public final class ResourceEndpoints<Entity: WireObject & OperationResponse, Request: WireObject & OperationBody>:
    Sendable
{
    /// Lists a page of objects, ordered by name and then id.
    public let list: Endpoint<Paging, NoBody, Listing<Entity>>
    /// Creates an object.
    public let create: Endpoint<NoParameters, Request, Entity>
    /// Returns an object.
    public let get: Endpoint<EntityID, NoBody, Entity>
    /// Changes part of an object.
    public let update: Endpoint<EntityID, MergePatch<Request>, Entity>
    /// Deletes an object.
    public let delete: Endpoint<EntityID, NoBody, NoContent>

    /// All five operations.
    public var operations: [APIOperation] {
        [list.operation, create.operation, get.operation, update.operation, delete.operation]
    }

    init(
        _ family: Family,
        object: String,
        words: (list: String, get: String, create: String, update: String, delete: String),
        ids: (list: String, create: String, get: String, update: String, delete: String),
        add: ([Permission]) -> PermissionRule
    ) {
        let path = "\(family.path)/{\(object)}"
        list = family.endpoint(ids.list, .get, family.path, .all([family.permission("view")]), words.list)
        create = family.endpoint(ids.create, .post, family.path, add([family.permission("add")]), words.create)
        get = family.endpoint(ids.get, .get, path, .all([family.permission("view")]), words.get)
        update = family.endpoint(ids.update, .patch, path, .all([family.permission("edit")]), words.update)
        delete = family.endpoint(ids.delete, .delete, path, .all([family.permission("delete")]), words.delete)
    }
}

/// The path of a kind of resource, with the values that its operations derive from it.
struct Family {
    /// The kind of the objects.
    let kind: ObjectKind
    /// The path of the list.
    let path: String
    /// The part of the permissions before the action, such as `messaging:setting`.
    let entity: String
    /// The group of the operations in the API document.
    let tag: String
    /// The path of the list that replaces this one; nil if this one is not deprecated.
    var successor: String?

    func permission(_ action: String) -> Permission { Permission(rawValue: "\(entity):\(action)") }

    func endpoint<Parameters, Body, Response>(
        _ id: String,
        _ method: HTTPRequest.Method,
        _ path: String,
        _ permission: PermissionRule,
        _ summary: String
    ) -> Endpoint<Parameters, Body, Response> {
        Endpoint(
            id,
            method,
            path,
            access: .bearer(method == .get ? .readOnly : .messaging),
            permission: permission,
            tag: successor == nil ? tag : "\(tag) (deprecated)",
            kind: kind,
            summary: summary,
            successor: successor.map { $0 + path.dropFirst(self.path.count) }
        )
    }
}
