import MessagingFiles
import MessagingSDK
import Testing

/// The order of the changes between two objects, and the work for many of them.
@Suite struct DifferenceTests {
    @Test func changesHaveTheOrderOfTheFieldsBeforeAndThenOfTheNewOnes() {
        let before: JSON = ["d": 1, "c": 1, "b": ["x": 1, "y": 2]]
        let after: JSON = ["a": 1, "b": ["z": 1, "y": 3, "x": 1], "c": 2]
        let changes = Difference(from: before, to: after).changes
        #expect(changes.map(\.path) == ["d", "c", "b.y", "a", "b.z"])
        #expect(changes.map(\.before) == [1, 1, 2, nil, nil])
        #expect(changes.map(\.after) == [nil, 2, 3, 1, 1])
    }

    /// Work that grows with the square of the leaves would need hours.
    @Test(.timeLimit(.minutes(5))) func manyLeavesAreCompared() {
        let before = JSON.object(JSON.Object((0..<100_000).map { ("before \($0)", 1) }))
        let after = JSON.object(JSON.Object((0..<100_000).map { ("after \($0)", 1) }))
        let changes = Difference(from: before, to: after).changes
        #expect(changes.count == 200_000 && changes.last?.path == "after 99999")
    }
}
