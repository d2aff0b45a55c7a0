import MessagingContract
import MessagingCore

/// What must be done next for a request.
enum Step: Sendable {
    /// Send the response.
    case respond(OutgoingResponse)
    /// Read the whole body, within a limit and from its owner's share of memory, and continue with it or with the error.
    case readBody(limit: Int, owner: BodyOwner, then: @Sendable (Result<[UInt8], APIError>) -> Step)
    /// Wait for a check of the organization's revision, without a task, and continue with its outcome.
    case check(String, Organizations, then: @Sendable (Result<Revision, APIError>, inout LastCaller) -> Step)
    /// Run this in a task, and continue with its result.
    case wait(@Sendable () async -> Step)
}
