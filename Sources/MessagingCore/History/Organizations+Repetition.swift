public import MessagingContract

extension Organizations {
    /// What a rule found out about a request that has an idempotency key.
    private enum Outcome<Answer: Sendable>: Sendable {
        case answered(Answer)
        /// The request was made before, and the version of its response is the present one no more.
        case repeated(IdempotencyRecord)
    }

    /// Runs a rule that writes an object of a kind, and returns what `answer` makes of the object when that is durable.
    ///
    /// Under a key that was used in the last 24 hours the rule does not run: `answer` gets the version of the object that the first
    /// response was made of, as the history has it, together with the organization of now. The record of a key is committed together
    /// with the object; an organization has ``IdempotencyRecord/limit`` of them, and the oldest go first. A refusal is not kept.
    ///
    /// Throws what ``change(_:by:creating:_:)`` throws and what `answer` throws, 422 for another request under the same key, and 409
    /// when the history does not have the version any more.
    public nonisolated func write<R: Resource, Answer: Sendable>(
        _ type: R.Type,
        in organization: String,
        by author: Author,
        creating objectID: String = Identifiers.makeOrdered(),
        once key: IdempotencyKey?,
        turn: Turn = Turn(),
        answering answer: @escaping @Sendable (Entry, Organization) throws(APIError) -> Answer,
        _ rule: @escaping Draft.Rule<Entry>
    ) async throws(APIError) -> Answer {
        let outcome = try await change(organization, by: author, creating: objectID, once: key, turn: turn) {
            (draft) throws(APIError) -> Outcome<Answer> in
            if let key, let kept = draft.stamp.kept {
                guard key.isOf(kept) else { throw .idempotencyKeyReused }
                guard let entry = draft.organization[kept.kind][kept.object], entry.version == kept.version else {
                    return .repeated(kept)
                }
                return .answered(try answer(entry, draft.organization))
            }
            let entry = try rule(&draft)
            if let key { draft.keep(key.record(of: entry, R.kind, draft.stamp)) }
            return .answered(try answer(entry, draft.organization))
        }
        switch outcome {
        case .answered(let answer): return answer
        case .repeated(let record):
            // What another server wrote may be in the history before it is in the snapshot.
            guard let snapshot = try await snapshot(of: organization) else { throw .notFound }
            let history = ObjectHistory(
                organizations: self,
                organization: organization,
                kind: record.kind,
                id: record.object,
                last: .max
            )
            guard let entry = try await history.version(record.version) else {
                throw .responseGone(kind: record.kind.word?.rawValue ?? record.kind.rawValue, id: record.object)
            }
            return try answer(entry, snapshot)
        }
    }
}
