public import MessagingContract

extension MessagingSetting: Resource {
    public static var kind: RecordKind { .messagingSetting }
    public static var path: String { MessagingSettingEndpoints.current.resource.list.operation.path }

    /// Merges leaf by leaf (RFC 7396), so that nothing is lost that the client did not mention.
    public static func merge(_ patch: JSON, into request: JSON) -> JSON { request.merging(patch: patch) }

    public init(_ request: MessagingSettingRequest, _ stamp: Stamp) {
        self.init()
        id = stamp.id
        selfUri = Self.selfUri(stamp.id)
        dateCreated = stamp.time
        createdBy = DomainEntityRef(user: stamp.author.user)
        change(to: request, stamp)
    }

    public var request: MessagingSettingRequest { MessagingSettingRequest(name: name, content: content, event: event) }

    public mutating func change(to request: MessagingSettingRequest, _ stamp: Stamp) {
        name = request.name
        content = request.content
        event = request.event
        version = String((Int(version) ?? 0) &+ 1)
        dateModified = max(stamp.time, dateModified, dateCreated)
        updatedBy = DomainEntityRef(user: stamp.author.user)
    }
}
