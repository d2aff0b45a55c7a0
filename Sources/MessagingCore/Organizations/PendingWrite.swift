import MessagingContract
import Synchronization

import struct Foundation.Date

/// A write that waits for its turn and then for its commit, whatever its answer's type.
protocol PendingWrite: AnyObject, Sendable {
    /// Who asked.
    var author: Author { get }
    /// Whether it creates its organization.
    var creates: Bool { get }
    /// How often it was applied.
    var attempts: Int { get }
    /// The client's own name for the request.
    var key: IdempotencyKey? { get }
    /// What its turn depends on.
    var turn: Turn { get }
    /// Runs the rule on a draft of an organization and keeps the answer. Returns the organization after the rule and what it changed; nil
    /// when the rule throws. `kept` is the record of the request's key; nil when there is none, or it has expired.
    func apply(
        to organization: Organization,
        at time: Date,
        within limits: OrganizationLimits,
        kept: IdempotencyRecord?
    ) -> (organization: Organization, step: Step)?
    /// Keeps a refusal in the place of the answer.
    func refuse(_ error: APIError)
    /// Gives the kept answer to the one who waits for it.
    func finish()
    /// Gives this refusal instead.
    func finish(failing error: APIError)
}

/// The one kind of ``PendingWrite``.
final class Write<Answer: Sendable>: PendingWrite {
    /// How often the write was applied, and what the last time gave.
    private struct Outcome {
        var attempts = 0
        var result: Result<Answer, APIError> = .failure(.serviceUnavailable)
    }

    let author: Author
    let creates: Bool
    let key: IdempotencyKey?
    let turn: Turn
    private let objectID: String
    private let rule: Draft.Rule<Answer>
    private let answer: @Sendable (Result<Answer, APIError>) -> Void
    private let outcome = Mutex(Outcome())

    init(
        author: Author,
        objectID: String,
        creates: Bool,
        key: IdempotencyKey?,
        turn: Turn,
        rule: @escaping Draft.Rule<Answer>,
        answer: @escaping @Sendable (Result<Answer, APIError>) -> Void
    ) {
        self.author = author
        self.objectID = objectID
        self.creates = creates
        self.key = key
        self.turn = turn
        self.rule = rule
        self.answer = answer
    }

    var attempts: Int { outcome.withLock { $0.attempts } }

    func apply(
        to organization: Organization,
        at time: Date,
        within limits: OrganizationLimits,
        kept: IdempotencyRecord?
    ) -> (organization: Organization, step: Step)? {
        let stamp = Stamp(time: time, id: objectID, author: author, limits: limits, kept: kept)
        var draft = Draft(organization, stamp)
        let result = Result { () throws(APIError) in try rule(&draft) }
        outcome.withLock { $0 = Outcome(attempts: $0.attempts + 1, result: result) }
        guard case .success = result else { return nil }
        return draft.finish()
    }

    func refuse(_ error: APIError) { outcome.withLock { $0.result = .failure(error) } }

    func finish() { answer(outcome.withLock { $0.result }) }

    func finish(failing error: APIError) { answer(.failure(error)) }
}

/// The writes of one organization that share a commit, and the organization as it is after them.
struct Batch: Sendable {
    let base: Organization
    private(set) var organization: Organization
    private(set) var step = Step()
    private(set) var writes: [any PendingWrite] = []
    /// The records of the idempotency keys of waiting writes, by id: those that the store has and those that writes of the batch made.
    private var kept: [String: IdempotencyRecord]
    /// The bytes that the organization takes after them.
    private var size: OrganizationSize
    /// The time by which old things may be dropped; nil when that is not known.
    private let sweepTime: Date?

    /// A batch without writes. `kept` has the idempotency records that the store has for the writes that will be applied, and `size`
    /// is that of the organization as it is stored. By `sweepTime` a record expires, when the clock of the writes is ahead of it.
    init(base: Organization, kept: [IdempotencyRecord], size: OrganizationSize, sweepTime: Date?) {
        self.base = base
        self.size = size
        self.sweepTime = sweepTime
        self.kept = Dictionary(kept.map { ($0.id, $0) }) { $1 }
        organization = base
    }

    /// Applies writes in order, each at its time in the `surroundings`, until they cost `budget`, and leaves the others. Returns what
    /// they cost.
    mutating func apply(
        _ waiting: inout ArraySlice<any PendingWrite>,
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

    /// Applies a write, and returns what it cost. A response that rests on nothing but durable changes is given at once; so is 404 when
    /// there is no organization.
    private mutating func apply(_ write: any PendingWrite, at time: Date, within limits: OrganizationLimits) -> Int {
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

    /// Takes over what a rule made; returns false when there is no room for it.
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
