import MessagingCore
import Synchronization
import Testing

@Suite(.generousLimit) struct WorkLaneTests {
    /// The names of the jobs in the order in which they ran.
    private final class Log: Sendable {
        private let names = Mutex<[String]>([])
        var all: [String] { names.withLock { $0 } }
        func add(_ name: String) { names.withLock { $0.append(name) } }
    }

    @Test func anOrganizationWaitsForOneJobOfAnotherOne() async throws {
        let lane = WorkLane(threads: 1)
        let log = Log()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await lane.run(for: "a") {
                    log.add("first")
                    while lane.waitingJobs < 21 {}
                }
            }
            while log.all.isEmpty { await Task.yield() }
            for number in 0..<20 { group.addTask { await lane.run(for: "a") { log.add("a\(number)") } } }
            while lane.waitingJobs < 20 { await Task.yield() }
            group.addTask { await lane.run(for: "b") { log.add("b") } }
        }
        #expect(log.all.count == 22)
        #expect(try #require(log.all.firstIndex(of: "b")) <= 2)
    }

    @Test func errorsOfWorkAreThrown() async {
        struct Failure: Error {}
        await #expect(throws: Failure.self) {
            try await WorkLane.shared.run(for: "a") { () throws(Failure) in throw Failure() }
        }
    }
}
