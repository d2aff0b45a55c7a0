import HTTPTypes
package import MessagingContract

/// The OpenAPI 3.1 document of this API, generated from the declarations of its operations.
package enum OpenAPI {
    /// The document of all operations.
    package static let document = document(of: APIOperation.all)

    /// Returns the document of these operations, grouped by path in their order. Schemas and responses are ordered by name.
    package static func document(of operations: [APIOperation]) -> JSON {
        var paths = JSON.Object()
        var answers: [String: OpenAPIAnswer] = [:]
        var schemas: [String: JSON] = [:]
        for operation in operations {
            var item = paths[operation.path]?.object ?? [:]
            item[operation.method.rawValue.lowercased()] = description(of: operation)
            paths[operation.path] = .object(item)
            for answer in OpenAPIAnswer.refusals(of: operation) { answers[answer.name] = answer }
            for schema in [operation.content.request, operation.content.response].compactMap({ $0 }) {
                schemas.merge(schema.components) { first, _ in first }
            }
        }
        for answer in answers.values { schemas.merge(answer.schema?.components ?? [:]) { first, _ in first } }
        return [
            "openapi": "3.1.0",
            "info": .object(info),
            "servers": [["url": "/", "description": "The server that serves this document"]],
            "tags": .array(tags(of: operations)),
            "paths": .object(paths),
            "components": [
                "schemas": .object(sorted(schemas)),
                "responses": .object(sorted(answers.mapValues(\.json))),
                "parameters": .object(JSON.Object(ParameterDescription.fields.map { ($0.name, parameter($0)) })),
                "headers": .object(OpenAPIHeader.all),
                "securitySchemes": .object(security),
            ],
        ]
    }

    private static let info: JSON.Object = [
        "title": "Messaging API",
        "version": "v2",
        "summary": "A self-hosted server that speaks the Genesys Cloud Messaging API",
        "description": """
        Messaging settings, supported content profiles and their defaults. Not affiliated with Genesys.

        Bodies are JSON (RFC 8259) in UTF-8, nested at most 64 levels deep, without repeated member names, lone surrogates \
        and `\\u0000`. In a request, unknown and read-only members are ignored, null means absent (in a PATCH it clears the \
        member), and enumeration values match in any letter case. A response contains no null: unset members are absent. \
        Every path with a GET has a HEAD with the same status and header fields. \
        If a path does not have the method of a request, the response is 405 with `Allow`. \
        If a request body has a content coding (`Content-Encoding` other than `identity`), the response is 415.
        """,
        "license": ["name": "Apache 2.0", "identifier": "Apache-2.0"],
    ]

    private static let security: JSON.Object = [
        "oauth2": [
            "type": "oauth2",
            "flows": [
                "clientCredentials": [
                    "tokenUrl": .string(OAuthEndpoints.issueToken.operation.path),
                    "scopes": .object(JSON.Object(Scope.allCases.map { ($0.rawValue, .string($0.about)) })),
                ]
            ],
        ],
        "client": [
            "type": "http", "scheme": "basic", "description": "The id and the secret of an OAuth client",
        ],
    ]

    /// Returns the groups of operations. Deprecated groups come last.
    private static func tags(of operations: [APIOperation]) -> [JSON] {
        var seen: Set<String> = []
        let operations = operations.filter { $0.successor == nil } + operations.filter { $0.successor != nil }
        return operations.map(\.tag).filter { seen.insert($0).inserted }.map { ["name": .string($0)] }
    }

    private static func sorted(_ members: [String: JSON]) -> JSON.Object {
        JSON.Object(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
}

extension Scope {
    /// A description of the scope for people.
    fileprivate var about: String {
        switch self {
        case .messaging: "Read and change everything"
        case .readOnly: "Read everything"
        }
    }
}
