import MessagingSDK

/// What our models do not know of recorded responses: members and values of the API that are new.
package struct UnknownMembers: Equatable, Sendable {
    /// The number of times that each unknown member or value occurred, by operation and path.
    package private(set) var counts: [String: Int] = [:]

    /// Creates a value without unknown members.
    package init() {}

    /// Looks through a response.
    package mutating func add(_ exchange: RecordedExchange) {
        guard exchange.status < 300, let response = exchange.response, let operation = RecordedOperation.find(exchange),
            let schema = operation.content.response
        else { return }
        add(response, Shape(schema), operation.id, "")
    }

    private mutating func add(_ value: JSON, _ shape: Shape, _ operation: String, _ path: String) {
        if let elements = value.array {
            guard let inner = shape.elements else { return }
            for element in elements { add(element, inner, operation, "\(path)[]") }
        } else if let members = value.object {
            guard shape.type == "object", shape.anyMember == nil else { return }
            let known = shape.members
            guard !known.isEmpty else { return }
            for (name, value) in members {
                let inner = path.isEmpty ? name : "\(path).\(name)"
                guard let member = known.first(where: { $0.name == name }) else {
                    counts["\(operation): \(inner)", default: 0] += 1
                    continue
                }
                add(value, member.shape, operation, inner)
            }
        } else if let text = value.string, !shape.values.isEmpty, !shape.values.contains(text) {
            counts["\(operation): \(path) = \"\(text)\"", default: 0] += 1
        }
    }
}

/// Finds the operation of a recorded request.
enum RecordedOperation {
    /// Returns the operation; nil if we do not declare it. A path without path parameters counts first.
    static func find(_ exchange: RecordedExchange) -> APIOperation? {
        guard let path = exchange.path.split(separator: "?").first else { return nil }
        let parts = path.split(separator: "/")
        return APIOperation.all.filter { operation in
            guard operation.method.rawValue == exchange.method else { return false }
            let declared = operation.path.split(separator: "/")
            return declared.count == parts.count && zip(declared, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        .min { $0.path.count { $0 == "{" } < $1.path.count { $0 == "{" } }
    }
}
