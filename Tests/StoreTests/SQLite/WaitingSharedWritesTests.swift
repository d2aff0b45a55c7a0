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
            waiting.add(commit(next.organization, bytes: next.bytes))
        }
    }

    /// Whenever it comes: nobody else would take it.
    @Test func aWriteLeadsIfNobodyDoes() {
        var waiting = WaitingSharedWrites<Int>()
        func leads(_ organization: String) -> Bool {
            waiting.join(.init(write: Self.commit(organization, bytes: 10), caller: 0))
        }
        for _ in 0..<2 {
            #expect(leads("a"))
            #expect(!leads("b"))
            #expect(waiting.takeLeader()?.write.organization == "b")
            #expect(!leads("c"))
            #expect(waiting.takeLeader()?.write.organization == "c")
            #expect(waiting.isLed)
            #expect(waiting.takeLeader() == nil)
            #expect(!waiting.isLed)
        }
    }

    /// A checkpoint leads, too.
    @Test func aWriteWaitsWhileACheckpointLeads() {
        var waiting = WaitingSharedWrites<Int>()
        let leads = [waiting.lead(), waiting.lead()]
        #expect(leads == [true, false])
        waiting.add(Self.commit("a", bytes: 10))
        #expect(waiting.takeLeader()?.write.organization == "a")
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
        for number in 0..<4 { waiting.add(.commit(many), of: number) }
        #expect(waiting.takeSharing(with: Self.commit("a", bytes: 100_000)).count == 2)
    }

    /// However many heavy commits wait, and however many light ones come.
    @Test func aLightCommitWaitsForOneHeavyTurnAndAHeavyOneHasEverySecond() {
        let heavy = (1..<4).map { ("h\($0)", 2_000_000) }
        var waiting = Self.waiting(heavy + [("l1", 10), ("l2", 10)])
        var transactions: [[String]] = []
        func arrive() {
            let number = transactions.count
            if number > 4 { return }
            waiting.add(Self.commit("n\(number)", bytes: 10))
            waiting.add(Self.commit("m\(number)", bytes: 10))
        }
        var leader: SharedWrite? = Self.commit("h0", bytes: 2_000_000)
        while let write = leader {
            let first = write.isHeavy ? waiting.takeBeforeHeavyTurn(sharing: true) : []
            if !first.isEmpty {
                transactions.append(first.map(\.write.organization))
                arrive()
            }
            transactions.append([write.organization] + waiting.takeSharing(with: write).map(\.write.organization))
            arrive()
            leader = waiting.takeLeader()?.write
        }
        #expect(
            transactions == [
                ["h0", "l1", "l2"], ["n1", "m1"], ["h1", "n2", "m2"], ["n3", "m3"], ["h2", "n4", "m4"], ["h3"],
            ]
        )
    }

    /// Light commits that have come during a heavy turn have theirs before the next one, whether that is a transaction or a checkpoint.
    @Test func aCheckpointIsAHeavyTurn() {
        var waiting = Self.waiting([("h1", 2_000_000)])
        #expect(waiting.takeBeforeHeavyTurn(sharing: true).isEmpty)
        #expect(waiting.takeSharing(with: Self.commit("h0", bytes: 2_000_000)).isEmpty)
        for light in ["l1", "l2"] {
            waiting.add(Self.commit(light, bytes: 10))
            #expect(waiting.takeBeforeHeavyTurn(sharing: true).map(\.write.organization) == [light])
            waiting.add(Self.commit("late", bytes: 10))
            #expect(waiting.takeBeforeHeavyTurn(sharing: true).isEmpty)
            #expect(waiting.takeBeforeHeavyTurn(sharing: false).map(\.write.organization) == ["late"])
            waiting.noteCheckpoint()
        }
        #expect(waiting.takeLeader()?.write.organization == "h1")
    }

    /// Dropping history frees many pages.
    @Test func aDropOfHistoryIsAHeavyTurnOfItsOwn() {
        let drop = SharedWrite.drop(.init(organization: "d", cut: HistoryCut(keeping: 0), limit: 1))
        #expect(drop.isHeavy && !drop.isShareable)
        var waiting = Self.waiting([("l1", 10), ("h1", 100_000)])
        waiting.add(drop)
        waiting.add(Self.commit("h2", bytes: 100_000))
        #expect(waiting.takeBeforeHeavyTurn(sharing: false).map(\.write.organization) == ["l1"])
        #expect(waiting.takeSharing(with: drop).isEmpty)
        #expect(waiting.takeLeader()?.write.organization == "h1")
        #expect(waiting.takeSharing(with: Self.commit("h1", bytes: 100_000)).isEmpty)
        #expect(waiting.takeLeader()?.write.organization == "d")
        #expect(waiting.takeLeader()?.write.organization == "h2")
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
        for number in 0..<1_000 { waiting.add(token, of: number) }
        #expect(waiting.takeSharing(with: token).map(\.caller) == Array(0..<count))
        #expect(waiting.takeLeader()?.caller == count)
    }
}

extension WaitingSharedWrites<Int> {
    /// Adds a write behind the others, while somebody leads.
    fileprivate mutating func add(_ write: SharedWrite, of caller: Int = 0) {
        _ = lead()
        let leads = join(.init(write: write, caller: caller))
        #expect(!leads)
    }
}

extension SharedWrite {
    fileprivate var organization: String {
        switch self {
        case .commit(let commit): commit.organization
        case .token(let new): new.token.organization
        case .drop(let drop): drop.organization
        }
    }
}
