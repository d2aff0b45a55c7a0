import Synchronization
import Testing

@testable import MessagingSQLite

/// A task that lets the jobs of its queue go first.
@Suite struct LaneTests {
    private final class Order: Sendable {
        private let names = Mutex<[String]>([])

        var all: [String] { names.withLock { $0 } }
        func add(_ name: String) { names.withLock { $0.append(name) } }
    }

    @Test func aPatientTaskContinuesAfterTheJobsThatWaitAndThoseThatFollow() async {
        let (lane, order) = (Lane(label: "test"), Order())
        await Task(executorPreference: lane) {
            for name in ["a", "b"] {
                Task(executorPreference: lane) {
                    order.add(name)
                    Task(executorPreference: lane) { order.add("after \(name)") }
                }
            }
            await withCheckedContinuation { lane.resumeAfterOthers($0, atMost: 8) }
            order.add("patient")
        }.value
        #expect(order.all == ["a", "b", "after a", "after b", "patient"])
    }

    /// Each job adds another one.
    @Test(arguments: 0...5) func aPatientTaskContinuesHoweverManyJobsCome(batches: Int) async {
        let (lane, order) = (Lane(label: "test"), Order())
        @Sendable func again(_ number: Int) {
            order.add("\(number)")
            if number < 20 { Task(executorPreference: lane) { again(number + 1) } }
        }
        await Task(executorPreference: lane) {
            Task(executorPreference: lane) { again(1) }
            await withCheckedContinuation { lane.resumeAfterOthers($0, atMost: batches) }
            order.add("patient")
        }.value
        // The batch that is running when its turn comes ends first.
        let before = order.all.prefix { $0 != "patient" }.count
        #expect((1...batches + 1).contains(before), "\(before)")
    }

    @Test func aPatientTaskContinuesIfNoJobWaits() async {
        let lane = Lane(label: "test")
        await withCheckedContinuation { lane.resumeAfterOthers($0, atMost: 8) }
        await Task(executorPreference: lane) {}.value
    }
}
