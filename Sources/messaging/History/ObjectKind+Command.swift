import MessagingFiles
import MessagingSDK

extension ObjectKind {
    /// The command of the kind, or the API's own word for a kind without a command.
    var command: String { ManagedKinds.all.first { $0.objectKind == self }?.command ?? rawValue }

    /// Returns the kind with a command or a word of the API. Throws a failure that names the nearest if there is none.
    static func named(_ name: String) throws(Failure) -> ObjectKind {
        if let kind = allCases.first(where: { $0.command == name || $0.rawValue == name }) { return kind }
        let names = allCases.map(\.command)
        let next =
            names.nearest(to: name).map { "Did you mean \($0)?" } ?? "The kinds are \(names.joined(separator: ", "))."
        throw .usage("there is no kind \"\(name)\"", next: next)
    }
}
