/// A published organization. It is a class, so that sharing it costs one reference count.
final class Snapshot: Sendable {
    let organization: Organization
    /// Whether a later commit has an unknown outcome.
    let isInDoubt: Bool

    init(_ organization: Organization, isInDoubt: Bool = false) {
        self.organization = organization
        self.isInDoubt = isInDoubt
    }
}
