import Allocations
import MessagingCore
import Testing

/// The allocations of one change while the previous table is kept: in a table of 100,000, compared with tables of 10.
///
/// The costs are averages of 1,000 changes, because how ids share the dictionary's nodes differs from run to run.
@Suite(.enabled(if: allocationsAreCounted))
struct TableCostTests {
    static let small = (0..<100).map { SampleTable(count: 10, seed: $0) }
    static let large = [SampleTable(count: 100_000, seed: 0)]

    /// The dictionary copies its path of nodes of at most 32 entries of 24 bytes each, where a small one is one node of 10. The order
    /// copies its path of nodes of at most 16 references. So bytes are held to ten times, and to 4 KB whatever the small cost.
    @Test func replacingCostsAtMostFiveTimesAsManyCalls() {
        let (small, large) = costs { $0.insert($1.changed) }
        #expect(large.calls <= 5 * small.calls, "\(large) against \(small)")
        #expect(large.bytes <= 10 * small.bytes, "\(large) against \(small)")
        #expect(large.bytes <= 4096, "\(large) against \(small)")
    }

    /// The order copies its path of nodes, and may split or join nodes beside it. So bytes are held to twenty times, and to 8 KB whatever
    /// the small cost.
    @Test func insertingAndRemovingCostAtMostFiveTimesAsManyCalls() {
        for (small, large) in [costs { $0.insert($1.added) }, costs { $0.remove($1.changed.id) }] {
            #expect(large.calls <= 5 * small.calls, "\(large) against \(small)")
            #expect(large.bytes <= 20 * small.bytes, "\(large) against \(small)")
            #expect(large.bytes <= 8192, "\(large) against \(small)")
        }
    }

    /// Renaming also looks for the new place.
    @Test func replacingUnderTheSameNameCostsLessThanRenaming() {
        let replacing = costs { $0.insert($1.changed) }.large
        let renaming = costs { $0.insert($1.renamed) }.large
        #expect(replacing.calls <= renaming.calls - 1, "\(replacing) against \(renaming)")
        #expect(replacing.bytes <= renaming.bytes, "\(replacing) against \(renaming)")
        #expect(replacing.calls <= 16, "\(replacing) against \(renaming)")
    }

    @Test func lookingUpAndCopyingAllocateNothing() {
        let (small, large) = costs { table, sample in
            if table[sample.changed.id] == nil { table.remove(sample.changed.id) }
        }
        #expect(small == Cost())
        #expect(large == Cost())
    }

    private func costs(_ change: (inout Table, Sample) -> Void) -> (small: Cost, large: Cost) {
        (Cost(of: change, on: Self.small), Cost(of: change, on: Self.large))
    }
}

/// What a change is made with, prepared so that only the change itself is counted.
struct Sample {
    let changed: Entry
    let renamed: Entry
    let added: Entry
}

/// A table and changes to it, 1,000 in all per suite of equal tables.
struct SampleTable {
    let table: Table
    let samples: [Sample]

    init(count: Int, seed: Int) {
        func id(_ number: Int) -> String { "0b3f4c2d-1111-4222-\(10_000 + seed)-\(100_000_000 + number)" }
        func name(_ number: Int) -> String { "Messaging setting \(number * 7919 % 1_000_003)" }
        table = Table((0..<count).map { entry(id($0), name($0)) })
        samples = (0..<min(count, 1000)).map {
            let held = $0 * (count / min(count, 1000))
            return Sample(
                changed: entry(id(held), name(held), version: 2),
                renamed: entry(id(held), name(held) + " renamed", version: 2),
                added: entry(id(count + $0), name(held) + " added")
            )
        }
    }
}

/// Allocations of one change, on average.
struct Cost: Equatable {
    var calls = 0.0
    var bytes = 0.0

    init() {}

    init(of change: (inout Table, Sample) -> Void, on tables: [SampleTable]) {
        // The first call of a function may set up types, which later calls find.
        for table in tables.prefix(1) {
            for sample in table.samples.prefix(1) {
                var draft = table.table
                change(&draft, sample)
            }
        }
        var total = (calls: 0, bytes: 0)
        for table in tables {
            for sample in table.samples {
                var draft = table.table
                let counted = countingAllocations { change(&draft, sample) }
                total.calls += counted.calls
                total.bytes += counted.bytes
            }
        }
        let number = Double(tables.reduce(0) { $0 + $1.samples.count })
        calls = Double(total.calls) / number
        bytes = Double(total.bytes) / number
    }
}
