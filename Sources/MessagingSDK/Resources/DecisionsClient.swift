public import MessagingContract

/// Decisions of profiles on messages, without sending any: `client.decisions`. Only servers of this project have this operation.
public struct DecisionsClient: Sendable {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// Returns the decision of a supported content profile on a message with a direction and 1 to 10,000 attachments.
    ///
    /// ```swift
    /// let decision = try await client.decisions.decide(
    ///     profile.id, .outbound, [MessageAttachment(mime: "image/png"), MessageAttachment(filename: "invoice.pdf")])
    /// if decision.effect == .notSent { print(decision.attachments.filter { !$0.allowed }) }
    /// ```
    ///
    /// Wraps `POST /platform/v1/supportedcontent/{supportedContentId}/decisions` (`messaging:supportedContent:view`). It changes nothing
    /// and is repeated like a GET. `SupportedContent.decide(_:)` of `MessagingDecisions` returns the same without a server. Fails with 404 if
    /// there is no such profile, with 400 if there are no attachments or too many, or if one has no known property.
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
