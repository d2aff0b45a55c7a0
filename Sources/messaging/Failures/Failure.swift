import MessagingSDK
import StandardStreams

/// The reason why a command did not do what it was asked for. Commands throw it, and the program shows it.
struct Failure: Error, Equatable {
    /// The exit code of the program.
    let exit: Exit
    /// A name of the reason for programs, in the form of the API's codes, such as `not.found`.
    let code: String
    /// A sentence without its end that says what happened.
    let message: String
    /// Lines that belong to the message, such as the objects that share a name.
    var details: [String] = []
    /// A sentence that says what to do next; nil if there is nothing to do.
    var next: String?
    /// The id of the request in the host's log; nil if there was none.
    var contextID: String?
    /// The status of the host's response; nil if there was none.
    var status: Int?

    /// Creates a failure without a response of a host.
    init(_ exit: Exit, _ code: String, _ message: String, details: [String] = [], next: String? = nil) {
        self.exit = exit
        self.code = code
        self.message = message
        self.details = details
        self.next = next
    }

    /// Returns a failure for arguments that cannot be meant.
    static func usage(_ message: String, next: String? = nil) -> Failure {
        Failure(.usage, "usage", message, next: next)
    }
}

extension Failure {
    /// The failure for people. Nothing in it has an effect on a terminal.
    var text: String {
        var lines = ["messaging: \(message.visible)"]
        lines += details.map { "  \($0.visible)" }
        if let next { lines.append("next: \(next.visible)") }
        if let contextID { lines.append("context id: \(contextID.visible)") }
        return lines.joined(separator: "\n")
    }

    /// The failure for programs.
    var json: JSON {
        let whole = details.isEmpty ? message : "\(message): \(details.joined(separator: ", "))"
        var object: JSON.Object = ["code": .string(code), "message": .string(whole)]
        if let next { object["next"] = .string(next) }
        if let contextID { object["contextId"] = .string(contextID) }
        if let status { object["status"] = .number(JSON.Number(status)) }
        return .object(object)
    }
}
