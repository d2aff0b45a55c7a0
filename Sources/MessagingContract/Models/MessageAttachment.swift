import struct Foundation.Data

/// An attachment that nobody has to send: what is known of it. At least one of the three must be there; one that is empty is not.
public struct MessageAttachment: WireObject {
    /// The media type that is declared for it, the vendor's `mime`; it counts before all else, as it does where messages are sent.
    public var mime: String?
    /// The name of its file.
    public var filename: String?
    /// The first bytes of its file, base64 on the wire; 512 are enough for most kinds.
    public var firstBytes: [UInt8]?

    /// Nothing known.
    public init() {}

    /// This known.
    public init(mime: String? = nil, filename: String? = nil, firstBytes: [UInt8]? = nil) {
        self.mime = mime
        self.filename = filename
        self.firstBytes = firstBytes
    }

    public static let fields: [Field<Self>] = [
        .optional("mime", \.mime, "The media type that is declared for it; counts before all else"),
        .optional("filename", \.filename, "The name of its file"),
        Field(
            name: "firstBytes",
            isRequired: false,
            about: "The first bytes of its file in base64; 512 are enough for most kinds",
            schema: { _ in
                Schema(["type": "string", "contentEncoding": "base64", "pattern": .string(base64)])
            },
            read: { (json, side, owner) throws(FieldError) in
                owner.firstBytes = json.isNull ? nil : try bytes(json)
            },
            write: { $0.firstBytes.map { .string(Data($0).base64EncodedString()) } },
            path: \Self.firstBytes
        ),
    ]

    /// Whether nothing is known of it.
    fileprivate var isUnknown: Bool {
        (mime ?? "").isEmpty && (filename ?? "").isEmpty && (firstBytes ?? []).isEmpty
    }

    /// One of the three is there; for documents.
    static let isKnown = JSON.array(
        fields.map { field in
            let text: JSON = ["type": "string", "minLength": 1]
            let properties = JSON.object(JSON.Object([(field.name, text)]))
            return ["required": [.string(field.name)], "properties": properties]
        }
    )

    private static let base64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"

    private static func bytes(_ json: JSON) throws(FieldError) -> [UInt8] {
        guard let text = json.string, let data = Data(base64Encoded: text) else {
            throw FieldError(json, isNot: "base64")
        }
        return [UInt8](data)
    }
}

/// What is asked of a profile: whether a message with these attachments may pass.
public struct DecisionRequest: WireObject {
    /// Which way the message goes.
    public var direction = MessageDirection.inbound
    /// What it has with it, 1 to 10,000 attachments.
    public var attachments: [MessageAttachment] = []

    /// A request with nothing set.
    public init() {}

    /// A question about a message that goes this way with these attachments.
    public init(direction: MessageDirection, attachments: [MessageAttachment]) {
        self.direction = direction
        self.attachments = attachments
    }

    public static let fields: [Field<Self>] = [
        .required("direction", \.direction, "Inbound: from the customer to the organization"),
        Field(
            name: "attachments",
            isRequired: true,
            about: "What the message has with it; of each, mime, filename or firstBytes must be there and not empty",
            schema: { side in
                let attachment = MessageAttachment.schema(side).with(["anyOf": MessageAttachment.isKnown])
                return Schema(
                    ["type": "array", "minItems": 1, "maxItems": 10_000, "items": attachment.json],
                    parts: [attachment]
                )
            },
            read: { (json, side, owner) throws(FieldError) in
                if json.isNull { throw FieldError(reason: .missing) }
                owner.attachments = try attachments(json, side)
            },
            write: { $0.attachments.json },
            path: \Self.attachments
        ),
    ]

    private static func attachments(_ json: JSON, _ side: Schema.Side) throws(FieldError) -> [MessageAttachment] {
        if let count = json.array?.count, !(1...10_000).contains(count) {
            throw FieldError(reason: .constraint("must have 1 to 10000 elements"))
        }
        let attachments = try [MessageAttachment](json: json, side: side)
        if let index = attachments.firstIndex(where: \.isUnknown) {
            throw FieldError(reason: .constraint("must have mime, filename or firstBytes")).within(index: index)
        }
        return attachments
    }
}
