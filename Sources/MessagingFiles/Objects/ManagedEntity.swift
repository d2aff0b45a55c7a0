package import MessagingSDK

/// A kind of objects that the program lists, gets, creates, updates and deletes.
package protocol ManagedEntity: ResourceEntity {
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
    package static var references: [String: any ManagedEntity.Type] { [:] }

    /// The fields of an object.
    package static var declared: DeclaredField {
        DeclaredField(response: schema(.response), request: Request.schema(.request))
    }
    /// The fields of an object of the list.
    package static var listed: DeclaredField { DeclaredField(response: Listed.schema(.response), request: nil) }
}

extension MessagingSetting: ManagedEntity {
    package static let command = "settings"
    package static let noun = "setting"
    package static let plural = "messaging settings"
    package static let columns = ["name", "id", "version", "dateModified"]
}

extension SupportedContent: ManagedEntity {
    package static let command = "supported-content"
    package static let noun = "supported content profile"
    package static let plural = "supported content profiles"
    package static let columns = ["name", "id", "version", "dateModified"]
}

extension OpenIntegration: ManagedEntity {
    package typealias Listed = MessagingIntegration
    package static let command = "integrations"
    package static let noun = "integration"
    package static let plural = "open messaging integrations"
    package static let columns = ["name", "id", "messengerType", "status", "dateModified"]
    package static let references: [String: any ManagedEntity.Type] = [
        "supportedContent.id": SupportedContent.self, "messagingSetting.id": MessagingSetting.self,
    ]
}

/// The kinds of objects that the program manages.
package enum ManagedKinds {
    /// All of them, in the order of the help.
    package static let all: [any ManagedEntity.Type] = [
        MessagingSetting.self, SupportedContent.self, OpenIntegration.self,
    ]

    /// Returns the kind with a command. Throws a failure that names the nearest if there is none.
    package static func kind(_ command: String) throws(Failure) -> any ManagedEntity.Type {
        for kind in all where kind.command == command { return kind }
        let commands = all.map { $0.command }
        let nearest = commands.nearest(to: command)
        let next = nearest.map { "Did you mean \($0)?" } ?? "The kinds are \(commands.joined(separator: ", "))."
        throw .usage("there is no kind \"\(command)\"", next: next)
    }
}
