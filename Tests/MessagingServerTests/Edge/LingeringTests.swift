import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import MessagingServer

extension Edge {
    /// Responses after which the connection closes, while the client still sends.
    @Suite struct LingeringTests {
        private static let document = "GET /openapi.json HTTP/1.1\r\nHost: test\r\n\r\n"
        private static let garbage = "garbage\r\n\r\n"

        /// If the server's tasks run on the only event loop, a response is sent and its connection begins to close before the task of the
        /// response continues.
        @Test func aConnectionThatClosesBeforeItsTaskKnowsStillReads() async throws {
            let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
            let executor = LoopExecutor(loops.next())
            try await ListeningServer.run(.with { $0.linger = .seconds(60) }, on: loops, executor: executor) { server in
                let segments = ([Self.garbage] + Array(repeating: live, count: 100)).map { Array($0.utf8) }
                let (bytes, end) = try await BlockingClient.onThread {
                    try BlockingClient(port: server.port).exchange(segments)
                }
                #expect(end == .closed)
                #expect(RawAnswer.parse(bytes[...])?.0.status == 400)
            }
            try await loops.shutdownGracefully()
        }

        @Test func aSlowReaderGetsAllResponses() async throws {
            try await ListeningServer.run(.with { $0.linger = .milliseconds(50) }) { server in
                let (bytes, end) = try await BlockingClient.onThread {
                    let client = try BlockingClient(port: server.port, buffer: 4_096)
                    try client.send(Self.document + Self.garbage)
                    Thread.sleep(forTimeInterval: 0.5)
                    return client.exchange([Array(live.utf8)])
                }
                #expect(end == .closed)
                let (document, length) = try #require(RawAnswer.parse(bytes[...]))
                #expect(document.status == 200)
                #expect(RawAnswer.parse(bytes[length...])?.0.status == 400)
            }
        }

        /// A proxy that sends a whole request before it reads would report its own error if its connection were reset meanwhile.
        @Test func aClientSendingALargeBodyCanReadTheResponseBeforeTheReset() async throws {
            let limits = Limits.with { $0.linger = .seconds(60) }
            try await ListeningServer.run(limits) { server in
                let (sent, start) = try await BlockingClient.onThread {
                    let client = try BlockingClient(port: server.port)
                    client.resetsAtTheEnd()
                    try client.send("POST /nothing HTTP/1.1\r\nHost: test\r\nContent-Length: 268435456\r\n\r\n")
                    let sent = try client.sendUntilBlocked([UInt8](repeating: 0x78, count: 1 << 28))
                    return (sent, try client.receive(12))
                }
                #expect((limits.lingerBytes..<1 << 27).contains(sent))
                #expect(start.starts(with: Array("HTTP/1.1 404".utf8)))
            }
        }

        @Test func aClientThatNeverReadsIsCut() async throws {
            let limits = Limits.with {
                $0.linger = .milliseconds(50)
                $0.answer = .milliseconds(300)
            }
            try await ListeningServer.run(limits) { server in
                let client = try BlockingClient(port: server.port, buffer: 4_096)
                try await server.waitForConnections(1)
                let start = ContinuousClock.now
                try client.send(Self.document + Self.garbage)
                try await server.waitForConnections(0)
                #expect(ContinuousClock.now - start >= limits.answer)
                withExtendedLifetime(client) {}
            }
        }
    }
}
