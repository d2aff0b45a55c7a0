import MessagingContract

/// A past version of an object that is to be restored, as the history had it at one revision.
struct PastVersion<Object: Resource>: Sendable {
    /// The state of the object at that revision.
    enum Fate: Sendable {
        /// The object existed at this version.
        case present(version: Int)
        /// The object had been deleted. This is its last value.
        case deleted(Object)
    }

    /// The object's id.
    let id: String
    /// The revision at which the history was read.
    let revision: Revision
    /// The state of the object at that revision.
    let fate: Fate
    /// Whether the request named the version by its number, instead of the version before the present one.
    let isNumbered: Bool
    /// The part that clients had written, in the version to be restored.
    let request: Object.Request
    /// The number of bytes of the record in that version.
    let bytes: Int
}
