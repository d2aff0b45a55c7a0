public import MessagingContract

extension MessagingSetting: Resource {
    public static var kind: RecordKind { .messagingSetting }
    public static var path: String { MessagingSettingEndpoints.current.resource.list.operation.path }

    public mutating func setPath() { selfUri = Self.selfUri(id) }

    /// Merges leaf by leaf (RFC 7396), so members that the patch does not have keep their values.
    public static func merge(_ patch: JSON, into request: JSON) -> JSON { request.merging(patch: patch) }

    public var versionNumber: Int {
        get { Int(version) ?? 0 }
        set { version = String(newValue) }
    }

    public var editor: DomainEntityRef? {
        get { updatedBy }
        set { updatedBy = newValue }
    }

    public var request: MessagingSettingRequest {
        get { MessagingSettingRequest(name: name, content: content, event: event) }
        set {
            name = newValue.name
            content = newValue.content
            event = newValue.event
        }
    }
}
