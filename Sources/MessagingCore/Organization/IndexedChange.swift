import MessagingContract

/// A change of a record, as an index follows it. A change of a kind that has no records has neither of the two.
struct IndexedChange {
    /// The record that was there.
    var before: Entry?
    /// The record that is there now.
    var after: (entry: Entry, json: JSON)?
    /// The revision of the change.
    let revision: Revision
}
