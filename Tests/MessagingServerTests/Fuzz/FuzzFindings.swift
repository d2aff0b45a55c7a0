import Foundation
import HTTPTypes
import MessagingContract
import Synchronization

/// What a run has seen.
final class FuzzFindings: Sendable {
    private struct State {
        var complaints: [String] = []
        var statuses: [Int: Int] = [:]
        var succeeded: Set<String> = []
        var exchanges = 0
    }

    private let state = Mutex(State())

    var complaints: [String] { state.withLock { $0.complaints } }
    var isEnough: Bool { state.withLock { $0.complaints.count >= 5 } }
    /// The ids of the operations that were answered with their success.
    var succeeded: Set<String> { state.withLock { $0.succeeded } }

    func add(_ complaint: String) { state.withLock { $0.complaints.append(complaint) } }

    /// Whether nothing is wrong with it.
    func add(_ exchange: FuzzExchange) -> Bool {
        let complaint = exchange.complaint
        state.withLock { state in
            state.exchanges += 1
            if let complaint { state.complaints.append(complaint.description) }
            for answer in exchange.answers { state.statuses[answer.status, default: 0] += 1 }
            for (mutant, answer) in zip(exchange.mutants, exchange.answers) where mutant.request.isWhole {
                if answer.status == mutant.request.operation.success.code {
                    state.succeeded.insert(mutant.request.operation.id)
                }
            }
        }
        return complaint == nil
    }

    /// How many answers of which status there were, on how many connections.
    var summary: String {
        state.withLock { state in
            let statuses = state.statuses.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
            return "\(state.exchanges) connections, answers: \(statuses.joined(separator: ", "))"
        }
    }
}

/// Tells which mutants are on their way, in a file that outlives a crash.
struct FuzzMarks: Sendable {
    private static let width = 120
    private let file: FileHandle?
    private let offset: UInt64

    /// The marks of one of some workers, in the file that `FUZZ_MARKS` names.
    init(worker: Int) {
        let path = ProcessInfo.processInfo.environment["FUZZ_MARKS"]
        file = path.flatMap { FileHandle(forWritingAtPath: $0) }
        offset = UInt64(worker * Self.width)
    }

    func mark(_ mutants: [FuzzMutant]) {
        guard let file else { return }
        let text = "on the way: \(FuzzRun.command(mutants[...]))"
        let line = text.padding(toLength: Self.width - 1, withPad: " ", startingAt: 0) + "\n"
        try? file.seek(toOffset: offset)
        try? file.write(contentsOf: Data(line.utf8))
    }
}
