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
    /// What it costs, as bytes that are read, encoded and stored for it.
    var cost: Int { get }
    /// Runs the rule on a draft and keeps the answer; the draft is only changed when the rule succeeds. `kept` is the record of the
    /// request's key, expired or not.
    func apply(
        to organization: inout Organization,
        at time: Date,
        within limits: OrganizationLimits,
        kept: IdempotencyRecord?
    )
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
    let cost: Int
    private let objectID: String
    private let rule: Organizations.Rule<Answer>
    private let answer: @Sendable (Result<Answer, APIError>) -> Void
    private let outcome = Mutex(Outcome())

    init(
        author: Author,
        objectID: String,
        creates: Bool,
        key: IdempotencyKey?,
        cost: Int,
        rule: @escaping Organizations.Rule<Answer>,
        answer: @escaping @Sendable (Result<Answer, APIError>) -> Void
    ) {
        self.author = author
        self.objectID = objectID
        self.creates = creates
        self.key = key
        self.cost = cost
        self.rule = rule
        self.answer = answer
    }

    var attempts: Int { outcome.withLock { $0.attempts } }

    func apply(
        to organization: inout Organization,
        at time: Date,
        within limits: OrganizationLimits,
        kept: IdempotencyRecord?
    ) {
        let stamp = Stamp(time: time, id: objectID, author: author, limits: limits, kept: kept)
        let result: Result<Answer, APIError>
        do throws(APIError) {
            var draft = organization
            result = .success(try rule(&draft, stamp))
            organization = draft
        } catch {
            result = .failure(error)
        }
        outcome.withLock { $0 = Outcome(attempts: $0.attempts + 1, result: result) }
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

    /// A batch without writes. `kept` has the idempotency records that the store has for the writes that will be applied, and `size`
    /// is that of the organization as it is stored.
    init(base: Organization, kept: [IdempotencyRecord], size: OrganizationSize) {
        self.base = base
        self.size = size
        self.kept = Dictionary(kept.map { ($0.id, $0) }) { $1 }
        organization = base
    }

    /// Applies writes in order, each at the time that `now` tells then.
    mutating func apply(_ writes: [any PendingWrite], at now: () -> Date, within limits: OrganizationLimits) {
        for write in writes { apply(write, at: now(), within: limits) }
    }

    /// Applies a write. A response that rests on nothing but durable changes is given at once; so is 404 when there is no organization.
    private mutating func apply(_ write: any PendingWrite, at time: Date, within limits: OrganizationLimits) {
        if base.revision == 0, !write.creates { return write.finish(failing: .notFound) }
        var draft = organization
        write.apply(to: &draft, at: time, within: limits, kept: write.key.flatMap { kept[$0.id] })
        let made = draft.seal()
        var after = size
        after.apply(made.changes)
        if after.total > max(limits.bytes, size.total), made.needsRoom(by: write.author) {
            write.refuse(.quotaExceeded("bytes of objects and their history", limit: limits.bytes))
        } else {
            organization = draft
            size = after
            for record in made.idempotency { kept[record.id] = record }
            step.append(made)
        }
        if step.changes.isEmpty { write.finish() } else { writes.append(write) }
    }

    var commit: Commit {
        Commit(
            organization: base.id,
            base: base.revision,
            revision: organization.revision,
            changes: step.changes,
            idempotency: step.idempotency,
            revokedTokens: step.revokedTokens
        )
    }
}
