package import MessagingContract

/// A record as it is in another state of an organization.
package struct ContentRecord: Hashable, Sendable {
    /// The kind of the record.
    package let kind: RecordKind
    /// The id of the record.
    package let id: String
    /// Its bytes; nil if it does not exist in that state.
    package let bytes: [UInt8]?
}

extension Organization {
    /// The kinds of records that are the content of an organization: all but its clients and itself.
    static let contentKinds: [RecordKind] = [.messagingSetting, .supportedContent, .openIntegration, .defaultObject]

    /// Returns the records of the content of `other` that this organization has not, or has otherwise, and those that only this one has.
    package func differences(to other: Organization) -> [ContentRecord] {
        Self.contentKinds.flatMap { kind in
            let (present, wanted) = (self[kind], other[kind])
            let gone = present.entries.filter { wanted[$0.id] == nil }.map {
                ContentRecord(kind: kind, id: $0.id, bytes: nil)
            }
            let set = wanted.entries.filter { present[$0.id]?.bytes != $0.bytes }
            return gone + set.map { ContentRecord(kind: kind, id: $0.id, bytes: $0.bytes) }
        }
    }
}

extension Draft {
    /// Gives records the bytes that they have in another state of the organization. The records together must fit the other ones. A creation of
    /// an integration that is not complete in that state is completed after a delay in seconds. Returns whether any record has changed.
    ///
    /// Throws 500 if a record is not JSON.
    @discardableResult
    package mutating func set(_ records: [ContentRecord], completingAfter delay: Double) throws(APIError) -> Bool {
        var isChanged = false
        for record in records {
            let present = organization[record.kind][record.id]
            guard present?.bytes != record.bytes else { continue }
            isChanged = true
            if record.kind == .openIntegration { settle(.completeIntegration, of: record.id) }
            guard let bytes = record.bytes else {
                remove(record.kind, record.id)
                continue
            }
            let json: JSON
            do {
                json = try JSON(parsing: bytes)
            } catch {
                throw .internalServerError.caused(by: "stored \(record.kind.rawValue) \(record.id): \(error)")
            }
            put(record.kind, Entry(id: record.id, json: json, bytes: bytes), json)
            if record.kind == .openIntegration,
                json["createStatus"]?.string == IntegrationCreateStatus.initiated.rawValue
            {
                emit(.completeIntegration, of: record.id, after: delay)
            }
        }
        return isChanged
    }
}
