/// A kind of objects that clients list, create, get, update and delete.
public protocol ResourceEntity: WireObject, ReadableResponse, Identifiable<String> {
    /// The members that clients write.
    associatedtype Request: WireObject & OperationBody
    /// The five operations on objects of this kind.
    static var endpoints: ResourceEndpoints<Self, Request> { get }
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
