import GRDB
import Logging
import MessagingCore

extension SQLiteStore {
    /// Makes a write durable in a transaction that it shares with the writes that wait at the same time, see ``WaitingSharedWrites``.
    func share(_ write: SharedWrite) async -> WriteOutcome {
        // The call may change threads first, so whether the write's caller leads is decided inside of it.
        let outcome = await withCheckedContinuation { caller in
            if waitingWrites.join(.init(write: write, caller: caller)) { caller.resume(returning: nil) }
        }
        if let outcome { return outcome }
        // Callers get the outcomes of the transaction before. Writes that are ready by then share this one.
        let isHeavy = write.isHeavy
        await letOthersGoFirst(atMost: isHeavy ? Self.patience : 1)
        if isHeavy { await letLightWritesGoFirst(sharing: write.isShareable) }
        let others = waitingWrites.takeSharing(with: write)
        let outcomes = transact([write] + others.map(\.write))
        for (other, outcome) in zip(others, outcomes.dropFirst()) { other.caller.resume(returning: outcome) }
        if isCheckpointDue { Task { await checkpointInTurn() } } else { passOn() }
        return outcomes.first ?? .failed(.notWritten(cause: "the transaction has no outcome"))
    }

    /// Makes a transaction of the light writes that wait before a heavy turn, and returns when their callers have continued.
    private func letLightWritesGoFirst(sharing: Bool) async {
        let light = waitingWrites.takeBeforeHeavyTurn(sharing: sharing)
        if light.isEmpty { return }
        for (each, outcome) in zip(light, transact(light.map(\.write))) { each.caller.resume(returning: outcome) }
        await letOthersGoFirst(atMost: Self.patience)
    }

    /// Moves the log into the database at its turn between shared writes. The caller leads.
    func checkpointInTurn() async {
        await letOthersGoFirst(atMost: Self.patience)
        await letLightWritesGoFirst(sharing: false)
        checkpoint()
        waitingWrites.noteCheckpoint()
        passOn()
    }

    /// The number of batches of other jobs that a heavy turn waits for.
    private static let patience = 8

    /// Returns when no other job of the store waits, or so many batches of them have run.
    private func letOthersGoFirst(atMost batches: Int) async {
        await withCheckedContinuation { lane.resumeAfterOthers($0, atMost: batches) }
    }

    /// Lets the caller that leads next continue.
    private func passOn() { waitingWrites.takeLeader()?.caller.resume(returning: nil) }

    /// Applies all writes in one transaction. A write that the tables refuse fails alone; an error of the transaction is that of each.
    private func transact(_ writes: [SharedWrite]) -> [WriteOutcome] {
        do {
            return try write { db in
                let outcomes = try writes.map { write in
                    switch write {
                    case .commit(let commit): try apply(commit, in: db)
                    case .token(let new): try apply(new, in: db)
                    case .drop(let drop): try apply(drop, in: db)
                    }
                }
                return (outcomes, commit: outcomes.contains(where: \.isStored))
            }
        } catch {
            return writes.map { _ in .failed(error) }
        }
    }

    /// Logs that a write was rejected by the tables, and returns its outcome.
    func rejected(_ write: String, of organization: String, _ error: any Error) -> WriteOutcome {
        let cause = cause(of: error)
        logger.error("Rejected a \(write)", metadata: ["organization": "\(organization)", "cause": "\(cause)"])
        return .failed(.notWritten(cause: cause))
    }
}

extension WriteOutcome {
    fileprivate var isStored: Bool {
        switch self {
        case .stored: true
        case .refused, .failed: false
        }
    }
}

extension Error {
    /// Whether the error concerns only the write that was being applied.
    var concernsOneWrite: Bool {
        switch self {
        case let error as DatabaseError: [.SQLITE_CONSTRAINT, .SQLITE_TOOBIG].contains(error.resultCode)
        default: self is Text.Unstorable
        }
    }
}
