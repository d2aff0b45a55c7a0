import Foundation
import Synchronization
import Testing

/// The selection of mutants: so many of a seed, or single ones. Environment variables select them.
final class FuzzRun: Sendable {
    /// Mutants that share an organization.
    private static let batch = 500
    private static let connections = 8
    private static let pipelined = 8

    let seed: UInt64
    let indices: Range<Int>
    let findings = FuzzFindings()
    private let server: ListeningServer
    private let nextBatch: Mutex<Int>

    init(_ server: ListeningServer, environment: [String: String]) throws {
        self.server = server
        seed = try environment["FUZZ_SEED"].map { try #require(UInt64($0), "FUZZ_SEED is no number") } ?? 20_260_301
        if let only = environment["FUZZ_ONLY"] {
            let ends = only.split(separator: "-").compactMap { Int($0) }
            let (first, last) = (try #require(ends.first), try #require(ends.last))
            try #require((0...last).contains(first), "FUZZ_ONLY is INDEX or FIRST-LAST")
            indices = first..<last + 1
        } else {
            let count = try environment["FUZZ_REQUESTS"].map { try #require(Int($0), "FUZZ_REQUESTS is no number") }
            indices = 0..<max(1, count ?? 2_000)
        }
        nextBatch = Mutex(indices.lowerBound / Self.batch)
    }

    /// Sends all of them over some connections at a time; ends early after some findings.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<Self.connections {
                group.addTask {
                    let marks = FuzzMarks(worker: worker)
                    while let batch = self.takeBatch() { try await self.run(batch, marks) }
                }
            }
            try await group.waitForAll()
        }
    }

    private func takeBatch() -> Range<Int>? {
        if findings.isEnough { return nil }
        let batch = nextBatch.withLock { next in
            defer { next += 1 }
            return next
        }
        let range = (batch * Self.batch..<(batch + 1) * Self.batch).clamped(to: indices)
        return range.isEmpty ? nil : range
    }

    private func run(_ batch: Range<Int>, _ marks: FuzzMarks) async throws {
        let world = try await FuzzWorld(server.server)
        var pending: ArraySlice<FuzzMutant> = []
        var next = batch.lowerBound
        while next < batch.upperBound || !pending.isEmpty {
            var group = Array(pending)
            while group.count < Self.pipelined, next < batch.upperBound, group.last?.request.isWhole ?? true {
                group.append(FuzzMutant(next, seed: seed, in: world))
                next += 1
            }
            marks.mark(group)
            let exchange = try await FuzzExchange(group, to: server)
            let isWell = findings.add(exchange)
            pending = isWell ? exchange.unanswered : []
        }
        if let complaint = try await world.complaint() {
            findings.add("\(complaint)\nagain: \(Self.command(seed, batch.lowerBound, batch.upperBound - 1))")
        }
    }

    /// What sends these mutants again.
    static func command(_ mutants: ArraySlice<FuzzMutant>) -> String {
        guard let first = mutants.first, let last = mutants.last else { return "" }
        return command(first.seed, first.index, last.index)
    }

    private static func command(_ seed: UInt64, _ first: Int, _ last: Int) -> String {
        "FUZZ_SEED=\(seed) FUZZ_ONLY=\(first == last ? "\(first)" : "\(first)-\(last)") swift test --filter FuzzTests"
    }
}
