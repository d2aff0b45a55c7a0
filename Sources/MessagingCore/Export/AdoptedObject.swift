import MessagingContract

import struct Foundation.Date

/// An object of a document that an organization adopts, with the members that all kinds have.
protocol AdoptedObject: Resource {
    /// Returns its version as a number. Throws if it is not a number, or not written as this server writes it.
    func number() throws(FieldError) -> Int
    /// The name of the member ``Resource/editor``.
    static var editorName: String { get }
}

extension AdoptedObject {
    /// Checks the members that all kinds have, and computes the paths. Throws if a member is not valid. `latest` is the latest valid date.
    mutating func prepare(latest: Date) throws(FieldError) {
        try Self.at("id") { () throws(FieldError) in try ExportCheck.id(id) }
        try Self.at("name") { () throws(FieldError) in try ExportCheck.name(request.name) }
        try Self.at("version") { () throws(FieldError) in try ExportCheck.version(number()) }
        try Self.at("dateCreated") { () throws(FieldError) in try ExportCheck.date(dateCreated, latest: latest) }
        try Self.at("dateModified") { () throws(FieldError) in
            try ExportCheck.date(dateModified, latest: latest)
            if dateModified < dateCreated { throw FieldError(reason: .constraint("must not be before dateCreated")) }
        }
        if let id = try ExportCheck.id(of: createdBy, "createdBy") { createdBy = DomainEntityRef(user: id) }
        if let id = try ExportCheck.id(of: editor, Self.editorName) { editor = DomainEntityRef(user: id) }
        setPath()
    }

    private static func at(_ member: String, _ check: () throws(FieldError) -> Void) throws(FieldError) {
        do {
            try check()
        } catch {
            throw error.within(member)
        }
    }
}

extension MessagingSetting: AdoptedObject {
    static let editorName = "updatedBy"

    func number() throws(FieldError) -> Int {
        guard let number = Int(version), String(number) == version else { throw ExportCheck.noVersion }
        return number
    }
}

extension AdoptedObject where Self: NumberedResource {
    static var editorName: String { "modifiedBy" }

    func number() -> Int { version }
}

extension SupportedContent: AdoptedObject {}
extension OpenIntegrationRecord: AdoptedObject {}
