public import MessagingContract

extension SupportedContent: NumberedResource {
    public static var kind: RecordKind { .supportedContent }
    public static var path: String { SupportedContentEndpoints.current.resource.list.operation.path }

    public func checkContent(since before: SupportedContent?) throws(FieldError) {
        let count = mediaTypes?.entryCount ?? 0
        guard count > MediaTypes.mostEntries, count > before?.mediaTypes?.entryCount ?? 0 else { return }
        let sentence = "must not have more than \(MediaTypes.mostEntries) entries, inbound and outbound together"
        throw FieldError(path: "mediaTypes.allow", reason: .constraint(sentence))
    }

    public mutating func setPath() { selfUri = Self.selfUri(id) }

    /// Merges the top level only. If the patch has `mediaTypes`, it replaces all of them.
    public static func merge(_ patch: JSON, into request: JSON) -> JSON {
        var merged = request.object ?? [:]
        for (name, value) in patch.object ?? [:] { merged[name] = value }
        return .object(merged)
    }

    public var request: SupportedContentRequest {
        get { SupportedContentRequest(name: name, mediaTypes: mediaTypes) }
        set {
            name = newValue.name
            mediaTypes = newValue.mediaTypes
        }
    }
}

extension SupportedContentRequest {
    /// The first profile of every organization, and its default.
    static let factory = SupportedContentRequest(
        name: "default",
        mediaTypes: MediaTypes(
            allow: MediaTypeAccess(
                inbound: [MediaType(type: "*/*")],
                outbound: [MediaType(type: "image/jpeg"), MediaType(type: "image/png"), MediaType(type: "image/gif")]
            )
        )
    )
}
