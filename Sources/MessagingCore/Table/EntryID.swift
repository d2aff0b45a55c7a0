/// An entry's id as a dictionary's key, equal to another only when the UTF-8 bytes are.
struct EntryID: Hashable, Sendable {
    let string: String

    init(_ string: String) { self.string = string }

    static func == (left: EntryID, right: EntryID) -> Bool { left.string.hasSameBytes(as: right.string) }

    func hash(into hasher: inout Hasher) { string.hashBytes(into: &hasher) }
}
