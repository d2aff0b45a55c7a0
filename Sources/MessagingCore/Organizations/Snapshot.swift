import Synchronization

/// A published organization. It is a class, so that sharing it costs one reference count.
final class Snapshot: Sendable {
    let organization: Organization
    /// Whether the stored organization may be newer.
    let isInDoubt: Bool
    /// The beginning of the last check that found the snapshot current.
    private let checked = Mutex<ContinuousClock.Instant?>(nil)

    init(_ organization: Organization, isInDoubt: Bool = false) {
        self.organization = organization
        self.isInDoubt = isInDoubt
    }

    /// Notes that a check that began then has found the snapshot current.
    func noteCheck(at instant: ContinuousClock.Instant) {
        checked.withLock { $0 = max($0 ?? instant, instant) }
    }

    /// Returns the time since the beginning of the last check that found the snapshot current; nil if there was none.
    func age(at instant: ContinuousClock.Instant) -> Duration? {
        checked.withLock { $0.map { $0.duration(to: instant) } }
    }
}
