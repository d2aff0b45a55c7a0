public import struct Foundation.Date

/// The sender of a change, with the way and the address from which it came. It is stored with every change.
public struct Author: Hashable, Sendable {
    /// The user id for `createdBy`, `updatedBy` and `modifiedBy`.
    public let user: String
    /// The OAuth client whose token was used; nil for the administration of the server itself.
    public let client: String?
    /// The id of the operation, such as `patchMessagingSetting`, or an administration command.
    public let operation: String
    /// The correlation id of the response.
    public let contextID: String
    /// The network address of the client; nil for the administration of the server itself.
    public let address: String?

    /// Creates an author of changes.
    public init(user: String, client: String?, operation: String, contextID: String, address: String?) {
        self.user = user
        self.client = client
        self.operation = operation
        self.contextID = contextID
        self.address = address
    }
}

extension Author {
    /// The user id of the server itself.
    static let serverUser = "00000000-0000-0000-0000-000000000000"

    /// Returns the server itself as the author, with one of its commands or tasks as the operation.
    package static func server(_ operation: String, contextID: String) -> Author {
        Author(user: serverUser, client: nil, operation: operation, contextID: contextID, address: nil)
    }
}

/// One record before and after a change.
public struct Change: Hashable, Sendable {
    /// The revision that this change is part of.
    public let revision: Revision
    /// The position among the changes of that revision, from 0.
    public let position: Int
    /// The kind of the record that changed.
    public let kind: RecordKind
    /// The id of the record that changed.
    public let id: String
    /// The record's bytes before; nil when it was created.
    public let before: [UInt8]?
    /// The record's bytes after; nil when it was deleted.
    public let after: [UInt8]?
    /// The author of the change.
    public let author: Author
    /// The time of the change, to the millisecond.
    public let time: Date
    /// Whether the change is no part of the history. It is stored for a while, only to update snapshots.
    public let isInternal: Bool

    /// Creates a change of one record.
    public init(
        revision: Revision,
        position: Int,
        kind: RecordKind,
        id: String,
        before: [UInt8]?,
        after: [UInt8]?,
        author: Author,
        time: Date,
        isInternal: Bool = false
    ) {
        self.revision = revision
        self.position = position
        self.kind = kind
        self.id = id
        self.before = before
        self.after = after
        self.author = author
        self.time = time
        self.isInternal = isInternal
    }
}
