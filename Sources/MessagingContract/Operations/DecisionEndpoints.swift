import HTTPTypes

/// The operation that returns the effect of a profile on a message without sending one. It is our own.
public enum DecisionEndpoints {
    /// Decides on a message with attachments.
    public static let decide = Endpoint<EntityID, DecisionRequest, Decision>(
        "postPlatformSupportedcontentDecisions",
        .post,
        "/platform/v1/supportedcontent/{supportedContentId}/decisions",
        access: .bearer(.readOnly),
        permission: .all([Permission(rawValue: "messaging:supportedContent:view")]),
        tag: "Decisions",
        kind: .supportedContent,
        summary: "Show what a supported content profile does to a message with attachments, without sending a message"
    )

    static let operations = [decide.operation]
}

extension DecisionRequest: OperationBody {
    public static let example: JSON? = [
        "direction": "Inbound",
        "attachments": [["mime": "image/png"], ["filename": "invoice.pdf"], ["firstBytes": "R0lGODlhAQABAA=="]],
    ]
}

extension Decision: ReadableResponse {}
