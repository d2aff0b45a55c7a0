import Randomness
import Testing

@testable import MessagingCore

/// Random operations, the same for the same seed, on a table and on its model.
struct TableRandomTests {
    @Test(arguments: [1, 2, 3, 4])
    func behavesLikeItsModel(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var table = Table()
        var model = TableModel()
        for phase in 0..<12 {
            let growth = [90, 10, 60, 50, 95, 2][phase % 6]
            for _ in 0..<1000 {
                let id = "id\(Int.random(in: 0..<2500, using: &random))"
                if Int.random(in: 0..<100, using: &random) < growth {
                    let name = "name\(Int.random(in: 0..<50, using: &random))"
                    let new = entry(id, name, version: Int.random(in: 0..<9, using: &random))
                    #expect(table.insert(new) == model.insert(new))
                } else {
                    #expect(table.remove(id) == model.remove(id))
                }
            }
            table.expectSame(as: model)
            table.expectBalanced()
            let sorted = model.sorted
            for offset in stride(from: 0, through: sorted.count, by: 61) {
                #expect(table.page(offset: offset, limit: 25) == Array(sorted.dropFirst(offset).prefix(25)))
            }
        }
    }

    @Test(arguments: [5, 6])
    func oldCopiesStayAsTheyWere(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var table = Table()
        var model = TableModel()
        var copies: [(Table, TableModel)] = []
        for step in 0..<6000 {
            let id = "id\(Int.random(in: 0..<1500, using: &random))"
            if Int.random(in: 0..<100, using: &random) < (step < 3000 ? 80 : 25) {
                let new = entry(id, "name\(Int.random(in: 0..<400, using: &random))", version: step)
                table.insert(new)
                _ = model.insert(new)
            } else {
                table.remove(id)
                _ = model.remove(id)
            }
            if step % 40 == 0 { copies.append((table, model)) }
        }
        for (table, model) in copies { table.expectSame(as: model) }
    }

    @Test func oldCopiesAreReadWhileNewOnesAreWritten() async {
        let published = Table((0..<3000).map { entry("id\($0)", "name\($0)") })
        let before = Array(published.entries)
        await withTaskGroup { group in
            for writer in 0..<4 {
                group.addTask {
                    var draft = published
                    for number in 0..<3000 where number % 4 == writer {
                        draft.remove("id\(number)")
                        draft.insert(entry("new\(number)", "\(number)"))
                    }
                    #expect(draft.count == 3000)
                }
                group.addTask { #expect(Array(published.entries) == before) }
            }
        }
        #expect(Array(published.entries) == before)
    }

    @Test(arguments: [Growth.ascending, .descending, .shuffled])
    func staysBalancedAsItGrowsAndShrinks(growth: Growth) {
        var random = SplitMix(seed: 7)
        let numbers = growth.numbers(upTo: 20_000, using: &random)
        var table = Table()
        for number in numbers { table.insert(entry("id\(number)", "name\(number)")) }
        table.expectBalanced()
        for (removed, number) in numbers.shuffled(using: &random).enumerated() {
            table.remove("id\(number)")
            if removed % 2000 == 0 { table.expectBalanced() }
        }
        #expect(table.count == 0)
        #expect(table.order.root.leaves.count == 1)
    }

    enum Growth {
        case ascending, descending, shuffled

        func numbers(upTo count: Int, using random: inout SplitMix) -> [Int] {
            switch self {
            case .ascending: Array(100_000..<100_000 + count)
            case .descending: (100_000..<100_000 + count).reversed()
            case .shuffled: (100_000..<100_000 + count).shuffled(using: &random)
            }
        }
    }
}

extension Table {
    /// Expects chunks that are neither too many nor too large, and subtrees of one height that know their sizes.
    func expectBalanced(sourceLocation: SourceLocation = #_sourceLocation) {
        let leaves = order.root.leaves
        #expect(leaves.allSatisfy { $0 <= OrderNode.leafLimit }, sourceLocation: sourceLocation)
        #expect(leaves.count <= 1 + count / (OrderNode.leafLimit / 4), sourceLocation: sourceLocation)
        #expect(leaves.reduce(0, +) == count, sourceLocation: sourceLocation)
        #expect(order.root.isSound, sourceLocation: sourceLocation)
        #expect(order.entries(from: 0).allSatisfy { self[$0.id] === $0 }, sourceLocation: sourceLocation)
    }
}

extension OrderNode {
    /// The widths of the chunks from left to right.
    fileprivate var leaves: [Int] {
        switch self {
        case .leaf(let entries): [entries.count]
        case .branch(let children): children.flatMap(\.node.leaves)
        }
    }

    fileprivate var height: Int {
        switch self {
        case .leaf: 0
        case .branch(let children): 1 + (children.first?.node.height ?? 0)
        }
    }

    fileprivate var isSound: Bool {
        guard case .branch(let children) = self else { return true }
        return (2...OrderNode.branchLimit).contains(children.count)
            && children.allSatisfy { child in
                child.count == child.node.leaves.reduce(0, +) && child.node.height == height - 1 && child.node.isSound
            }
    }
}
