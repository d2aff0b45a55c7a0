public import MessagingContract

extension Patch {
    /// Reads a change from a merge patch (RFC 7396), for example from a file, by the fields of the object:
    ///
    /// - A member that is absent is kept, and so is an object in which no member is declared. Members that are not declared are ignored.
    /// - null clears a member, and so does an empty object where the API merges objects.
    /// - Everything else sets a member. Where the API merges objects, the same holds for the members of the object.
    /// - null for `json` itself clears the object as a whole; see ``clear``.
    ///
    /// A value must have the type of its member. It need not be one that a host accepts, because a newer host may accept it.
    ///
    /// Throws an error about the first member, in the order of the fields, that has a value of another type, or that is null and must have a
    /// value. The error has the path of the member, such as `event.typing.on.inbound`, and nothing of the value, which may be a secret.
    public init(json: JSON) throws(FieldError) {
        do throws(FieldError) {
            switch json {
            case .null: self = .clear
            case .object(let members): self.init(members: try Object.changes(in: members))
            default: throw FieldError(json, isNot: "object")
            }
        } catch {
            throw error.withoutValue
        }
    }
}

extension FieldError {
    /// The same error, which does not quote the refused value.
    fileprivate var withoutValue: FieldError {
        guard case .invalid(_, let type, let allowed) = reason else { return self }
        return FieldError(
            path: path,
            reason: .invalid(value: "a value of another type", type: type, allowed: allowed)
        )
    }
}

extension WireObject {
    /// Returns the changes of a merge patch, in the form in which the types of the members write them.
    fileprivate static func changes(in members: JSON.Object) throws(FieldError) -> JSON.Object {
        var changes = JSON.Object()
        for field in fields {
            guard let json = members[field.name], let path = field.path else { continue }
            do {
                changes[field.name] = try change(to: json, of: type(of: path).valueType)
            } catch {
                throw error.within(field.name)
            }
        }
        return changes
    }
}

/// Returns the change that a merge patch with this value makes to a member of a type; nil if it changes nothing.
private func change(to json: JSON, of type: Any.Type) throws(FieldError) -> JSON? {
    if let type = type as? any ClearableMember.Type {
        return json.isNull ? .null : try change(to: json, of: type.value)
    }
    if let type = type as? any MergedObject.Type {
        guard let members = json.object else { throw FieldError(json, isNot: "object") }
        if members.isEmpty { return .null }
        let changes = try type.changes(in: members)
        return changes.isEmpty ? nil : .object(changes)
    }
    guard let type = type as? any WireValue.Type else { throw FieldError(reason: .constraint("cannot be patched")) }
    if json.isNull { throw FieldError(reason: .missing) }
    return try type.init(json: json, side: .response).json
}

/// The type of a member that need not have a value.
private protocol ClearableMember {
    static var value: any WireValue.Type { get }
}

extension Optional: ClearableMember where Wrapped: WireValue {
    static var value: any WireValue.Type { Wrapped.self }
}
