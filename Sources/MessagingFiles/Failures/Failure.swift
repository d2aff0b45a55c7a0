import MessagingSDK

/// The reason why a command did not do what it was asked for. Commands throw it, and the program shows it.
package struct Failure: Error, Equatable {
    /// The exit code of the program.
    package let exit: Exit
    /// A name of the reason for programs, in the form of the API's codes, such as `not.found`.
    package let code: String
    /// A sentence without its end that says what happened.
    package let message: String
    /// Lines that belong to the message, such as the objects that share a name.
    package var details: [String] = []
    /// A sentence that says what to do next; nil if there is nothing to do.
    package var next: String?
    /// The id of the request in the host's log; nil if there was none.
    package var contextID: String?
    /// The status of the host's response; nil if there was none.
    package var status: Int?

    /// Creates a failure without a response of a host.
    package init(_ exit: Exit, _ code: String, _ message: String, details: [String] = [], next: String? = nil) {
        self.exit = exit
        self.code = code
        self.message = message
        self.details = details
        self.next = next
    }

    /// Returns a failure for arguments that cannot be meant.
    package static func usage(_ message: String, next: String? = nil) -> Failure {
        Failure(.usage, "usage", message, next: next)
    }
}
