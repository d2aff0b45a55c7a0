import MessagingContract
import Testing

@testable import MessagingCore

@Suite struct WriteQueueTests {
    /// A write that costs so much in all.
    private static func write(_ cost: Int, isFirst: Bool = false) -> Write<Void> {
        write(Turn(bytes: cost - Turn.leastCost, isFirst: isFirst))
    }

    private static func write(_ turn: Turn) -> Write<Void> {
        Write(
            author: .sample(),
            objectID: "",
            creates: false,
            key: nil,
            turn: turn,
            rule: { _ in },
            answer: { _ in }
        )
    }

    private static func queue(_ writes: [(organization: String, cost: Int, count: Int)]) -> WriteQueue {
        var queue = WriteQueue()
        for (organization, cost, count) in writes {
            for _ in 0..<count { queue.append(write(cost), of: organization) }
        }
        return queue
    }

    /// What the next round is: organizations with the number of their writes.
    private static func next(_ queue: inout WriteQueue) -> [String: Int] {
        let round = queue.nextRound(ready: { _ in true }, known: { _ in nil })
        return Dictionary(uniqueKeysWithValues: round.map { ($0.organization, $0.writes.count) })
    }

    @Test func lightWritesShareARound() {
        var queue = Self.queue([("a", 1_024, 600), ("b", 1_024, 3)])
        #expect(Self.next(&queue) == ["a": 512, "b": 3])
        #expect(Self.next(&queue) == ["a": 88])
        #expect(Self.next(&queue) == [:])
        #expect(queue.isEmpty)
    }

    @Test func aRoundHasOneWriteMoreThanItsCostAllows() {
        var queue = Self.queue([("a", 400_000, 10)])
        #expect(Self.next(&queue) == ["a": 3])
        queue = Self.queue([("a", 2_000_000, 2)])
        #expect(Self.next(&queue) == ["a": 1])
    }

    @Test func aLightWriteIsInTheNextRoundBeforeHeavyOnesThatWaitLonger() {
        var queue = Self.queue([("a", 960_000, 512)])
        #expect(Self.next(&queue) == ["a": 2])
        for _ in 0..<50 {
            queue.append(Self.write(1_024), of: "b")
            #expect(Self.next(&queue) == ["b": 1])
        }
        #expect(Self.next(&queue) == ["a": 2])
    }

    @Test func heavyWritesAreNotPutOffForever() {
        var queue = Self.queue([("a", 960_000, 2), ("b", 1_024, 4_000)])
        var rounds = 0
        while queue.count(of: "a") > 0 || queue.count(of: "b") == 4_000 {
            _ = Self.next(&queue)
            rounds += 1
            if rounds > 100 { break }
        }
        #expect(rounds <= 10)
    }

    @Test func organizationsThatAreNotReadyWait() {
        var queue = Self.queue([("a", 1_024, 1), ("b", 1_024, 1)])
        #expect(queue.nextRound(ready: { $0 == "b" }, known: { _ in nil }).map(\.organization) == ["b"])
        #expect(queue.count == 1)
        #expect(Self.next(&queue) == ["a": 1])
    }

    @Test func writesThatArePutBackComeFirst() {
        var queue = Self.queue([("a", 1_024, 2)])
        let again = Self.write(7)
        queue.putBack([again], of: "a")
        #expect(queue.nextRound(ready: { _ in true }, known: { _ in nil }).first?.writes.first === again)
    }

    @Test func aWriteThatGoesFirstIsBeforeTheOthersOfItsOrganization() {
        var queue = Self.queue([("a", 2_000_000, 5)])
        let first = Self.write(1_024, isFirst: true)
        queue.append(first, of: "a")
        #expect(queue.nextRound(ready: { _ in true }, known: { _ in nil }).first?.writes.first === first)
    }

    /// The object counts as it is when the turn comes, not as it was when the write came.
    @Test func aWriteCostsWhatItsObjectIsInItsTurn() throws {
        let large = Entry(id: "p", name: "p", version: 1, bytes: [UInt8](repeating: 0x20, count: 300_000))
        var organization = try Organization.sample()
        organization.apply { $0.put(.supportedContent, large, .null) }
        let queue = (0..<300).reduce(into: WriteQueue()) { queue, _ in
            queue.append(Self.write(Turn(changing: (.supportedContent, "p"))), of: "a")
        }
        for (known, count) in [(nil, 300), (organization, 2)] {
            var queue = queue
            let round = queue.nextRound(ready: { _ in true }, known: { _ in known })
            #expect(round.map(\.writes.count) == [count])
        }
    }

    @Test func writesThatArePutBackCostNothing() {
        var queue = Self.queue([("a", 100_000, 3), ("b", 1_024, 1)])
        for _ in 0..<20 {
            guard let group = queue.nextRound(ready: { $0 == "a" }, known: { _ in nil }).first else { return }
            queue.putBack(group.writes, of: "a")
            queue.charge("a", -group.cost)
        }
        #expect(Self.next(&queue) == ["a": 3, "b": 1])
    }

    @Test func anOrganizationWhoseWritesCostMoreThanTheySeemedToComesLater() {
        var queue = Self.queue([("a", 1_024, 600), ("b", 1_024, 600)])
        #expect(Self.next(&queue) == ["a": 512, "b": 512])
        queue.charge("a", 10_000_000)
        #expect(Self.next(&queue) == ["b": 88])
        #expect(Self.next(&queue) == ["a": 88])
    }
}
