import Foundation
import HTTPTypes
import MessagingContract
import MessagingServer
import Testing

@Suite struct OpenAPITests {
    private let document = OpenAPI.document

    @Test func theCommittedDocumentIsServed() throws {
        let root = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let committed = try Data(contentsOf: root.appending(path: "openapi.json"))
        #expect(committed == Data(document.pretty), "openapi.json is not what the operations say: make openapi")
    }

    @Test(arguments: APIOperation.all)
    func everyOperationIsDescribed(_ operation: APIOperation) throws {
        let described = try #require(document["paths"]?[operation.path]?[operation.method.rawValue.lowercased()])
        #expect(described["operationId"]?.string == operation.id)
        #expect(described["summary"]?.string == operation.summary)
        #expect(described["deprecated"]?.bool == (operation.successor == nil ? nil : true))
        #expect(described["x-successor"]?.string == operation.successor)
        let permissions = described["x-inin-requires-permissions"]?["permissions"]?.array?.compactMap(\.string) ?? []
        #expect(permissions == operation.permission.permissions.map(\.rawValue))
        #expect((described["requestBody"] != nil) == (operation.body != .none))
        let statuses = described["responses"]?.object?.members.map(\.name) ?? []
        #expect(statuses.contains("\(operation.success.code)"))
        #expect(statuses.contains("401") == (operation.access != .open || operation.path.hasPrefix("/oauth/")))
        #expect(statuses.contains("415") == (operation.body != .none))
        let pathParameters =
            described["parameters"]?.array?.filter { $0["in"] == "path" }.compactMap { $0["name"]?.string } ?? []
        #expect(
            pathParameters
                == operation.path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
                    String($0.dropFirst().dropLast())
                }
        )
    }

    @Test(arguments: APIOperation.all)
    func unauthorizedResponsesNameTheirChallenge(_ operation: APIOperation) throws {
        let described = document["paths"]?[operation.path]?[operation.method.rawValue.lowercased()]?["responses"]
        for (status, answer) in described?.object?.members ?? [] {
            let name = answer["$ref"]?.string?.split(separator: "/").last.map(String.init) ?? ""
            let header = document["components"]?["responses"]?[name]?["headers"]?["WWW-Authenticate"]?["$ref"]?.string
            let kind = header?.split(separator: "-").last
            switch status {
            case "401": #expect(kind == (operation.access == .open ? "Basic" : "Bearer"))
            case "403": #expect(kind == "Scope")
            default: #expect(kind == nil)
            }
        }
    }

    @Test func nothingElseIsDescribed() {
        let described = document["paths"]?.object?.members.flatMap { $0.value.object?.members.map(\.name) ?? [] } ?? []
        #expect(described.count == APIOperation.all.count)
    }

    @Test func everyReferenceResolvesAndEveryComponentIsUsed() throws {
        var references: Set<String> = []
        collectReferences(in: document, into: &references)
        for reference in references {
            let found = reference.split(separator: "/").dropFirst().reduce(document as JSON?) { $0?[String($1)] }
            #expect(found != nil, "\(reference)")
        }
        for kind in ["schemas", "responses", "headers", "parameters"] {
            let names = try #require(document["components"]?[kind]?.object).members.map(\.name)
            #expect(names.allSatisfy { references.contains("#/components/\(kind)/\($0)") }, "\(kind)")
        }
    }

    /// Two models may not have one name with two meanings, since the first would hide the second.
    @Test func aNameHasOneSchema() {
        var schemas: [String: JSON] = [:]
        for operation in APIOperation.all {
            let parts = [operation.content.request, operation.content.response].compactMap { $0?.components }
            for (name, schema) in parts.flatMap({ $0 }) {
                #expect(schemas[name] == nil || schemas[name] == schema, "\(name)")
                schemas[name] = schema
            }
        }
    }

    @Test func requestSchemasAllowNullAndUnknownMembersAndResponseSchemasDoNot() throws {
        let schemas = try #require(document["components"]?["schemas"])
        let request = try #require(schemas["MessagingSettingRequest"])
        #expect(request["required"] == ["name"])
        #expect(request["properties"]?["id"] == nil)
        #expect(request["properties"]?["event"]?["anyOf"]?.array?.last == ["type": "null"])
        #expect(request["additionalProperties"] == nil)
        let patch = try #require(schemas["MessagingSettingPatchRequest"])
        #expect(patch["required"] == nil)
        #expect(patch["properties"] == request["properties"])
        let answer = try #require(schemas["MessagingSetting"])
        #expect(answer["additionalProperties"] == false)
        #expect(answer["properties"]?["event"] == ["$ref": "#/components/schemas/EventSetting"])
        #expect(schemas["SettingDirection"]?["properties"]?["inbound"]?["enum"] == ["Enabled", "Disabled"])
    }

    /// Generators of clients write descriptions, examples and patterns into comments that this would end.
    @Test func nothingInTheDocumentEndsAComment() {
        #expect(!String(decoding: document.pretty, as: UTF8.self).contains("*/"))
    }

    /// Client generators omit any other form, and everything that refers to it.
    @Test func arraysDeclareTheirItemsAndNoSchemaContainsItself() {
        var references: Set<String> = []
        walk(document) { schema in
            if schema["type"] == "array" || schema["type"]?.array?.contains("array") == true {
                #expect(schema["items"] != nil, "\(schema)")
            }
            if let members = schema["additionalProperties"]?["$ref"]?.string { references.insert(members) }
            if schema["$ref"] != nil { #expect(schema["properties"] == nil, "\(schema)") }
        }
        #expect(references == [])
    }

    @Test(arguments: OpenAPITests.examples)
    func examplesOfTheDocumentAreAccepted(_ name: String, _ example: JSON, _ read: @Sendable (JSON) throws -> Void)
        throws
    {
        try read(example)
    }

    private static let examples: [(String, JSON, @Sendable (JSON) throws -> Void)] = [
        example(MessagingSettingRequest.self), example(MessagingSettingDefaultRequest.self),
        example(SupportedContentRequest.self), example(SupportedContentReference.self),
        example(RestorationRequest.self),
    ].compactMap { $0 }

    private static func example<Body: WireObject & OperationBody>(
        _ type: Body.Type
    ) -> (String, JSON, @Sendable (JSON) throws -> Void)? {
        Body.example.map { ("\(type)", $0, { _ = try Body(json: $0) }) }
    }

    private func collectReferences(in json: JSON, into references: inout Set<String>) {
        walk(json) { if let reference = $0["$ref"]?.string { references.insert(reference) } }
    }

    private func walk(_ json: JSON, _ visit: (JSON) -> Void) {
        visit(json)
        for element in json.array ?? [] { walk(element, visit) }
        for member in json.object?.members ?? [] { walk(member.value, visit) }
    }
}
