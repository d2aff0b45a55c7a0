/// A kind as the tables know it, under one of its names.
final class KnownKind: Sendable {
    /// The media type as the registry writes it.
    let mediaType: String
    /// The one name of the kind, where it has several, in lower case.
    let name: String
    /// The number of that name; nil when the tables do not have it.
    let number: Int?
    /// The numbers of the kind itself and of the forms that its files are stored in.
    let forms: [Int]
    /// Whether first bytes can indicate the kind or one of its forms.
    let isRecognized: Bool
    /// Whether it is text, of which first bytes allow no more than a guess.
    let isText: Bool

    init(mediaType: String, name: String, number: Int?, forms: [Int], isRecognized: Bool, isText: Bool) {
        self.mediaType = mediaType
        self.name = name
        self.number = number
        self.forms = forms
        self.isRecognized = isRecognized
        self.isText = isText
    }

    /// Whether this kind is the other, by whatever name, or stored in its form.
    func isCase(of other: KnownKind) -> Bool {
        guard let number = other.number else { return name == other.name }
        return forms.contains(number)
    }

    /// Whether a file whose name indicates this kind is of it, though its first bytes indicate `other`. True when the first bytes allow no
    /// more than a guess, or indicate a form that such files are stored in.
    func prevails(over other: KnownKind) -> Bool { self !== other && (other.isText || isCase(of: other)) }

    /// Whether a file whose first bytes indicate `other` cannot be of this kind, see ``FileKind/isContradicted(byFirstBytesOf:)``.
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
