import Testing

@testable import MessagingCore

@Suite struct WriteQueueTests {
    private static func write(_ cost: Int) -> Write<Void> {
        Write(
            author: .sample(),
            objectID: "",
            creates: false,
            key: nil,
            cost: cost,
            rule: { _, _ in },
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
        let round = queue.nextRound { _ in true }
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
        #expect(queue.nextRound { $0 == "b" }.map(\.organization) == ["b"])
        #expect(queue.count == 1)
        #expect(Self.next(&queue) == ["a": 1])
    }

    @Test func writesThatArePutBackComeFirst() {
        var queue = Self.queue([("a", 1_024, 2)])
        let again = Self.write(7)
        queue.putBack([again], of: "a")
        #expect(queue.nextRound { _ in true }.first?.writes.first === again)
    }
}
