import MessagingFiles

extension Failure {
    /// The failure without the advice to run `messaging doctor`, for the doctor itself, and for credentials that no profile has yet.
    var withoutDoctor: Failure {
        var failure = self
        failure.next = next?.replacing(": messaging doctor", with: ".")
        return failure
    }
}
