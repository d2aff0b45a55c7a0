import Foundation
import HTTPTypes
import Logging
import MessagingContract
import MessagingCore
import MessagingPostgres
import MessagingSQLite
import NIOCore
import Synchronization
import TestDatabase

@testable import MessagingServer

/// The two ways in which the server handles a request.
enum Way: CaseIterable, Sendable {
    /// In a task, since something must be waited for.
    case general
    /// Where it arrives, since all that it needs is in memory. All requests come from one connection.
    case atOnce
}

/// The real server over a store, called in process. The store is new and in memory. With the variable `TEST_ENGINE`, it is in PostgreSQL, and all
/// servers share it.
struct TestServer: Sendable {
    /// The last caller of a connection.
    private final class Connection: Sendable {
        let last = Mutex(LastCaller())
    }

    let way: Way
    private let connection = Connection()
    let store: any Store
    let parts: ServerParts
    private let effects: RunningEffects?
    let organization: String
    let client: ClientRegistration

    var organizations: Organizations { parts.organizations }
    var identity: Identity { parts.identity }
    var responder: Responder { parts.responder }
    var load: ServerLoad { parts.load }

    /// A server with one organization and one client that may do everything; `clock` is the time of stamps and tokens, and of the minute
    /// in which requests are counted.
    init(
        limits: OrganizationLimits = OrganizationLimits(),
        clock: Clock = Clock(),
        logger: Logger = .silent,
        integrationDelay: Double = 0,
        tokensPerClient: Int = 1_000,
        way: Way = .general,
        layers: [any Layer] = [],
        _ change: (inout ResponderOptions) -> Void = { _ in }
    ) async throws {
        let store = try await Self.store()
        let client = ClientRegistration(name: "all")
        let organizations = Organizations(store: store, surroundings: clock.surroundings)
        let organization = try await organizations.create(name: "Test", with: client, by: .test).id
        self.init(
            store,
            organization,
            client,
            keys: SealingKeys(),
            limits: limits,
            clock: clock,
            logger: logger,
            integrationDelay: integrationDelay,
            tokensPerClient: tokensPerClient,
            way: way,
            layers: layers,
            change
        )
    }

    /// A server over a store that has an organization with this client.
    init(
        _ store: any Store,
        _ organization: String,
        _ client: ClientRegistration,
        keys: SealingKeys,
        limits: OrganizationLimits = OrganizationLimits(),
        clock: Clock,
        logger: Logger = .silent,
        integrationDelay: Double = 0,
        runsEffects: Bool = true,
        tokensPerClient: Int = 1_000,
        way: Way = .general,
        layers: [any Layer] = [],
        _ change: (inout ResponderOptions) -> Void = { _ in }
    ) {
        self.way = way
        self.store = store
        self.organization = organization
        self.client = client
        var options = ServerOptions()
        options.limits = limits
        options.tokenLifetime = 3_600
        options.tokensPerClient = tokensPerClient
        options.integrationDelay = integrationDelay
        options.responder.rateLimits = RateLimits(token: RateLimits.most)
        change(&options.responder)
        parts = ServerParts(
            store: store,
            keys: keys,
            options: options,
            layers: layers,
            surroundings: clock.surroundings,
            logger: logger
        )
        effects = runsEffects ? RunningEffects(parts.effectRunner()) : nil
    }

    /// Returns a store of the engine that `TEST_ENGINE` names.
    private static func store() async throws -> any Store {
        switch ProcessInfo.processInfo.environment["TEST_ENGINE"] {
        case nil: try SQLiteStore.inMemory()
        case "postgresql": try await shared.value
        case let name?: throw TestDatabase.Failure(description: "TEST_ENGINE is \(name), which is no engine")
        }
    }

    /// The store of all servers. Tables of its own for each of them would take more time than the tests.
    private static let shared = Task {
        try await PostgresStore.open(TestDatabase().address, logger: .silent)
    }

    /// Runs the effects that are due and whose leases have ended, and returns when they have run.
    func runStoredEffects() async {
        await parts.effectRunner().runStored()
    }

