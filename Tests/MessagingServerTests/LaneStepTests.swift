import HTTPTypes
import MessagingContract
import MessagingCore
import Synchronization
import Testing

@testable import MessagingServer

@Suite(.timeLimit(.minutes(1))) struct LaneStepTests {
    private final class Flag: Sendable {
        private let state = Mutex(false)
        var isSet: Bool { state.withLock { $0 } }
        func set() { state.withLock { $0 = true } }
    }

    /// Without turns between its steps this work never ends where the lane has one thread.
    @Test func anotherOrganizationHasItsTurnBetweenTwoSteps() async throws {
        let call = Call(
            contextID: "x",
            request: IncomingRequest(head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/")),
            holes: [],
            query: Query(),
            caller: nil,
            note: nil,
            body: [],
            precondition: try Precondition(ifMatch: nil, ifNoneMatch: nil)
        )
        let (began, other) = (Flag(), Flag())
        async let steps = call.onLaneInSteps { () throws(APIError) in
            began.set()
            return other.isSet ? true : nil
        }
        while !began.isSet { await Task.yield() }
        await WorkLane.shared.run(for: "other") { other.set() }
        #expect(try await steps)
    }

    @Test func whatAStepThrowsIsThrown() async throws {
        let gate = ReadGate(limit: 1)
        await #expect(throws: APIError.self) {
            try await gate.run(for: "a") { () throws(APIError) -> Int in throw .notFound }
        }
        #expect(try await gate.run(for: "a") { 7 } == 7)
    }
}
