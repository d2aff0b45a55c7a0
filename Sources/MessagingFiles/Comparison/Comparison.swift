import MessagingSDK

/// The differences between two configurations, in the kinds that both declare.
package struct Comparison: Sendable {
    /// An object that differs.
    package struct Entry: Sendable {
        /// The command of its kind.
        package let kind: String
        /// The object before; nil if it is new.
        package let before: ConfiguredObject?
        /// The object afterwards; nil if it is gone.
        package let after: ConfiguredObject?
        /// The differences of its members.
        package let difference: Difference

        /// The label afterwards, or else the one before.
        package var label: String { after?.label ?? before?.label ?? "" }
    }

    /// A default that differs.
    package struct DefaultEntry: Equatable, Sendable {
        /// The command of its kind.
        package let kind: String
        /// The default before.
        package let before: Configuration.Default
        /// The default afterwards.
        package let after: Configuration.Default
    }

    /// The objects that differ, by kind.
    package private(set) var entries: [Entry] = []
    /// The defaults that differ.
    package private(set) var defaults: [DefaultEntry] = []
    /// The number of objects that are the same.
    package private(set) var unchanged = 0
    /// The ids of the objects before, by the command of their kind and the label afterwards, or else the one before.
    package private(set) var ids: [String: [String: String]] = [:]
    /// The names of objects of which it is not clear which are the same, by the command of their kind.
    package private(set) var ambiguous: [String: [String]] = [:]

    /// Compares two configurations. `environment` has the values of secrets in files.
    package init(from before: Configuration, to after: Configuration, _ environment: [String: String]) {
        let meaning = Meaning(environment: environment)
        var (oldNames, newNames): ([String: [String: String]], [String: [String: String]]) = ([:], [:])
        for kind in ManagedKinds.all {
            let command = kind.command
            for object in before.objects[command] ?? [] { ids[command, default: [:]][object.label] = object.id }
            guard let old = before.objects[command], let new = after.objects[command] else { continue }
            let pairing = Pairing(
                old.map { Self.object($0, kind, oldNames) },
                new.map { Self.object($0, kind, newNames) },
                meaning
            )
            let twins = Self.twins(new, meaning)
            newNames[command] = twins
            if !pairing.ambiguous.isEmpty { ambiguous[command] = pairing.ambiguous }
            for pair in pairing.pairs {
                if let before = pair.before, let after = pair.after {
                    oldNames[command, default: [:]][before.label] = twins[after.label] ?? after.label
                }
                add(pair, kind, meaning)
            }
            let found = Self.ids(pairing.pairs)
            ids[command] = found.isEmpty ? nil : found
        }
        for kind in ManagedKinds.defaulted {
            guard let old = before.defaults[kind.command], let new = after.defaults[kind.command] else { continue }
            let before = Self.renamed(old, oldNames[kind.command] ?? [:])
            let after = Self.renamed(new, newNames[kind.command] ?? [:])
            if before != after { defaults.append(DefaultEntry(kind: kind.command, before: before, after: after)) }
        }
    }

    /// Whether there are no differences.
    package var isEmpty: Bool { entries.isEmpty && defaults.isEmpty }

    private mutating func add(_ pair: Pairing.Pair, _ kind: any ManagedEntity.Type, _ meaning: Meaning) {
        guard let before = pair.before, let after = pair.after else {
            let difference = Difference(
                from: pair.before.map { meaning.aligned($0.members, $0.members, kind).0 },
                to: pair.after.map { meaning.aligned($0.members, $0.members, kind).1 }
            )
            entries.append(Entry(kind: kind.command, before: pair.before, after: pair.after, difference: difference))
            return
        }
        let (old, new) = meaning.aligned(before.members, after.members, kind)
        guard old != new else { return unchanged += 1 }
        entries.append(
            Entry(kind: kind.command, before: before, after: after, difference: Difference(from: old, to: new))
        )
    }

    /// Returns the ids of the objects before by the labels that they have afterwards. A label that another object gets is not an old one's.
    private static func ids(_ pairs: [Pairing.Pair]) -> [String: String] {
        var ids: [String: String] = [:]
        for pair in pairs where pair.after == nil { ids[pair.before?.label ?? ""] = pair.before?.id }
        for pair in pairs { if let after = pair.after { ids[after.label] = pair.before?.id } }
        return ids
    }

    /// Returns the labels of objects that have the same name and content as an object before them, each with the label of the first of these
    /// objects. A reference to one of them means the same as a reference to another.
    private static func twins(_ objects: [ConfiguredObject], _ meaning: Meaning) -> [String: String] {
        var twins: [String: String] = [:]
        for namesakes in Dictionary(grouping: objects, by: \.name).values where namesakes.count > 1 {
            for same in Dictionary(grouping: namesakes, by: { meaning.key($0.members) }).values {
                for object in same.dropFirst() { twins[object.label] = same.first?.label }
            }
        }
        return twins
    }

    /// Returns an object whose references have the labels that the other objects have afterwards.
    private static func object(
        _ object: ConfiguredObject,
        _ kind: any ManagedEntity.Type,
        _ names: [String: [String: String]]
    ) -> ConfiguredObject {
        var object = object
        for (path, other) in kind.references {
            guard let name = path.split(separator: ".").first.map(String.init),
                let label = object.members[name]?["name"]?.string, let renamed = names[other.command]?[label]
            else { continue }
            object.members[name] = ["name": .string(renamed)]
        }
        return object
    }

    private static func renamed(_ value: Configuration.Default, _ names: [String: String]) -> Configuration.Default {
        guard case .object(let label) = value else { return value }
        return .object(names[label] ?? label)
    }
}
