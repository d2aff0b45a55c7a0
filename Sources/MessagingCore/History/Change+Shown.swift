import MessagingContract

extension Change {
    /// Returns the change as responses have it, an ``ObjectChange`` around the stored bytes, with masked secrets. The names of webhook
    /// headers are shown only if `withHeaders` is true. Throws 500 if a stored record is not JSON.
    func shown(withHeaders: Bool) throws(APIError) -> [UInt8] {
        var change = ObjectChange()
        change.revision = Int(revision)
        change.position = position
        change.kind = kind.word ?? ObjectKind(rawValue: kind.rawValue)
        change.objectId = kind == .defaultObject ? RecordKind(rawValue: id).word?.rawValue ?? id : id
        change.date = time
        change.user = DomainEntityRef(user: author.user)
        change.client = author.client
        change.operation = author.operation
        change.contextId = author.contextID
        change.address = author.address
        var bytes = change.json.bytes
        for (name, record) in [("before", before), ("after", after)] {
            guard let record else { continue }
            bytes.removeLast()
            bytes += #","\#(name)":"#.utf8
            bytes += try shown(record, withHeaders)
            bytes.append(UInt8(ascii: "}"))
        }
        return bytes
    }

    private func shown(_ record: [UInt8], _ withHeaders: Bool) throws(APIError) -> [UInt8] {
        guard kind == .defaultObject else { return try Kind[kind].shown(record, withNames: withHeaders) }
        let id = try? JSON(parsing: record)["name"]
        return JSON.object(["id": id ?? .null]).bytes
    }
}
