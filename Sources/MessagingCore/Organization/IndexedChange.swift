import MessagingContract

/// A change of a record, in the form for an index. A change of a kind without records has neither `before` nor `after`.
struct IndexedChange {
    /// The record before the change.
    var before: Entry?
    /// The record after the change.
    var after: (entry: Entry, json: JSON)?
    /// The revision of the change.
    let revision: Revision
}
