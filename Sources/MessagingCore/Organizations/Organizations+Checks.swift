package import MessagingContract
import Synchronization

/// Checks of snapshots against a store that other servers change, too.
extension Organizations {
    /// The number of loads that a check takes at most to bring a snapshot forward. The first one may have begun before the check.
    private static let mostLoads = 3

    /// Whether other servers may change the organizations, so that a snapshot is current only after a check.
    package var mustCheck: Bool { sharedRevisions != nil }

    /// Returns the age of the snapshot in memory if it may be used without a check: the time since the last one. Returns nil if it is longer
    /// than the time for which snapshots may be stale, or there is no snapshot.
    package func age(of id: String) -> Duration? {
        guard staleness > .zero, let age = known(id)?.age(at: surroundings.instant()) else { return nil }
        return age <= staleness ? age : nil
    }

    /// Calls `receiver` with the revision of an organization at a moment after this call, 0 if it does not exist. By then, a snapshot in memory
    /// is at least of this revision.
    ///
    /// Many calls share a check. `receiver` gets 503 if the store cannot be reached, and 500 if its data is corrupt. It is called on any thread.
    package func check(_ id: String, _ receiver: @escaping @Sendable (Result<Revision, APIError>) -> Void) {
        guard let shared = sharedRevisions else {
            return receiver(.success(published.withLock { $0[id]?.organization.revision ?? 0 }))
        }
        if checks.withLock({ $0.add(receiver, of: id) }) { runCheck(shared) }
    }

    /// Returns what the receiver of ``check(_:_:)`` gets.
    package func check(_ id: String) async -> Result<Revision, APIError> {
        await withCheckedContinuation { continuation in
            check(id) { continuation.resume(returning: $0) }
        }
    }

    /// Returns a snapshot of at least this revision, loaded if necessary. Throws 503 if the store does not have it.
    func current(_ id: String, from revision: Revision) async throws(APIError) -> Snapshot? {
        for _ in 0..<Self.mostLoads {
            if let known = known(id), known.organization.revision >= revision { return known }
            doubt(id)
            guard let loaded = try await load(id) else { return nil }
            if loaded.organization.revision >= revision { return loaded }
        }
        throw .serviceUnavailable.caused(by: "the store has an older revision than before")
    }

    /// Runs a check for all requests that wait when it begins, and then the next one if others wait and nobody puts it off.
    private func runCheck(_ shared: any SharedRevisions) {
        let running = Mutex<RunningCheck?>(nil)
        shared.readRevisions { [self] in
            let check = beginCheck()
            running.withLock { $0 = check }
            return check.organizations
        } _: { [self] outcome in
            let check = running.withLock { $0 } ?? beginCheck()
            checks.withLock { $0.end() }
            Wakes.deferred { end(check, outcome) }
            if checks.withLock({ $0.handedOut() }) { runCheck(shared) }
        }
    }

    /// Puts the next check off until ``releaseChecks()``. A receiver of ``check(_:_:)`` calls it that has another thread handle the outcome, so
    /// that the next check is for the requests that come until then, too. A busy server makes few checks for many requests each in this way.
    package func holdChecks() { checks.withLock { $0.hold() } }

    /// Returns whether the next check was put off, so that the caller must call ``restartChecks()``.
    package func releaseChecks() -> Bool { checks.withLock { $0.release() } }

    /// Starts the next check after ``releaseChecks()`` if requests wait.
    package func restartChecks() {
        guard let shared = sharedRevisions, checks.withLock({ $0.restart() }) else { return }
        runCheck(shared)
    }

    private func beginCheck() -> RunningCheck {
        let receivers = checks.withLock { $0.take() }
        let organizations = Array(receivers.keys)
        let before = published.withLock { published in
            organizations.map { published[$0]?.organization.revision ?? 0 }
        }
        return RunningCheck(
            organizations: organizations,
            receivers: receivers,
            before: before,
            start: surroundings.instant()
        )
    }

    private func end(_ check: RunningCheck, _ outcome: Result<PresentRevisions, StoreError>) {
        do throws(StoreError) {
            let present = try outcome.get()
            guard present.revisions.count == check.organizations.count else {
                throw .corrupt(cause: "the store has lost a revision")
            }
            forget(check.organizations, check.before, present)
            for (id, revision) in zip(check.organizations, present.revisions) {
                finish(check.receivers[id] ?? [], id, revision, at: check.start)
            }
        } catch {
            for receiver in check.receivers.values.joined() { receiver(.failure(APIError(error))) }
        }
    }

    /// Forgets the snapshots that the store no longer has: all, if it has another line of commits than before, and those that were newer before
    /// the check.
    private func forget(_ ids: [String], _ before: [Revision], _ present: PresentRevisions) {
        let isOther = era.withLock { era in
            defer { era = present.era }
            return era != nil && era != present.era
        }
        let lost = zip(ids, zip(before, present.revisions)).filter { $1.0 > $1.1 }.map(\.0)
        guard isOther || !lost.isEmpty else { return }
        let dropped = published.withLock { isOther ? $0.removeAll() : $0.remove(lost) }
        for snapshot in dropped { forgetSize(of: snapshot.organization.id) }
        DroppedSnapshots(dropped).free()
    }

    /// Calls the receivers of an organization that has this revision, after its snapshot was brought forward if it is older.
    private func finish(
        _ receivers: [WaitingChecks.Receiver],
        _ id: String,
        _ revision: Revision,
        at start: ContinuousClock.Instant
    ) {
        if published.withLock({ $0.confirm(id, revision, at: start) }) {
            for receiver in receivers { receiver(.success(revision)) }
            return
        }
        Task {
            let outcome: Result<Revision, APIError>
            do throws(APIError) {
                _ = try await current(id, from: revision)
                _ = published.withLock { $0.confirm(id, revision, at: start) }
                outcome = .success(revision)
            } catch {
                outcome = .failure(error)
            }
            for receiver in receivers { receiver(outcome) }
        }
    }
}

/// A check that has begun.
private struct RunningCheck: Sendable {
    let organizations: [String]
    let receivers: [String: [WaitingChecks.Receiver]]
    /// The revisions of the snapshots before the check.
    let before: [Revision]
    let start: ContinuousClock.Instant
}
