import struct Foundation.Data

/// The known facts about an attachment, which need not be sent itself. At least one member must be present and not empty.
public struct MessageAttachment: WireObject {
    /// The declared media type, the vendor's `mime`. It has precedence over the other members, as it has when messages are sent.
    public var mime: String?
    /// The name of its file.
    public var filename: String?
    /// The first bytes of its file, in base64 on the wire. For most kinds of files, 512 bytes are enough.
    public var firstBytes: [UInt8]?

    /// Creates an empty value.
    public init() {}

    /// Creates a value with these members.
    public init(mime: String? = nil, filename: String? = nil, firstBytes: [UInt8]? = nil) {
        self.mime = mime
        self.filename = filename
        self.firstBytes = firstBytes
    }

    public static let fields: [Field<Self>] = [
        .optional("mime", \.mime, "The declared media type; it has precedence over filename and firstBytes"),
        .optional("filename", \.filename, "The name of the file"),
        Field(
            name: "firstBytes",
            isRequired: false,
            about: "The first bytes of the file in base64; 512 bytes are enough for most kinds of files",
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

    /// At least one of the three members is present and not empty.
    fileprivate static let isKnown = Constraint<MessageAttachment>([
        "anyOf": .array(
            fields.map { field in
                let text: JSON = ["type": "string", "minLength": 1]
                let properties = JSON.object(JSON.Object([(field.name, text)]))
                return ["required": [.string(field.name)], "properties": properties]
            }
        )
    ]) { (attachment) throws(FieldError) in
        let isEmpty =
            (attachment.mime ?? "").isEmpty && (attachment.filename ?? "").isEmpty
            && (attachment.firstBytes ?? []).isEmpty
        if isEmpty { throw FieldError(reason: .constraint("must have mime, filename or firstBytes")) }
    }

    private static let base64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"

    private static func bytes(_ json: JSON) throws(FieldError) -> [UInt8] {
        guard let text = json.string, let data = Data(base64Encoded: text) else {
            throw FieldError(json, isNot: "base64")
        }
        return [UInt8](data)
    }
}

/// A question to a profile: whether a message with these attachments may pass.
public struct DecisionRequest: WireObject {
    /// The direction of the message.
    public var direction = MessageDirection.inbound
    /// The attachments of the message, 1 to 10,000.
    public var attachments: [MessageAttachment] = []

    /// Creates a request with initial values.
    public init() {}

    /// Creates a request about a message with this direction and these attachments.
    public init(direction: MessageDirection, attachments: [MessageAttachment]) {
        self.direction = direction
        self.attachments = attachments
    }

    public static let fields: [Field<Self>] = [
        .required(
            "direction",
            \.direction,
            "Inbound: from the customer to the organization; Outbound: from the organization to the customer"
        ),
        Field(
            name: "attachments",
            isRequired: true,
            about: "The attachments of the message; each must have a mime, filename or firstBytes that is not empty",
            schema: { side in
                let attachment = MessageAttachment.schema(side).with(MessageAttachment.isKnown.keywords)
                let array = Schema(["type": "array"]).with(count.keywords).with(["items": attachment.json])
                return Schema(array.json, parts: [attachment])
            },
            read: { (json, side, owner) throws(FieldError) in
                if json.isNull { throw FieldError(reason: .missing) }
                owner.attachments = try attachments(json, side)
            },
            write: { $0.attachments.json },
            path: \Self.attachments
        ),
    ]

    /// The number of attachments. It is checked before they are read.
    private static let count = Constraint<Int>(["minItems": 1, "maxItems": 10_000]) { (count) throws(FieldError) in
        if !(1...10_000).contains(count) { throw FieldError(reason: .constraint("must have 1 to 10000 elements")) }
    }

    private static func attachments(_ json: JSON, _ side: Schema.Side) throws(FieldError) -> [MessageAttachment] {
        if let count = json.array?.count { try Self.count.check(count) }
        let attachments = try [MessageAttachment](json: json, side: side)
        for (index, attachment) in attachments.enumerated() {
            do {
                try MessageAttachment.isKnown.check(attachment)
            } catch {
                throw error.within(index: index)
            }
        }
        return attachments
    }
}
