import MessagingFiles
import MessagingSDK
import StandardStreams

extension Difference {
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
