import MessagingCore
import Synchronization
import Testing

@Suite struct ReadGateTests {
    /// The reads that a gate let in, in order.
    private final class Journal: Sendable {
        private let gate: ReadGate
        private let organizations = Mutex<[String]>([])

        init(_ gate: ReadGate) { self.gate = gate }

        var all: [String] { organizations.withLock { $0 } }

        func visit(_ organization: String, alone: Bool = false) -> Task<Void, Never> {
            Task {
                guard await gate.enter(organization, alone: alone) else { return }
                organizations.withLock { $0.append(organization) }
            }
        }
    }

    /// Waits until a number of reads wait in line.
    private func line(of count: Int, at gate: ReadGate) async {
        while gate.count != count { await Task.yield() }
    }

    @Test func oneReadPerOrganizationAndTwoInAllRun() async {
        let gate = ReadGate(limit: 2)
        let entered = Journal(gate)
        await entered.visit("a").value
        let second = entered.visit("a")
        await line(of: 1, at: gate)
        let third = entered.visit("a")
        await line(of: 2, at: gate)
        await entered.visit("b").value
        let other = entered.visit("c")
        await line(of: 3, at: gate)
        #expect(entered.all == ["a", "b"])
        gate.leave("b")
        await other.value
        #expect(entered.all == ["a", "b", "c"])
        gate.leave("a")
        await second.value
        gate.leave("a")
        await third.value
        #expect(entered.all == ["a", "b", "c", "a", "a"])
    }

    @Test func anExclusiveReadRunsAlone() async {
        let gate = ReadGate(limit: 2)
        let entered = Journal(gate)
        await entered.visit("a").value
        let large = entered.visit("large", alone: true)
        await line(of: 1, at: gate)
        let next = entered.visit("b")
        await line(of: 2, at: gate)
        #expect(entered.all == ["a"])
        gate.leave("a")
        await large.value
        #expect(entered.all == ["a", "large"])
        #expect(gate.count == 1)
        gate.leave("large")
        await next.value
        await entered.visit("c").value
        #expect(entered.all == ["a", "large", "b", "c"])
    }

    @Test func aCancelledExclusiveReadDelaysNoOther() async {
        let gate = ReadGate(limit: 2)
        #expect(await gate.enter("a"))
        let large = Task { await gate.enter("large", alone: true) }
        await line(of: 1, at: gate)
        let next = Task { await gate.enter("b") }
        await line(of: 2, at: gate)
        large.cancel()
        #expect(await large.value == false)
        #expect(await next.value)
    }

    @Test func aCancelledReadLeavesTheQueue() async {
        let gate = ReadGate(limit: 1)
        #expect(await gate.enter("a"))
        let waiting = Task { await gate.enter("a") }
        await line(of: 1, at: gate)
        let next = Task { await gate.enter("b") }
        await line(of: 2, at: gate)
        waiting.cancel()
        #expect(await waiting.value == false)
        gate.leave("a")
        #expect(await next.value)
        let late = Task {
            while !Task.isCancelled { await Task.yield() }
            return await gate.enter("c")
        }
        late.cancel()
        #expect(await late.value == false)
        gate.leave("b")
        #expect(await gate.enter("a"))
    }
}
