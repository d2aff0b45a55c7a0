public import MessagingContract

extension Organizations {
    /// How often the history is looked into for a restoration while the object is changed by others.
    static let looks = 8

    /// Brings back what clients had written of an object in a version, as its next version, and answers when that is durable. Without a
    /// version it is the one before the present one, or the last one of an object that was deleted; that comes back under its id.
    ///
    /// Throws 404 when the organization has no such object and its history neither, 400 for a version that it never had or that is not in
    /// the history any more, what a change of the object throws, and what `answer` throws, which makes the answer of the draft; 503
    /// when others change the object all the time. `permit` is asked first, with whether the object is deleted, and its error is thrown. A
    /// key and a precondition count as in every change; no tag is that of an object that was deleted.
    public nonisolated func restore<R: Resource, Answer: Sendable>(
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
        var look = 1
        while true {
            let past = await past(type, id, version, in: organization)
            do {
                return try await write(
                    R.self,
                    in: organization,
                    by: author,
                    once: key,
                    turn: Turn(bytes: 3 * ((try? past.get().bytes) ?? 0), changing: (R.kind, id)),
                    answering: answer
                ) { (draft) throws(APIError) in
                    let present = draft.organization[R.kind][id]
                    try permit(present == nil)
                    let past = try past.get()
                    try precondition?.check(present?.tag)
                    return try draft.restore(past)
                }
            } catch {
                guard error == .changedMeanwhile, look < Self.looks else { throw error }
                look += 1
            }
        }
    }

    /// Reads the version to restore from the history, outside of the rule. Returns a refusal instead of throwing it: the rule throws it,
    /// and the rule does not run when the request's key is known.
    private nonisolated func past<R: Resource>(
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

    private nonisolated func past<R: Resource>(
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
        if wanted < 1 { throw .noVersion("must be told: there is none before the present one") }
        if wanted > last.version {
            throw .noVersion("must be one that the object had, and \(last.version) was its last")
        }
        guard let entry = if wanted == last.version { last } else { try await history.version(wanted) } else {
            throw .noVersion("must be one that is in the history, and \(wanted) is not there any more")
        }
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

extension APIError {
    /// 400 for the version that a restoration asks for.
    fileprivate static func noVersion(_ sentence: String) -> APIError {
        APIError(FieldError(path: "version", reason: .constraint(sentence)))
    }
}
