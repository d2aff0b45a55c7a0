import MessagingSDK

extension CallOptions {
    /// The options of a call among many, which waits as long as the host's rate limit requires.
    static func patient(idempotencyKey: String? = nil, ifMatch: EntityTag? = nil) -> CallOptions {
        CallOptions(
            timeout: .seconds(900),
            idempotencyKey: idempotencyKey,
            ifMatch: ifMatch,
            retries: RetryPolicy(attempts: 1_000)
        )
    }
}
