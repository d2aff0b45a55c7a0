import MessagingContract

public import struct Foundation.Date

/// All that a rule needs and cannot know by itself: when, who, and an id nobody has yet.
public struct Stamp: Hashable, Sendable {
    /// The moment of the change, in whole milliseconds.
    public let time: Date
    /// The id for the object that the rule may create.
    public let id: String
    /// Who asked.
    public let author: Author

    /// A stamp; the time is rounded to whole milliseconds.
    public init(time: Date, id: String, author: Author) {
        self.time = time.roundedToMilliseconds
        self.id = id
        self.author = author
    }
}
