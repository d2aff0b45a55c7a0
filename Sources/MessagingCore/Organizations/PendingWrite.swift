import MessagingContract
import Synchronization

import struct Foundation.Date

/// A write that waits for its turn and then for its commit. Its rule keeps its own result.
final class PendingWrite: Sendable {
    /// The number of times that the write was applied, and the last refusal; nil if the last run of the rule succeeded.
    private struct Outcome {
        var attempts = 0
        var error: APIError? = .serviceUnavailable
    }

    /// The author of the change.
    let author: Author
    /// Whether the write creates its organization.
    let creates: Bool
    /// The idempotency key of the request; nil if it has none.
    let key: IdempotencyKey?
    /// The cost and the precedence of the write.
    let turn: Turn
    private let objectID: String
    private let rule: Draft.Rule<Void>
    private let resume: @Sendable (APIError?) -> Void
    private let outcome = Mutex(Outcome())

    /// Creates a write. `resume` resumes the caller with the error, or with nil if the result of the rule is durable.
    init(
        author: Author,
        objectID: String,
        creates: Bool,
        key: IdempotencyKey?,
        turn: Turn,
        rule: @escaping Draft.Rule<Void>,
        resume: @escaping @Sendable (APIError?) -> Void
    ) {
        self.author = author
        self.objectID = objectID
        self.creates = creates
        self.key = key
        self.turn = turn
        self.rule = rule
        self.resume = resume
    }

    /// The number of times that it was applied.
    var attempts: Int { outcome.withLock { $0.attempts } }

    /// Runs the rule on a draft of an organization. Returns the organization after the rule and its changes, or nil if the rule throws.
    /// `kept` is the record of the request's key, or nil if there is none or it has expired.
    func apply(
        to organization: Organization,
        at time: Date,
        within limits: OrganizationLimits,
        kept: IdempotencyRecord?
    ) -> (organization: Organization, step: Step)? {
        let stamp = Stamp(time: time, id: objectID, author: author, limits: limits, kept: kept)
        var draft = Draft(organization, stamp)
        var refusal: APIError?
        do throws(APIError) { try rule(&draft) } catch { refusal = error }
        outcome.withLock { [refusal] in $0 = Outcome(attempts: $0.attempts + 1, error: refusal) }
        return refusal == nil ? draft.finish() : nil
    }

    /// Keeps a refusal in place of the result.
    func refuse(_ error: APIError) { outcome.withLock { $0.error = error } }

    /// Resumes the caller after the last run of the rule.
    func finish() { resume(outcome.withLock { $0.error }) }

    /// Resumes the caller with this error instead.
    func finish(failing error: APIError) { resume(error) }
}

/// The writes of one organization that share a commit, and the organization after them.
struct Batch: Sendable {
    let base: Organization
    private(set) var organization: Organization
    private(set) var step = Step()
    private(set) var writes: [PendingWrite] = []
    /// The records of the idempotency keys of the writes, by id: stored ones, and those that writes of the batch created.
    private var kept: [String: IdempotencyRecord]
    /// The size of the organization after the writes.
    private var size: OrganizationSize
    /// The time by which records expire if the clock of the writes is ahead of it; nil if it is not known.
    private let sweepTime: Date?

    /// Creates a batch without writes. `kept` has the stored idempotency records of the writes that will be applied, and `size` is the size
    /// of the stored organization. A record expires by `sweepTime` if the clock of the writes is ahead of it.
    init(base: Organization, kept: [IdempotencyRecord], size: OrganizationSize, sweepTime: Date?) {
        self.base = base
        self.size = size
        self.sweepTime = sweepTime
        self.kept = Dictionary(kept.map { ($0.id, $0) }) { $1 }
        organization = base
    }

    /// Applies writes in order until they cost `budget`, and leaves the others. Each gets the present time of the `surroundings`. Returns
    /// their cost.
    mutating func apply(
        _ waiting: inout ArraySlice<PendingWrite>,
        upTo budget: Int,
        in surroundings: Surroundings,
        within limits: OrganizationLimits
    ) -> Int {
        var cost = 0
        while cost < budget, let write = waiting.popFirst() {
            cost += apply(write, at: surroundings.now(base.id), within: limits)
        }
        return cost
    }

    /// Applies a write and returns its cost. A result that depends only on durable state is returned to the caller at once. The same holds
    /// for 404 if the organization does not exist.
    private mutating func apply(_ write: PendingWrite, at time: Date, within limits: OrganizationLimits) -> Int {
        if base.revision == 0, !write.creates {
            write.finish(failing: .notFound)
            return Turn.leastCost
        }
        let record = write.key.flatMap { kept[$0.id] }.flatMap { $0.expires > min(time, sweepTime ?? time) ? $0 : nil }
        let expected = write.turn.cost(in: organization)
        let made = write.apply(to: organization, at: time, within: limits, kept: record)
        if let made, !take(made, of: write.author, within: limits) {
            write.refuse(.quotaExceeded("bytes of objects and their history", limit: limits.bytes))
        }
        if step.changes.isEmpty { write.finish() } else { writes.append(write) }
        return max(expected, made?.step.cost ?? 0)
    }

    /// Takes over the result of a rule. Returns false if the organization has no room for it.
    private mutating func take(
        _ made: (organization: Organization, step: Step),
        of author: Author,
        within limits: OrganizationLimits
    ) -> Bool {
        var after = size
        after.apply(made.step.changes)
        if after.total > max(limits.bytes, size.total), made.step.needsRoom(by: author) { return false }
        organization = made.organization
        size = after
        for record in made.step.idempotency { kept[record.id] = record }
        step.append(made.step)
        return true
    }

    var commit: Commit {
        Commit(
            organization: base.id,
            base: base.revision,
            revision: organization.revision,
            changes: step.changes,
            idempotency: step.idempotency,
            revokedTokens: step.revokedTokens,
            effects: step.effects,
            settledEffects: step.settledEffects
        )
    }
}
