import Testing

@testable import MessagingService

/// Commands of the administration, and the end of the server.
@Suite(.timeLimit(.minutes(5))) struct RunningCommandsTests {
    /// A command that ends only when it is cancelled.
    private static func endless() async -> Bool {
        let (never, _) = AsyncStream.makeStream(of: Void.self)
        for await _ in never {}
        return Task.isCancelled
    }

    @Test func aStoppingServerCancelsTheRunningCommands() async {
        let commands = RunningCommands()
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let running = Task {
            await commands.run {
                begin.yield()
                return await Self.endless()
            }
        }
        for await _ in begun { break }
        commands.stop()
        #expect(await running.value)
    }

    @Test func aStoppingServerCancelsLaterCommandsToo() async {
        let commands = RunningCommands()
        commands.stop()
        #expect(await commands.run { await Self.endless() })
    }

    @Test func aCommandIsCancelledWithItsRequest() async {
        let commands = RunningCommands()
        let running = Task { await commands.run { await Self.endless() } }
        running.cancel()
        #expect(await running.value)
        #expect(await commands.run { 1 } == 1)
    }
}
