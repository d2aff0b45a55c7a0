/// A kind of the tables, under one of its names.
final class KnownKind: Sendable {
    /// The media type as the registry writes it.
    let mediaType: String
    /// The main name of the kind, in lower case. The kind may have other names.
    let name: String
    /// The number of the main name; nil if it is not in the tables.
    let number: Int?
    /// The numbers of the kind itself and of the formats in which its files are stored.
    let forms: [Int]
    /// Whether signatures exist for the kind or one of its formats.
    let isRecognized: Bool
    /// Whether it is text, for which first bytes allow only a guess.
    let isText: Bool

    init(mediaType: String, name: String, number: Int?, forms: [Int], isRecognized: Bool, isText: Bool) {
        self.mediaType = mediaType
        self.name = name
        self.number = number
        self.forms = forms
        self.isRecognized = isRecognized
        self.isText = isText
    }

    /// Returns whether this kind is the other one, under any name, or is stored in the other format.
    func isCase(of other: KnownKind) -> Bool {
        guard let number = other.number else { return name == other.name }
        return forms.contains(number)
    }

    /// Returns whether a file whose name indicates this kind is of this kind although its first bytes indicate `other`. This is the case if
    /// the first bytes allow only a guess, or if they indicate a format in which such files are stored.
    func prevails(over other: KnownKind) -> Bool { self !== other && (other.isText || isCase(of: other)) }

    /// Returns whether a file whose first bytes indicate `other` cannot be of this kind. See ``FileKind/isContradicted(byFirstBytesOf:)``.
    func isContradicted(byFirstBytesOf other: KnownKind) -> Bool {
        guard name != Self.anything, !forms.contains(where: other.forms.contains), !hasSameSubtype(as: other) else {
            return false
        }
        let isForm = other.name.hasPrefix("application/") || other.name.hasPrefix("text/")
        return !isForm || isRecognized
    }

    private func hasSameSubtype(as other: KnownKind) -> Bool {
        let slash = UInt8(ascii: "/")
        return name.utf8.drop { $0 != slash }.elementsEqual(other.name.utf8.drop { $0 != slash })
    }

    private static let anything = "application/octet-stream"
}
