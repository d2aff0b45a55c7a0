public import MessagingContract

/// The result of a rule for a request that may have an idempotency key.
enum KeyedOutcome<Answer: Sendable>: Sendable {
    case answered(Answer)
    /// The request was made before, and the object is no longer at the version of its response.
    case repeated(IdempotencyRecord)
}

extension Organizations {
    /// Runs a rule that writes an object of a kind, and returns the result of `answer` for the object once it is durable.
    ///
    /// If the key was used in the last 24 hours, the rule does not run. `answer` then gets the version of the object from which the first
    /// response was made, as the history has it, and the present organization. The record of a key is committed together with the object.
    /// An organization has at most ``IdempotencyRecord/limit`` of them, and the oldest are deleted first. A refusal is not stored.
    ///
    /// Throws:
    ///
    /// - The errors of ``change(_:by:creating:_:)`` and of `answer`.
    /// - 422 for another request with the same key.
    /// - 409 if the history no longer has the version.
    public func write<R: Resource, Answer: Sendable>(
        _ type: R.Type,
        in organization: String,
        by author: Author,
        creating objectID: String? = nil,
        once key: IdempotencyKey?,
        turn: Turn = Turn(),
        answering answer: @escaping @Sendable (Entry, Organization) throws(APIError) -> Answer,
        _ rule: @escaping Draft.Rule<Entry>
    ) async throws(APIError) -> Answer {
        let outcome = try await change(organization, by: author, creating: objectID, once: key, turn: turn) {
            (draft) throws(APIError) -> KeyedOutcome<Answer> in
            if let repetition = try draft.repetition(of: key, answer) { return repetition }
            let entry = try rule(&draft)
            return try draft.outcome(entry, of: R.kind, once: key, answer)
        }
        return try await self.answer(outcome, in: organization, answer)
    }

    /// Returns the response of a durable outcome, read from the history if necessary. Throws 409 if the history no longer has the version.
    nonisolated func answer<Answer: Sendable>(
        _ outcome: KeyedOutcome<Answer>,
        in organization: String,
        _ answer: @escaping @Sendable (Entry, Organization) throws(APIError) -> Answer
    ) async throws(APIError) -> Answer {
        switch outcome {
        case .answered(let answer): return answer
        case .repeated(let record):
            // The history may have another server's changes before the snapshot has them.
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
            return try await WorkLane.shared.run(onBytes: entry.bytes.count, for: organization) { () throws(APIError) in
                try answer(entry, snapshot)
            }
        }
    }
}

extension Draft {
    /// Returns the outcome of a request that was made before with this key, or nil for a new one. Throws 422 if another request had the key.
    func repetition<Answer: Sendable>(
        of key: IdempotencyKey?,
        _ answer: (Entry, Organization) throws(APIError) -> Answer
    ) throws(APIError) -> KeyedOutcome<Answer>? {
        guard let key, let kept = stamp.kept else { return nil }
        guard key.isOf(kept) else { throw .idempotencyKeyReused }
        guard let entry = organization[kept.kind][kept.object], entry.version == kept.version else {
            return .repeated(kept)
        }
        return .answered(try answer(entry, organization))
    }

    /// Returns the outcome of a request that wrote this object, and adds the record of its key to the draft.
    mutating func outcome<Answer: Sendable>(
        _ entry: Entry,
        of kind: RecordKind,
        once key: IdempotencyKey?,
        _ answer: (Entry, Organization) throws(APIError) -> Answer
    ) throws(APIError) -> KeyedOutcome<Answer> {
        if let key { keep(key.record(of: entry, kind, stamp)) }
        return .answered(try answer(entry, organization))
    }
}
