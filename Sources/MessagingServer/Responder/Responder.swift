import HTTPTypes
package import Logging
package import MessagingContract
package import MessagingCore
import NIOCore

/// The entry point of the API for any transport. It finds the operation of a request, admits the caller and runs the handler.
///
/// It works in steps. Each runs on the thread of its caller and never waits: whatever has to wait is a step that is run in a task. Every
/// response has the correlation id, and every refusal has the form of its operation.
public final class Responder: Sendable {
    let table: RouteTable
    let surroundings: Surroundings
    /// The authentication of callers by their tokens; nil if no caller has a token.
    let identity: Identity?
    let rateLimiter: RateLimiter
    let origins: Origins
    let metrics: RequestMetrics
    private let trustedProxies: TrustedProxies
    private let layers: [any Layer]
    let logger: Logger
    let requestLog: RequestLine.Log?

    /// Creates a responder for these routes. Without an `identity`, every caller is an administrator, and operations that need a token are
    /// refused. With an `identity`, operations for administrators do not exist. `requestLog` receives the request lines in place of the
    /// logger, whose level still applies. A request passes the first of the `layers` first.
    package init(
        _ routes: Routes,
        identity: Identity?,
        options: ResponderOptions = ResponderOptions(),
        layers: [any Layer] = [],
        in surroundings: Surroundings,
        logger: Logger,
        requestLog: RequestLine.Log? = nil
    ) {
        self.surroundings = surroundings
        metrics = routes.metrics
        self.routes = routes.all.map(\.operation)
        table = RouteTable(routes.all)
        self.identity = identity
        rateLimiter = RateLimiter(options.rateLimits, clock: surroundings.instant)
        origins = Origins(options.origins)
        trustedProxies = options.trustedProxies
        self.layers = layers
        self.logger = logger
        self.requestLog = requestLog
    }

    /// The operations that have a route, for the audit.
    package let routes: [APIOperation]

    /// Handles a request. It never fails, since every error becomes a response too.
    public func respond(to request: IncomingRequest) async -> OutgoingResponse {
        var last = LastCaller()
        return await response(after: begin(request, after: &last), request.body)
    }

    /// Takes the steps of a request with this body until it has its response.
    func response(after first: Step, _ body: RequestBody) async -> OutgoingResponse {
        var step = first
        while true {
            switch step {
            case .respond(let response):
                return response
            case .readBody(let limit, let owner, let then):
                do throws(APIError) {
                    step = then(.success(try await body.bytes(limit: limit, of: owner)))
                } catch {
                    step = then(.failure(error))
                }
            case .check(let organization, let organizations, let then):
                let outcome = await organizations.check(organization)
                var last = LastCaller()
                step = then(outcome, &last)
            case .wait(let work):
                step = await work()
            }
        }
    }

    /// Begins to handle a request. Returns the first step. `last` is the last caller of the connection.
    func begin(_ request: consuming IncomingRequest, after last: inout LastCaller) -> Step {
        var exchange = Exchange(trustedProxies.resolve(request), in: surroundings)
        do throws(APIError) {
            return try route(&exchange, &last)
        } catch {
            return .respond(response(to: error, exchange))
        }
    }

    /// Returns the response to input that did not become a request, from the peer at this address.
    func refuse(_ refusal: Refusal, address: String?) -> OutgoingResponse {
        let contextID = surroundings.makeID()
        metrics.countRefusal(status: refusal.error.status)
        log(refusal, address: address, contextID)
        let bytes = Array(refusal.target.utf8)
        let form = table.errorForm(RequestTarget(bytes.indices, in: bytes.span), in: bytes.span)
        return OutgoingResponse(refusal.error, form, contextID: contextID)
    }

    /// Finds the route.
    private func route(_ exchange: inout Exchange, _ last: inout LastCaller) throws(APIError) -> Step {
        let method = exchange.request.method
        let head = exchange.request.head.bytes
        switch table.match(method, exchange.target, in: head.readableBytesUInt8Span) {
        case .nothing:
            throw .notFound
        case .otherMethods(let methods):
            exchange.fields.add(.allow, (methods + [.options]).map(\.rawValue).joined(separator: ", "))
            guard method == .options else { throw .methodNotAllowed }
            origins.addPreflight(exchange.request.head, methods: methods, to: &exchange.fields)
            return .respond(response(with: Content(status: .noContent), exchange))
        case .route(let match, let pathParameters):
            (exchange.route, exchange.pathParameters) = (match, pathParameters)
            if match.isDeprecated {
                exchange.successorLink = match.operation.successorLink(pathParameters: pathParameters)
            }
            if layers.isEmpty { return try enter(match, &exchange, &last) }
            return .wait { [exchange = exchange.detached] in
                var exchange = exchange
                let innermost = InnermostExchange()
                exchange.innermost = innermost
                let response = await self.respond(exchange, to: match, through: self.layers[...])
                self.finish(innermost.exchange ?? exchange, response)
                return .respond(response)
            }
        }
    }

