import HTTPTypes

/// The five operations on a kind of resource: list, create, get, update, delete. It is a class, since there is one value for each kind, and
/// each call copies the value.
public final class ResourceEndpoints<
    Entity: WireObject & OperationResponse,
    Request: WireObject & OperationBody,
    Page: PageParameters,
    Target: ObjectParameters
>: Sendable {
    /// Lists a page of objects, ordered by name and then id.
    public let list: Endpoint<Page, NoBody, Listing<Entity>>
    /// Creates an object.
    public let create: Endpoint<NoParameters, Request, Entity>
    /// Returns an object.
    public let get: Endpoint<Target, NoBody, Entity>
    /// Changes part of an object. The body is a merge patch of the members that clients write: absent members stay, and null clears.
    public let update: Endpoint<EntityID, MergePatch<Request>, Entity>
    /// Deletes an object. Fails with 400 for the default of its kind, and for an object that integrations use.
    public let delete: Endpoint<EntityID, NoBody, NoContent>

    /// All five operations.
    public var operations: [APIOperation] {
        [list.operation, create.operation, get.operation, update.operation, delete.operation]
    }

    init(
        list: Endpoint<Page, NoBody, Listing<Entity>>,
        create: Endpoint<NoParameters, Request, Entity>,
        get: Endpoint<Target, NoBody, Entity>,
        update: Endpoint<EntityID, MergePatch<Request>, Entity>,
        delete: Endpoint<EntityID, NoBody, NoContent>
    ) {
        self.list = list
        self.create = create
        self.get = get
        self.update = update
        self.delete = delete
    }

    init(
        _ resource: ResourcePath,
        object: String,
        list: OperationName,
        create: OperationName,
        get: OperationName,
        update: OperationName,
        delete: OperationName,
        add: ([Permission]) -> PermissionRule
    ) {
        let path = "\(resource.path)/{\(object)}"
        self.list = resource.endpoint(list, .get, resource.path, .all([resource.permission("view")]))
        self.create = resource.endpoint(create, .post, resource.path, add([resource.permission("add")]))
        self.get = resource.endpoint(get, .get, path, .all([resource.permission("view")]))
        self.update = resource.endpoint(update, .patch, path, .all([resource.permission("edit")]))
        self.delete = resource.endpoint(delete, .delete, path, .all([resource.permission("delete")]))
    }
}

/// The id of an operation and its summary for documents.
struct OperationName {
    let id: String
    let summary: String

    init(_ id: String, _ summary: String) {
        self.id = id
        self.summary = summary
    }
}

/// The path of a kind of resource, with the values that its operations derive from it.
struct ResourcePath {
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
        _ name: OperationName,
        _ method: HTTPRequest.Method,
        _ path: String,
        _ permission: PermissionRule
    ) -> Endpoint<Parameters, Body, Response> {
        Endpoint(
            name.id,
            method,
            path,
            access: .bearer(method == .get ? .readOnly : .messaging),
            permission: permission,
            tag: successor == nil ? tag : "\(tag) (deprecated)",
            kind: kind,
            summary: name.summary,
            successor: successor.map { $0 + path.dropFirst(self.path.count) }
        )
    }
}
