import MessagingContract

import struct Foundation.Date

/// Checks of the fields of an ``OrganizationDocument``, beyond their types.
enum ExportCheck {
    /// Checks the id of an object. Its characters need no escape in a path, and its path differs from all paths of other resources.
    static func id(_ id: String) throws(FieldError) {
        try clientID(id)
        if [".", "..", "default"].contains(id) { throw FieldError(reason: .constraint("must not be \"\(id)\"")) }
    }

    static func clientID(_ id: String) throws(FieldError) {
        if !OAuthClient.isID(id) {
            throw FieldError(reason: .constraint("must have 1 to 128 letters, digits and -._~"))
        }
    }

    static func user(_ id: String) throws(FieldError) {
        try Self.id(id)
        if id == Author.serverUser { throw FieldError(reason: .constraint("must not be the server's own user")) }
    }

    static func name(_ name: String) throws(FieldError) { try ObjectName.constraint.check(name) }

    static func line(_ name: String) throws(FieldError) {
        do {
            try name.checkLine()
        } catch {
            throw FieldError(reason: error.reason)
        }
    }

    static let noVersion = FieldError(reason: .constraint("must be a whole number of at least 1"))

    static func version(_ version: Int) throws(FieldError) {
        if version < 1 || version > Int.max / 2 { throw noVersion }
    }

    /// The seconds by which a date may be later than now. Clocks differ, and no change gets a time before the previous change.
    static let lead = 86_400.0

    static func date(_ date: Date, latest: Date) throws(FieldError) {
        if date > latest { throw FieldError(reason: .constraint("must not be more than a day in the future")) }
    }

    /// Returns the id of a reference in a member, or nil if there is none.
    static func id(of reference: DomainEntityRef?, _ member: String) throws(FieldError) -> String? {
        guard let reference else { return nil }
        do throws(FieldError) {
            guard let id = reference.id else { throw FieldError(reason: .missing) }
            try Self.id(id)
            return id
        } catch {
            throw error.within("id").within(member)
        }
    }

    static func digest(_ digest: String) throws(FieldError) {
        if digest.utf8.count != 64 || !digest.utf8.allSatisfy(\.isSmallHexDigit) {
            throw FieldError(reason: .constraint("must be 64 hexadecimal digits in lower case"))
        }
    }

    static func permissions(_ permissions: [String]) throws(FieldError) {
        let known = Set(Permission.all.map(\.rawValue))
        for (index, permission) in permissions.enumerated() where !known.contains(permission) {
            throw FieldError(reason: .constraint("must be a permission that this program knows")).within(index: index)
        }
    }

    static func scopes(_ scopes: [String]) throws(FieldError) {
        for (index, scope) in scopes.enumerated() where Scope(rawValue: scope) == nil {
            throw FieldError(reason: .constraint("must be a scope that this program knows")).within(index: index)
        }
    }

    static func size(_ bytes: [UInt8], within limit: Int) throws(FieldError) {
        if bytes.count > limit { throw FieldError(reason: .constraint("must not take more than \(limit) bytes")) }
    }
}
