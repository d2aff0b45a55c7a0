import MessagingFiles
import MessagingSDK

/// The members of a request, collected from a file and from `--set` options.
struct RequestDocument {
    /// The members that the request has.
    private(set) var members: JSON.Object = [:]
    private let declared: DeclaredField

    /// Creates a request without members for objects with these fields.
    init(_ declared: DeclaredField) { self.declared = declared }

    /// Adds the members of a document. Fields that only responses have are left out, so that the output of `get` can be sent again. So are
    /// secrets that this program has redacted.
    mutating func add(_ document: JSON) throws(Failure) {
        guard let added = document.object else {
            throw .usage(document.isNull ? "the document is empty" : "the document must be an object of fields")
        }
        for (name, value) in added {
            let field = try declared.field(at: name)
            guard field.request != nil else { continue }
            if Secrets.names.contains(name) {
                if Secrets.isRedacted(value) { continue }
                if Secrets.isPartlyRedacted(value) {
                    throw .usage(
                        "\(name) has redacted values",
                        next: "Give all of its values, since the API replaces them as a whole."
                    )
                }
            }
            try field.checkMembers(of: value)
            members[name] = value
        }
    }

    /// Sets the field at a path to a value.
    mutating func set(_ path: [String], to value: JSON) { members = Self.setting(members, path[...], value) }

    /// Returns the request that `read` makes of the members. The failure for a wrong field refers to its description, `command` being that of
    /// the kind. It does not quote the value of a secret.
    func read<Request>(
        for command: String,
        by read: (JSON) throws(FieldError) -> Request
    ) throws(Failure) -> Request {
        do {
            return try read(.object(members))
        } catch {
            let isSecret = Secrets.names.contains { error.path.hasPrefix($0) }
            let message =
                isSecret && error.reason != .missing
                ? "\(error.path) has a value that is not allowed" : error.sentence
            throw .usage(message, next: "messaging explain \(command).\(error.path) describes the field.")
        }
    }

    private static func setting(_ members: JSON.Object, _ path: ArraySlice<String>, _ value: JSON) -> JSON.Object {
        guard let name = path.first else { return members }
        var members = members
        let rest = path.dropFirst()
        members[name] = rest.isEmpty ? value : .object(setting(members[name]?.object ?? [:], rest, value))
        return members
    }
}
