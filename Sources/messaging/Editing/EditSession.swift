import Foundation
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

    /// Creates the session for an object.
    init(_ found: ObjectReader<Entity>.Found, _ reader: ObjectReader<Entity>, format: DocumentFormat) {
        self.found = found
        self.reader = reader
        self.format = format
    }

    /// Lets a person edit the document, and returns the change. Throws an ``EditFault`` if the document has a fault.
    mutating func edit() throws -> Patch<Entity.Request> {
        let document = EditableDocument<Entity>(found, format: format)
        let edited = try Editor().edit(text ?? document.bytes(with: document.members), fileName: document.fileName)
        text = edited
        return try document.patch(edited)
    }

    /// Returns the differences that a change makes to the object.
    func difference(_ patch: Patch<Entity.Request>) -> Difference {
        Difference(from: found.object, to: patch.applied(to: found.object))
    }

    /// Sends a change, and returns the object after it. Throws an ``EditFault`` if the host refuses the change. If another client has changed
    /// the object, the next edit begins with the change upon the new version.
    mutating func send(_ patch: Patch<Entity.Request>) async throws -> JSON {
        do {
            try await checkUntagged(patch)
            let response = try await reader.client.call(
                Entity.endpoints.update,
                EntityID(found.id),
                body: patch,
                options: CallOptions(ifMatch: found.tag)
            )
            return response.metadata.json ?? response.value.json
        } catch let error as MessagingError where error.status == 412 {
            throw try await conflict(patch, Failure(error))
        } catch let error as MessagingError where error.status == 400 {
            throw EditFault(failure: Failure(error))
        }
    }

    /// Compares the object with its present state if the host has no tags. So a change that another client made while the person edited is
    /// noticed there as well.
    private mutating func checkUntagged(_ patch: Patch<Entity.Request>) async throws {
        guard found.tag == nil, try await reader.get(found.id).object != found.object else { return }
        let failure = Failure(.failed, "precondition.failed", "another client has changed the object")
        throw try await conflict(patch, failure)
    }

    private mutating func conflict(_ patch: Patch<Entity.Request>, _ failure: Failure) async throws -> EditFault {
        let newest = try await reader.get(found.id)
        let other = Difference(
            from: .object(EditableDocument<Entity>.written(found.object)),
            to: .object(EditableDocument<Entity>.written(newest.object))
        )
        var failure = failure
        failure.details =
            ["changed by another client:"] + Self.lines(other) + ["changed in the editor:"]
            + Self.lines(difference(patch))
        let document = EditableDocument<Entity>(newest, format: format)
        text = try document.bytes(with: patch.applied(to: .object(document.members)).object ?? [:])
        found = newest
        return EditFault(failure: failure)
    }

    private static func lines(_ difference: Difference) -> [String] {
        difference.isEmpty ? ["  nothing that is shown"] : difference.lines(styled: false).map { "  \($0)" }
    }
}
