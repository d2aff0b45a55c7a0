import MessagingSDK
import StandardStreams

/// The differences between two objects, or between an object and nothing.
struct Difference: Equatable {
    /// The change of one value.
    struct Change: Equatable {
        /// The path of the value.
        let path: String
        /// The value before; nil if there was none.
        let before: JSON?
        /// The value afterwards; nil if there is none.
        let after: JSON?
    }

    /// The changes, in the order of the fields.
    let changes: [Change]

    /// Creates the differences between two objects. Of secrets it keeps only whether there is one.
    init(from before: JSON?, to after: JSON?) {
        let old = before.map(\.leaves) ?? []
        let new = after.map(\.leaves) ?? []
        let paths = old.map(\.path) + new.map(\.path).filter { path in !old.contains { $0.path == path } }
        changes = paths.compactMap { path in
            let before = old.first { $0.path == path }?.value
            let after = new.first { $0.path == path }?.value
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
    var isEmpty: Bool { changes.isEmpty }

    /// A line for each change: `+` for an added value, `-` for a removed one, `~` for a changed one.
    func lines(styled: Bool) -> [String] {
        changes.map { change in
            switch (change.before, change.after) {
            case (let before?, let after?):
                Style.changed.of(
                    "~ \(change.path.visible): \(Self.text(before)) -> \(Self.text(after))",
                    isUsed: styled
                )
            case (let before?, nil):
                Style.removed.of("- \(change.path.visible): \(Self.text(before))", isUsed: styled)
            case (nil, let after):
                Style.added.of("+ \(change.path.visible): \(Self.text(after ?? .null))", isUsed: styled)
            }
        }
    }

    private static func text(_ value: JSON) -> String { String(decoding: value.bytes, as: UTF8.self).visible }
}
