import Foundation
import HTTPTypes
import MessagingSDK
import MessagingTesting
import Synchronization
import Testing

/// Behavior that other tests prove against a scripted host, against the server itself.
@Suite(.generousLimit) struct ServerTests {
    private func aHundredCalls(of client: MessagingClient) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { _ = try await client.settings.list() } }
            try await group.waitForAll()
        }
    }

    @Test(arguments: ServerKind.allCases)
    func aHundredTasksWithARevokedTokenRequestOne(_ kind: ServerKind) async throws {
        try await kind.run { server in
            let client = server.client()
            _ = try await client.settings.list()
            var end = try #require(server.transport.requests.last)
            end.method = .delete
            end.path = "/api/v2/tokens/me"
            #expect(try await server.transport.send(end, body: []).response.status.kind == .successful)
            #expect(server.transport.tokenRequests == 1)
            try await aHundredCalls(of: client)
            #expect(server.transport.tokenRequests == 2)
        }
    }

    @Test func aHundredTasksWithAnExpiredTokenRequestOne() async throws {
        let server = try await MessagingTestServer(tokenLifetime: 3_600)
        let time = ManualTime()
        let tested = TestedServer(server.host, try await server.credentials(), server.transport)
        let client = tested.client(time)
        _ = try await client.settings.list()
        time.pass(.seconds(3_600))
        try await aHundredCalls(of: client)
        #expect(tested.transport.tokenRequests == 2)
    }

    @Test(arguments: ServerKind.allCases)
    func aWalkAmongInsertsAndDeletesEndsAndYieldsNothingTwice(_ kind: ServerKind) async throws {
        try await kind.run { server in
            let client = server.client()
            var stay: Set<String> = []
            for index in 0..<60 {
                stay.insert(try await client.settings.create(MessagingSettingRequest(name: "m\(index)")).id)
            }
            let rounds = Mutex(0)
            let changes = Task {
                while !Task.isCancelled {
                    let first = try await client.settings.create(MessagingSettingRequest(name: "a"))
                    let last = try await client.settings.create(MessagingSettingRequest(name: "z"))
                    try await client.settings.delete(first.id)
                    try await client.settings.delete(last.id)
                    rounds.withLock { $0 += 1 }
                }
            }
            var walks = 0
            while walks < 20 || rounds.withLock({ $0 == 0 }) {
                walks += 1
                var seen: [String] = []
                for try await setting in client.settings.all(pageSize: 20) { seen.append(setting.id) }
                #expect(Set(seen).count == seen.count)
                let missing = stay.subtracting(seen).count
                #expect(missing <= 3, "one for each page at most")
            }
            changes.cancel()
            _ = await changes.result
        }
    }

    @Test func aCancelledCallLeavesNoConnectionBehind() async throws {
        try await ServerProgram.run { server in
            let client = MessagingClient(baseURL: server.url, credentials: server.credentials)
            let profile = try await client.supportedContent.create(SupportedContentRequest(name: "p"))
            let log = AttachmentLog(Array(repeating: UInt8(ascii: "\n"), count: 64 << 20), format: .jsonLines)
            let open = try #require(try await server.metric("messaging_connections_open"))
            func runs(_ status: Int) async throws -> Int? {
                let labels = #"{operation="postPlatformSupportedcontentSimulations",status="\#(status)"}"#
                return try await server.metric("messaging_requests_total" + labels)
            }
            // The server counts a 400 for a request whose client leaves. On a slow machine a call may be cancelled before its request is
            // sent. Then another call is made, and cancelled later.
            for milliseconds in [20, 200, 2_000, 20_000] where try await runs(400) == nil {
                let task = Task { try await client.simulations.run(profile.id, on: log) }
                try await Task.sleep(for: .milliseconds(milliseconds))
                task.cancel()
                let error = await #expect(throws: MessagingError.self) { try await task.value }
                #expect(error?.reason == .cancelled)
                while try await server.metric("messaging_connections_open") ?? .max > open {
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
            #expect(try await runs(400) != nil)
            #expect(try await runs(200) == nil)
        }
    }
}