    /// Handles a request whose route is known in some layers, then in the responder itself.
    private func respond(
        _ exchange: Exchange,
        to route: Route,
        through layers: ArraySlice<any Layer>
    ) async -> OutgoingResponse {
        var exchange = exchange
        do throws(APIError) {
            guard let layer = layers.first else {
                var last = LastCaller()
                return await response(after: try enter(route, &exchange, &last), exchange.request.body)
            }
            return try await layer.respond(to: exchange.request, of: route.operation) { [exchange] request in
                var inner = exchange
                inner.request = request
                return await self.respond(inner, to: route, through: layers.dropFirst())
            }
        } catch {
            return response(to: error, exchange)
        }
    }

    /// Admits the caller if its token is known or none is necessary. Otherwise the token is authenticated first.
    private func enter(
        _ route: Route,
        _ exchange: inout Exchange,
        _ last: inout LastCaller
    ) throws(APIError) -> Step {
        switch route.access {
        case .open:
            break
        case .administrator:
            guard identity == nil else { throw .notFound }
        case .bearer:
            let head = exchange.request.head.bytes
            let bytes = head.readableBytesUInt8Span
            guard let identity, let token = exchange.request.bearerToken(in: bytes) else {
                throw .authenticationRequired
            }
            let tokenBytes = bytes.extracting(token)
            var age: Duration?
            if identity.organizations.mustCheck, exchange.revision == nil {
                let known = tokenBytes.withUnsafeBytes { identity.knownOrganization($0, after: &last.token) }
                guard let known else { return authenticate(bytes.text(token), identity, route, exchange) }
                age = self.age(of: known, identity.organizations, route, exchange)
                if age == nil { return check(known, identity.organizations, route, exchange) }
            }
            let caller = tokenBytes.withUnsafeBytes {
                identity.knownCaller($0, after: &last.token, from: exchange.revision ?? 0)
            }
            guard let caller else { return authenticate(bytes.text(token), identity, route, exchange) }
            if let age { exchange.fields.add(.age, String(age.components.seconds)) }
            try admit(caller, to: route, &exchange, &last.rate)
        }
        return try read(route, &exchange)
    }

    /// Returns the age of the snapshot of an organization if the request may be answered from it: it changes nothing, has no precondition, and
    /// the snapshot is not too old. Returns nil otherwise.
    private func age(
        of organization: String,
        _ organizations: Organizations,
        _ route: Route,
        _ exchange: Exchange
    ) -> Duration? {
        guard route.operation.method == .get, exchange.request.head[.ifMatch] == nil else { return nil }
        return organizations.age(of: organization)
    }

    /// Admits the caller once the snapshot of its organization is current.
    private func check(
        _ organization: String,
        _ organizations: Organizations,
        _ route: Route,
        _ exchange: Exchange
    ) -> Step {
        .check(organization, organizations) { [exchange = exchange.detached] outcome, last in
            var exchange = exchange
            do throws(APIError) {
                exchange.revision = try outcome.get()
                return try self.enter(route, &exchange, &last)
            } catch {
                return .respond(self.response(to: error, exchange))
            }
        }
    }

    /// Authenticates a token that is not known, or is not valid.
    private func authenticate(
        _ token: String,
        _ identity: Identity,
        _ route: Route,
        _ exchange: Exchange
    ) -> Step {
        .wait { [exchange = exchange.detached] in
            var exchange = exchange
            do throws(APIError) {
                let caller = try await identity.authenticate(token)
                var place: RateLimiter.Place?
                try self.admit(caller, to: route, &exchange, &place)
                return try self.read(route, &exchange)
            } catch {
                return .respond(self.response(to: error, exchange))
            }
        }
    }

