import MessagingFiles
import MessagingSDK
import StandardStreams

/// The fields of an object that a client writes, as a document that a person edits. Secrets are redacted in it.
struct EditableDocument<Entity: ManagedEntity> {
    /// The fields.
    let members: JSON.Object
    private let name: String
    private let format: DocumentFormat

    /// Creates the document of an object.
    init(_ found: ObjectReader<Entity>.Found, format: DocumentFormat) {
        members = Self.written(Secrets.redacted(found.object))
        name = found.name
        self.format = format
    }

    /// Returns the members of an object that a client writes.
    static func written(_ object: JSON) -> JSON.Object { RequestForm(Entity.declared).members(of: object) }

    /// The name of its file, by whose end editors know the language.
    var fileName: String { "\(Entity.command).\(format.rawValue)" }

    /// Returns the text of the document with these members in place of its own.
    func bytes(with members: JSON.Object) throws(Failure) -> [UInt8] {
        let document = try format.bytes(of: .object(members))
        guard format == .yaml else { return document }
        let hasSecrets = Secrets.names.contains { self.members[$0] != nil }
        let about = [
            "# The \(Entity.noun) \"\(name.visible)\". A field that you remove is cleared. An empty file changes nothing.",
            hasSecrets ? "# Secrets are redacted. As they are here, they stay unchanged." : nil,
        ]
        return Array(about.compactMap(\.self).map { "\($0)\n" }.joined().utf8) + document
    }

    /// Returns what a person has changed in the document. Throws an ``EditFault`` with the line of a fault, which quotes nothing of a secret,
    /// and a failure if the document is empty.
    func patch(_ bytes: [UInt8]) throws -> Patch<Entity.Request> {
        let edited = try edited(bytes)
        let names = Set(members.map(\.name) + edited.map(\.name)).filter {
            (members[$0] ?? .null) != (edited[$0] ?? .null)
        }
        for name in names.sorted() where Secrets.names.contains(name) {
            guard let value = edited[name], Secrets.isRedacted(value) || Secrets.isPartlyRedacted(value) else {
                continue
            }
            throw Self.fault(
                "\(name) has redacted values",
                at: [name],
                in: bytes,
                next: "Write all of its values, or leave it as it was."
            )
        }
        let changes = StepPatch.members(names, from: members, to: edited, Entity.self)
        do {
            return try Patch(json: .object(changes))
        } catch {
            let next = "messaging explain \(Entity.command).\(error.path) describes the field."
            throw Self.fault(error.sentence, at: Self.names(in: error.path), in: bytes, next: next)
        }
    }

    private func edited(_ bytes: [UInt8]) throws -> JSON.Object {
        let document: JSON
        do {
            document = try format.document(bytes)
        } catch {
            // An empty file is no JSON.
            guard !bytes.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { throw Self.cancelled }
            let place = "line \(error.line), column \(error.column)"
            throw EditFault(failure: Failure(.failed, "document.not.read", "\(place): \(error.reason)"))
        }
        if document.isNull { throw Self.cancelled }
        guard let edited = document.object else {
            throw Self.fault("the document must be an object of fields", at: [], in: bytes)
        }
        if edited.isEmpty { throw Self.cancelled }
        if let fault = Entity.declared.faultOfRequest(document) {
            throw Self.fault(fault.failure.message, at: fault.path, in: bytes, next: fault.failure.next)
        }
        return edited
    }

    private static var cancelled: Failure {
        Failure(.cancelled, "cancelled", "the document is empty, and nothing was changed")
    }

    private static func fault(_ message: String, at path: [String], in bytes: [UInt8], next: String? = nil) -> EditFault
    {
        let line = DocumentFormat.line(of: path, in: bytes).map { "line \($0): " } ?? ""
        return EditFault(failure: Failure(.failed, "document.not.valid", "\(line)\(message)", next: next))
    }

    /// Returns the names in a path such as `mediaTypes.allow.inbound[0].type`.
    private static func names(in path: String) -> [String] {
        path.split { ".[]".contains($0) }.map(String.init)
    }
}
