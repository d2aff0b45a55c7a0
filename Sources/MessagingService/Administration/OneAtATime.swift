import Synchronization

/// A turn that one command has at a time.
final class OneAtATime: Sendable {
    private let isTaken = Atomic(false)

    /// Takes the turn; false when somebody has it.
    func take() -> Bool { isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged }

    /// Gives back the turn that was taken.
    func giveBack() { isTaken.store(false, ordering: .releasing) }
}