    /// Admits a caller whose token is valid. It checks rate, scope and permissions, in this order.
    private func admit(
        _ caller: Caller,
        to route: Route,
        _ exchange: inout Exchange,
        _ place: inout RateLimiter.Place?
    ) throws(APIError) {
        exchange.caller = caller
        let rate = rateLimiter.count(caller, at: &place)
        exchange.rate = rate
        try rate.check()
        try caller.authorize(route.access, route.permission)
    }

    /// Reads the query and the body of an admitted request.
    private func read(_ route: Route, _ exchange: inout Exchange) throws(APIError) -> Step {
        if !exchange.target.query.isEmpty {
            guard let query = Query(parsing: exchange.request.head.text(exchange.target.query)) else {
                throw .badRequest("The query has an invalid escape.")
            }
            exchange.query = query
        }
        var limit: Int?
        switch route.body {
        case .none:
            return try handle(route, [], exchange)
        case .stream:
            break
        case .json(let most):
            limit = most
        case .form(let most):
            limit = most
            exchange.note = ClientNote()
        }
        try exchange.request.checkCoding(&exchange.fields)
        try exchange.request.checkMediaType(route.body)
        guard let limit else { return try handle(route, [], exchange) }
        let owner = exchange.request.bodyOwner(exchange.caller)
        return .readBody(limit: limit, owner: owner) { [exchange = exchange.detached] body in
            do throws(APIError) {
                return try self.handle(route, body.get(), exchange)
            } catch {
                return .respond(self.response(to: error, exchange))
            }
        }
    }

    /// Handles a request that was read. A read that needs no waiting is handled at once.
    private func handle(_ route: Route, _ body: [UInt8], _ exchange: Exchange) throws(APIError) -> Step {
        let precondition = try Precondition(
            ifMatch: exchange.request.head[.ifMatch],
            ifNoneMatch: exchange.request.head[.ifNoneMatch]
        )
        if let reading = route.reading, let caller = exchange.caller,
            let content = try reading(
                exchange.pathParameters,
                exchange.query,
                caller,
                precondition,
                ResponseWork.atOnce
            )
        {
            return .respond(response(with: content, exchange))
        }
        return .wait { [exchange = exchange.detached] in
            do throws(APIError) {
                let content = try await route.handle(Call(exchange, body: body, precondition))
                return .respond(self.response(with: content, exchange))
            } catch {
                return .respond(self.response(to: error, exchange))
            }
        }
    }

    private func response(to error: APIError, _ exchange: Exchange) -> OutgoingResponse {
        log(error, exchange.contextID)
        var exchange = exchange
        exchange.reason = error.code
        let form =
            exchange.route?.operation.errorForm
            ?? table.errorForm(exchange.target, in: exchange.request.head.bytes.readableBytesUInt8Span)
        return complete(OutgoingResponse(error, form, contextID: exchange.contextID), exchange)
    }

    private func response(with content: consuming Content, _ exchange: Exchange) -> OutgoingResponse {
        complete(OutgoingResponse(content, contextID: exchange.contextID), exchange)
    }

    /// Returns the response with the header fields that belong to the request. Counts and logs the request, unless it has to pass layers.
    private func complete(_ response: consuming OutgoingResponse, _ exchange: Exchange) -> OutgoingResponse {
        if let fields = exchange.fields {
            if response.content.fields == nil {
                response.content.fields = fields
            } else {
                response.content.fields?.append(contentsOf: fields)
            }
        }
        response.successorLink = exchange.successorLink
        response.rate = exchange.rate
        response.sharing = origins.sharing(exchange.request.head)
        if let innermost = exchange.innermost { innermost.note(exchange) } else { finish(exchange, response) }
        return response
    }
}

extension Exchange {
    /// The exchange of a request that must wait, without the buffer in which its head arrived if that is much larger.
    fileprivate var detached: Exchange {
        let bytes = request.head.bytes
        guard bytes.storageCapacity > 4_096 + 2 * bytes.readableBytes else { return self }
        var exchange = self
        exchange.request.head.detach()
        return exchange
    }
}

extension Call {
    fileprivate convenience init(_ exchange: Exchange, body: [UInt8], _ precondition: Precondition) {
        self.init(
            contextID: exchange.contextID,
            request: exchange.request,
            pathParameters: exchange.pathParameters,
            query: exchange.query,
            caller: exchange.caller,
            note: exchange.note,
            body: body,
            precondition: precondition
        )
    }
}
