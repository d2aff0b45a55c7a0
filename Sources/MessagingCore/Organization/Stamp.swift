import MessagingContract

public import struct Foundation.Date

/// All that a rule needs and cannot know by itself: when, who, an id nobody has yet, and how much is allowed.
public struct Stamp: Hashable, Sendable {
    /// The moment of the change, in whole milliseconds.
    public let time: Date
    /// The id for the object that the rule may create.
    public let id: String
    /// Who asked.
    public let author: Author

    /// How much the organization may hold.
    public let limits: OrganizationLimits
    /// The record of the request's idempotency key, if it was used and has not expired.
    let kept: IdempotencyRecord?

    /// A stamp; the time is rounded to whole milliseconds.
    public init(time: Date, id: String, author: Author, limits: OrganizationLimits = OrganizationLimits()) {
        self.init(time: time, id: id, author: author, limits: limits, kept: nil)
    }

    /// A stamp for a request whose key was used before, unless `kept` is nil.
    init(time: Date, id: String, author: Author, limits: OrganizationLimits, kept: IdempotencyRecord?) {
        self.time = time.roundedToMilliseconds
        self.id = id
        self.author = author
        self.limits = limits
        self.kept = kept
    }
}
