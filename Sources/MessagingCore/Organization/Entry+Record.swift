import MessagingContract

extension Entry {
    /// The members of a record that an entry has as properties.
    static let members = ["name", "version"]

    /// Creates an entry for a record. Its name and version are read from the members of that name, if they exist.
    convenience init(id: String, json: JSON, bytes: [UInt8]) { self.init(id: id, json.object ?? [:], bytes) }

    /// Creates an entry from the bytes of a record. Only its name and version are read. Throws if the bytes are not JSON.
    convenience init(id: String, bytes: [UInt8]) throws(JSON.SyntaxError) {
        self.init(id: id, try JSON.members(Self.members, of: bytes), bytes)
    }

    /// Creates an entry from members of a record that were already read. Name and version are among them.
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
