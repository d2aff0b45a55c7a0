import MessagingContract

extension Listing {
    /// Returns the page in JSON with these encoded objects, which were encoded when they were stored.
    func bytes(with entities: [[UInt8]]) -> [UInt8] {
        let room = entities.reduce(512) { $0 + $1.count + 1 }
        var envelope = json.object ?? [:]
        envelope["entities"] = nil
        var bytes = Array(#"{"entities":["#.utf8)
        bytes.reserveCapacity(room)
        for (index, entity) in entities.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += entity
        }
        bytes += #"],"#.utf8
        bytes += JSON.object(envelope).bytes.dropFirst()
        return bytes
    }
}