    /// The time, moved by hand.
    final class Clock: Sendable {
        private let time: Mutex<Date>
        private let start = (date: Date(), instant: ContinuousClock.now)
        private let looks = Atomic(0)
        private let pace: Double
        /// A clock with a fixed time. Its monotonic time moves by `pace` seconds with each read.
        init(_ seconds: Double = 1_800_000_000, pace: Double = 0) {
            time = Mutex(Date(timeIntervalSince1970: seconds))
            self.pace = pace
        }
        var now: Date { time.withLock { $0 } }
        /// The same time of a clock that is monotonic.
        var instant: ContinuousClock.Instant {
            let passed = pace * Double(looks.add(1, ordering: .relaxed).newValue)
            return start.instant.advanced(by: .seconds(now.timeIntervalSince(start.date) + passed))
        }
        /// The surroundings of a server that lives by this time, and waits by that of the system.
        var surroundings: Surroundings { Surroundings(now: { _ in self.now }, instant: { self.instant }) }
        func advance(by seconds: Double) { time.withLock { $0 += seconds } }
    }

    /// A token of the client with every permission.
    func token() async throws -> String { try await token(of: client) }

    func token(of registration: ClientRegistration, scope: String? = nil) async throws -> String {
        let client = try await identity.client([(registration.client.id, registration.secret)], from: nil)
        return try await identity.issueToken(to: client, scope: scope).access_token
    }

    /// A token of a new client with these permissions and scopes only.
    func token(permissions: [String], scopes: [String] = ["messaging"]) async throws -> String {
        let registration = ClientRegistration(name: "some", permissions: permissions, scopes: scopes)
        try await organizations.register(registration, in: organization, by: .test)
        return try await token(of: registration)
    }

    /// Sends a request as it would stand on the wire.
    func send(
        _ method: HTTPRequest.Method,
        _ target: String,
        token: String? = nil,
        fields: HTTPFields = [:],
        body: String = "",
        host: String? = "test",
        from address: String = "192.0.2.1"
    ) async -> OutgoingResponse {
        var head = HTTPRequest(method: method, scheme: "http", authority: host, path: target, headerFields: fields)
        if let token { head.headerFields[.authorization] = "Bearer \(token)" }
        let request = IncomingRequest(head: head, address: address, body: Array(body.utf8))
        guard way == .atOnce else { return await responder.respond(to: request) }
        if let token { _ = try? await identity.caller(token) }
        let step = connection.last.withLock { responder.begin(request, after: &$0) }
        return await responder.response(after: step, request.body)
    }

    /// Returns the first step of a request. If other servers may have the store, it is the one after the check of the organization.
    func step(of request: IncomingRequest) async -> Step {
        var last = LastCaller()
        var step = responder.begin(request, after: &last)
        while case .check(let id, let organizations, let then) = step {
            step = then(await organizations.check(id), &last)
        }
        return step
    }

    /// Posts a form to an OAuth endpoint.
    func post(
        _ form: String,
        to path: String = "/oauth/token",
        basic: (id: String, secret: String)? = nil,
        from address: String = "192.0.2.1"
    ) async -> OutgoingResponse {
        var fields: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        if let basic {
            fields[.authorization] = "Basic " + Data("\(basic.id):\(basic.secret)".utf8).base64EncodedString()
        }
        return await send(.post, path, fields: fields, body: form, from: address)
    }

    /// Calls an endpoint with its own types.
    func call<Parameters, Body, Response>(
        _ endpoint: Endpoint<Parameters, Body, Response>,
        _ parameters: Parameters,
        _ body: Body,
        token: String? = nil
    ) async throws -> OutgoingResponse {
        var head = HTTPRequest(
            method: endpoint.operation.method,
            scheme: "http",
            authority: "test",
            path: endpoint.operation.target(parameters.pathParameters, parameters.query),
            headerFields: [:]
        )
        head.headerFields[.contentType] = body.mediaType
        let token = if let token { token } else { try await self.token() }
        head.headerFields[.authorization] = "Bearer \(token)"
        return await responder.respond(to: IncomingRequest(head: head, body: body.body))
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension Author {
    static let test = Author(user: "u", client: nil, operation: "test", contextID: "x", address: nil)
}

extension OutgoingResponse {
    var json: JSON? { body.flatMap { try? JSON(parsing: $0) } }
    var code: String? { json?["code"]?.string }
    func decoded<Value: WireObject>(_ type: Value.Type = Value.self) throws -> Value { try Value(document: body ?? []) }
}

extension HTTPField.Name {
    static let correlation = HTTPField.Name("ININ-Correlation-Id") ?? .server
    static let genesysCorrelation = HTTPField.Name("Genesys-Correlation-Id") ?? .server
    static func named(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .server }
}
