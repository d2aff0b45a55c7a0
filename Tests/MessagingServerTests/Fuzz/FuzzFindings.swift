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
    /// The ids of the operations that succeeded.
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

    /// The number of responses by status, and the number of connections.
    var summary: String {
        state.withLock { state in
            let statuses = state.statuses.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
            return "\(state.exchanges) connections, answers: \(statuses.joined(separator: ", "))"
        }
    }
}
