import MessagingContract

/// The reason why a connection cannot continue.
struct Refusal: Error, Sendable {
    var error: APIError
    /// The target of the refused request, as far as it is known.
    var target: String
    /// Whether the refused request is a HEAD, whose response has no body.
    var isHead = false
}
