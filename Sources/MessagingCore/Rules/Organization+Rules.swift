public import MessagingContract

extension Draft {
    /// Sets the name of a new organization and creates its factory profile, which is its default. Throws 400 for a name that is not a line
    /// of 1 to 256 characters.
    package mutating func initialize(name: String) throws(APIError) -> OrganizationInfo {
        let info = try setName(name)
        let profile = try create(SupportedContent.self, .factory)
        _ = try setDefault(SupportedContent.self, profile.id)
        return info
    }

    /// Sets the name of a new organization. Throws 400 for a name that is not a line of 1 to 256 characters.
    package mutating func setName(_ name: String) throws(APIError) -> OrganizationInfo {
        try name.checkAsLine()
        let info = OrganizationInfo(id: organization.id, name: name)
        put(.organization, info.id, info.json)
        return info
    }
}

extension Organization {
    /// The properties of the organization itself.
    public var info: OrganizationInfo { OrganizationInfo(id: id, name: self[.organization][id]?.name ?? "") }
}
