import HTTPTypes
import MessagingContract
import MessagingCore
import Synchronization
import Testing

@testable import MessagingServer

@Suite(.generousLimit) struct LaneStepTests {
    private final class Flag: Sendable {
        private let state = Mutex(false)
        var isSet: Bool { state.withLock { $0 } }
        func set() { state.withLock { $0 = true } }
    }

    private let lane = WorkLane(threads: 1)
    private let call: Call

    init() throws {
        call = Call(
            contextID: "x",
            request: IncomingRequest(head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/")),
            pathParameters: [],
            query: Query(),
            caller: nil,
            note: nil,
            body: [],
            precondition: try Precondition(ifMatch: nil, ifNoneMatch: nil)
        )
    }

    /// Without turns between its steps this work never ends, since the lane has one thread.
    @Test func anotherOrganizationHasItsTurnBetweenTwoSteps() async throws {
        let (began, other) = (Flag(), Flag())
        async let steps = call.onLaneInSteps(lane) { () throws(APIError) in
            began.set()
            return other.isSet ? true : nil
        }
        while !began.isSet { await Task.yield() }
        await lane.run(for: "other") { other.set() }
        #expect(try await steps)
    }

    @Test func anErrorOfAStepIsThrownAndFreesTheGate() async throws {
        let gate = ReadGate(limit: 1)
        let count = Mutex(0)
        await #expect(throws: APIError.notFound) {
            try await gate.run(for: "a") { () throws(APIError) -> Int in
                try await call.onLaneInSteps(lane) { () throws(APIError) in
                    let step = count.withLock { count in
                        count += 1
                        return count
                    }
                    if step == 3 { throw .notFound }
                    return nil
                }
            }
        }
        #expect(count.withLock { $0 } == 3)
        #expect(try await gate.run(for: "a") { 7 } == 7)
    }
}
