import MessagingContract
import Testing

@testable import MessagingCore

@Suite struct WriteQueueTests {
    /// A write that costs so much in all.
    private static func write(_ cost: Int, isFirst: Bool = false) -> PendingWrite {
        write(Turn(bytes: cost - Turn.leastCost, isFirst: isFirst))
    }

    private static func write(_ turn: Turn) -> PendingWrite {
        PendingWrite(
            author: .sample(),
            objectID: "",
            creates: false,
            key: nil,
            turn: turn,
            rule: { _ in },
            resume: { _ in }
        )
    }

    private static func queue(_ cost: Int, count: Int) -> WriteQueue {
        (0..<count).reduce(into: WriteQueue()) { queue, _ in queue.append(write(cost)) }
    }

    @Test func lightWritesShareACommit() {
        var queue = Self.queue(1_024, count: 600)
        #expect(queue.next(Organization(new: "a")).writes.count == 512)
        #expect(queue.next(Organization(new: "a")).writes.count == 88)
        #expect(queue.next(Organization(new: "a")).writes.isEmpty)
        #expect(queue.isEmpty)
    }

    @Test func aCommitHasOneWriteMoreThanItsCostAllows() {
        var queue = Self.queue(400_000, count: 10)
        #expect(queue.next(Organization(new: "a")).writes.count == 3)
        queue = Self.queue(2_000_000, count: 2)
        #expect(queue.next(Organization(new: "a")).writes.count == 1)
    }

    @Test func writesPutBackComeFirst() {
        var queue = Self.queue(1_024, count: 2)
        let again = Self.write(7)
        queue.putBack([again])
        #expect(queue.next(Organization(new: "a")).writes.first === again)
    }

    @Test func aFirstWritePrecedesTheOthers() {
        var queue = Self.queue(2_000_000, count: 5)
        let first = Self.write(1_024, isFirst: true)
        queue.append(first)
        #expect(queue.next(Organization(new: "a")).writes.first === first)
    }

    /// The size of the object is taken when the turn comes, not when the write is queued.
    @Test func aWriteCostsTheSizeOfItsObjectInItsTurn() throws {
        let large = Entry(id: "p", name: "p", version: 1, bytes: [UInt8](repeating: 0x20, count: 300_000))
        var organization = try Organization.sample()
        organization.apply { $0.put(.supportedContent, large, .null) }
        let queue = (0..<300).reduce(into: WriteQueue()) { queue, _ in
            queue.append(Self.write(Turn(changing: (.supportedContent, "p"))))
        }
        for (known, count) in [(Organization(new: "a"), 300), (organization, 2)] {
            var queue = queue
            #expect(queue.next(known).writes.count == count)
        }
    }
}
