import MessagingContract

/// The requests of a token in a window.
struct Rate: Sendable {
    /// The number of the token's counted requests, including the last one.
    let count: Int
    /// The number of requests that the token may send.
    let allowed: Int
    /// The number of seconds until the next window.
    let reset: Int
    /// The limit that refuses the request; nil if none does.
    let refusal: RateScope?

    /// Throws a 429 if a limit refuses the request.
    func check() throws(APIError) {
        if let refusal { throw .tooManyRequests(of: refusal, retryAfter: reset) }
    }
}
