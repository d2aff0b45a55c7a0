public import MessagingContract

public import struct Foundation.Date

/// A kind of object that clients list, create, get, update and delete: what the rules need to know of it.
public protocol Resource: WireObject {
    /// The part that clients write.
    associatedtype Request: NamedRequest
    /// The kind of its records.
    static var kind: RecordKind { get }
    /// The path below which its objects are.
    static var path: String { get }
    /// Returns the written part after a patch.
    static func merge(_ patch: JSON, into request: JSON) -> JSON

    /// Creates an object with nothing set.
    init()
    /// The id.
    var id: String { get set }
    /// The version as a number; 0 before it is created.
    var versionNumber: Int { get set }
    /// When it was created.
    var dateCreated: Date { get set }
    /// When it was last changed.
    var dateModified: Date { get set }
    /// Who created it.
    var createdBy: DomainEntityRef? { get set }
    /// Who changed it last.
    var editor: DomainEntityRef? { get set }
    /// The part that clients write, as it is now.
    var request: Request { get set }

    /// Sets the path of the object from its id; does nothing for a kind that does not store the path.
    mutating func setPath()
    /// Throws 400 when it cannot be changed now.
    func checkMutable() throws(APIError)
    /// Prepares an object that was deleted for its restoration. `newID` is an id that nobody has.
    mutating func willBeRestored(newID: String)
    /// Throws 400 when it refers to what the organization does not have, naming the field.
    func checkReferences(in organization: Organization) throws(APIError)
    /// Throws when its kind may not have what it has, naming the field. An object from before a rule may keep what it had; `before`
    /// is nil for a new object.
    func checkContent(since before: Self?) throws(FieldError)
}

extension Resource {
    /// Creates an object at version 1.
    package init(_ request: Request, _ stamp: Stamp) {
        self.init()
        id = stamp.id
        setPath()
        dateCreated = stamp.time
        createdBy = DomainEntityRef(user: stamp.author.user)
        change(to: request, stamp)
    }

    /// Changes the written part, and increments the version. The date of a change is never before that of an earlier one, even when the
    /// wall clock was set back.
    package mutating func change(to request: Request, _ stamp: Stamp) {
        self.request = request
        versionNumber = versionNumber &+ 1
        dateModified = max(stamp.time, dateModified, dateCreated)
        editor = DomainEntityRef(user: stamp.author.user)
    }

    /// Returns the path of an object.
    static func selfUri(_ id: String) -> String { "\(path)/\(id.percentEncoded)" }

    public func checkMutable() throws(APIError) {}
    public mutating func willBeRestored(newID: String) {}
    public func checkReferences(in organization: Organization) throws(APIError) {}
    public func checkContent(since before: Self?) throws(FieldError) {}

    /// Throws 400 for what ``checkContent(since:)`` refuses.
    func checkRules(since before: Self?) throws(APIError) {
        do {
            try checkContent(since: before)
        } catch {
            throw APIError(error)
        }
    }
}

/// A kind whose objects have their version as a number and the user who changed them last as `modifiedBy`; settings have neither.
public protocol NumberedResource: Resource {
    /// The version.
    var version: Int { get set }
    /// Who changed it last.
    var modifiedBy: DomainEntityRef? { get set }
}

extension NumberedResource {
    public var versionNumber: Int {
        get { version }
        set { version = newValue }
    }

    public var editor: DomainEntityRef? {
        get { modifiedBy }
        set { modifiedBy = newValue }
    }
}

/// What clients write of an object that has a name.
public protocol NamedRequest: WireObject {
    /// The object's name.
    var name: String { get }
}

extension MessagingSettingRequest: NamedRequest {}
extension SupportedContentRequest: NamedRequest {}
