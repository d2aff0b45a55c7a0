import MessagingContract

extension Listing {
    /// Returns the page in JSON with these encoded objects, which were encoded when they were stored.
    ///
    /// The result equals the encoded page, but nothing else is encoded for it.
    func bytes(with entities: some Collection<[UInt8]>) -> [UInt8] {
        var bytes: [UInt8] = []
        let size = entities.reduce(0) { $0 + $1.count + 1 }
        bytes.reserveCapacity(size + 256 + 5 * ((selfUri?.utf8.count ?? 0) + 32))
        bytes.append(contentsOf: #"{"entities":["#.utf8)
        var isFirst = true
        for entity in entities {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            bytes.append(contentsOf: entity)
        }
        bytes.append(contentsOf: #"],"pageSize":"#.utf8)
        bytes.append(contentsOf: String(pageSize).utf8)
        bytes.append(contentsOf: #","pageNumber":"#.utf8)
        bytes.append(contentsOf: String(pageNumber).utf8)
        bytes.append(contentsOf: #","total":"#.utf8)
        bytes.append(contentsOf: String(total).utf8)
        Self.write(#","firstUri":"#, firstUri, to: &bytes)
        Self.write(#","previousUri":"#, previousUri, to: &bytes)
        Self.write(#","nextUri":"#, nextUri, to: &bytes)
        Self.write(#","lastUri":"#, lastUri, to: &bytes)
        Self.write(#","selfUri":"#, selfUri, to: &bytes)
        bytes.append(contentsOf: #","pageCount":"#.utf8)
        bytes.append(contentsOf: String(pageCount).utf8)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private static func write(_ member: String, _ uri: String?, to bytes: inout [UInt8]) {
        guard let uri else { return }
        bytes.append(contentsOf: member.utf8)
        JSON.writeString(uri, to: &bytes)
    }
}
