import HTTPTypes
import MessagingContract

/// The part that all clients of resources share: it calls operations at a host with the tokens of a source.
struct Connection: Sendable {
    private let exchange: Exchange
    private let tokens: any TokenSource
    /// The same source, if it is one that rarely waits.
    private let ready: (any ReadyTokenSource)?

    var host: MessagingHost { exchange.host }

    init(host: MessagingHost, credentials: Credentials, transport: any Transport, options: ClientOptions) {
        exchange = Exchange(host: host, transport: transport, options: options)
        tokens =
            switch credentials.way {
            case .clientCredentials(let id, let secret, let keeper):
                ClientCredentialsTokens(id: id, secret: secret, keeper: keeper, exchange: exchange)
            case .source(let source): source
            }
        ready = tokens as? any ReadyTokenSource
    }

    /// Calls an endpoint and reads its response, within the time of the call. After a 401 it sends the request once more if the source has
    /// another token.
    func call<Parameters, Body, Value: ReadableResponse>(
        _ endpoint: Endpoint<Parameters, Body, Value>,
        _ parameters: Parameters,
        _ body: Body,
        _ options: CallOptions
    ) async throws(MessagingError) -> Response<Value> {
        let operation = endpoint.operation
        if let id = parameters.pathParameters.first(where: Self.reserved.contains) {
            throw MessagingError(.invalidRequest, "no object has the id \"\(id)\"", operation: operation.id)
        }
        let fields = Self.fields(for: body, options)
        let request = Exchange.Request(
            operation: operation,
            target: operation.target(parameters.pathParameters, parameters.query),
            origin: operation.errorForm == .oauth ? exchange.login : exchange.api,
            fields: fields,
            body: body.body,
            isRepeatable: operation.method != .post || operation.isReading
                || (fields[.idempotencyKey] != nil && exchange.host.honorsIdempotencyKeys)
        )
        let deadline = exchange.deadline(options.timeout)
        let response =
            switch operation.access {
            case .open: try await exchange.send(request, options, until: deadline)
            case .bearer: try await authorized(request, options, until: deadline)
            case .administrator:
                throw MessagingError(
                    .invalidRequest,
                    "only the administration socket serves it",
                    operation: operation.id
                )
            }
        do {
            let value = try Value(status: response.status, body: response.body)
            return Response(value: value, metadata: ResponseMetadata(response))
        } catch {
            throw MessagingError(.unreadable, "\(error)", operation: operation.id, response)
        }
    }

    private func authorized(
        _ request: Exchange.Request,
        _ options: CallOptions,
        until deadline: ContinuousClock.Instant
    ) async throws(MessagingError) -> ReceivedResponse {
        var request = request
        let token = try await token(for: request, replacing: nil, until: deadline)
        request.fields[.authorization] = "Bearer \(token.value)"
        let refusal: MessagingError
        do {
            return try await exchange.send(request, options, until: deadline)
        } catch {
            guard error.status == 401 else { throw error }
            refusal = error
        }
        let mayHaveBeenApplied = refusal.outcomeIsUnknown
        let other = try await self.token(
            for: request,
            replacing: token,
            mayHaveBeenApplied: mayHaveBeenApplied,
            until: deadline
        )
        if other.value == token.value { throw refusal }
        request.fields[.authorization] = "Bearer \(other.value)"
        return try await exchange.send(request, options, mayHaveBeenApplied: mayHaveBeenApplied, until: deadline)
    }

    /// Returns a token for a request that the host may have applied already. If there is no token, the error states that of the request.
    private func token(
        for request: Exchange.Request,
        replacing rejected: AccessToken?,
        mayHaveBeenApplied: Bool = false,
        until deadline: ContinuousClock.Instant
    ) async throws(MessagingError) -> AccessToken {
        if let token = ready?.token(readyInsteadOf: rejected) { return token }
        do throws(MessagingError) {
            let token = try await withDeadline(deadline, in: exchange.surroundings) { () async throws(MessagingError) in
                try await tokens.token(replacing: rejected)
            }
            guard let token else { throw .outOfTime(request.operation.id) }
            return token
        } catch {
            var error = error
            error.outcomeIsUnknown = mayHaveBeenApplied
            throw error
        }
    }

    /// Ids that would make another path than that of an object.
    private static let reserved: Set = ["", ".", "..", "default"]

    private static func fields(for body: some OperationBody, _ options: CallOptions) -> HTTPFields {
        var fields = HTTPFields()
        fields.reserveCapacity(4)
        fields.append(HTTPField(name: .accept, value: "application/json"))
        fields.append(HTTPField(name: .userAgent, value: "MessagingSDK-Swift/\(Release.version)"))
        if let type = body.mediaType { fields.append(HTTPField(name: .contentType, value: type)) }
        let others = options.fields
        for field in others { fields[field.name] = nil }
        fields.append(contentsOf: others)
        return fields
    }
}

/// Reflection ends here, because the parts of a connection have secrets and tokens.
extension Connection: CustomReflectable {
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
