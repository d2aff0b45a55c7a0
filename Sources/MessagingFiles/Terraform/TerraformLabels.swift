import Foundation
import MessagingSDK

/// The labels of resources, by the labels of their objects.
struct TerraformLabels {
    private var labels: [String: [String: String]] = [:]

    /// Gives a label to each object: the one that its resource had in `present`, by the id, or else its name in ASCII. Where several objects
    /// would have the same label, it ends with a part of the id, so that it does not depend on the others. No other object gets the label of one of
    /// the addresses in `taken`.
    init(
        _ configuration: Configuration,
        present: [String: [String: String]],
        taken: some Sequence<TerraformAddress> = []
    ) {
        let labelsOfTypes = Dictionary(grouping: taken.filter { !$0.isData }, by: \.type).mapValues { $0.map(\.label) }
        for (kind, objects) in configuration.objects {
            let taken = TerraformKind.of(kind).flatMap { labelsOfTypes[$0.type] } ?? []
            labels[kind] = Self.labels(objects, present[kind] ?? [:], taken)
        }
    }

    /// Returns the label of an object; nil if the configuration does not have the object.
    func label(_ object: String, of kind: String) -> String? { labels[kind]?[object] }

    private static func labels(
        _ objects: [ConfiguredObject],
        _ present: [String: String],
        _ others: [String]
    ) -> [String: String] {
        var labels: [String: String] = [:]
        var taken: Set<String> = []
        for object in objects {
            guard let label = object.id.flatMap({ present[$0] }), taken.insert(label).inserted else { continue }
            labels[object.label] = label
        }
        taken.formUnion(others)
        let rest = objects.filter { labels[$0.label] == nil }.map { (object: $0, label: label($0.name)) }
        let counts = Dictionary(rest.map { ($0.label, 1) }, uniquingKeysWith: +)
        var duplicates: [(object: ConfiguredObject, label: String)] = []
        for (object, label) in rest {
            if counts[label] == 1, taken.insert(label).inserted {
                labels[object.label] = label
            } else {
                duplicates.append((object, label))
            }
        }
        for (object, label) in duplicates {
            let id = safe(object.id ?? "")
            var (candidate, number) = ("\(label)_\(id.suffix(8))", 1)
            while !taken.insert(candidate).inserted {
                candidate = number == 1 ? "\(label)_\(id)" : "\(label)_\(id)_\(number)"
                number += 1
            }
            labels[object.label] = candidate
        }
        return labels
    }

    /// Returns a name as the vendor's export makes a label of it: in ASCII, with `_` for what a label cannot have.
    static func label(_ name: String) -> String {
        let transform = StringTransform("Any-Latin; Latin-ASCII")
        let latin =
            name.utf8.allSatisfy { $0 < 0x80 } ? name : name.applyingTransform(transform, reverse: false) ?? name
        let ascii = String(String.UnicodeScalarView(latin.unicodeScalars.filter(\.isASCII)))
        let label = safe(ascii.trimmingCharacters(in: .whitespacesAndNewlines))
        guard let first = label.first, first.isLetter || first == "_" else { return "_\(label)" }
        return label
    }

    private static func safe(_ text: String) -> String {
        String(
            text.unicodeScalars.map { scalar in
                let character = Character(scalar)
                return character.isASCIILetterOrDigit || character == "-" || character == "_" ? character : "_"
            }
        )
    }
}
