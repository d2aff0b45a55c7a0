import Foundation
import HTTPTypes
import MessagingSDK
import Testing

/// Compares the comments of the 13 methods with the declarations of their operations.
@Suite struct DocumentationTests {
    static let names = APIOperation.all.filter { $0.successor != nil }.map(\.id)

    private static func operation(_ name: String) throws -> APIOperation {
        try #require(APIOperation.all.first { $0.id == name })
    }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/MessagingSDK")

    private static let sources = ["Settings", "SupportedContent"].compactMap {
        try? String(contentsOf: root.appending(path: "MessagingAPI+\($0).swift"), encoding: .utf8)
    }

    /// Returns the comments above the methods of a name, without their slashes.
    private static func comments(of method: String) throws -> [String] {
        let source = try #require(sources.first { $0.contains("public func \(method)(") })
        return source.components(separatedBy: "    public func \(method)(").dropLast().map { before in
            let lines = before.split(separator: "\n").filter { !$0.hasPrefix("    @") }
            let comment = lines.reversed().prefix { $0.hasPrefix("    ///") }.reversed()
            return comment.map { $0.dropFirst(7).drop { $0 == " " } }.joined(separator: "\n")
        }
    }

    @Test func thereAreThirteen() {
        #expect(Self.names.count == 13)
    }

    @Test(arguments: names) func theCommentsAgreeWithTheContract(_ name: String) throws {
        let operation = try Self.operation(name)
        let comments = try Self.comments(of: name)
        #expect(comments.count == (operation.method == .patch ? 2 : 1))
        #expect(comments.first?.split(separator: "\n").first.map(String.init) == operation.summary)
        let (rule, permissions) =
            switch operation.permission {
            case .all(let permissions): ("ALL", permissions)
            case .any(let permissions): ("ANY", permissions)
            case .none: ("NO", [])
            }
        let all = permissions.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        let successor = try #require(operation.successor)
        for comment in comments {
            let lines = comment.split(separator: "\n")
            #expect(lines.contains("Wraps `\(operation.method) \(operation.path)`."))
            #expect(lines.contains("Requires \(rule) permissions: \(all)."))
            #expect(comment.contains("\nDeprecated: use `\(operation.method) \(successor)` (``ResourceClient/"))
        }
    }

    @Test(arguments: names) func theCommentsHaveEveryParameterAndResult(_ name: String) throws {
        let operation = try Self.operation(name)
        for comment in try Self.comments(of: name) {
            for parameter in operation.content.parameters {
                #expect(comment.contains("- \(parameter.name): "), "\(parameter.name)")
            }
            if operation.body != .none { #expect(comment.contains("- body: ")) }
            if operation.content.parameters.contains(where: { $0.name == "pageSize" }) {
                #expect(comment.contains("25 unless given") && comment.contains("1 unless given"))
            }
            #expect(comment.contains("- Returns: ") == (operation.method != .delete))
            #expect(comment.contains("- Throws: ``MessagingError``"))
            if operation.path.hasSuffix("/settings/default") {
                #expect(
                    comment.replacing("\n", with: " ").contains(
                        "When an integration is created a settings ID may be assigned to it. If the settings ID is not "
                            + "supplied, the default settings will be applied to it."
                    )
                )
            }
        }
    }

    private static let current = APIOperation.all.filter {
        $0.successor == nil && ($0.path.hasPrefix("/api/v2/conversations/") || $0.path.hasPrefix("/platform/"))
    }.map(\.id)

    /// Each operation of the modern surface is named with its permissions, at the method that calls it or at the property of its kind.
    @Test(arguments: current) func theClientNamesEachOperation(_ name: String) throws {
        let operation = try Self.operation(name)
        let permissions =
            switch operation.permission {
            case .all(let permissions), .any(let permissions): permissions
            case .none: [Permission]()
            }
        let all = permissions.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        let folder = Self.root.appending(path: "Resources")
        let resources = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let text = try (resources + [Self.root.appending(path: "MessagingClient.swift")]).map {
            try String(contentsOf: $0, encoding: .utf8).replacing("\n    /// ", with: " ")
        }
        #expect(text.contains { $0.contains("`\(operation.method) \(operation.path)` (\(all))") })
    }

    private static func operations<Entity: ResourceEntity>(of type: Entity.Type) -> [APIOperation] {
        var operations = Entity.endpoints.operations
        if let type = type as? any DefaultableEntity.Type { operations += defaults(of: type) }
        if let type = type as? any RestorableEntity.Type { operations.append(restoration(of: type)) }
        if let type = type as? any UsedEntity.Type { operations.append(type.usage.operation) }
        return operations
    }

    private static func defaults<Entity: DefaultableEntity>(of type: Entity.Type) -> [APIOperation] {
        Entity.defaultEndpoints.operations
    }

    private static func restoration<Entity: RestorableEntity>(of type: Entity.Type) -> APIOperation {
        Entity.restoration.operation
    }

    /// The property of a kind names the operations that its client has, and no others.
    @Test func aPropertyNamesTheOperationsOfItsKind() throws {
        let source = try ["MessagingClient", "Resources/ResourceClient+Integrations"].map {
            try String(contentsOf: Self.root.appending(path: "\($0).swift"), encoding: .utf8)
        }.joined()
        let properties = [
            "settings: ResourceClient<MessagingSetting>": Self.operations(of: MessagingSetting.self),
            "supportedContent: ResourceClient<SupportedContent>": Self.operations(of: SupportedContent.self),
            "integrations: ResourceClient<MessagingIntegration>": [MessagingIntegration.listing.operation],
            "open: ResourceClient<OpenIntegration>": Self.operations(of: OpenIntegration.self),
        ]
        #expect(source.components(separatedBy: ": ResourceClient<").count - 1 == properties.count)
        for (property, operations) in properties {
            let parts = source.components(separatedBy: "    public var \(property) ")
            let before = try #require(parts.count == 2 ? parts.first : nil)
            let lines = before.split(separator: "\n").reversed().prefix { $0.hasPrefix("    ///") }
            let named = lines.filter { $0.hasPrefix("    /// - `") }.map { $0.split(separator: "`")[1] }
            #expect(named.sorted() == operations.map { "\($0.method) \($0.path)" }.sorted().map { $0[...] })
        }
    }
}
