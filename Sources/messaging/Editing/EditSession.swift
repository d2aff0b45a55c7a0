import MessagingFiles
import MessagingSDK

/// The change of an object in an editor, which may be edited several times.
struct EditSession<Entity: ManagedEntity> {
    /// The object as it was read last.
    private(set) var found: ObjectReader<Entity>.Found
    private let reader: ObjectReader<Entity>
    private let format: DocumentFormat
    /// The text of the editor; nil before the first time.
    private var text: [UInt8]?
    private var draft = Draft()

    /// Creates the session for an object.
    init(_ found: ObjectReader<Entity>.Found, _ reader: ObjectReader<Entity>, format: DocumentFormat) {
        self.found = found
        self.reader = reader
        self.format = format
    }

    /// Lets a person edit the document, and returns the change. Throws an ``EditFault`` if the document has a fault.
    mutating func edit() throws -> Patch<Entity.Request> {
        let document = EditableDocument<Entity>(found, format: format)
        let original = try text ?? document.bytes(with: document.members)
        let edited = try draft.edit(original, fileName: document.fileName)
        if text == nil, edited == original { return Patch() }
        text = edited
        do {
            return try document.patch(edited)
        } catch let failure as Failure {
            // The person has emptied the document to cancel.
            draft.remove()
            throw failure
        }
    }

    /// Ends the session, and removes the file of the person's text.
    mutating func end() { draft.remove() }

    /// Ends the session, and returns its failure. If the person has written something, the file of the text stays, and the failure names it.
    mutating func end(with failure: Failure) -> Failure {
        guard let file = draft.kept() else { return failure }
        var failure = failure
        failure.details.append("the edited text is kept in \(file)")
        return failure
    }

    /// Returns the differences that a change makes to the object.
    func difference(_ patch: Patch<Entity.Request>) -> Difference {
        Difference(from: found.object, to: patch.applied(to: found.object))
    }

    /// Sends a change, and returns the object after it. Throws an ``EditFault`` if that fails. If another client has changed the object, the
    /// next edit begins with the change upon the new version.
    mutating func send(_ patch: Patch<Entity.Request>) async throws(EditFault) -> JSON {
        do {
            try await checkUntagged(patch)
            let response = try await reader.client.call(
                Entity.endpoints.update,
                EntityID(found.id),
                body: patch,
                options: CallOptions(ifMatch: found.tag)
            )
            return response.metadata.json ?? response.value.json
        } catch let fault as EditFault {
            throw fault
        } catch let error as MessagingError where error.status == 412 {
            throw await conflict(patch, Failure(error))
        } catch let error as MessagingError {
            throw fault(error, patch)
        } catch {
            throw EditFault(failure: Failure(.failed, "failed", "\(error)"), outcomeIsUnknown: true)
        }
    }

    /// Compares the object with its present state if the host has no tags. So a change that another client made while the person edited is
    /// noticed there as well.
    private mutating func checkUntagged(_ patch: Patch<Entity.Request>) async throws {
        guard found.tag == nil, try await reader.get(found.id).object != found.object else { return }
        let failure = Failure(.failed, "precondition.failed", "another client has changed the object")
        throw await conflict(patch, failure)
    }

    private mutating func conflict(_ patch: Patch<Entity.Request>, _ failure: Failure) async -> EditFault {
        do {
            let newest = try await reader.get(found.id)
            let other = Difference(
                from: .object(EditableDocument<Entity>.written(found.object)),
                to: .object(EditableDocument<Entity>.written(newest.object))
            )
            var failure = failure
            failure.details = ["changed by another client:"] + Self.lines(other) + own(patch)
            let document = EditableDocument<Entity>(newest, format: format)
            text = try document.bytes(with: patch.applied(to: .object(document.members)).object ?? [:])
            found = newest
            return EditFault(failure: failure)
        } catch let error as MessagingError {
            return fault(error, patch)
        } catch {
            return EditFault(failure: failure)
        }
    }

    /// Returns the fault of a failed call. If the object is gone, it has the changes of the person.
    private func fault(_ error: MessagingError, _ patch: Patch<Entity.Request>) -> EditFault {
        var failure = Failure(error)
        if error.status == 404 { failure.details = own(patch) }
        return EditFault(failure: failure, outcomeIsUnknown: error.outcomeIsUnknown)
    }

    private func own(_ patch: Patch<Entity.Request>) -> [String] {
        ["changed in the editor:"] + Self.lines(difference(patch))
    }

    private static func lines(_ difference: Difference) -> [String] {
        difference.isEmpty ? ["  nothing that is shown"] : difference.lines(styled: false).map { "  \($0)" }
    }
}
