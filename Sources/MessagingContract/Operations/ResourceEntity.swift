/// A kind of objects that clients list.
public protocol ListedEntity: WireObject, Identifiable<String> {
    /// The parameters of the list.
    associatedtype Page: PageParameters = Paging
    /// The operation that lists a page of objects, ordered by name and then id.
    static var listing: Endpoint<Page, NoBody, Listing<Self>> { get }
}

/// A kind of objects that clients list, create, get, update and delete.
public protocol ResourceEntity: ListedEntity, ReadableResponse {
    /// The members that clients write.
    associatedtype Request: WireObject & OperationBody
    /// The parameters of the operation that returns an object.
    associatedtype Target: ObjectParameters
    /// The kind of the objects.
    static var objectKind: ObjectKind { get }
    /// The five operations on objects of this kind.
    static var endpoints: ResourceEndpoints<Self, Request, Page, Target> { get }
}

extension ResourceEntity {
    public static var listing: Endpoint<Page, NoBody, Listing<Self>> { endpoints.list }
}

/// A kind of objects that has a default in an organization.
public protocol DefaultableEntity: ResourceEntity {
    /// The body that names the object that becomes the default.
    associatedtype Choice: DefaultChoice
    /// The operations on the default.
    static var defaultEndpoints: DefaultEndpoints<Self, Choice> { get }
}

/// A kind of objects whose earlier versions can be restored. Only servers of this project can do that.
public protocol RestorableEntity: WireObject, ReadableResponse {
    /// The operation that restores a version.
    static var restoration: Endpoint<EntityID, RestorationRequest, Self> { get }
}

/// A kind of objects whose uses are listed. Only servers of this project list them.
public protocol UsedEntity: WireObject, ReadableResponse {
    /// The operation that lists the uses of an object.
    static var usage: Endpoint<PagedEntityID, NoBody, ObjectUsage> { get }
}

extension ObjectKind {
    /// The operations on the objects of this kind, without deprecated ones.
    public var operations: [APIOperation] { APIOperation.all.filter { $0.kind == self && $0.successor == nil } }
}
