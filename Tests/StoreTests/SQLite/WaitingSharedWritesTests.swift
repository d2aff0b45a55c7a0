import Foundation
import MessagingCore
import Testing

@testable import MessagingSQLite

/// Which writes share a transaction, and which one comes next.
@Suite struct WaitingSharedWritesTests {
    private static func commit(_ organization: String, bytes: Int) -> SharedWrite {
        .commit(.put(organization, from: 0, String(repeating: "x", count: bytes)))
    }

    private static func token(countedRows: Int = 0) -> SharedWrite {
        let token = StoredToken(digest: [], organization: "o", client: "c", scopes: [], expires: .distantFuture)
        return .token(.init(token: token, most: 1_000, moment: .distantPast, countedRows: countedRows))
    }

    private static func waiting(_ commits: [(organization: String, bytes: Int)]) -> WaitingSharedWrites<Int> {
        commits.reduce(into: WaitingSharedWrites()) { waiting, next in
            waiting.append(.init(write: commit(next.organization, bytes: next.bytes), caller: 0))
        }
    }

    @Test func heavyCommitsShareATransactionIfTheyFit() {
        var waiting = Self.waiting([("b", 10), ("h1", 100_000), ("c", 20), ("h2", 2_000_000), ("h3", 10_000_000)])
        let others = waiting.takeSharing(with: Self.commit("h0", bytes: 100_000))
        #expect(others.map(\.write.organization) == ["b", "c", "h1", "h2"])
        #expect(waiting.takeLeader()?.write.organization == "h3")
        #expect(waiting.takeLeader() == nil)
    }

    @Test func lightCommitsHaveATransactionWithoutHeavyOnes() {
        var waiting = Self.waiting([("b", 10), ("h1", 100_000), ("c", 20)])
        #expect(waiting.takeSharing(with: Self.commit("a", bytes: 10)).map(\.write.organization) == ["b", "c"])
        #expect(waiting.takeLeader()?.write.organization == "h1")
    }

    @Test func aTransactionEndsWithTheCommitThatReachesItsCost() {
        var waiting = Self.waiting((0..<40).map { ("\($0)", 60_000) })
        #expect(waiting.takeSharing(with: Self.commit("a", bytes: 60_000)).count == 16)
        #expect(waiting.takeLeader()?.write.organization == "16")
    }

    /// However many changes of few bytes it has.
    @Test func aCommitCostsItsStatementsToo() {
        let changes = (0..<600).map { Change.sample(1, position: $0, id: "\($0)") }
        let many = Commit(organization: "many", base: 0, revision: 1, changes: changes)
        var waiting = Self.waiting([])
        for number in 0..<4 { waiting.append(.init(write: .commit(many), caller: number)) }
        #expect(waiting.takeSharing(with: Self.commit("a", bytes: 100_000)).count == 2)
    }

    /// However many heavy commits wait, and however many light ones come.
    @Test func aLightCommitWaitsForOneHeavyTransactionAndAHeavyOneHasEverySecond() {
        let heavy = (1..<4).map { ("h\($0)", 2_000_000) }
        var waiting = Self.waiting(heavy + [("l1", 10), ("l2", 10)])
        var transactions: [[String]] = []
        var leader: SharedWrite? = Self.commit("h0", bytes: 2_000_000)
        while let write = leader {
            transactions.append([write.organization] + waiting.takeSharing(with: write).map(\.write.organization))
            let number = transactions.count
            if number < 4 {
                waiting.append(.init(write: Self.commit("n\(number)", bytes: 10), caller: 0))
                waiting.append(.init(write: Self.commit("m\(number)", bytes: 10), caller: 0))
            }
            leader = waiting.takeLeader()?.write
        }
        #expect(
            transactions == [
                ["h0", "l1", "l2"], ["n1", "m1"], ["h1", "n2", "m2"], ["n3", "m3"], ["h2"], ["h3"],
            ]
        )
    }

    /// However heavy the commit is that makes the transaction.
    @Test func aHeavyCommitTakesLightOnesAlong() {
        var waiting = Self.waiting([("h2", 2_000_000), ("l1", 10), ("l2", 10)])
        #expect(
            waiting.takeSharing(with: Self.commit("h1", bytes: 10_000_000)).map(\.write.organization) == ["l1", "l2"]
        )
        #expect(waiting.takeLeader()?.write.organization == "h2")
    }

    /// Counting the tokens of a client is work too.
    @Test(arguments: [(0, 511), (1_000, 173)]) func aTransactionHasSoManyTokens(countedRows: Int, count: Int) {
        var waiting = WaitingSharedWrites<Int>()
        let token = Self.token(countedRows: countedRows)
        for number in 0..<1_000 { waiting.append(.init(write: token, caller: number)) }
        #expect(waiting.takeSharing(with: token).map(\.caller) == Array(0..<count))
        #expect(waiting.takeLeader()?.caller == count)
    }
}

extension SharedWrite {
    fileprivate var organization: String {
        switch self {
        case .commit(let commit): commit.organization
        case .token(let new): new.token.organization
        }
    }
}
