/// An organization as it was published; a reference, so that it is shared at the price of one.
final class Snapshot: Sendable {
    let organization: Organization
    /// Whether a commit after it has an outcome that is not known.
    let isInDoubt: Bool

    init(_ organization: Organization, isInDoubt: Bool = false) {
        self.organization = organization
        self.isInDoubt = isInDoubt
    }
}
