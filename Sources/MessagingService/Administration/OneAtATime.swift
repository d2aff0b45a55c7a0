import Synchronization

/// A turn that only one command can have at a time.
final class OneAtATime: Sendable {
    private let isTaken = Atomic(false)

    /// Takes the turn. Returns false if another command has it.
    func take() -> Bool { isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged }

    /// Returns the turn.
    func giveBack() { isTaken.store(false, ordering: .releasing) }
}
