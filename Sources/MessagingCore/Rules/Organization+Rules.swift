public import MessagingContract

extension Organization {
    /// Gives a new organization its name and its factory profile, which is its default. Throws 400 for a name
    /// that is no line of 1 to 256 characters.
    mutating func found(name: String, _ stamp: Stamp) throws(APIError) -> OrganizationInfo {
        try name.checkAsLine()
        let info = OrganizationInfo(id: id, name: name)
        put(.organization, id, info.json, stamp)
        let profile = try create(SupportedContent.self, .factory, stamp)
        _ = try setDefault(SupportedContent.self, profile.id, stamp)
        return info
    }

    /// What the organization says of itself.
    public var info: OrganizationInfo { OrganizationInfo(id: id, name: self[.organization][id]?.name ?? "") }
}
