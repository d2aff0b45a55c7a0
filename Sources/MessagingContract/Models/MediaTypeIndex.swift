/// A list of media types in which the first match of a type is found without walking through the list. The answer is always that of
/// `[MediaType].firstMatch(for:)`: a list may have 70,000 entries, and a log 10,000 types that are looked up in it.
package struct MediaTypeIndex: Sendable {
    private let list: [MediaType]
    private var types: [String: Int] = [:]
    private var ranges: [String: Int] = [:]
    private var everything: Int?

    /// An index of this list.
    package init(_ list: [MediaType]) {
        self.list = list
        for (place, entry) in list.enumerated() {
            let type = entry.type
            if type == "*/*" {
                everything = everything ?? place
            } else if type.utf8.last == UInt8(ascii: "*") {
                let range = type.dropLast().lowercased()
                ranges[range] = ranges[range] ?? place
            } else if let essence = MediaType.concrete(type) {
                types[essence] = types[essence] ?? place
            }
        }
    }

    /// The first entry that lets a medium of this type pass; the type is concrete (see `MediaType.concrete(_:)`).
    package func entry(forConcrete type: String) -> DecidingEntry? {
        let range = type.utf8.firstIndex(of: UInt8(ascii: "/")).map { String(type[...$0]) }
        let place = [types[type], range.flatMap { ranges[$0] }, everything].compactMap(\.self).min()
        return place.map { DecidingEntry(type: list[$0].type, index: $0) }
    }
}
