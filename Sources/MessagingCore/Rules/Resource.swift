public import MessagingContract

/// A kind of object that clients list, create, get, update and delete: what the rules need to know of it.
public protocol Resource: WireObject {
    /// The part that clients write.
    associatedtype Request: NamedRequest
    /// The kind of its records.
    static var kind: RecordKind { get }
    /// The path below which its objects are.
    static var path: String { get }
    /// The most bytes of JSON that one of its records may have.
    static var mostBytes: Int { get }
    /// How a patch changes the written part.
    static func merge(_ patch: JSON, into request: JSON) -> JSON
    /// A new object, at version 1.
    init(_ request: Request, _ stamp: Stamp)
    /// The part that clients write, as it is now.
    var request: Request { get }
    /// Changes the written part, and sets the version one on. The date of a change is never before that of an earlier one, even when
    /// the wall clock was set back.
    mutating func change(to request: Request, _ stamp: Stamp)
    /// Throws 400 when it cannot be changed now.
    func checkThatItCanChange() throws(APIError)
    /// It was deleted, and is about to be there again.
    mutating func comeBack(_ stamp: Stamp)
    /// Throws 400 when it refers to what the organization does not have, naming the field.
    func checkReferences(in organization: Organization) throws(APIError)
    /// Throws when its kind may not have what it has, naming the field. An object from before a rule may keep what it had; `before`
    /// is nil for a new object.
    func checkContent(since before: Self?) throws(FieldError)
}

extension Resource {
    /// The path of an object.
    static func selfUri(_ id: String) -> String { "\(path)/\(id.percentEncoded)" }

    public func checkThatItCanChange() throws(APIError) {}
    public mutating func comeBack(_ stamp: Stamp) {}
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

/// What clients write of an object that has a name.
public protocol NamedRequest: WireObject {
    /// The object's name.
    var name: String { get }
}

extension MessagingSettingRequest: NamedRequest {}
extension SupportedContentRequest: NamedRequest {}
