import MessagingSDK

extension MessagingError {
    /// The permissions that the client lacks, in a few words; nil if the host refused the request for another reason.
    var missingPermissions: String? {
        guard status == 403, let body, let names = body.messageParams?["permissions"], !names.isEmpty else {
            return nil
        }
        return body.code == "missing.any.permissions" ? "missing one of \(names)" : "missing \(names)"
    }
}
