/// The place of an entry in a table's order: by name, then by id, both by their UTF-8 bytes.
///
/// This is a reference type, so copying a chunk of places copies one word for each.
final class Place: Comparable, Sendable {
    let name: String
    let id: String

    init(name: String, id: String) {
        self.name = name
        self.id = id
    }

    convenience init(of entry: Entry) { self.init(name: entry.name, id: entry.id) }

    static func == (left: Place, right: Place) -> Bool { left === right || left.compare(to: right) == 0 }

    static func < (left: Place, right: Place) -> Bool { left.compare(to: right) < 0 }

    private func compare(to other: Place) -> Int {
        let byName = name.compareBytes(to: other.name)
        return byName == 0 ? id.compareBytes(to: other.id) : byName
    }
}
