import MessagingFiles
import MessagingSDK

extension DeclaredField {
    /// Reads the value of the field from a text on the command line. An array or an object is JSON. For an array whose elements have one
    /// member, such as media types, values with commas between them suffice. `null` clears a field that is no string.
    func value(_ text: String) throws(Failure) -> JSON {
        guard let request else {
            throw .usage("\(name) cannot be written", next: "The API sets it.")
        }
        switch request.type {
        case "string":
            return .string(text)
        case "array" where !text.hasPrefix("["):
            guard let member = request.elements?.members.first?.name, request.elements?.members.count == 1 else {
                break
            }
            return .array(text.split(separator: ",").map { .object([member: .string($0.trimmed)]) })
        default:
            break
        }
        guard let value = try? JSON(parsing: Array(text.utf8)) else {
            throw .usage("\(name) must be JSON of type \(request.type)", next: "messaging explain describes it.")
        }
        return value
    }
}

extension Substring {
    /// The text without the spaces at its ends.
    fileprivate var trimmed: String {
        var rest = drop { $0 == " " }
        while rest.last == " " { rest = rest.dropLast() }
        return String(rest)
    }
}
