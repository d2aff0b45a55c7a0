import MessagingContract

/// A version of an object that is to come back, as the history had it at one revision.
struct PastVersion<Object: Resource>: Sendable {
    /// What had become of the object at that revision.
    enum Fate: Sendable {
        /// It was there, at this version.
        case present(version: Int)
        /// It was deleted; this is what it was.
        case deleted(Object)
    }

    /// The object's id.
    let id: String
    /// When the history was looked into.
    let revision: Revision
    /// What had become of the object then.
    let fate: Fate
    /// Whether the version was asked for by its number, and not as the one before the present one.
    let isNumbered: Bool
    /// What clients had written of it in the version that is to come back.
    let request: Object.Request
    /// How many bytes the record had in that version.
    let bytes: Int
}
