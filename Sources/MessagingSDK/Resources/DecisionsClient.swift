public import MessagingContract

/// What profiles would do to messages, without sending any: `client.decisions`. A server of this project answers it; Genesys Cloud
/// has no such operation.
public struct DecisionsClient: Sendable {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// What a supported content profile does to a message that goes this way with these attachments, 1 to 10,000 of them.
    ///
    /// ```swift
    /// let decision = try await client.decisions.decide(
    ///     profile.id, .outbound, [MessageAttachment(mime: "image/png"), MessageAttachment(filename: "invoice.pdf")])
    /// if decision.effect == .notSent { print(decision.attachments.filter { !$0.allowed }) }
    /// ```
    ///
    /// Wraps `POST /platform/v1/supportedcontent/{supportedContentId}/decisions` (`messaging:supportedContent:view`). It changes
    /// nothing and is repeated like a GET. `SupportedContent.decide(_:)` of `MessagingDecisions` returns the same without a server. Fails with 404
    /// when there is no such profile, with 400 when there is no attachment, too many, or one of which nothing is known.
    public func decide(
        _ supportedContentID: String,
        _ direction: MessageDirection,
        _ attachments: [MessageAttachment],
        options: CallOptions = CallOptions()
    ) async throws(MessagingError) -> Decision {
        let request = DecisionRequest(direction: direction, attachments: attachments)
        return try await connection.call(DecisionEndpoints.decide, EntityID(supportedContentID), request, options).value
    }
}
