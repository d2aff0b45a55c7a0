import HTTPTypes
import Logging
import MessagingContract
import MessagingCore
import MessagingEmulator
import MessagingServer
import Testing

@testable import MessagingService

/// Generated from the list of operations of an emulator: an emulator serves every one of them, and no other server does.
@Suite struct EmulatorAuditTests {
    private static let token = String(repeating: "t", count: 32)
    private let emulator: Responder
    private let other: Responder

    init() async throws {
        func responder(_ addition: (any ServerExtension)?) async throws -> Responder {
            let store = try await Engine.memory.open(logger: .silent)
            return ServerParts(store: store.store, keys: SealingKeys(), addition: addition, logger: .silent).responder
        }
        emulator = try await responder(EmulatorExtension(token: Self.token))
        other = try await responder(nil)
    }

    private static func send(
        _ operation: APIOperation,
        from address: String? = nil,
        token: String? = nil,
        to responder: Responder
    ) async -> OutgoingResponse {
        var head = HTTPRequest(method: operation.method, scheme: "http", authority: "x", path: operation.target(["x"]))
        head.headerFields[.contentType] = operation.body.mediaTypes.first
        head.headerFields[.authorization] = token.map { "Bearer \($0)" }
        return await responder.respond(to: IncomingRequest(head: head, address: address, body: Array("{}".utf8)))
    }

    @Test func everyDeclaredOperationIsRoutedAndNothingElse() {
        let declared = APIOperation.all + APIOperation.pages + APIOperation.emulator
        #expect(Set(emulator.routes) == Set(declared))
        #expect(emulator.routes.count == declared.count)
        #expect(Set(declared.map(\.id)).count == declared.count)
    }

    @Test(arguments: APIOperation.emulator) func noOtherServerServesIt(_ operation: APIOperation) async {
        #expect(await Self.send(operation, to: other).status == .notFound)
        #expect(operation.path.hasPrefix("/platform/v1/emulator/"))
    }

    @Test(arguments: APIOperation.emulator) func otherMachinesNeedAToken(_ operation: APIOperation) async {
        for address in ["192.0.2.1", "2001:db8::1"] {
            #expect(await Self.send(operation, from: address, to: emulator).status == .unauthorized)
            #expect(await Self.send(operation, from: address, token: "garbage", to: emulator).status == .unauthorized)
        }
    }

    @Test(arguments: ["127.0.0.1", "127.8.9.10", "::1"])
    func thisMachineNeedsNoneForOrganizations(_ address: String) async {
        let list = EmulatorEndpoints.listOrganizations.operation
        #expect(await Self.send(list, from: address, to: emulator).status == .ok)
        #expect(await Self.send(list, from: "192.0.2.1", token: Self.token, to: emulator).status == .ok)
        #expect(await Self.send(EmulatorEndpoints.state.operation, from: address, to: emulator).status == .unauthorized)
    }

    @Test func theDocumentDescribesThem() async throws {
        let document = DocumentEndpoints.openAPI.operation
        for (responder, operations) in [(emulator, APIOperation.emulator), (other, [])] {
            let answer = await Self.send(document, to: responder)
            let paths = try JSON(parsing: answer.body ?? [])["paths"]?.object ?? [:]
            let described = paths.filter { $0.name.hasPrefix("/platform/v1/emulator/") }.count
            #expect(described == Set(operations.map(\.path)).count)
        }
    }
}
