package import MessagingContract

/// A list of media types that finds the first match of a type without walking the list.
///
/// It always returns the same result as `[MediaType].firstMatch(for:)`, for any text. Building it takes time proportional to the list,
/// and each lookup takes time proportional to the type.
package struct MediaTypeIndex: Sendable {
    private let list: [MediaType]
    private var types: [String: Int] = [:]
    private var ranges: [String: Int] = [:]
    private var everything: Int?

    /// Creates an index of this list.
    package init(_ list: [MediaType]) {
        self.list = list
        for (place, entry) in list.enumerated() {
            switch MediaTypePattern(entry.type) {
            case .everything?: everything = everything ?? place
            case .range(let range)?: ranges[range] = ranges[range] ?? place
            case .type(let type)?: types[type] = types[type] ?? place
            case nil: break
            }
        }
    }

    /// Returns the position of the first entry that allows this media type, or nil if none does.
    package func firstMatch(for mediaType: String) -> Int? { MediaType.concrete(mediaType).flatMap(place(ofConcrete:)) }

    /// Returns the first entry that allows this media type, which must be concrete (see `MediaType.concrete(_:)`).
    package func entry(forConcrete type: String) -> DecidingEntry? {
        place(ofConcrete: type).map { DecidingEntry(type: list[$0].type, index: $0) }
    }

    private func place(ofConcrete type: String) -> Int? {
        var place = types[type] ?? .max
        if !ranges.isEmpty, let slash = type.utf8.firstIndex(of: UInt8(ascii: "/")) {
            place = min(place, ranges[String(type[...slash])] ?? .max)
        }
        place = min(place, everything ?? .max)
        return place == .max ? nil : place
    }
}

/// The types that an entry of a profile allows, in lower case and without parameters and surrounding white space.
package enum MediaTypePattern: Hashable {
    /// All types, `*/*`.
    case everything
    /// All subtypes of a type, `type/*`, by the beginning `type/`.
    case range(String)
    /// One concrete type.
    case type(String)

    /// Reads an entry. Returns nil for a text that matches no type.
    package init?(_ text: String) {
        if let type = MediaType.concrete(text) {
            self = .type(type)
            return
        }
        let essence = MediaType.essence(of: text)
        if essence == "*/*" {
            self = .everything
        } else if essence.utf8.last == UInt8(ascii: "*"), let type = MediaType.concrete(essence.dropLast() + "x") {
            self = .range(String(type.dropLast()))
        } else {
            return nil
        }
    }
}
