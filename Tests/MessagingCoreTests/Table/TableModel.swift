import MessagingCore
import Testing

/// A plain model of a table: an array that is sorted for each read.
struct TableModel {
    private var byID: [[UInt8]: Entry] = [:]

    var count: Int { byID.count }

    mutating func insert(_ entry: Entry) -> Entry? { byID.updateValue(entry, forKey: Array(entry.id.utf8)) }

    mutating func remove(_ id: String) -> Entry? { byID.removeValue(forKey: Array(id.utf8)) }

    var sorted: [Entry] {
        byID.values.sorted { left, right in
            if Array(left.name.utf8) != Array(right.name.utf8) {
                return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
            }
            return left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
        }
    }
}

extension Table {
    /// Expects this table to hold the same as a model, in count, in order and by id.
    func expectSame(as model: TableModel, sourceLocation: SourceLocation = #_sourceLocation) {
        let sorted = model.sorted
        #expect(count == sorted.count, sourceLocation: sourceLocation)
        #expect(Array(entries) == sorted, sourceLocation: sourceLocation)
        #expect(sorted.allSatisfy { self[$0.id] == $0 }, sourceLocation: sourceLocation)
    }
}

/// An entry whose bytes distinguish it from others with the same id.
func entry(_ id: String, _ name: String, version: Int = 1) -> Entry {
    Entry(id: id, name: name, version: version, bytes: Array("\(id)/\(name)/\(version)".utf8))
}
