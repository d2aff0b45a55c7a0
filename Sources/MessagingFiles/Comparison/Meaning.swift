import MessagingSDK

/// Two versions of an object, brought into a form in which only differences of meaning are left.
struct Meaning {
    /// The values of environment variables, for the secrets in files.
    let environment: [String: String]

    /// Returns both versions of an object of a kind without what has no meaning: empty lists and objects, the order of media types that do not
    /// overlap, secrets whose values are not known, and references that one side does not declare.
    func aligned(_ before: JSON.Object, _ after: JSON.Object, _ kind: any ManagedEntity.Type) -> (JSON, JSON) {
        var (before, after) = (before, after)
        for name in References.names(kind) where before[name] == nil || after[name] == nil {
            (before[name], after[name]) = (nil, nil)
        }
        for name in Secrets.names {
            let values = known(before[name], after[name])
            (before[name], after[name]) = values
        }
        let values = Self.aligned(.object(before), .object(after))
        return (values.0 ?? [:], values.1 ?? [:])
    }

    /// Returns a value that is the same only for objects that mean the same, as far as that is known without their secrets.
    func key(_ members: JSON.Object) -> JSON {
        var members = members
        for name in Secrets.names { members[name] = nil }
        return Self.sorted(.object(members)) ?? [:]
    }

    /// Returns both values of a secret as far as they can be compared. A signature secret never can, since no host returns it.
    private func known(_ before: JSON?, _ after: JSON?) -> (JSON?, JSON?) {
        let old = before?.object ?? [:]
        let new = after?.object ?? [:]
        return (.object(resolved(old, beside: new)), .object(resolved(new, beside: old)))
    }

    private func resolved(_ headers: JSON.Object, beside other: JSON.Object) -> JSON.Object {
        JSON.Object(
            headers.map { name, value in
                let unknown = [value, other[name]].compactMap(\.self).compactMap(unknownVariable)
                guard let variable = unknown.min(), other[name] != nil else { return (name, self.value(value)) }
                return (name, SecretReference.value(variable))
            }
        )
    }

    /// Returns the variable of a secret whose value is not known; nil for another secret.
    private func unknownVariable(_ secret: JSON) -> String? {
        SecretReference.variable(secret).flatMap { environment[$0] == nil ? $0 : nil }
    }

    private func value(_ secret: JSON) -> JSON {
        SecretReference.variable(secret).flatMap { environment[$0] }.map { .string($0) } ?? secret
    }

    private static func aligned(_ before: JSON?, _ after: JSON?) -> (JSON?, JSON?) {
        if let old = before?.array, let new = after?.array, !old.isEmpty, MediaTypeOrder.isSame(old, new) {
            return (before, before)
        }
        guard before?.object != nil || after?.object != nil else { return (pruned(before), pruned(after)) }
        guard before?.object != nil || before == nil, after?.object != nil || after == nil else {
            return (pruned(before), pruned(after))
        }
        let (old, new) = (before?.object ?? [:], after?.object ?? [:])
        var (left, right): (JSON.Object, JSON.Object) = ([:], [:])
        for (name, value) in old { (left[name], right[name]) = aligned(value, new[name]) }
        for (name, value) in new where old[name] == nil { right[name] = aligned(nil, value).1 }
        return (left.isEmpty ? nil : .object(left), right.isEmpty ? nil : .object(right))
    }

    private static func pruned(_ value: JSON?) -> JSON? {
        if value?.array?.isEmpty == true { return nil }
        guard let members = value?.object else { return value }
        let kept = JSON.Object(members.compactMap { name, value in pruned(value).map { (name, $0) } })
        return kept.isEmpty ? nil : .object(kept)
    }

    private static func sorted(_ value: JSON) -> JSON? {
        if let elements = value.array { return elements.isEmpty ? nil : .array(MediaTypeOrder.key(elements)) }
        guard let members = value.object else { return value }
        let kept = JSON.Object(members.compactMap { name, value in sorted(value).map { (name, $0) } })
        return kept.isEmpty ? nil : .object(kept)
    }
}
