import HTTPTypes
import MessagingContract

extension OpenAPI {
    /// Returns the description of an operation below its path.
    static func description(of operation: APIOperation) -> JSON {
        let content = operation.content
        var object: JSON.Object = [
            "operationId": .string(operation.id),
            "tags": [.string(operation.tag)],
            "summary": .string(operation.summary),
        ]
        let sentences = self.sentences(about: operation)
        if !sentences.isEmpty { object["description"] = .string(sentences.joined(separator: "\n\n")) }
        if let successor = operation.successor {
            object["deprecated"] = true
            object["x-successor"] = .string(successor)
        }
        if let (rule, permissions) = operation.permission.grants {
            object["x-inin-requires-permissions"] = [
                "type": .string(rule), "permissions": .array(permissions.map { .string($0) }),
            ]
        }
        object["security"] = .array(security(of: operation))
        let parameters =
            content.parameters.map(parameter)
            + operation.fields.map { ["$ref": .string("#/components/parameters/\($0.name)")] }
        if !parameters.isEmpty { object["parameters"] = .array(parameters) }
        if let request = content.request { object["requestBody"] = body(operation.body, request, content.example) }
        var responses = JSON.Object()
        for answer in OpenAPIAnswer.successes(of: operation) { responses["\(answer.status)"] = answer.json }
        for answer in OpenAPIAnswer.refusals(of: operation) {
            responses["\(answer.status)"] = ["$ref": .string("#/components/responses/\(answer.name)")]
        }
        object["responses"] = .object(responses)
        return .object(object)
    }

    private static func sentences(about operation: APIOperation) -> [String] {
        var sentences: [String] = []
        if let successor = operation.successor {
            sentences.append("Deprecated - use \(operation.method) \(successor) as replacement.")
        }
        if let (rule, permissions) = operation.permission.grants {
            sentences.append("Requires \(rule) permissions: \(permissions.joined(separator: ", "))")
        }
        return sentences
    }

    private static func security(of operation: APIOperation) -> [JSON] {
        switch operation.access {
        case .bearer(nil): [["oauth2": []]]
        case .bearer(.readOnly?):
            [["oauth2": [.string(Scope.readOnly.rawValue)]], ["oauth2": [.string(Scope.messaging.rawValue)]]]
        case .bearer(let scope?): [["oauth2": [.string(scope.rawValue)]]]
        case .open, .administrator: if case .form = operation.body { [["client": []], [:]] } else { [] }
        }
    }

    static func parameter(_ parameter: ParameterDescription) -> JSON {
        var object: JSON.Object = [
            "name": .string(parameter.name), "in": .string(parameter.location.rawValue),
            "description": .string(parameter.about),
        ]
        switch parameter.location {
        case .path: object["required"] = true
        case .query where parameter.mediaType == nil: object["allowEmptyValue"] = true
        case .query, .header: break
        }
        if let type = parameter.mediaType {
            // This is not a `content`, which some generators of clients silently omit.
            object["schema"] = [
                "type": "string", "contentMediaType": .string(type), "contentSchema": parameter.schema,
            ]
        } else {
            object["schema"] = parameter.schema
        }
        return .object(object)
    }

    private static func body(_ rule: BodyRule, _ schema: Schema, _ example: JSON?) -> JSON {
        let isStream = if case .stream = rule { true } else { false }
        let content = rule.mediaTypes.map { type in
            var content: JSON.Object = ["schema": schema.json]
            content["example"] = isStream ? example?[type] : example
            return (type, JSON.object(content))
        }
        return ["required": true, "content": .object(JSON.Object(content))]
    }
}

extension PermissionRule {
    /// The vendor's word for the rule, and the permissions; nil if there are none.
    fileprivate var grants: (rule: String, permissions: [String])? {
        switch self {
        case .none: nil
        case .all(let permissions): ("ALL", permissions.map(\.rawValue))
        case .any(let permissions): ("ANY", permissions.map(\.rawValue))
        }
    }
}
