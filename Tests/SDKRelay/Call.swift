import HTTPTypes
import MessagingSDK

/// A request for one of the operations that the relay calls, to be read into the types of the operation.
struct Call: Sendable {
    let typed: TypedCall
    private let pathParameters: [String]
    private let query: Query
    private let body: [UInt8]

    /// The call that a request is for; nil when the relay does not call its operation.
    init?(_ request: HTTPRequest, _ body: [UInt8]) {
        let parts = (request.path ?? "").split(separator: "?", maxSplits: 1)
        guard let path = parts.first, let query = Query(parsing: parts.dropFirst().first ?? "") else { return nil }
        let found = TypedCall.all.compactMap { typed in
            typed.operation.pathParameters(in: path).map { (typed: typed, pathParameters: $0) }
        }
        let literal = found.filter(\.pathParameters.isEmpty)
        let match = (literal.isEmpty ? found : literal).first { $0.typed.operation.method == request.method }
        guard let match else { return nil }
        (typed, pathParameters) = match
        self.query = query
        self.body = body
    }

    /// What the operation takes of the path and the query.
    func parameters<Parameters: OperationParameters>() throws(MessagingError) -> Parameters {
        do {
            return try Parameters(pathParameters: pathParameters, query: query)
        } catch {
            throw MessagingError(.refused)
        }
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
    func patch<Object>() throws(MessagingError) -> Patch<Object> {
        let json = try document()
        guard json.object != nil else { throw MessagingError(.otherType) }
        do {
            return try Patch(json: json)
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
    /// The decoded pathParameters of a path that is this operation's; nil for any other path.
    fileprivate func pathParameters(in path: Substring) -> [String]? {
        let wanted = self.path.split(separator: "/", omittingEmptySubsequences: false)
        let given = path.split(separator: "/", omittingEmptySubsequences: false)
        guard wanted.count == given.count else { return nil }
        var pathParameters: [String] = []
        for (wanted, given) in zip(wanted, given) {
            guard let text = String(percentDecoding: given) else { return nil }
            if wanted.hasPrefix("{"), !text.isEmpty {
                pathParameters.append(text)
            } else if text != wanted {
                return nil
            }
        }
        return pathParameters
    }
}
