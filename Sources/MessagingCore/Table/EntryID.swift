/// An entry's id as a dictionary key. Two keys are equal only if their UTF-8 bytes are.
struct EntryID: Hashable, Sendable {
    let string: String

    init(_ string: String) { self.string = string }

    static func == (left: EntryID, right: EntryID) -> Bool { left.string.hasSameBytes(as: right.string) }

    func hash(into hasher: inout Hasher) { string.hashBytes(into: &hasher) }
}
