public import MessagingContract

public import struct Foundation.Date

/// A kind of object that clients list, create, get, update and delete, with the members that the rules need.
public protocol Resource: WireObject {
    /// The part that clients write.
    associatedtype Request: NamedRequest
    /// The kind of its records.
    static var kind: RecordKind { get }
    /// The path below which its objects are.
    static var path: String { get }
    /// Returns the written part after a patch.
    static func merge(_ patch: JSON, into request: JSON) -> JSON

    /// Creates an object with empty values.
    init()
    /// The id.
    var id: String { get set }
    /// The version as a number; 0 before it is created.
    var versionNumber: Int { get set }
    /// The time of its creation.
    var dateCreated: Date { get set }
    /// The time of its last change.
    var dateModified: Date { get set }
    /// The user who created it.
    var createdBy: DomainEntityRef? { get set }
    /// The user who changed it last.
    var editor: DomainEntityRef? { get set }
    /// The part that clients write.
    var request: Request { get set }

    /// Sets the path of the object from its id. Does nothing for a kind that does not store the path.
    mutating func setPath()
    /// Throws 400 if the object cannot be changed now.
    func checkMutable() throws(APIError)
    /// Prepares a deleted object for its restoration. `newID` is an unused id.
    mutating func willBeRestored(newID: String)
    /// Throws 400 if it refers to an object that the organization does not have. The error names the field.
    func checkReferences(in organization: Organization) throws(APIError)
    /// Throws if its content is invalid for its kind. The error names the field. An object from before a rule may keep its content;
    /// `before` is nil for a new object.
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

    /// Changes the written part, and increments the version. The date of a change is never before that of an earlier change, even if the
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

    /// Throws 400 if ``checkContent(since:)`` throws.
    func checkRules(since before: Self?) throws(APIError) {
        do {
            try checkContent(since: before)
        } catch {
            throw APIError(error)
        }
    }
}

/// A kind whose objects have their version as a number, and their last editor as `modifiedBy`. Settings have neither.
public protocol NumberedResource: Resource {
    /// The version.
    var version: Int { get set }
    /// The user who changed it last.
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

/// The part of a named object that clients write.
public protocol NamedRequest: WireObject {
    /// The object's name.
    var name: String { get }
}

extension MessagingSettingRequest: NamedRequest {}
extension SupportedContentRequest: NamedRequest {}
extension SealedOpenIntegrationRequest: NamedRequest {}
