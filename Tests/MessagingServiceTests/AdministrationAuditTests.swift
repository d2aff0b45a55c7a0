import HTTPTypes
import Logging
import MessagingContract
import MessagingCore
import MessagingSQLite
import MessagingServer
import Testing

@testable import MessagingService

/// Generated from the list of operations of the administration: the socket serves every one of them without a token, and no other listener
/// serves any.
@Suite struct AdministrationAuditTests {
    private let socket: Responder
    private let api: Responder

    init() async throws {
        let store = try await Engine.memory.open(logger: .silent)
        let parts = ServerParts(store: store.store, keys: SealingKeys(), logger: .silent)
        let administration = Administration(store: store, organizations: parts.organizations) { parts.integrations }
        let routes = AdministrationRoutes(administration: administration, engine: .memory, logger: .silent)
        socket = Responder(routes.all, identity: nil, in: .system, logger: .silent)
        api = parts.responder
    }

    private static func send(
        _ operation: APIOperation,
        _ body: String = "{}",
        to responder: Responder
    ) async -> OutgoingResponse {
        var head = HTTPRequest(method: operation.method, scheme: "http", authority: "x", path: operation.target(["x"]))
        head.headerFields[.contentType] = operation.body.mediaTypes.first
        return await responder.respond(to: IncomingRequest(head: head, body: Array(body.utf8)))
    }

    @Test func everyDeclaredOperationIsRoutedAndNothingElse() {
        #expect(Set(socket.routes) == Set(APIOperation.administration))
        #expect(socket.routes.count == APIOperation.administration.count)
        #expect(Set(APIOperation.administration.map(\.id)).count == APIOperation.administration.count)
    }

    @Test func noOperationOfTheAPIAdmitsTheAdministrator() {
        #expect(APIOperation.administration.allSatisfy { $0.access == .administrator })
        #expect(!APIOperation.all.contains { $0.access == .administrator })
        #expect(!APIOperation.all.contains { $0.path.contains("administration") })
    }

    /// A handler refuses a request without a name, file or organization with 400.
    @Test(arguments: APIOperation.administration) func theSocketNeedsNoToken(_ operation: APIOperation) async {
        let answer = await Self.send(operation, to: socket)
        #expect([200, 400].contains(answer.status.code))
    }

    /// A relative path would depend on the working directory of the server.
    @Test(arguments: [
        AdministrationEndpoints.backup.operation, AdministrationEndpoints.exportOrganization.operation,
        AdministrationEndpoints.importOrganization.operation,
    ])
    func theSocketTakesAbsolutePathsOnly(_ operation: APIOperation) async throws {
        for path in ["", "file", "./file", "../file", "~/file"] {
            let answer = await Self.send(operation, "{\"file\":\"\(path)\"}", to: socket)
            #expect(answer.status == .badRequest)
            let error = try APIError(json: JSON(parsing: answer.body ?? []), side: .response)
            #expect(error.message == "file must be an absolute path")
            #expect(error.details.map(\.fieldName) == ["file"])
        }
    }

    @Test(arguments: APIOperation.administration) func noOtherListenerServesIt(_ operation: APIOperation) async {
        #expect(await Self.send(operation, to: api).status == .notFound)
    }

    @Test(arguments: APIOperation.all) func theSocketServesNothingElse(_ operation: APIOperation) async {
        #expect(await Self.send(operation, to: socket).status == .notFound)
    }

    /// If another listener routed such an operation, it would still refuse it.
    @Test func aListenerWithTokensAdmitsNoAdministrator() async throws {
        let organizations = Organizations(store: try SQLiteStore.inMemory())
        let identity = Identity(organizations: organizations, lifetime: 3_600)
        var routes = Routes(of: APIOperation.administration)
        routes.on(AdministrationEndpoints.listOrganizations) { (_, _, _) throws(APIError) in
            Reply(EntityList([]))
        }
        let other = Responder(routes, identity: identity, in: .system, logger: .silent)
        let operation = AdministrationEndpoints.listOrganizations.operation
        #expect(await Self.send(operation, to: other).status == .notFound)
    }

    @Test func theRootOfTheSocketIsNotFound() async {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "x", path: "/")
        #expect(await socket.respond(to: IncomingRequest(head: head)).status == .notFound)
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
