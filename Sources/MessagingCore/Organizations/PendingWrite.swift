import MessagingContract

import struct Foundation.Date

/// A write that waits for its turn and then for its commit, whatever its answer's type.
protocol PendingWrite: AnyObject {
    /// Who asked.
    var author: Author { get }
    /// Whether it creates its organization.
    var creates: Bool { get }
    /// How often it was applied.
    var attempts: Int { get }
    /// The client's own name for the request.
    var key: IdempotencyKey? { get }
    /// Runs the rule on a draft and keeps the answer; the draft is only changed when the rule succeeds. `kept` is the record of the
    /// request's key, expired or not.
    func apply(
        to organization: inout Organization,
        at time: Date,
        within limits: OrganizationLimits,
        kept: IdempotencyRecord?
    )
    /// Gives the kept answer to the one who waits for it.
    func finish()
    /// Gives this refusal instead.
    func finish(failing error: APIError)
}

/// The one kind of ``PendingWrite``. Lives inside the actor that applies it.
final class Write<Answer: Sendable>: PendingWrite {
    let author: Author
    let creates: Bool
    let key: IdempotencyKey?
    private(set) var attempts = 0

    private let objectID: String
    private let rule: Organizations.Rule<Answer>
    private let answer: (Result<Answer, APIError>) -> Void
    private var result: Result<Answer, APIError> = .failure(.serviceUnavailable)

    init(
        author: Author,
        objectID: String,
        creates: Bool,
        key: IdempotencyKey?,
        rule: @escaping Organizations.Rule<Answer>,
        answer: @escaping (Result<Answer, APIError>) -> Void
    ) {
        self.author = author
        self.objectID = objectID
        self.creates = creates
        self.key = key
        self.rule = rule
        self.answer = answer
    }

    func apply(
        to organization: inout Organization,
        at time: Date,
        within limits: OrganizationLimits,
        kept: IdempotencyRecord?
    ) {
        attempts += 1
        var draft = organization
        let stamp = Stamp(time: time, id: objectID, author: author, limits: limits, kept: kept)
        do throws(APIError) {
            result = .success(try rule(&draft, stamp))
            organization = draft
        } catch {
            result = .failure(error)
        }
    }

    func finish() { answer(result) }

    func finish(failing error: APIError) { answer(.failure(error)) }
}

/// The writes of one organization that share a commit, and the organization as it is after them.
struct Batch {
    let base: Organization
    private(set) var organization: Organization
    private(set) var step = Step()
    private(set) var writes: [any PendingWrite] = []
    /// The records of the idempotency keys of waiting writes, by id: those that the store has and those that writes of the batch made.
    private var kept: [String: IdempotencyRecord]

    /// A batch without writes. `kept` has the idempotency records that the store has for the writes that will be applied.
    init(base: Organization, kept: [IdempotencyRecord]) {
        self.base = base
        self.kept = Dictionary(kept.map { ($0.id, $0) }) { $1 }
        organization = base
    }

    /// Applies a write. An answer that rests on nothing but durable changes is given at once.
    mutating func apply(_ write: any PendingWrite, at time: Date, within limits: OrganizationLimits) {
        write.apply(to: &organization, at: time, within: limits, kept: write.key.flatMap { kept[$0.id] })
        let made = organization.seal()
        for record in made.idempotency { kept[record.id] = record }
        step.append(made)
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
