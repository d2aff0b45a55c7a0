import MessagingContract

public import struct Foundation.Date

/// The input of one run of a rule besides the organization and the request: the time, the author, an unused id, and the limits.
public struct Stamp: Hashable, Sendable {
    /// The moment of the change, in whole milliseconds.
    public let time: Date
    /// The id for the object that the rule may create.
    public let id: String
    /// The author of the change.
    public let author: Author

    /// The limits of the organization.
    public let limits: OrganizationLimits
    /// The record of the request's idempotency key, if the key was used and has not expired.
    let kept: IdempotencyRecord?

    /// Creates a stamp. The time is rounded to whole milliseconds.
    public init(time: Date, id: String, author: Author, limits: OrganizationLimits = OrganizationLimits()) {
        self.init(time: time, id: id, author: author, limits: limits, kept: nil)
    }

    /// Creates a stamp. `kept` is the record of the request's idempotency key, if the key was used before.
    init(time: Date, id: String, author: Author, limits: OrganizationLimits, kept: IdempotencyRecord?) {
        self.time = time.roundedToMilliseconds
        self.id = id
        self.author = author
        self.limits = limits
        self.kept = kept
    }
}
