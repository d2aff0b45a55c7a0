/// The organizations whose heavy writes are applied outside of the committer, and their batches that wait for a commit.
struct HeavyBatches {
    private var organizations: Set<String> = []
    private var ready: [Batch] = []

    /// Whether heavy writes of an organization are being applied or wait for the outcome of their commit.
    func hasOne(of organization: String) -> Bool { !organizations.isEmpty && organizations.contains(organization) }

    /// Whether a batch waits for its commit.
    var hasReady: Bool { !ready.isEmpty }

    /// Heavy writes of an organization are about to be applied.
    mutating func begin(_ organization: String) { organizations.insert(organization) }

    /// They were applied; a batch without changes needs no commit.
    mutating func end(_ batch: Batch) {
        if batch.step.changes.isEmpty { organizations.remove(batch.base.id) } else { ready.append(batch) }
    }

    /// Takes the batch that has waited longest; nil when none waits.
    mutating func next() -> Batch? { ready.isEmpty ? nil : ready.removeFirst() }

    /// The commit of the organization's writes has its outcome.
    mutating func concluded(_ organization: String) {
        if !organizations.isEmpty { organizations.remove(organization) }
    }
}
