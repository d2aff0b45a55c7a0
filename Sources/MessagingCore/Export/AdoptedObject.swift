import MessagingContract

import struct Foundation.Date

/// What is alike in all objects of a document that an organization adopts.
protocol AdoptedObject: Resource {
    /// Its name.
    var name: String { get }
    /// Its version as a number. Throws when it is none, or not written as this server writes it.
    func number() throws(FieldError) -> Int
    /// The name of the member ``Resource/editor``.
    static var editorName: String { get }
}

extension AdoptedObject {
    /// Checks all that is alike, and computes the paths. Throws when a member is not as it must be; `latest` is the last date that one
    /// may have.
    mutating func prepare(latest: Date) throws(FieldError) {
        try Self.at("id") { () throws(FieldError) in try ExportCheck.id(id) }
        try Self.at("name") { () throws(FieldError) in try ExportCheck.name(name) }
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
