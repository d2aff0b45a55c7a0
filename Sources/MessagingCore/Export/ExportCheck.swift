import MessagingContract

/// What the fields of an ``OrganizationDocument`` may be, beyond their types.
enum ExportCheck {
    static func id(_ id: String) throws(FieldError) {
        let count = id.unicodeScalars.count
        if count == 0 || count > 256 { throw FieldError(reason: .constraint("must have 1 to 256 characters")) }
    }

    static func name(_ name: String) throws(FieldError) {
        do {
            try ObjectName.check(name)
        } catch {
            throw FieldError(reason: error.reason)
        }
    }

    static func version(_ version: Int) throws(FieldError) {
        if version < 1 || version > Int.max / 2 { throw FieldError(reason: .constraint("must be a number from 1 on")) }
    }

    static func digest(_ digest: String) throws(FieldError) {
        let isDigest =
            digest.utf8.count == 64
            && digest.utf8.allSatisfy {
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
            }
        if !isDigest { throw FieldError(reason: .constraint("must be 64 hexadecimal digits, in small letters")) }
    }

    static func permissions(_ permissions: [String]) throws(FieldError) {
        let known = Set(Permission.all.map(\.rawValue))
        for (index, permission) in permissions.enumerated() where !known.contains(permission) {
            throw FieldError(reason: .constraint("must be a permission that this program has")).within(index: index)
        }
    }

    static func scopes(_ scopes: [String]) throws(FieldError) {
        for (index, scope) in scopes.enumerated() where Scope(rawValue: scope) == nil {
            throw FieldError(reason: .constraint("must be a scope that this program has")).within(index: index)
        }
    }
}
