import MessagingContract

extension Entry {
    /// The members of a record that its entry has.
    static let members = ["name", "version"]

    /// An entry for a record: its name and version are read from the members of that name, where there are such.
    convenience init(id: String, json: JSON, bytes: [UInt8]) { self.init(id: id, json.object ?? [:], bytes) }

    /// The same for the bytes of a record, of which no more is read than that. Throws when they are not JSON.
    convenience init(id: String, bytes: [UInt8]) throws(JSON.SyntaxError) {
        self.init(id: id, try JSON.members(Self.members, of: bytes), bytes)
    }

    /// The same for a record of which some members are known, these two among them.
    convenience init(id: String, _ members: JSON.Object, _ bytes: [UInt8]) {
        let version = members["version"]
        self.init(
            id: id,
            name: members["name"]?.string ?? "",
            version: version?.number?.int ?? version?.string.flatMap(Int.init) ?? 0,
            bytes: bytes
        )
    }
}
