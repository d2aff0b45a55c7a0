package import MessagingSDK

/// The differences between two objects, or between an object and nothing.
package struct Difference: Equatable {
    /// The change of one value.
    package struct Change: Equatable {
        /// The path of the value.
        package let path: String
        /// The value before; nil if there was none.
        package let before: JSON?
        /// The value afterwards; nil if there is none.
        package let after: JSON?
    }

    /// The changes, in the order of the fields.
    package let changes: [Change]

    /// Creates differences of these changes.
    init(changes: [Change]) { self.changes = changes }

    /// Creates the differences between two objects. Of secrets it keeps only whether there is one.
    package init(from before: JSON?, to after: JSON?) {
        let (old, new) = (before?.leaves ?? [], after?.leaves ?? [])
        let oldValues = Dictionary(old.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first })
        let newValues = Dictionary(new.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first })
        let paths = old.map(\.path) + new.map(\.path).filter { oldValues[$0] == nil }
        changes = paths.compactMap { path in
            let (before, after) = (oldValues[path], newValues[path])
            guard before != after else { return nil }
            let isSecret = path.split(separator: ".").first.map { Secrets.names.contains(String($0)) } ?? false
            return Change(
                path: path,
                before: isSecret ? before.map { _ in Secrets.mask } : before,
                after: isSecret ? after.map { _ in Secrets.mask } : after
            )
        }
    }

    /// Whether there are none.
    package var isEmpty: Bool { changes.isEmpty }
}
