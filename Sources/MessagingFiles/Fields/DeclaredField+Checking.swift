package import MessagingSDK

extension DeclaredField {
    /// Throws a failure that names the nearest field if a value of this field has a member, at any depth, that is not declared.
    package func checkMembers(of value: JSON) throws(Failure) {
        for element in value.array ?? [value] {
            for (name, inner) in element.object ?? [:] where shape?.anyMember == nil {
                guard let member = members.first(where: { $0.path.last == name }) else { throw lacks(name) }
                try member.checkMembers(of: inner)
            }
        }
    }
}
