import MessagingFiles

extension Failure {
    /// Returns the failure for an operation that the host does not have.
    static func notOffered(_ what: String) -> Failure {
        Failure(.failed, "not.offered", "the host has no \(what)", next: "Only servers of this project have it.")
    }
}
