/// When records were last removed, as far as a restoration must know: whether one was, after a revision.
///
/// It has few places, each for many records, so that it stays small whatever is removed; so it may say yes where the answer is no.
struct Removals: Sendable {
    private static let count = 1_024

    /// Nothing is known of what was removed up to this revision.
    private let start: Revision
    /// The last revision in which a record of the place was removed; empty before the first removal.
    private var places: [Revision] = []

    init(after start: Revision) { self.start = start }

    /// Notes that a record is removed in this revision, which is not before any that was noted.
    mutating func insert(_ kind: RecordKind, _ id: String, _ revision: Revision) {
        if places.isEmpty { places = [Revision](repeating: start, count: Self.count) }
        places[Self.place(kind, id)] = revision
    }

    /// Whether a record may have been removed after this revision; false when it surely was not.
    func mayHave(_ kind: RecordKind, _ id: String, after revision: Revision) -> Bool {
        revision < start || (!places.isEmpty && places[Self.place(kind, id)] > revision)
    }

    private static func place(_ kind: RecordKind, _ id: String) -> Int {
        var hasher = Hasher()
        hasher.combine(kind)
        hasher.combine(EntryID(id))
        return Int(UInt(bitPattern: hasher.finalize()) % UInt(count))
    }
}
