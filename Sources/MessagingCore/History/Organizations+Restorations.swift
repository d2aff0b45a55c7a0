public import MessagingContract

/// The result of a rule for a version that was read from the history before the rule ran.
private enum Look<Answer: Sendable>: Sendable {
    case done(KeyedOutcome<Answer>)
    /// The state of the object may differ from what was read in the history. Nothing was changed.
    case overtaken
}

extension Organizations {
    /// The number of times that a restoration reads the history while the object keeps changing.
    static let looks = 8

    /// Restores the part of an object that clients had written in a version, as its next version, and returns once that is durable. The
    /// default version is the one before the present one, or the last one of a deleted object. A deleted object gets its id again.
    ///
    /// `permit` runs first, with whether the object is deleted. `answer` makes the result from the restored object. The key and the
    /// precondition have the same effect as in every change. No tag matches a deleted object.
    ///
    /// Throws:
    ///
    /// - 404 if neither the organization nor its history has the object.
    /// - 400 if the object never had the version, or the history no longer has it.
    /// - 503 if the object kept changing.
    /// - The errors of `permit`, of `answer`, and of a change of the object.
    public func restore<R: Resource, Answer: Sendable>(
        _ type: R.Type,
        _ id: String,
        version: Int?,
        in organization: String,
        by author: Author,
        once key: IdempotencyKey? = nil,
        given precondition: Precondition? = nil,
        permitting permit: @escaping @Sendable (_ isDeleted: Bool) throws(APIError) -> Void = { _ in },
        answering answer: @escaping @Sendable (Entry, Organization) throws(APIError) -> Answer
    ) async throws(APIError) -> Answer {
        for _ in 0..<Self.looks {
            let past = await past(type, id, version, in: organization)
            let turn = Turn(bytes: 3 * ((try? past.get().bytes) ?? 0), changing: (R.kind, id))
            let look = try await change(organization, by: author, creating: nil, once: key, turn: turn) {
                (draft) throws(APIError) -> Look<Answer> in
                if let repetition = try draft.repetition(of: key, answer) { return .done(repetition) }
                let present = draft.organization[R.kind][id]
                try permit(present == nil)
                let past = try past.get()
                try precondition?.check(present?.tag)
                guard let entry = try draft.restore(past) else { return .overtaken }
                return .done(try draft.outcome(entry, of: R.kind, once: key, answer))
            }
            if case .done(let outcome) = look { return try await self.answer(outcome, in: organization, answer) }
        }
        throw .changedMeanwhile
    }

    /// Reads the version to restore from the history, outside of the rule. Returns a refusal instead of throwing it: the rule throws it,
    /// and the rule does not run if the request's key is known.
    private func past<R: Resource>(
        _ type: R.Type,
        _ id: String,
        _ version: Int?,
        in organization: String
    ) async -> Result<PastVersion<R>, APIError> {
        do throws(APIError) {
            guard let snapshot = try await snapshot(of: organization) else { throw .notFound }
            return .success(try await past(type, id, version, in: snapshot))
        } catch {
            return .failure(error)
        }
    }

    private func past<R: Resource>(
        _ type: R.Type,
        _ id: String,
        _ version: Int?,
        in snapshot: Organization
    ) async throws(APIError) -> PastVersion<R> {
        let history = ObjectHistory(
            organizations: self,
            organization: snapshot.id,
            kind: R.kind,
            id: id,
            last: snapshot.revision
        )
        let present = snapshot[R.kind][id]
        guard let last = if let present { present } else { try await history.deleted() } else { throw .notFound }
        let wanted = version ?? (present == nil ? last.version : last.version - 1)
        if wanted < 1 { throw .noVersion("must be given, because there is no version before the current one") }
        if wanted > last.version {
            throw .noVersion("must be a version that the object had, and its last version is \(last.version)")
        }
        guard let entry = if wanted == last.version { last } else { try await history.version(wanted) } else {
            throw .noVersion("must be in the history, but version \(wanted) is no longer there")
        }
        let bytes = last.bytes.count + entry.bytes.count
        return try await WorkLane.shared.run(onBytes: bytes, for: snapshot.id) { () throws(APIError) in
            let fate: PastVersion<R>.Fate =
                if present == nil { .deleted(try snapshot.decode(last)) } else { .present(version: last.version) }
            let object: R = try snapshot.decode(entry)
            return PastVersion(
                id: id,
                revision: snapshot.revision,
                fate: fate,
                isNumbered: version != nil,
                request: object.request,
                bytes: entry.bytes.count
            )
        }
    }
}

extension APIError {
    /// Returns 400 for the version of a request for a restoration.
    fileprivate static func noVersion(_ sentence: String) -> APIError {
        APIError(FieldError(path: "version", reason: .constraint(sentence)))
    }
}
