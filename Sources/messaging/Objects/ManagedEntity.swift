import MessagingSDK

/// A kind of objects that the program lists, gets, creates, updates and deletes.
protocol ManagedEntity: ResourceEntity {
    /// The objects of the list, which may be of more kinds than this one.
    associatedtype Listed: ListedEntity = Self
    /// The command of the kind, such as `settings`.
    static var command: String { get }
    /// The word for one object, such as `setting`.
    static var noun: String { get }
    /// The words for several objects, such as `messaging settings`.
    static var plural: String { get }
    /// The fields that a list shows unless others are named.
    static var columns: [String] { get }
    /// The kinds of the objects that a request refers to by id, by the paths of those ids.
    static var references: [String: any ManagedEntity.Type] { get }
}

extension ManagedEntity {
    static var references: [String: any ManagedEntity.Type] { [:] }

    /// The fields of an object.
    static var declared: DeclaredField { DeclaredField(response: schema(.response), request: Request.schema(.request)) }
    /// The fields of an object of the list.
    static var listed: DeclaredField { DeclaredField(response: Listed.schema(.response), request: nil) }
}

extension MessagingSetting: ManagedEntity {
    static let command = "settings"
    static let noun = "setting"
    static let plural = "messaging settings"
    static let columns = ["name", "id", "version", "dateModified"]
}

extension SupportedContent: ManagedEntity {
    static let command = "supported-content"
    static let noun = "supported content profile"
    static let plural = "supported content profiles"
    static let columns = ["name", "id", "version", "dateModified"]
}

extension OpenIntegration: ManagedEntity {
    typealias Listed = MessagingIntegration
    static let command = "integrations"
    static let noun = "integration"
    static let plural = "open messaging integrations"
    static let columns = ["name", "id", "messengerType", "status", "dateModified"]
    static let references: [String: any ManagedEntity.Type] = [
        "supportedContent.id": SupportedContent.self, "messagingSetting.id": MessagingSetting.self,
    ]
}

/// The kinds of objects that the program manages.
enum ManagedKinds {
    /// All of them, in the order of the help.
    static let all: [any ManagedEntity.Type] = [MessagingSetting.self, SupportedContent.self, OpenIntegration.self]

    /// Returns the kind with a command. Throws a failure that names the nearest if there is none.
    static func kind(_ command: String) throws(Failure) -> any ManagedEntity.Type {
        for kind in all where kind.command == command { return kind }
        let commands = all.map { $0.command }
        let nearest = commands.nearest(to: command)
        let next = nearest.map { "Did you mean \($0)?" } ?? "The kinds are \(commands.joined(separator: ", "))."
        throw .usage("there is no kind \"\(command)\"", next: next)
    }
}
