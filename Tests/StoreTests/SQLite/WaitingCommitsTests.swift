import MessagingCore
import Testing

@testable import MessagingSQLite

/// Which commits share a transaction, and which one comes next.
@Suite struct WaitingCommitsTests {
    private static func commit(_ organization: String, bytes: Int) -> Commit {
        .put(organization, from: 0, String(repeating: "x", count: bytes))
    }

    private static func waiting(_ commits: [(organization: String, bytes: Int)]) -> WaitingCommits<Int> {
        commits.reduce(into: WaitingCommits()) { waiting, next in
            waiting.append(.init(commit: commit(next.organization, bytes: next.bytes), caller: 0))
        }
    }

    @Test func lightCommitsShareATransactionAndHeavyOnesThatFit() {
        var waiting = Self.waiting([("b", 10), ("h1", 100_000), ("c", 20), ("h2", 2_000_000), ("h3", 10_000_000)])
        let others = waiting.takeSharing(with: Self.commit("a", bytes: 10))
        #expect(others.map(\.commit.organization) == ["b", "c", "h1", "h2"])
        #expect(waiting.takeLeader()?.commit.organization == "h3")
        #expect(waiting.takeLeader() == nil)
    }

    @Test func aTransactionEndsWithTheCommitThatReachesItsCost() {
        var waiting = Self.waiting((0..<40).map { ("\($0)", 60_000) })
        #expect(waiting.takeSharing(with: Self.commit("a", bytes: 60_000)).count == 16)
        #expect(waiting.takeLeader()?.commit.organization == "16")
    }

    /// Changes of few bytes are kept regardless of their number.
    @Test func aCommitCostsItsStatementsToo() {
        let changes = (0..<600).map { Change.sample(1, position: $0, id: "\($0)") }
        let many = Commit(organization: "many", base: 0, revision: 1, changes: changes)
        var waiting = Self.waiting([])
        for number in 0..<4 { waiting.append(.init(commit: many, caller: number)) }
        #expect(waiting.takeSharing(with: Self.commit("a", bytes: 10)).count == 2)
    }

    /// A light commit is in the next transaction, regardless of the number of waiting heavy ones.
    @Test func everyTransactionHasLightCommitsAndAHeavyOne() {
        let heavy = (0..<3).map { ("h\($0)", 2_000_000) }
        var waiting = Self.waiting(heavy + [("l1", 10), ("l2", 10)])
        let leader = waiting.takeLeader()?.commit
        #expect(leader?.organization == "h0")
        var (commit, order) = (Self.commit("first", bytes: 10), [String]())
        order += waiting.takeSharing(with: commit).map(\.commit.organization)
        while let next = waiting.takeLeader() {
            commit = next.commit
            order.append(commit.organization)
            order += waiting.takeSharing(with: commit).map(\.commit.organization)
        }
        #expect(order == ["l1", "l2", "h1", "h2"])
    }
}
