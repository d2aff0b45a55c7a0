import MessagingSDK

/// The reason why a request has no typed form and is forwarded unchanged.
enum Inexpressible: String {
    case noToken = "no bearer token"
    case noJSON = "a body that is no JSON"
    case missing = "a member that must be there is absent or null"
    case otherType = "a value of another type"
    /// The operation has no such parameters, or the typed call throws without sending anything.
    case refused = "refused by the SDK itself"

    init(_ error: FieldError) { self = error.reason == .missing ? .missing : .otherType }
}

extension MessagingError {
    /// The error for a request that has no typed form. The SDK uses the same reason.
    init(_ why: Inexpressible) { self.init(.invalidRequest, why.rawValue) }
}
