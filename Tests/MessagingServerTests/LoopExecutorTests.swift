import Dispatch
import Foundation
import MessagingCore
import NIOCore
import NIOEmbedded
import NIOPosix
import Testing

@testable import MessagingServer

@Suite struct LoopExecutorTests {
    private let loop = EmbeddedEventLoop()
    private let executor: LoopExecutor
    /// The jobs that have run.
    private let runs = Recorder<Int>()

    init() { executor = LoopExecutor(loop) }

    private func start(_ number: Int, then: @escaping @Sendable () -> Void = {}) {
        Task(executorPreference: executor) { [runs] in
            runs.add(number)
            then()
        }
    }

    @Test func jobsRunInOrderOnTheEventLoop() {
        for number in 0..<100 { start(number) }
        #expect(runs.all.isEmpty)
        loop.run()
        #expect(runs.all == Array(0..<100))
    }

    @Test func callsAreMadeOnTheEventLoop() {
        let (executor, runs) = (executor, runs)
        for number in 0..<10 { executor.call { runs.add(number) } }
        #expect(runs.all.isEmpty)
        loop.run()
        #expect(runs.all == Array(0..<10))
    }

    @Test func aJobThatComesWhileOthersRunRunsAfterThem() {
        let (executor, runs) = (executor, runs)
        start(0) { Task(executorPreference: executor) { runs.add(2) } }
        start(1)
        loop.run()
        #expect(runs.all == [0, 1, 2])
    }

    @Test func aWakeThatIsPutOffDoesNotDelayAJobFromAnotherThread() {
        let (executor, runs) = (LoopExecutor(MultiThreadedEventLoopGroup.singleton.next()), runs)
        let done = DispatchSemaphore(value: 0)
        Wakes.deferred {
            Task(executorPreference: executor) { runs.add(0) }
            Thread.detachNewThread {
                Task(executorPreference: executor) {
                    runs.add(1)
                    done.signal()
                }
            }
            #expect(done.wait(timeout: .now() + 60) == .success)
        }
        #expect(runs.all == [0, 1])
    }

    @Test func wakesThatJobsPutOffAreMadeAfterAFewJobs() {
        let order = Recorder<Int>()
        for number in 0..<64 {
            start(number) {
                if number == 0 { Wakes.atEndOfStep { order.add(1_000) } }
                order.add(number)
            }
        }
        loop.run()
        #expect(order.all.firstIndex(of: 1_000) == 32)
    }
}
