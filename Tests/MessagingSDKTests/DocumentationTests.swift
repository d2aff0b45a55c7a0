import Foundation
import HTTPTypes
import MessagingSDK
import Testing

/// The comments of the 13 methods against the declarations of their operations.
@Suite struct DocumentationTests {
    static let names = APIOperation.all.filter { $0.successor != nil }.map(\.id)

    private static func operation(_ name: String) throws -> APIOperation {
        try #require(APIOperation.all.first { $0.id == name })
    }

    private static let sources: [String] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/MessagingSDK")
        return ["Settings", "SupportedContent"].compactMap {
            try? String(contentsOf: root.appending(path: "MessagingAPI+\($0).swift"), encoding: .utf8)
        }
    }()

    /// The comment above the first method of this name, without its slashes.
    private static func comment(of method: String) throws -> String {
        let source = try #require(sources.first { $0.contains("public func \(method)(") })
        let before = try #require(source.components(separatedBy: "    public func \(method)(").first)
        let lines = before.split(separator: "\n").filter { !$0.hasPrefix("    @") }
        let comment = lines.reversed().prefix { $0.hasPrefix("    ///") }.reversed()
        return comment.map { $0.dropFirst(7).drop { $0 == " " } }.joined(separator: "\n")
    }

    @Test func thereAreThirteen() {
        #expect(Self.names.count == 13)
    }

    @Test(arguments: names) func theCommentSaysWhatTheContractSays(_ name: String) throws {
        let operation = try Self.operation(name)
        let comment = try Self.comment(of: name)
        let lines = comment.split(separator: "\n")
        #expect(lines.first.map(String.init) == operation.summary)
        #expect(lines.contains("Wraps `\(operation.method) \(operation.path)`."))
        let (rule, permissions) =
            switch operation.permission {
            case .all(let permissions): ("ALL", permissions)
            case .any(let permissions): ("ANY", permissions)
            case .none: ("NO", [])
            }
        let all = permissions.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        #expect(lines.contains("Requires \(rule) permissions: \(all)."))
        let successor = try #require(operation.successor)
        #expect(comment.contains("\nDeprecated: use `\(operation.method) \(successor)` (``ResourceClient/"))
    }

    @Test(arguments: names) func theCommentHasEveryParameterAndWhatComesBack(_ name: String) throws {
        let operation = try Self.operation(name)
        let comment = try Self.comment(of: name)
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
