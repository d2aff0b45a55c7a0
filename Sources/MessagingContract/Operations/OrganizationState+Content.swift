public import HTTPTypes

extension OrganizationState: OperationBody {
    public static let rule = BodyRule.json(limit: 32 << 20)

    /// Reads a state. Throws a 400 if the body is not a JSON object.
    public init(body: [UInt8]) throws(APIError) {
        let json = try JSON(document: body)
        guard let document = json.object else { throw APIError(FieldError(json, isNot: "object")) }
        self.init(document)
    }

    public var body: [UInt8] { JSON.object(document).bytes }

    public static let schema: Schema? = Schema([
        "type": "object",
        "description":
            "The organization's settings, profiles, integrations and defaults, as docs/export-format.md describes them",
        "required": ["format", "version", "organization", "settings", "supportedContent", "integrations", "clients"],
    ])
}

extension OrganizationState: ReadableResponse {
    public static let status = HTTPResponse.Status.ok

    public init(status: HTTPResponse.Status, body: [UInt8]) throws(UnreadableAnswer) {
        do {
            try self.init(body: body)
        } catch {
            throw UnreadableAnswer("it is not a JSON object")
        }
    }
}
