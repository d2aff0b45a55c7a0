package import MessagingSDK

/// A step that brings an organization nearer to its files.
package struct Step: Sendable {
    /// An action of a step.
    package enum Action: String, CaseIterable, Sendable {
        /// Creates an object.
        case create
        /// Changes an object.
        case update
        /// Deletes an object.
        case delete
        /// Makes an object the default, or leaves the organization without a default.
        case setDefault
    }

    /// The action.
    package let action: Action
    /// The command of the kind, such as `settings`.
    package let kind: String
    /// The label of the object; of a default, that of the object that becomes it. Empty if there is to be no default.
    package let label: String
    /// The id of the object; nil if it has none yet.
    package var id: String?
    /// The members before; nil if the object is new. Of secrets it has only the names.
    package var before: JSON.Object?
    /// The members afterwards, in the form of files; nil if the object is deleted.
    package var after: JSON.Object?
    /// The time of the last change before, as the host writes it.
    package var modified: String?
    /// The differences, which are shown.
    package var difference = Difference(from: nil, to: nil)

    /// Whether the step writes a secret that files have themselves.
    var hasSecret: Bool {
        Secrets.names.contains { name in
            guard action == .create || changed.contains(name), let value = after?[name] else { return false }
            let values = value.object.map { $0.map(\.value) } ?? [value]
            return values.contains { !$0.isNull && SecretReference.variable($0) == nil }
        }
    }

    /// The names of the members that differ.
    var changed: Set<String> {
        Set(difference.changes.compactMap { $0.path.split(separator: ".").first.map(String.init) })
    }
}
