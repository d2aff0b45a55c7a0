import HTTPTypes
import MessagingSDK

/// A request for one of the SDK's operations, to be read into the parameters of its typed call.
struct Call: Sendable {
    let operation: APIOperation
    private let holes: [String]
    private let query: Query
    private let body: [UInt8]

    /// The operation that a request is for; nil when it is for none of the SDK's.
    init?(_ request: HTTPRequest, _ body: [UInt8]) {
        let parts = (request.path ?? "").split(separator: "?", maxSplits: 1)
        guard let path = parts.first, let query = Query(parsing: parts.dropFirst().first ?? "") else { return nil }
        let found = Self.operations.compactMap { operation in
            operation.holes(in: path).map { (operation: operation, holes: $0) }
        }
        let literal = found.filter(\.holes.isEmpty)
        let match = (literal.isEmpty ? found : literal).first { $0.operation.method == request.method }
        guard let match else { return nil }
        (operation, holes) = match
        self.query = query
        self.body = body
    }

    private static let operations = APIOperation.all.filter {
        $0.path.hasPrefix("/api/v2/messaging/") || $0.path.hasPrefix("/api/v2/conversations/messaging/")
    }

    /// The id in the path.
    var id: String { holes.first ?? "" }

    func pageSize() throws(MessagingError) -> Int { try integer("pageSize") ?? 25 }
    func pageNumber() throws(MessagingError) -> Int { try integer("pageNumber") ?? 1 }

    /// The value of a query item; nil when it is absent or empty.
    func value(of name: String) -> String? { query[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// What the query asks to expand. The vendor's SDK joins several by commas.
    func expansions() throws(MessagingError) -> [IntegrationExpansion] {
        var expansions: [IntegrationExpansion] = []
        for item in query.items where item.name == "expand" {
            for text in item.value.split(separator: ",") {
                guard let expansion = IntegrationExpansion(rawValue: String(text)) else {
                    throw MessagingError(.otherType)
                }
                expansions.append(expansion)
            }
        }
        return expansions
    }

    /// The one thing that the query asks to expand.
    func expansion() throws(MessagingError) -> IntegrationExpansion? {
        let expansions = try expansions()
        if expansions.count > 1 { throw MessagingError(.otherType) }
        return expansions.first
    }

    private func integer(_ name: String) throws(MessagingError) -> Int? {
        guard let text = query[name], !text.isEmpty else { return nil }
        guard let value = Int(text) else { throw MessagingError(.noInteger) }
        return value
    }

    /// The body as the model that a typed call takes. Its values need not be valid: the typed form of `jpeg` as a media type exists.
    func model<Model: WireObject>() throws(MessagingError) -> Model {
        let json = try document()
        for field in Model.fields where field.isRequired && json.object != nil {
            if json[field.name]?.isNull ?? true { throw MessagingError(.missing) }
        }
        do {
            return try Model(json: json, side: .response)
        } catch {
            throw MessagingError(Inexpressible(error))
        }
    }

    /// The body as the change that a typed call takes.
    func patch<Object: Patchable>() throws(MessagingError) -> Patch<Object> {
        let json = try document()
        guard json.object != nil else { throw MessagingError(.otherType) }
        do {
            return try Patch(reading: json)
        } catch {
            throw MessagingError(Inexpressible(error))
        }
    }

    private func document() throws(MessagingError) -> JSON {
        do {
            return try JSON(parsing: body)
        } catch {
            throw MessagingError(.noJSON)
        }
    }
}

extension APIOperation {
    /// The decoded holes of a path that is this operation's; nil for any other path.
    fileprivate func holes(in path: Substring) -> [String]? {
        let wanted = self.path.split(separator: "/", omittingEmptySubsequences: false)
        let given = path.split(separator: "/", omittingEmptySubsequences: false)
        guard wanted.count == given.count else { return nil }
        var holes: [String] = []
        for (wanted, given) in zip(wanted, given) {
            guard let text = String(percentDecoding: given) else { return nil }
            if wanted.hasPrefix("{"), !text.isEmpty { holes.append(text) } else if text != wanted { return nil }
        }
        return holes
    }
}
