import MessagingFiles
import MessagingSDK
import StandardStreams

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
