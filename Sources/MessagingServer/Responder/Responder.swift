import HTTPTypes
package import Logging
package import MessagingContract
package import MessagingCore

/// The entry point of the API for any transport. It finds the operation of a request, admits the caller and runs the handler.
///
/// Every response has the correlation id, and every refusal has the API's form.
public final class Responder: Sendable {
    private let table: RouteTable
    let readRoutes: ReadRoutes
    let surroundings: Surroundings
    /// The authentication of callers by their tokens; nil if no caller has a token.
    let identity: Identity?
    let rateLimiter: RateLimiter
    let origins: Origins
    let metrics: RequestMetrics
    private let options: ResponderOptions
    let logger: Logger
    let requestLog: RequestLine.Log?

    /// Creates a responder for these routes. Without an `identity`, every caller is an administrator, and operations that need a token are
    /// refused. With an `identity`, operations for administrators do not exist. `requestLog` receives the request lines in place of the
    /// logger, whose level still applies.
    package init(
        _ routes: Routes,
        identity: Identity?,
        options: ResponderOptions = ResponderOptions(),
        in surroundings: Surroundings,
        logger: Logger,
        requestLog: RequestLine.Log? = nil
    ) {
        self.surroundings = surroundings
        metrics = routes.metrics
        self.routes = routes.all.map(\.operation)
        table = RouteTable(routes.all)
        readRoutes = ReadRoutes(routes.all)
        self.identity = identity
        rateLimiter = RateLimiter(options.rateLimits, clock: surroundings.instant)
        origins = Origins(options.origins)
        self.options = options
        self.logger = logger
        self.requestLog = requestLog
    }

    /// The operations that have a route, for the audit.
    package let routes: [APIOperation]

    /// Handles a request. It never fails, since every error becomes a response too.
    public func respond(to request: IncomingRequest) async -> Answer {
        let request = options.trustedProxies.resolve(request)
        var context = RequestContext(in: surroundings)
        var fields = HTTPFields()
        let target = request.target
        var answer: Answer
        do throws(APIError) {
            answer = try await run(request, target, &context, &fields)
        } catch {
            log(error, context.contextID)
            context.reason = error.code
            let form = context.route?.operation.errorForm ?? table.errorForm(path: target.path)
            answer = Answer(error, form, contextID: context.contextID)
        }
        answer.fields.append(contentsOf: fields)
        origins.expose(request.head, in: &answer.fields)
        let bytes = request.head.method == .head ? 0 : answer.body?.count ?? 0
        finish(context, request.head.method, answer.status.code, bytes: bytes, from: request.address)
        return answer.correlated(context.contextID)
    }

    /// Whether requests may come from trusted proxies.
    var isProxied: Bool { !options.trustedProxies.isEmpty }

    /// Returns the response to input that did not become a request, from the peer at this address.
    func refuse(_ refusal: Refusal, address: String?) -> Answer {
        let contextID = surroundings.makeID()
        metrics.countRefusal(status: refusal.error.status)
        log(refusal, address: address, contextID)
        let form = table.errorForm(path: RequestTarget(refusal.target).path)
        return Answer(refusal.error, form, contextID: contextID).correlated(contextID)
    }

    private func run(
        _ request: IncomingRequest,
        _ target: RequestTarget,
        _ context: inout RequestContext,
        _ fields: inout HTTPFields
    ) async throws(APIError) -> Answer {
        let route: Route
        let pathParameters: [String]
        switch table.match(request.head.method, path: target.path) {
        case .nothing:
            throw .notFound
        case .otherMethods(let methods):
            fields[.allow] = (methods + [.options]).map(\.rawValue).joined(separator: ", ")
            guard request.head.method == .options else { throw .methodNotAllowed }
            fields.append(contentsOf: origins.preflight(request.head, methods: methods))
            return Answer(status: .noContent, json: nil)
        case .root:
            fields[.location] = DocumentEndpoints.reference.operation.path
            return Answer(status: .seeOther, json: nil)
        case .route(let match, let found):
            (route, pathParameters) = (match, found)
            context.route = match
        }
        if route.isDeprecated, let link = route.operation.successorLink(pathParameters: pathParameters) {
            fields[.deprecation] = APIOperation.deprecation
            fields[.link] = link
        }
        try await admit(request, to: route, &context, &fields)
        if case .form = route.body { context.note = ClientNote() }
        guard let query = Query(parsing: target.query) else { throw .badRequest("The query has an invalid escape.") }
        if route.body != .none { try request.checkCoding(&fields) }
        let body = try await request.body(route.body, of: context.caller)
        let call = Call(
            contextID: context.contextID,
            request: request,
            pathParameters: pathParameters,
            query: query,
            caller: context.caller,
            note: context.note,
            body: body,
            precondition: try Precondition(
                ifMatch: request.head.headerFields[.ifMatch],
                ifNoneMatch: request.head.headerFields[.ifNoneMatch]
            )
        )
        return try await route.answer(call)
    }

    /// Admits a caller. It checks token, rate, scope and permissions, in this order.
    private func admit(
        _ request: IncomingRequest,
        to route: Route,
        _ context: inout RequestContext,
        _ fields: inout HTTPFields
    ) async throws(APIError) {
        switch route.access {
        case .open:
            return
        case .administrator:
            guard identity == nil else { throw .notFound }
            return
        case .bearer:
            break
        }
        guard let identity, let token = request.bearerToken else { throw .authenticationRequired }
        let caller = try await identity.authenticate(token)
        context.caller = caller
        let rate = rateLimiter.count(caller)
        fields[.rateLimitCount] = String(rate.count)
        fields[.rateLimitAllowed] = String(rate.allowed)
        fields[.rateLimitReset] = String(rate.reset)
        try rate.check()
        try caller.authorize(route.access, route.permission)
    }
}
